"""Reads that look across rooms, each for a viewer."""
