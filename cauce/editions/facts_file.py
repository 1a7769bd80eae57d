"""The frozen facts of an edition: only what its definitions read, and nobody to follow back.

Persons and subjects get keys of this file alone, made with a secret that is forgotten as soon as
the file is written: it can be recounted, not joined with another file or with the mission's
records (design.md §5). ``source`` is not kept.
"""

from __future__ import annotations

import base64
import gzip
import hmac
import json
import secrets
from collections.abc import Callable, Iterable
from datetime import date
from hashlib import sha256

from cauce.kernel.facts import DATE_COLUMNS, LIST_COLUMNS, Fact
from cauce.mission.definition import FigureDefinition

SCHEMA = "cauce.facts/1"
_REKEYED = ("person", "subject")
_MUST = {"subject": "", "source_room": "", "source_id": ""}


def columns_of(definitions: Iterable[FigureDefinition]) -> list[str]:
    """The fact columns that decide these definitions' values and breakdowns, in alphabetical order."""
    kept = set().union(*(definition.columns for definition in definitions), {"kind", "date"})
    return sorted(kept - {"source_room", "source_id"})


def write(facts: Iterable[Fact], definitions: Iterable[FigureDefinition]) -> bytes:
    """The facts as compressed lines of JSON, re-keyed, in an order that tells nothing."""
    columns = columns_of(definitions)
    new_key = _one_off()
    lines = sorted(json.dumps(_row(fact, columns, new_key), ensure_ascii=False) for fact in facts)
    head = json.dumps({"schema": SCHEMA, "columns": columns, "rows": len(lines)})
    return gzip.compress("\n".join([head, *lines]).encode(), compresslevel=6, mtime=0)


def read(data: bytes) -> list[Fact]:
    """The facts of a file; ValueError, KeyError or OSError when it is not one ``write`` made."""
    head, *lines = gzip.decompress(data).decode().split("\n")
    about = json.loads(head)
    if about["schema"] != SCHEMA or about["rows"] != len(lines):
        raise ValueError("not a file of frozen facts")
    return [_fact(dict(zip(about["columns"], json.loads(line), strict=True))) for line in lines]


def _one_off() -> Callable[[str], str]:
    """A keyed function whose secret nobody else ever holds."""
    secret = secrets.token_bytes(32)

    def new_key(value: str) -> str:
        return base64.urlsafe_b64encode(hmac.digest(secret, value.encode(), sha256)[:16]).decode().rstrip("=")

    return new_key


def _row(fact: Fact, columns: list[str], new_key: Callable[[str], str]) -> list:
    row = []
    for name in columns:
        value = getattr(fact, name)
        if name in _REKEYED and value is not None:
            # The column is part of what is keyed: a person and a subject never look alike.
            value = new_key(f"{name}|{value}")
        elif isinstance(value, date):
            value = value.isoformat()
        elif isinstance(value, tuple):
            value = list(value)
        row.append(value)
    return row


def _fact(row: dict) -> Fact:
    for name in DATE_COLUMNS:
        if row.get(name):
            row[name] = date.fromisoformat(row[name])
    for name in LIST_COLUMNS:
        if name in row:
            row[name] = tuple(row[name])
    return Fact(**{**_MUST, "office": "", **row})
