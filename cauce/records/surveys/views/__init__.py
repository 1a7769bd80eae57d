"""Screens of this room: rounds, and anonymous interviews."""
