"""Ids of records and accounts, as texts."""

from __future__ import annotations

from uuid import UUID


def is_uuid(text: str) -> bool:
    """Whether a text names a record or an account; who writes without one has a word for a name (``kernel.actors``)."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True
