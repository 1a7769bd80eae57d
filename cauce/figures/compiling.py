"""The SQL of each definition: compiled by ``cauce.figures.expressions``, remembered here.

Compiling needs Ibis, and importing Ibis takes longer than starting all the rest of the house. So a
text is compiled once and kept beside the facts; a new process reads it there and never imports
Ibis. What a text is kept under is a hash over everything that decides it, the code that compiles
included: a text of another version is never found. All of it may be deleted at any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import json
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

from cauce.facts.store import KEYED
from cauce.kernel import facts as kernel_facts
from cauce.mission import definition as mission_definition
from cauce.mission.definition import FigureDefinition

RELATION = "facts"
# The code a text depends on, besides the libraries.
_CODE = (Path(__file__).with_name("expressions.py"), Path(kernel_facts.__file__), Path(mission_definition.__file__))
_LIBRARIES = ("ibis-framework", "sqlglot")
# Every cell of a breakdown has a list of records with a text of its own: they do not gather for ever.
_MOST_FILES = 2000


@dataclass(frozen=True, slots=True)
class Query:
    """A compiled text in which the relation is still called ``facts``, and the parameters it takes."""

    sql: str
    parameters: frozenset[str]


@lru_cache(maxsize=1024)
def totals(definition: FigureDefinition, cuts: tuple[str, ...], *, office: bool) -> Query:
    """One row: ``everything``, ``consented``, and for each cut ``c<n>`` (rows with consent) and ``b<n>`` (its base)."""
    return _compiled("totals", definition, cuts, office=office)


@lru_cache(maxsize=1024)
def cells(definition: FigureDefinition, key: str, *, office: bool) -> Query:
    """The cells of a cut: its codes and ``value``, ordered by the codes, unknown last."""
    return _compiled("cells", definition, key, office=office)


@lru_cache(maxsize=1024)
def by_month(definition: FigureDefinition, *, office: bool) -> Query:
    """A row per month that has facts: its first day, ``everything`` and ``consented``. Only for ``When.WITHIN``."""
    return _compiled("by_month", definition, office=office)


@lru_cache(maxsize=256)
def records(definition: FigureDefinition, *, office: bool) -> Query:
    """Every row the value counts: room, record, date, thing and quantity, in a fixed order."""
    return _compiled("records", definition, office=office)


@lru_cache(maxsize=256)
def carriers(definition: FigureDefinition, *, office: bool) -> Query:
    """The rows of one record (parameters ``room`` and ``record``) and every row that carries the same things."""
    return _compiled("carriers", definition, office=office)


@lru_cache(maxsize=1)
def of_record() -> Query:
    """Every fact of one record, whatever its date."""
    return _compiled("of_record")


def _compiled(
    shape: str, definition: FigureDefinition | None = None, /, *asked: str | tuple[str, ...], **how: bool
) -> Query:
    """The text of one shape of one definition: from its file, or compiled now and kept for others."""
    decides = [shape, definition.counting() if definition else None, asked, how]
    name = hashlib.sha256(json.dumps(decides, sort_keys=True).encode()).hexdigest()
    path = Path(settings.CAUCE_FACTS) / ".compiled" / _generation() / f"{name}.json"
    kept = _read(path)
    if kept is None:
        compiler = getattr(importlib.import_module("cauce.figures.expressions"), shape)
        kept = compiler(definition, *asked, **how) if definition else compiler()
        _keep(path, kept)
    return kept


@cache
def _generation() -> str:
    """What every text depends on: the compiling code and the libraries it uses."""
    libraries = [(name, version(name)) for name in _LIBRARIES]
    digest = hashlib.sha256(repr((libraries, sorted(KEYED.items()))).encode())
    for path in _CODE:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:32]


def _read(path: Path) -> Query | None:
    """A kept text; None when there is none, or not whole (it was written when the power went)."""
    try:
        kept = json.loads(path.read_bytes())
        if kept["sum"] == _sum(kept["sql"], kept["parameters"]):
            return Query(kept["sql"], frozenset(kept["parameters"]))
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return None


def _keep(path: Path, query: Query) -> None:
    """Keep a text for other processes. On a full disk it is simply compiled again next time."""
    parameters = sorted(query.parameters)
    data = json.dumps({"sql": query.sql, "parameters": parameters, "sum": _sum(query.sql, parameters)})
    partial = path.with_name(f".{secrets.token_hex(8)}.partial")
    try:
        _make_room(path.parent)
        partial.write_text(data)
        partial.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)


def _make_room(folder: Path) -> None:
    """The folder, without those of other versions, and not too full."""
    if folder.is_dir():
        if sum(1 for _each in folder.iterdir()) < _MOST_FILES:
            return
        shutil.rmtree(folder, ignore_errors=True)
    elif folder.parent.is_dir():
        shutil.rmtree(folder.parent, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def _sum(sql: str, parameters: Sequence[str]) -> str:
    return hashlib.sha256(json.dumps([sql, *parameters]).encode()).hexdigest()
