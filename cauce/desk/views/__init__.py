"""Screens that look across rooms, one file per screen."""
