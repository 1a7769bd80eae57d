"""The gate's other doors: trends, comparisons, the records behind a figure, sums that must hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext_lazy as _

from cauce.disclosure.profiles import Profile, is_small, threshold
from cauce.disclosure.release import narrow, release
from cauce.disclosure.released import Cell, Reason, Released
from cauce.facts.store import FactStore
from cauce.figures import evaluate as engine
from cauce.figures import explain
from cauce.figures.explain import Verdict
from cauce.figures.sums import Broken, broken
from cauce.figures.trend import by_month
from cauce.kernel.periods import Period
from cauce.kernel.problems import Problem
from cauce.mission.definition import Breakdown, Check, FigureDefinition, Filter, How, When


@dataclass(frozen=True, slots=True)
class Point:
    """One month of a trend."""

    period: Period
    cell: Cell


@dataclass(frozen=True, slots=True)
class Trend:
    """A figure by month. ``adds_up`` False: the months are not parts of the whole."""

    points: tuple[Point, ...]
    adds_up: bool
    reason: Reason | None = None


def trend(
    definition: FigureDefinition,
    period: Period,
    *,
    profile: Profile | str,
    viewer_vaults: Collection[str] = (),
    office: str | None = None,
    store: FactStore | None = None,
) -> Trend:
    """A figure by month, withheld whole when one month is too small: the total would give it back."""
    limit = threshold(definition.disclosure, Profile(profile), frozenset(viewer_vaults))
    months = by_month(definition, period, office=office, store=store)
    adds_up = definition.when is When.WITHIN and definition.count.how in {How.ROWS, How.SUM}
    small = any(is_small(month.value, limit) for month in months)
    reason = Reason.TABLE if small else None
    points = tuple(
        Point(month.provenance.period, Cell(None, reason) if reason else Cell(month.value)) for month in months
    )
    return Trend(points, adds_up, reason)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two releases of one figure, and by how much they differ when both may be shown."""

    first: Released
    second: Released

    @property
    def difference(self) -> Cell:
        if self.first.cell.value is None or self.second.cell.value is None:
            return Cell(None, Reason.TOTAL)
        return Cell(self.second.cell.value - self.first.cell.value)


def compare(
    definition: FigureDefinition,
    first: Period,
    second: Period,
    *,
    profile: Profile | str,
    viewer_vaults: Collection[str] = (),
    office: str | None = None,
    store: FactStore | None = None,
) -> Comparison:
    """The same figure over two periods.

    Outside the mission the periods may not overlap: the difference of overlapping periods is a
    count of its own that never passed the gate. Raises ``Problem`` ``disclosure.overlapping``.
    """
    if Profile(profile) is not Profile.INTERNAL and first != second and first.overlaps(second.start, second.end):
        raise Problem(
            "disclosure.overlapping",
            _("Los periodos %(first)s y %(second)s se traslapan: su diferencia revelaría un conteo no revisado."),
            fix=_("Compare periodos que no compartan días."),
            first=str(first),
            second=str(second),
        )
    releases = [
        release(definition, period, profile=profile, viewer_vaults=viewer_vaults, office=office, store=store)
        for period in (first, second)
    ]
    return Comparison(*releases)


def compare_offices(
    definition: FigureDefinition,
    period: Period,
    offices: Sequence[str],
    *,
    profile: Profile | str,
    viewer_vaults: Collection[str] = (),
    store: FactStore | None = None,
) -> tuple[Released, ...]:
    """The same figure in several offices, in the order given."""
    return tuple(
        release(definition, period, profile=profile, viewer_vaults=viewer_vaults, office=office, store=store)
        for office in offices
    )


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A record behind a figure: ``counts`` of it rest on this record, ``also`` more rows carry the same thing."""

    source_room: str
    source_id: str
    date: date
    counts: int
    also: int


@dataclass(frozen=True, slots=True)
class RecordList:
    """The records behind a released figure; as many as it says. Withheld with the figure."""

    rows: tuple[RecordRow, ...]
    reason: Reason | None = None


def records(
    definition: FigureDefinition,
    period: Period,
    *,
    viewer_vaults: Collection[str] = (),
    office: str | None = None,
    cell: tuple[str, Sequence[str | None]] | None = None,
    store: FactStore | None = None,
) -> RecordList:
    """The records behind a figure, or behind one cell ``(cut, codes)`` of it, for the mission's staff.

    Only the internal profile lists records (design.md §5). Whether the viewer may see what stands
    in a record is its room's to say: one they may not is shown as restricted, and still listed.
    """
    keys = cell[0] if cell else None
    shown = release(
        definition, period, profile=Profile.INTERNAL, viewer_vaults=viewer_vaults, office=office,
        breakdown=keys, store=store,
    )  # fmt: skip
    if shown.cell.is_withheld:
        return RecordList((), shown.cell.reason)
    if cell is not None:
        table = shown.breakdown(cell[0])
        if table.reason is not None:
            return RecordList((), table.reason)
        codes = tuple(cell[1])
        if any(codes in row.gathered for row in table.cells):
            return RecordList((), Reason.GATHERED)
        definition, period = _of_cell(definition, period, table.cut, codes)
    behind = engine.records(definition, period, office=office, store=store)
    if cell is not None and table.cut.columns == (definition.count.column,):
        # Cut by the very elements that are counted: the cell's own element alone.
        behind = tuple(row for row in behind if row.thing in cell[1])
    return RecordList(
        tuple(RecordRow(row.source_room, row.source_id, row.date, row.counts, row.also) for row in behind)
    )


def _of_cell(
    definition: FigureDefinition, period: Period, cut: Breakdown, codes: Sequence[str | None]
) -> tuple[FigureDefinition, Period]:
    """The figure over the rows of one cell: the cut's columns hold the cell's codes."""
    for column, code in zip(cut.columns, codes, strict=True):
        if column == "month" and definition.when is When.OVERLAPPING:
            # The month it began in, which can lie before the period.
            definition = replace(definition, filters=(*definition.filters, Filter("month", Check.IN, (code,))))
        elif column == "month":
            month = Period.parse(str(code))
            period = Period(max(month.start, period.start), min(month.end, period.end))
        elif code is None:
            unknown = Filter(column, Check.EMPTY, cut.unknown_codes)
            definition = replace(definition, filters=(*definition.filters, unknown))
        else:
            definition = narrow(definition, replace(cut, columns=(column,)), [code])
    return replace(definition, with_consent=cut.needs_consent), period


def judge(
    definition: FigureDefinition,
    period: Period,
    source_room: str,
    source_id: str,
    *,
    viewer_vaults: Collection[str] = (),
    office: str | None = None,
    store: FactStore | None = None,
) -> Verdict | None:
    """What one record is to a figure; None when the figure itself is withheld from this viewer."""
    shown = release(
        definition, period, profile=Profile.INTERNAL, viewer_vaults=viewer_vaults, office=office, store=store
    )
    if shown.cell.is_withheld:
        return None
    return explain.judge(definition, period, source_room, source_id, office=office, store=store)


def check_sums(
    definitions: Iterable[FigureDefinition], period: Period, *, store: FactStore | None = None
) -> tuple[Broken, ...]:
    """The declared sums that do not hold over the counts themselves; names rules, never numbers."""
    known = {definition.key: definition for definition in definitions}

    def value_of(name: str) -> int | None:
        key, _slash, cut = name.partition("/")
        if key not in known:
            return None
        raw = engine.evaluate(known[key], period, breakdowns=[cut] if cut else (), store=store)
        return sum(cell.value for cell in raw.breakdown(cut).cells) if cut else raw.value

    return broken(known.values(), value_of)
