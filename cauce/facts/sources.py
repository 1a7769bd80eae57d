"""Which rooms yield which kinds of fact: an explicit list, in the order of the house."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cauce.kernel.facts import Fact
from cauce.kernel.periods import Period
from cauce.records.activities.facts import SOURCES as ACTIVITIES
from cauce.records.assistance.facts import SOURCES as ASSISTANCE
from cauce.records.base import FactSource
from cauce.records.protection.facts import SOURCES as PROTECTION
from cauce.records.surveys.facts import SOURCES as SURVEYS

SOURCES: tuple[FactSource, ...] = (*ASSISTANCE, *ACTIVITIES, *SURVEYS, *PROTECTION)
BY_KIND: dict[str, FactSource] = {source.kind: source for source in SOURCES}


def kinds_of(table: str) -> Iterable[str]:
    """The kinds a write to this table may change."""
    return [source.kind for source in SOURCES if table in source.tables]


def rows(kind: str, month: Period) -> Iterator[Fact]:
    """The facts of a kind in a month, straight from the records."""
    return BY_KIND[kind].rows(month)
