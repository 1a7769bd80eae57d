"""Released figures for the screens, kept while the facts they were counted from stand as they are.

Only what passed the gate is kept, in this process's memory; a file of facts that was written anew
gives another key, so nothing old is ever shown.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

from cauce import disclosure
from cauce.desk.figures.asked import Asked
from cauce.disclosure import RecordList, Released, Trend
from cauce.facts import store
from cauce.figures.sums import Broken
from cauce.kernel.periods import Period
from cauce.mission.definition import FigureDefinition, When

T = TypeVar("T")


class Kept:
    """The last few things made, by key; safe for threads. Making one twice at once does no harm."""

    def __init__(self, most: int) -> None:
        self.most, self.things, self.lock = most, OrderedDict[Hashable, object](), threading.Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        with self.lock:
            if key in self.things:
                self.things.move_to_end(key)
                return self.things[key]  # type: ignore[return-value]  # the key says what was kept
        made = make()
        with self.lock:
            self.things[key] = made
            while len(self.things) > self.most:
                self.things.popitem(last=False)
        return made


_figures = Kept(1500)
_lists = Kept(12)  # lists of records are long


def restricted(definition: FigureDefinition, asked: Asked) -> bool:
    """Would a free interval of this figure tell a reader without its vault more than the gate lets through?

    Two intervals that differ by a day differ by a count of their own. Years, quarters and months are
    few; days are as many as somebody cares to try.
    """
    vaults = {definition.disclosure.vault, *(vault for cut in definition.breakdowns for _code, vault in cut.vaults)}
    return not asked.is_calendar and any(vault is not None and vault.value not in asked.vaults for vault in vaults)


def offered(definition: FigureDefinition, asked: Asked) -> bool:
    """False for a vault's figure over a free interval, for who does not hold the vault."""
    return definition.disclosure.vault is None or not restricted(definition, asked)


def cuts(definition: FigureDefinition, asked: Asked) -> tuple[str, ...]:
    """The breakdowns that may be shown: over a free interval none with a vault's cells, and none by who people are.

    A colleague who sees the other cases of a day would read the sex, age and nationality of the one that is
    reserved from the cells of that day.
    """
    closed = restricted(definition, asked)
    return tuple(cut.key for cut in definition.breakdowns if not (closed and cut.needs_consent))


def value(definition: FigureDefinition, asked: Asked) -> Released | None:
    """A figure without its breakdowns; None when it is not offered over this interval."""
    return _released(definition, asked, ())


def whole(definition: FigureDefinition, asked: Asked) -> Released | None:
    """A figure with every breakdown that may be shown; None when it is not offered over this interval."""
    return _released(definition, asked, cuts(definition, asked))


def _released(definition: FigureDefinition, asked: Asked, keys: tuple[str, ...]) -> Released | None:
    if not offered(definition, asked):
        return None
    return _once(
        ("released", keys), definition, asked,
        lambda: disclosure.release(
            definition, asked.period, profile=asked.profile, viewer_vaults=asked.vaults, office=asked.office,
            breakdown=keys,
        ),
    )  # fmt: skip


def trend(definition: FigureDefinition, asked: Asked) -> Trend:
    """The figure by month over the period, or over the twelve months that end with a single month."""
    first, last = asked.period.start, asked.period.end
    if (first.year, first.month) == (last.year, last.month):
        begin = Period.month(last.year - (last.month < 12), last.month % 12 + 1)
        asked = asked.over(Period(begin.start, Period.month(last.year, last.month).end))
    return _once(
        ("trend",), definition, asked,
        lambda: disclosure.trend(
            definition, asked.period, profile=asked.profile, viewer_vaults=asked.vaults, office=asked.office
        ),
    )  # fmt: skip


def records(definition: FigureDefinition, asked: Asked, cell: tuple[str, tuple[str | None, ...]] | None) -> RecordList:
    """The records behind the figure or one of its cells: of the internal profile alone."""
    return _lists.get(
        ("records", cell, definition, asked, stamp(definition, asked.period)),
        lambda: disclosure.records(
            definition, asked.period, viewer_vaults=asked.vaults, office=asked.office, cell=cell
        ),
    )  # fmt: skip


def broken(definitions: Sequence[FigureDefinition], asked: Asked) -> tuple[Broken, ...]:
    """The declared sums of these figures that do not hold, or could not be checked; never a number."""
    stamps = tuple(stamp(definition, asked.period) for definition in definitions)
    key = ("sums", tuple(definitions), asked.period, stamps)
    return _figures.get(key, lambda: disclosure.check_sums(definitions, asked.period))


def in_order(definition: FigureDefinition, asked: Asked, key: Hashable, make: Callable[[], T]) -> T:
    """A list of records put in order for viewers who see the same; ``key`` says which these are."""
    return _lists.get((key, definition, asked, stamp(definition, asked.period)), make)


def _once(what: tuple, definition: FigureDefinition, asked: Asked, make: Callable[[], T]) -> T:
    return _figures.get((what, definition, asked, stamp(definition, asked.period)), make)


def stamp(definition: FigureDefinition, period: Period) -> Hashable:
    """Which files would be read, and when each was written: taken before counting, so never too new."""
    overlapping = definition.when is When.OVERLAPPING
    found = []
    for path in store.current().relation(definition.kinds, period, overlapping=overlapping):
        try:
            known = path.stat()
        except FileNotFoundError:
            continue
        found.append((str(path), known.st_mtime_ns, known.st_ino))
    return tuple(found)


def forget() -> None:
    """Drop everything kept (tests)."""
    _figures.things.clear()
    _lists.things.clear()
