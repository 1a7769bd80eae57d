"""A released figure as parts of a page: words, slices, comparisons. Withheld stays withheld."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cauce import mission as missions
from cauce.disclosure import Cell, Reason, Released, ReleasedBreakdown, ReleasedCell, Trend
from cauce.editions.labels import UNITS, Labels
from cauce.kernel.units import Unit
from cauce.languages import dates
from cauce.mission import Mission
from cauce.mission.definition import FigureDefinition, Percent
from cauce.ui.formatting import language, number
from cauce.ui.parts import Slice

MOST_DONUT, MOST_BARS = 8, 10
ENOUGH = 100  # below it a percentage says more than the numbers do
SHORT: dict[Reason, Any] = {
    Reason.SMALL: gettext_lazy("conteo pequeño"),
    Reason.VAULT: gettext_lazy("protección especial"),
    Reason.TABLE: gettext_lazy("una parte es muy pequeña"),
    Reason.TOTAL: gettext_lazy("como el total"),
    Reason.NOT_PARTS: gettext_lazy("las partes se traslapan"),
    Reason.GATHERED: gettext_lazy("junto con otras"),
}
# The colour of a chapter in the report → the accent of the screens (look.md).
ACCENTS = {
    "#0033A0": "protection", "#00766C": "returns", "#C03A17": "emergencies", "#6A3D9A": "strengthening",
    "#3B7A2A": "integration", "#38577F": "coordination", "#8A5200": "communication",
}  # fmt: skip
ICONS = {
    "shelter": "o-shelter", "people": "o-people", "protection": "o-protection", "population-return": "o-population-return",
    "response": "o-response", "training": "o-training", "integration": "o-integration", "coordination": "o-coordination",
    "statistics": "o-statistics", "public-information": "o-public-information",
}  # fmt: skip


def mission() -> Mission:
    return missions.current()


@cache
def labels(active: str) -> Labels:
    """The words of codes in a language; the catalogue of places is asked once for each."""
    return Labels(mission(), active)


def unit(definition: FigureDefinition) -> str:
    return str(UNITS[definition.unit])


def accent(definition: FigureDefinition) -> str:
    return ACCENTS.get(mission().chapters[definition.chapter].accent.upper(), "protection")


def icon(definition: FigureDefinition) -> str:
    return ICONS.get(mission().chapters[definition.chapter].icon, "o-statistics")


def text(texts: Any) -> str:
    """A text of the mission in the language of the page."""
    return texts.get(language())


@dataclass(frozen=True, slots=True)
class Value:
    """One number of a page: ``value``, or the words that say why there is none."""

    value: int | None
    short: str = ""
    why: str = ""

    @property
    def is_withheld(self) -> bool:
        return self.value is None


INTERVAL = gettext_lazy("Elija un año, un trimestre o un mes: esta cifra tiene protección especial.")


def of_cell(cell: Cell | None) -> Value:
    """None: a figure that is not offered over the interval asked for."""
    if cell is None:
        return Value(None, _("no por días"), str(INTERVAL))
    if cell.reason is not None:
        return Value(None, str(SHORT[cell.reason]), str(cell.explanation))
    return Value(cell.value)


def of(released: Released | None) -> Value:
    return of_cell(released.cell if released else None)


@dataclass(frozen=True, slots=True)
class Cut:
    """A breakdown ready to draw. ``form`` is donut, bars or list; ``more`` the bars behind "Ver todas"."""

    key: str
    label: str
    form: str
    slices: list[Slice]
    more: list[Slice]
    total: int | None
    unit: str
    notes: list[str]
    why: str = ""
    short: str = ""

    @property
    def all(self) -> int:
        return len(self.slices) + len(self.more)


def cut_of(released: Released, table: ReleasedBreakdown, url_of: Any) -> Cut:
    """``url_of(cut key, codes)`` is the address of a cell's records, or ""."""
    own = table.cut
    if table.reason is not None:
        why, short = str(table.reason.sentence), str(SHORT[table.reason])
        return Cut(own.key, text(own.label), "bars", [], [], None, unit(released.definition), [why], why, short)
    slices = [_slice(table, row, url_of) for row in table.cells]
    parts = own.percent is Percent.PARTS and table.adds_up
    form = "donut" if parts and 1 < len(slices) <= MOST_DONUT else "bars"
    if own.columns == (released.definition.count.column,):
        form = "list"  # cut by the very thing that is counted: every cell is one
    shown = slices if form != "bars" or len(slices) <= MOST_BARS + 2 else slices[:MOST_BARS]
    return Cut(
        own.key, text(own.label), form, shown, slices[len(shown):], table.base.value, unit(released.definition),
        _notes(released, table),
    )  # fmt: skip


