"""What may be shown: each value, or the words that say it is withheld and why. Never 0 for withheld."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cauce.disclosure.profiles import Profile
from cauce.figures.raw import Provenance
from cauce.mission.definition import Breakdown, FigureDefinition, Share

OTHERS = "others"
UNKNOWN = "unknown"


class Reason(StrEnum):
    """Why a value is not shown."""

    SMALL = "small"
    VAULT = "vault"
    TABLE = "table"
    TOTAL = "total"
    NOT_PARTS = "not_parts"
    GATHERED = "gathered"

    @property
    def sentence(self) -> Promise:
        return _SENTENCES[self]


_SENTENCES: dict[Reason, Promise] = {
    Reason.SMALL: _("Se reserva: el conteo es tan pequeño que podría señalar a alguien."),
    Reason.VAULT: _("Se reserva: es un conteo pequeño de registros con protección especial."),
    Reason.TABLE: _("Se reserva el desglose completo: una de sus partes es muy pequeña."),
    Reason.TOTAL: _("Se reserva porque también se reserva el total."),
    Reason.NOT_PARTS: _("No hay porcentaje: las partes se traslapan y no suman el total."),
    Reason.GATHERED: _("Se reserva: se cuenta junto con otras categorías pequeñas."),
}
WITHHELD = _("Reservado")


class Caution(StrEnum):
    """What a reader of a breakdown must know about its data."""

    OVERLAP = "overlap"
    MANY_UNKNOWN = "many_unknown"

    @property
    def sentence(self) -> Promise:
        return _CAUTIONS[self]


_CAUTIONS: dict[Caution, Promise] = {
    Caution.OVERLAP: _("Las partes de este desglose se traslapan: no suman el total."),
    Caution.MANY_UNKNOWN: _("Más de la quinta parte no tiene este dato."),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One released number: ``value``, or None with the reason."""

    value: int | None
    reason: Reason | None = None

    def __post_init__(self) -> None:
        if (self.value is None) != (self.reason is not None):
            raise ValueError("a cell has a value or a reason, and never both")

    @property
    def is_withheld(self) -> bool:
        return self.value is None

    @property
    def explanation(self) -> Promise | str:
        """Why it is withheld, in the active language; empty for a value."""
        return self.reason.sentence if self.reason else ""

    def __str__(self) -> str:
        return str(WITHHELD) if self.value is None else str(self.value)


@dataclass(frozen=True, slots=True)
class ReleasedCell:
    """A row of a breakdown. ``codes`` are the cell's codes, ``("others",)`` or, where not known, None."""

    codes: tuple[str | None, ...]
    cell: Cell
    percent: Cell | None = None
    gathered: tuple[tuple[str | None, ...], ...] = ()

    @property
    def is_others(self) -> bool:
        return self.codes == (OTHERS,)

    @property
    def is_unknown(self) -> bool:
        return None in self.codes

    @property
    def key(self) -> str:
        """The codes as one word for exports: ``HND``, ``HND/USA``, ``others``, ``unknown``."""
        return "/".join(code or UNKNOWN for code in self.codes)


@dataclass(frozen=True, slots=True)
class ReleasedBreakdown:
    """A cut of a figure: its cells, or the reason it is withheld whole.

    ``base`` is what the cut is of; ``without_consent`` and ``unknown`` how much it leaves out. A
    number a reader could subtract is not hidden: these three are withheld only with the table.
    """

    cut: Breakdown
    cells: tuple[ReleasedCell, ...]
    base: Cell
    without_consent: Cell
    unknown: Cell
    adds_up: bool
    reason: Reason | None = None
    cautions: tuple[Caution, ...] = ()

    @property
    def key(self) -> str:
        return self.cut.key

    @property
    def is_withheld(self) -> bool:
        return self.reason is not None


@dataclass(frozen=True, slots=True)
class ReleasedShare:
    """A percentage printed as a figure of its own."""

    share: Share
    cell: Cell

    @property
    def key(self) -> str:
        return self.share.key


@dataclass(frozen=True, slots=True)
class Released:
    """A figure that passed the gate."""

    definition: FigureDefinition
    profile: Profile
    provenance: Provenance
    cell: Cell
    without_consent: Cell
    breakdowns: tuple[ReleasedBreakdown, ...] = ()
    shares: tuple[ReleasedShare, ...] = ()

    @property
    def key(self) -> str:
        return self.definition.key

    def breakdown(self, key: str) -> ReleasedBreakdown:
        """A cut that was asked for; KeyError otherwise."""
        for breakdown in self.breakdowns:
            if breakdown.key == key:
                return breakdown
        raise KeyError(f"{self.key} was not released by {key}")

    def rows(self) -> tuple[tuple[str, Cell, str], ...]:
        """``(key, cell, unit)`` of the figure and of each of its shares: the rows of figures.csv."""
        own = (self.key, self.cell, self.definition.unit.value)
        return (own, *((share.key, share.cell, share.share.unit.value) for share in self.shares))
