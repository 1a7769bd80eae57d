"""The fact store: one Parquet file per kind and month, ``<root>/<kind>/<YYYY-MM>.parquet``.

Facts are derived, so the store can be deleted and built again; nothing is lost. An interval is
filed under the month it starts. What a figure was computed from is identified by a hash over a
canonical form of the rows, which stands in each file's footer: the bytes of a file depend on the
writer's version, the rows do not (design.md §3).

A file is written beside its place, flushed, and renamed: a reader sees the old rows or the new
ones, also when the process is killed or the disk is full in the middle.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import json
import os
import re
import secrets
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from types import ModuleType

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cauce.kernel.facts import ALL_COLUMNS, Fact
from cauce.kernel.periods import Period
from cauce.kernel.problems import Problem

# Keyed ids are counted distinct more than anything else, and an engine counts 16-byte numbers twice
# as fast as texts: each file also has them as numbers (a hash of 128 bits; two ids in a billion
# billion would have to fall together). They are the file's own and no part of a fact.
KEYED = {"person": "person_key", "subject": "subject_key"}
# Beside the facts: how far the log was read (cauce.facts.refresh).
CHECKPOINT = "checkpoint.json"
_KIND = re.compile(r"[a-z_]+\.[a-z_]+")
_FILE = re.compile(r"\d{4}-\d{2}\.parquet")
# A half-written file older than this was left by a process that died.
_STALE_SECONDS = 24 * 3600


def current() -> FactStore:
    """The installation's store (``settings.CAUCE_FACTS``)."""
    return FactStore(settings.CAUCE_FACTS)


class FactStore:
    """The facts under one folder. Holds nothing but the path: make one wherever it is needed."""

    def __init__(self, root: Path) -> None:
        self.root = Path(root)

    # Writing

    def write_month(self, kind: str, period: Period, facts: Iterable[Fact]) -> str:
        """Replace a kind's month by ``facts`` and return the hash of its rows.

        The order of ``facts`` does not matter. A month without facts has no file. Raises
        ValueError when a fact is of another kind or month, and ``Problem`` ``facts.not_written``
        when the disk does not take the file; the month is then as it was.
        """
        path = self._path(kind, period)
        rows = _checked(kind, period, facts)
        rows_hash = _hash(line for line, _fact in rows)
        if not rows:
            with _told(path):
                path.unlink(missing_ok=True)
            return rows_hash
        with _told(path):
            self._replace(path, [fact for _line, fact in rows], rows_hash)
        return rows_hash

    def _replace(self, path: Path, facts: Sequence[Fact], rows_hash: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _sweep(path.parent)
        partial = path.parent / f".{path.stem}.{secrets.token_hex(6)}.partial"
        try:
            descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as sink:
                _parquet().write(sink, facts, rows_hash)
                sink.flush()
                os.fsync(sink.fileno())
            partial.replace(path)
            _flush_folder(path.parent)
        except BaseException:
            with contextlib.suppress(OSError):
                partial.unlink(missing_ok=True)
            raise

    def remove(self) -> None:
        """Delete every fact of the store, and where it was read up to: all can be built again from the records."""
        (self.root / CHECKPOINT).unlink(missing_ok=True)
        for kind in self.kinds():
            for path in self._files(kind):
                path.unlink(missing_ok=True)

    # Reading

    def kinds(self) -> tuple[str, ...]:
        """The kinds that have at least one month."""
        if not self.root.is_dir():
            return ()
        return tuple(sorted(path.name for path in self.root.iterdir() if self._files(path.name)))

    def months(self, kind: str) -> tuple[Period, ...]:
        """The months of a kind that have facts, in order."""
        return tuple(Period.parse(path.stem) for path in self._files(kind))

    def read_month(self, kind: str, period: Period) -> list[Fact]:
        """The facts of a month in their canonical order; empty when there are none."""
        path = self._path(kind, period)
        return list(_parquet().facts(path)) if path.exists() else []

    def read(self, kinds: Sequence[str], period: Period | None = None, *, overlapping: bool = False) -> list[Fact]:
        """The facts of the files that ``relation`` names; the caller still tests each fact's dates."""
        return [
            fact for path in self.relation(kinds, period, overlapping=overlapping) for fact in _parquet().facts(path)
        ]

    def relation(
        self, kinds: Sequence[str], period: Period | None = None, *, overlapping: bool = False
    ) -> tuple[Path, ...]:
        """The files that can hold facts of ``kinds`` in ``period``; all months without a period.

        ``overlapping`` asks for intervals: one that began in any month before the period's end
        may still be open in it.
        """
        found = []
        for kind in kinds:
            for path in self._files(kind):
                month = Period.parse(path.stem)
                if period is None or (month.start <= period.end and (overlapping or month.end >= period.start)):
                    found.append(path)
        return tuple(found)

    def content_hash(self, kinds: Sequence[str], period: Period | None = None, *, overlapping: bool = False) -> str:
        """One hash for the rows of the files that ``relation`` names; equal rows, equal hash."""
        listed = [
            f"{path.parent.name} {path.stem} {_footer(path)[0]}"
            for path in self.relation(sorted(set(kinds)), period, overlapping=overlapping)
        ]
        return hashlib.sha256("\n".join(listed).encode()).hexdigest()

    def count(self, kind: str, period: Period) -> int:
        """How many facts a month has, from the footer."""
        path = self._path(kind, period)
        return _footer(path)[1] if path.exists() else 0

    def months_of_person(self, pseudonym: str) -> tuple[tuple[str, Period], ...]:
        """Where a person has facts: what must be built again when two persons are merged."""
        return self.months_where("person", {pseudonym})

    def months_where(self, column: str, values: Collection[str] | None = None) -> tuple[tuple[str, Period], ...]:
        """The kinds and months in which a text column has one of ``values``; any value at all without them."""
        return tuple(
            (kind, Period.parse(path.stem))
            for kind in self.kinds()
            for path in self._files(kind)
            if _parquet().has(path, column, values)
        )

    def check(self) -> tuple[Path, ...]:
        """The files whose rows no longer agree with their hash; each can be built again."""
        wrong = []
        for kind in self.kinds():
            for path in self._files(kind):
                try:
                    rows = _hash(canonical(fact) for fact in _parquet().facts(path))
                    if rows != _footer(path)[0]:
                        wrong.append(path)
                except (Problem, OSError, KeyError, TypeError, ValueError):
                    wrong.append(path)
        return tuple(wrong)

    def _path(self, kind: str, period: Period) -> Path:
        if not _KIND.fullmatch(kind):
            raise ValueError(f"a kind is written room.act: {kind!r}")
        if period != Period.month(period.start.year, period.start.month):
            raise ValueError(f"facts are kept by calendar month, not by {period}")
        return self.root / kind / f"{period.start:%Y-%m}.parquet"

    def _files(self, kind: str) -> list[Path]:
        folder = self.root / kind
        if not folder.is_dir():
            return []
        return sorted(path for path in folder.iterdir() if _FILE.fullmatch(path.name))


def _parquet() -> ModuleType:
    """The module that reads and writes the files: most processes touch no fact, and need not load Arrow."""
    return importlib.import_module("cauce.facts.parquet")


_all_columns = attrgetter(*ALL_COLUMNS)
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=date.isoformat).encode


