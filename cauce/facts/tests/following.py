"""Whether a store that followed the log says what one built from nothing would say."""

from __future__ import annotations

from pathlib import Path

from cauce.facts.refresh import rebuild, refresh
from cauce.facts.store import FactStore, content_hash, current


def refreshed() -> set[str]:
    """The kinds and months that a refresh builds anew; afterwards the store is as if built from nothing."""
    done: list[str] = []
    refresh(lambda _done, _of, what: done.append(what))
    assert contents(current()) == from_nothing()
    return set(done)


def contents(store: FactStore) -> dict[str, str]:
    return {
        f"{kind} {month}": content_hash(store.read_month(kind, month))
        for kind in store.kinds()
        for month in store.months(kind)
    }


def from_nothing() -> dict[str, str]:
    """What is in a store that is built anew, beside the one in use."""
    from django.conf import settings

    kept = settings.CAUCE_FACTS
    settings.CAUCE_FACTS = Path(kept).with_name("anew")
    try:
        rebuild()
        return contents(current())
    finally:
        current().remove()
        settings.CAUCE_FACTS = kept
