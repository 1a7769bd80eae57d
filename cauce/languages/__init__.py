"""Locales, number and date styles, term lists."""
