"""Keeps the store true to the records by following the audit log (design.md §3).

Every entry of the log names the table, the dates whose months may have changed, and whom it
concerns. From the last step read in each office's chain on, the kinds and months touched are built
anew. The chain of an office is written under a lock, so its numbers have no gaps that fill later.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import cauce
from cauce import keys
from cauce.audit.models import Entry, Head
from cauce.facts import sources
from cauce.facts.store import CHECKPOINT, FactStore, current
from cauce.kernel.periods import Period

_BATCH = "records.batch"
_PERSON_TABLES = ("people.person", "people.consent")
# Tables whose rows facts only name, and the column that names them: what they say of it may change.
_NAMED = {"places.site": "site", "places.organisation": "organisation", "programmes.response": "response"}
_NEW = frozenset({"add", "register"})
Progress = Callable[[int, int, str], None]


@dataclass
class _Touched:
    """What the new entries of the log touch."""

    months: dict[str, set[Period]] = field(default_factory=lambda: defaultdict(set))
    persons: set[str] = field(default_factory=set)
    registered: set[str] = field(default_factory=set)
    named: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    batches: set[str] = field(default_factory=set)
    withdrawn: set[str] = field(default_factory=set)
    heads: dict[str, int] = field(default_factory=dict)

    def add(self, table: str, dates: list[str]) -> None:
        for kind in sources.kinds_of(table):
            for day in dates:
                when = date.fromisoformat(day)
                self.months[kind].add(Period.month(when.year, when.month))


def refresh(progress: Progress = lambda _done, _of, _what: None) -> int:
    """Build anew what has changed since the last call; returns how many kind-months were written.

    Cheap when nothing happened: one query and one small file. Safe to be called by several
    processes at once: one builds, the others wait for it.
    """
    store = current()
    if _heads() == _read_state(store).get("heads"):
        return 0
    with _locked(store):
        state = _read_state(store)
        heads = _heads()
        if any(number > heads.get(office, 0) for office, number in state.get("heads", {}).items()):
            state = {}  # the log is shorter than what was read of it: another database, or an older one
        if not state:
            store.remove()
        touched = _collect(state.get("heads", {}))
        _add_persons(store, touched)
        _add_named(store, touched)
        _add_withdrawn(store, touched)
        work = [(kind, month) for kind in sorted(touched.months) for month in sorted(touched.months[kind])]
        for number, (kind, month) in enumerate(work, start=1):
            store.write_month(kind, month, sources.rows(kind, month))
            progress(number, len(work), f"{kind} {month}")
        _write_state(store, touched.heads)
    return len(work)


def rebuild(progress: Progress = lambda _done, _of, _what: None) -> int:
    """Forget the store and build everything from the records."""
    store = current()
    with _locked(store):
        (store.root / CHECKPOINT).unlink(missing_ok=True)
    return refresh(progress)


def _heads() -> dict[str, int]:
    return dict(Head.objects.order_by("office").values_list("office", "number"))


def _collect(known: dict[str, int]) -> _Touched:
    touched = _Touched(heads=_heads())
    for office, last in touched.heads.items():
        entries = Entry.objects.filter(office=office, number__gt=known.get(office, 0), number__lte=last)
        for entry in entries.values_list("verb", "table", "record", "dates", "batch", "concerns").iterator(5000):
            _read_entry(touched, *entry)
    # A batch's records appear (or vanish) all at once, when it is completed or withdrawn.
    of_batches = Entry.objects.filter(batch__in=touched.batches).exclude(table=_BATCH).order_by()
    for table, dates in of_batches.values_list("table", "dates").distinct():
        touched.add(table, dates)
    return touched


def _read_entry(
    touched: _Touched, verb: str, table: str, record: str, dates: list[str], batch: str, concerns: list[str]
) -> None:
    if table == _BATCH:
        if verb in {"complete", "withdraw"}:
            touched.batches.add(record)
        if verb == "withdraw":
            touched.withdrawn.add(record)
        return
    if batch:
        return
    touched.add(table, dates)
    if table in _NAMED and verb not in _NEW:
        touched.named[_NAMED[table]].add(record)
    elif table == "people.person" and verb in _NEW:
        touched.registered.add(record)  # a new person has no facts yet
    elif table in _PERSON_TABLES:
        touched.persons.update([record, *concerns] if table == "people.person" else concerns)


def _add_persons(store: FactStore, touched: _Touched) -> None:
    """A changed birth date, sex or consent touches every month the person's facts are in."""
    persons = touched.persons - touched.registered
    if not persons:
        return
    _add_where(store, touched, "person", {keys.pseudonym(person, "person") for person in persons})


def _add_named(store: FactStore, touched: _Touched) -> None:
    """A site of another kind or in other hands, an organisation of another kind, a response of another code."""
    for name, records in touched.named.items():
        if name == "response":
            # Facts hold its code, and nobody says what the code was: every month that names a response.
            _add_where(store, touched, name, None)
        else:
            _add_where(store, touched, name, records)


def _add_withdrawn(store: FactStore, touched: _Touched) -> None:
    """What a withdrawn import brought may have been moved to other months since, and others' acts may rest on it:
    every month of the kinds its tables touch."""
    tables = Entry.objects.filter(batch__in=touched.withdrawn).exclude(table=_BATCH).order_by()
    for table in tables.values_list("table", flat=True).distinct():
        for kind in sources.kinds_of(table):
            touched.months[kind].update(store.months(kind))


def _add_where(store: FactStore, touched: _Touched, column: str, values: set[str] | None) -> None:
    """Touch the months in which a column has one of these values, or any when none are named."""
    for kind, month in store.months_where(column, values):
        touched.months[kind].add(month)


def _read_state(store: FactStore) -> dict:
    """Where the last refresh ended; nothing when there was none, or another version of the program wrote it."""
    try:
        state = json.loads((store.root / CHECKPOINT).read_text())
    except (FileNotFoundError, ValueError):
        return {}
    known = isinstance(state, dict) and state.get("version") == cauce.__version__
    return state if known and isinstance(state.get("heads"), dict) else {}


def _write_state(store: FactStore, heads: dict[str, int]) -> None:
    store.root.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = store.root / f".{CHECKPOINT}.partial"
    partial.write_text(json.dumps({"version": cauce.__version__, "heads": heads}))
    partial.replace(store.root / CHECKPOINT)


@contextmanager
def _locked(store: FactStore) -> Iterator[None]:
    """One builder at a time on this machine."""
    store.root.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(Path(store.root) / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
