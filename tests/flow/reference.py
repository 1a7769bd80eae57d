"""The comparison: the published values, and which of them the declared figures cover (design.md §9)."""

from __future__ import annotations

import csv
from pathlib import Path

from cauce.mission.definition import FigureDefinition
from cauce.mission.package import current

PUBLISHED = Path(__file__).resolve().parents[2] / "missions" / "mexico" / "reference" / "2022.csv"


def published() -> dict[str, int]:
    """Key → published value, of figures and of shares."""
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        return {row["key"]: int(row["value"]) for row in csv.DictReader(file)}


def covered() -> dict[str, FigureDefinition]:
    """Key → the definition that gives its value, for every published key that the mission declares."""
    declared = {key: definition for definition in current().figures.values() for key in definition.keys}
    return {key: declared[key] for key in published() if key in declared}


def figures() -> list[FigureDefinition]:
    """The definitions behind the covered keys, each once."""
    return list(dict.fromkeys(covered().values()))
