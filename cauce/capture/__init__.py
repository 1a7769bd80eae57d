"""Turns what comes in into calls of the rooms' actions."""