def canonical(fact: Fact) -> str:
    """One fact as one line: every column in the order of ``ALL_COLUMNS``, as JSON without blanks.

    Lists are sets written in order; dates are ISO 8601. The hash of a month reads these lines.
    """
    return _encode(_all_columns(_as_kept(fact)))


def _as_kept(fact: Fact) -> Fact:
    """Lists are sets: an element written twice must not count twice."""
    if not fact.topics and not fact.projects:
        return fact
    topics, projects = tuple(sorted(set(fact.topics))), tuple(sorted(set(fact.projects)))
    if topics == fact.topics and projects == fact.projects:
        return fact
    return replace(fact, topics=topics, projects=projects)


def content_hash(facts: Iterable[Fact]) -> str:
    """The hash ``write_month`` gives for these facts, without a store."""
    return _hash(line for line, _fact in _in_order(facts))


def _checked(kind: str, period: Period, facts: Iterable[Fact]) -> list[tuple[str, Fact]]:
    rows = _in_order(facts)
    for _line, fact in rows:
        if fact.kind != kind:
            raise ValueError(f"a fact of {fact.kind} among those of {kind}: {fact.source_room} {fact.source_id}")
        if not period.contains(fact.date):
            raise ValueError(f"a fact of {fact.date} among those of {period}: {fact.source_room} {fact.source_id}")
        if fact.until is not None and fact.until < fact.date:
            raise ValueError(f"a fact that ends before it begins: {fact.source_room} {fact.source_id}")
    return rows


def _in_order(facts: Iterable[Fact]) -> list[tuple[str, Fact]]:
    """By date, then by canonical line: the same facts always stand in the same order."""
    rows = [(canonical(fact), fact) for fact in map(_as_kept, facts)]
    return sorted(rows, key=lambda row: (row[1].date, row[0]))


def _hash(lines: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line.encode())
        digest.update(b"\n")
    return digest.hexdigest()


def _footer(path: Path) -> tuple[str, int]:
    """The hash and the number of rows written with the file. Raises ``Problem`` ``facts.damaged``."""
    state = path.stat()
    return _footer_of(path, state.st_ino, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=4096)
def _footer_of(path: Path, _inode: int, _written: int, _size: int) -> tuple[str, int]:
    # A file is only ever replaced, never changed: a new one has another inode and time.
    try:
        return _parquet().footer(path)
    except (OSError, KeyError, ValueError) as error:
        raise Problem(
            "facts.damaged",
            _("No se pueden leer los hechos de %(kind)s, %(month)s."),
            fix=_("Borre la carpeta de hechos: se vuelve a construir con los registros y no se pierde nada."),
            kind=path.parent.name,
            month=path.stem,
        ) from error


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """Say a failed write in words; the codes of the system say the rest to the administrator."""
    try:
        yield
    except OSError as error:
        raise Problem(
            "facts.not_written",
            _("No se pudieron guardar los hechos de %(kind)s, %(month)s: %(why)s."),
            fix=_("Libere espacio o revise los permisos de la carpeta y repita; los registros no se tocaron."),
            kind=path.parent.name,
            month=path.stem,
            why=error.strerror or type(error).__name__,
        ) from error


def _sweep(folder: Path) -> None:
    """Remove what a killed process left half-written."""
    old = time.time() - _STALE_SECONDS
    for partial in folder.glob(".*.partial"):
        with contextlib.suppress(FileNotFoundError):
            if partial.stat().st_mtime < old:
                partial.unlink()


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