def _slice(table: ReleasedBreakdown, row: ReleasedCell, url_of: Any) -> Slice:
    name = cell_label(table, row)
    if row.cell.reason is not None:
        return Slice(name, withheld=SHORT[row.cell.reason])
    percent = row.percent.value if row.percent is not None else None
    url = "" if row.is_others else url_of(table.key, row.codes)
    tone = "grey" if row.is_others or row.is_unknown else ""
    return Slice(name, row.cell.value, percent, tone=tone, url=url)


def cell_label(table: ReleasedBreakdown, row: ReleasedCell) -> str:
    """The words of a cell; "Otras" says how many categories it gathers."""
    name = " → ".join(labels(language()).of(table.cut, row.codes))
    if row.is_others:
        many = len(row.gathered)
        return ngettext("%(name)s (%(n)s categoría)", "%(name)s (%(n)s categorías)", many) % {"name": name, "n": many}
    return name


def _notes(released: Released, table: ReleasedBreakdown) -> list[str]:
    """What a reader of the table must know: its base, what it leaves out, how good its data are."""
    notes = [str(caution.sentence) for caution in table.cautions]
    base, whole = table.base.value, released.cell.value
    if base is not None and whole is not None and base != whole:
        words = text(table.cut.base_label) or _("con este dato")
        notes.append(_("De %(base)s %(unit)s %(words)s.") % {
            "base": number(base), "unit": unit(released.definition), "words": words,
        })  # fmt: skip
    if table.unknown.value:
        notes.append(_("Sin este dato: %(n)s.") % {"n": number(table.unknown.value)})
    if table.without_consent.value:
        notes.append(_("Sin consentimiento para estadísticas: %(n)s.") % {"n": number(table.without_consent.value)})
    return notes


def columns(tables: list[Cut]) -> tuple[list[Cut], list[Cut]]:
    """The breakdowns in two columns about as long: parts of a whole in the wide one, the others where there is room."""
    left, right = [table for table in tables if table.form == "donut"], []
    # In lines: the wide column begins with the months, the narrow one with the comparisons.
    long = {"left": 8 + sum(9 + len(table.notes) for table in left), "right": 10}
    for table in tables:
        if table.form == "donut":
            continue
        place = "left" if long["left"] <= long["right"] else "right"
        (left if place == "left" else right).append(table)
        long[place] += 4 + len(table.slices) + len(table.notes)
    return left, right


@dataclass(frozen=True, slots=True)
class Months:
    """A trend ready to draw; ``short`` says in two words why it is withheld whole."""

    slices: list[Slice]
    note: str = ""
    short: str = ""


def months_of(found: Trend) -> Months:
    if found.reason is not None:
        return Months([], str(found.reason.sentence), str(SHORT[found.reason]))
    years = {point.period.start.year for point in found.points}
    slices = []
    for place, point in enumerate(found.points):
        month = point.period.start.month
        name = dates.month_name(month, language(), short=True)
        if len(years) > 1 and (place == 0 or month == 1):
            name = f"{name}{dates.NBSP}{point.period.start.year % 100:02d}"
        slices.append(Slice(name, point.cell.value))
    note = "" if found.adds_up else _("Cada mes se cuenta aparte: los meses no se suman.")
    return Months(slices, note)


@dataclass(frozen=True, slots=True)
class Compared:
    """A value beside an earlier one. ``difference`` is None when one of the two is withheld."""

    label: str
    before: Value
    after: Value
    difference: int | None
    note: str = ""
    url: str = ""
    link: str = ""

    @property
    def signed(self) -> str:
        """``+3``, ``−12``, in words when nothing changed."""
        if self.difference is None:
            return "—"
        if self.difference == 0:
            return _("sin cambio")
        return f"{'+' if self.difference > 0 else '−'}{number(abs(self.difference))}"

    @property
    def percent(self) -> int | None:
        """By how many percent it grew or shrank, half up; None without enough to grow from to be worth saying."""
        if self.difference is None or (self.before.value or 0) < ENOUGH:
            return None
        return (abs(self.difference) * 200 + self.before.value) // (2 * self.before.value)


def compared(label: str, before: Value, after: Value, **more: str) -> Compared:
    known = before.value is not None and after.value is not None
    return Compared(label, before, after, after.value - before.value if known else None, **more)  # type: ignore[operator]


def is_percent(definition: FigureDefinition) -> bool:
    return definition.unit is Unit.PERCENT
