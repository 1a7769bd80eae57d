"""Codes of places: INEGI keys of Mexican states and municipalities, and their P-codes."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class PlaceCode:
    """An INEGI key: two digits name a state, five a municipality (``02`` and ``02004``)."""

    inegi: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"\d{2}|\d{5}", self.inegi):
            raise ValueError(f"an INEGI key has 2 or 5 digits: {self.inegi!r}")

    @classmethod
    def from_pcode(cls, pcode: str) -> PlaceCode:
        """Read an OCHA P-code: ``MX02`` or ``MX02004`` (domain.md §5)."""
        if not pcode.upper().startswith("MX"):
            raise ValueError(f"a Mexican P-code begins with MX: {pcode!r}")
        return cls(pcode[2:])

    @property
    def state(self) -> str:
        return self.inegi[:2]

    @property
    def is_state(self) -> bool:
        return len(self.inegi) == 2

    @property
    def pcode(self) -> str:
        return f"MX{self.inegi}"

    def __str__(self) -> str:
        return self.inegi
