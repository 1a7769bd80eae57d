"""Screens of this room: projects, donors, responses, and the months of each office."""
