"""Screens of this room: sites, organisations, and what they offer."""
