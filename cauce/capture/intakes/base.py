"""What an intake is. Adding one: write ``intakes/<room>.py`` with an ``Intake``, name it in ``registry.py``."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from cauce.access.viewer import Viewer
from cauce.exchange import Row, Sheet
from cauce.kernel.problems import Problem
from cauce.records.models import Batch


@dataclass(slots=True)
class Seen:
    """What rows accepted so far in this file will bring: a case may name a person of the sheet before it.

    ``offer("people.folio", "MX-TIJ-000001")`` in one sheet's check; ``knows(…)`` in another's.
    """

    offered: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    tallies: dict[str, Counter] = field(default_factory=lambda: defaultdict(Counter))

    def offer(self, kind: str, value: str, row: int = 0) -> bool:
        """Note a value; False when an earlier row of the file already offered it."""
        first = self.offered[kind].setdefault(value, row)
        return first == row

    def knows(self, kind: str, value: str) -> bool:
        return value in self.offered[kind]

    def row_of(self, kind: str, value: str) -> int:
        return self.offered[kind][value]

    def tally(self, kind: str) -> Counter:
        """A running count over the whole file, for limits that add rows up (kits of a person)."""
        return self.tallies[kind]


@dataclass(frozen=True, slots=True)
class Intake:
    """One sheet that can be imported.

    ``check(rows, viewer, seen)`` gives the problems of up to a few hundred rows that read well, each with ``row`` set;
    it writes nothing. A problem whose code ends in ``.duplicate`` counts the row as repeated instead of refused.
    It may add sentences to ``row.mended`` for what a declared rule repaired, and change ``row.values``.

    ``write(rows, viewer, batch)`` calls the room's bulk action for good rows, inside a transaction that may be rolled
    back; each record's ``capture`` is ``capture_of(batch, row)``. What ``check`` changed in a row is not kept: the
    file is read again. Both may raise Problem or Problems (with ``row``).

    ``prepare(rows, viewer, batch)`` may do what needs no transaction (sealing, indexing): it is called before it is
    opened, and ``write`` is given what it made instead of the rows. On SQLite nobody else can write meanwhile, so
    the less there is left to do inside, the less others wait.

    ``permission`` is what a viewer needs to be offered the sheet. ``repeats`` True lets two identical rows stand.
    """

    key: str
    sheet: Sheet
    permission: str
    check: Callable[[Sequence[Row], Viewer, Seen], Iterable[Problem]]
    write: Callable[[Any, Viewer, Batch], object]
    repeats: bool = False
    prepare: Callable[[Sequence[Row], Viewer, Batch], Any] = lambda rows, _viewer, _batch: rows


def capture_of(batch: Batch, row: Row, part: str = "") -> uuid.UUID:
    """The identifier a row's record is captured under: the same each time the row is written.

    ``part`` tells several records of one row apart.
    """
    return uuid.uuid5(batch.pk, f"{row.sheet}|{row.number}|{part}")
