"""Persons, travel groups, contacts, consents, decisions and holds."""
