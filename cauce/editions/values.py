"""What an edition says, as plain frozen values: figures, breakdowns and the edition's own facts.

Made once from Released cells (``freezing.py``), kept as JSON in ``Frozen.payload`` and in the
archive, and read back from there by everything that prints, exports or verifies. A value is an
integer, or None with the reason it is withheld; it is never 0 in place of a withheld one.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any

SCHEMA = "cauce.edition/1"


@dataclass(frozen=True, kw_only=True, slots=True)
class FigureValue:
    """One printed number. A share names its parent figure and the code it is the share of."""

    key: str
    unit: str
    unit_label: str
    label: str
    sentence: str
    chapter: str
    chapter_label: str
    value: int | None
    withheld: str = ""
    parent: str = ""
    code: str = ""
    notes: str = ""
    version: int = 1
    definition: str = ""

    def __post_init__(self) -> None:
        _one_of_both(self.key, self.value, self.withheld)

    @property
    def status(self) -> str:
        return "withheld" if self.withheld else "released"


@dataclass(frozen=True, kw_only=True, slots=True)
class CellValue:
    """One row of a breakdown: its codes, their words, the count and its integer percentage."""

    codes: tuple[str, ...]
    labels: tuple[str, ...]
    value: int | None
    percent: int | None = None
    withheld: str = ""

    def __post_init__(self) -> None:
        _one_of_both("/".join(self.codes), self.value, self.withheld)


@dataclass(frozen=True, kw_only=True, slots=True)
class BreakdownValue:
    """A figure's table: ``percent`` says of what (``none``, ``parts`` of the whole, ``base``)."""

    figure: str
    key: str
    label: str
    columns: tuple[str, ...]
    percent: str
    base: int | None
    base_label: str = ""
    withheld: str = ""
    cells: tuple[CellValue, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.figure}/{self.key}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Sum:
    """An equation that must hold between released figures, in words and as keys."""

    left: tuple[str, ...]
    relation: str
    right: tuple[str, ...]
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class About:
    """Which edition this is. Times are ISO 8601; ``signed_off`` is filled when it is published."""

    name: str
    key: str
    sequence: int
    report: str
    title: str
    mission: str
    mission_name: str
    period: str
    profile: str
    language: str
    simulated: bool
    frozen_at: str
    facts_hash: str
    software: str
    supersedes: str = ""
    reason_class: str = ""
    reason_text: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Values:
    """Everything an edition was frozen with. ``layout`` is the report as the mission declared it."""

    about: About
    figures: tuple[FigureValue, ...]
    breakdowns: tuple[BreakdownValue, ...]
    sums: tuple[Sum, ...]
    definitions: tuple[dict[str, Any], ...] = field(repr=False)
    layout: dict[str, Any] = field(repr=False)
    schema: str = SCHEMA

    def figure(self, key: str) -> FigureValue:
        """KeyError when the edition does not print it."""
        for figure in self.figures:
            if figure.key == key:
                return figure
        raise KeyError(f"the edition has no figure {key!r}")

    def breakdown(self, name: str) -> BreakdownValue:
        """By ``figure/breakdown``; KeyError when the edition does not print it."""
        for breakdown in self.breakdowns:
            if breakdown.name == name:
                return breakdown
        raise KeyError(f"the edition has no breakdown {name!r}")

    def to_json(self) -> str:
        """Canonical: equal values are equal bytes."""
        return canonical(asdict(self))

    @property
    def hash(self) -> str:
        return sha256(self.to_json().encode()).hexdigest()

    @classmethod
    def from_json(cls, text: str) -> Values:
        """Raises ValueError, KeyError or TypeError for anything ``to_json`` did not write."""
        data = json.loads(text)
        if data.get("schema") != SCHEMA:
            raise ValueError(f"not an edition of schema {SCHEMA}")
        return cls(
            about=About(**data["about"]),
            figures=tuple(FigureValue(**each) for each in data["figures"]),
            breakdowns=tuple(_breakdown(each) for each in data["breakdowns"]),
            sums=tuple(
                Sum(left=tuple(s["left"]), relation=s["relation"], right=tuple(s["right"]), text=s["text"])
                for s in data["sums"]
            ),
            definitions=tuple(data["definitions"]),
            layout=data["layout"],
        )


def _breakdown(data: dict[str, Any]) -> BreakdownValue:
    cells = tuple(
        CellValue(**{**each, "codes": tuple(each["codes"]), "labels": tuple(each["labels"])}) for each in data["cells"]
    )
    return BreakdownValue(**{**data, "columns": tuple(data["columns"]), "cells": cells})


def _one_of_both(key: str, value: int | None, withheld: str) -> None:
    if (value is None) != bool(withheld):
        raise ValueError(f"{key}: either a value or the reason it is withheld")


def canonical(data: Any) -> str:
    """JSON with sorted keys and no free blanks."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
