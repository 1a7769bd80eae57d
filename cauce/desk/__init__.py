"""Screens that look across rooms."""
