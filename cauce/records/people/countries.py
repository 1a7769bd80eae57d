"""Country codes and names, from the catalogue the places room carries."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources

from django.utils.translation import get_language


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    text = (resources.files("cauce.records.places") / "data" / "countries.csv").read_text("utf-8")
    return {row["alpha3"]: row for row in csv.DictReader(text.splitlines())}


def is_country(code: str) -> bool:
    """Is this an ISO 3166-1 alpha-3 code?"""
    return code in _catalogue()


def name_of(code: str) -> str:
    """The country's name in the language of the screen; the code itself when it is unknown."""
    row = _catalogue().get(code)
    return (row.get((get_language() or "es")[:2]) or row["es"]) if row else code


def choices() -> dict[str, str]:
    """alpha-3 → name, in the order of the names."""
    from cauce.records.people.names import fold

    return dict(sorted(((code, name_of(code)) for code in _catalogue()), key=lambda pair: fold(pair[1])))


def alpha2_of(code: str) -> str:
    """The two letters a folio begins with."""
    row = _catalogue().get(code)
    return row["alpha2"] if row else code[:2]
