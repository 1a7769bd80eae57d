"""What counting gives, before disclosure control: values that refuse to be shown.

Only ``cauce.disclosure`` turns these into something a page may print. Handing one to a template,
to ``str`` or to a format string raises ``NotReleased``; Django asks for ``raw["value"]`` before
``raw.value``, so a template cannot reach inside either.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

from cauce.kernel.periods import Period
from cauce.mission.definition import Breakdown, FigureDefinition

Codes = tuple[str | None, ...]


class NotReleased(RuntimeError):
    """A raw count was about to be shown; pass it through ``cauce.disclosure`` first.

    A RuntimeError on purpose: Django's templates swallow the errors of a failed look-up.
    """

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} was not released: pass it through cauce.disclosure")


class Unprintable:
    """Refuses every way a value gets into a page."""

    __slots__ = ()

    def _refuse(self, *_args: object) -> NoReturn:
        raise NotReleased(type(self).__name__)

    __str__ = __format__ = __html__ = __getitem__ = __iter__ = __int__ = __index__ = _refuse

    def __repr__(self) -> str:
        # Logs and tracebacks show reprs: no numbers in them.
        return f"<{type(self).__name__}>"


@dataclass(frozen=True, slots=True, repr=False)
class RawCell(Unprintable):
    """One cell of a breakdown: its codes (None where the attribute is not known) and its count."""

    codes: Codes
    value: int


@dataclass(frozen=True, slots=True, repr=False)
class RawBreakdown(Unprintable):
    """A declared cut. Cells stand in the order of their codes; a cell of zero is not there.

    ``base`` is the figure counted over the rows the cut uses; ``without_consent`` and ``unknown``
    are how much of the figure the cut leaves out, for want of consent and of the attribute.
    """

    cut: Breakdown
    cells: tuple[RawCell, ...]
    base: int
    without_consent: int
    unknown: int

    @property
    def adds_up(self) -> bool:
        """True when the cells are parts of the base (a person seen in two months is in two cells)."""
        return sum(cell.value for cell in self.cells) == self.base

    def value_of(self, code: str | None) -> int:
        return next((cell.value for cell in self.cells if cell.codes == (code,)), 0)


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a figure was computed from: the facts by hash, the period, the office (None for all)."""

    facts: str
    period: Period
    office: str | None


@dataclass(frozen=True, slots=True, repr=False)
class Raw(Unprintable):
    """A figure as counted. ``without_consent`` counts what has no consent for statistics.

    In a vault's figure that many are left out of ``value``; in any other they are part of it.
    """

    definition: FigureDefinition
    value: int
    without_consent: int
    breakdowns: tuple[RawBreakdown, ...]
    provenance: Provenance

    def breakdown(self, key: str) -> RawBreakdown:
        """A cut that was asked for; KeyError otherwise."""
        for breakdown in self.breakdowns:
            if breakdown.cut.key == key:
                return breakdown
        raise KeyError(f"{self.definition.key} was not counted by {key}")
