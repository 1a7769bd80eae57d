"""Reads and validates mission packages: vocabularies, figures, report, terms."""
