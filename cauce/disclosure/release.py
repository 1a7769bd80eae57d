"""The gate: raw counts in, released cells out. The only road from a count to a page.

    release(definition, period, profile=Profile.PUBLIC) -> Released
    release_all(definitions, period, profile=…) -> {key: Released}

Rules: design.md §5 and the issue of the first road. A figure of people below its threshold is
withheld, and everything cut from it; a table with a small cell has its small categories gathered
where the definition allows it, and is withheld whole where that does not hide them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from cauce.disclosure.percent import of_base, parts_of_hundred
from cauce.disclosure.profiles import Profile, is_small, threshold
from cauce.disclosure.released import (
    OTHERS,
    Caution,
    Cell,
    Reason,
    Released,
    ReleasedBreakdown,
    ReleasedCell,
    ReleasedShare,
)
from cauce.disclosure.suppression import Entry, Table, protect
from cauce.facts.store import FactStore
from cauce.figures import evaluate as engine
from cauce.figures import oracle
from cauce.figures.ordering import in_order
from cauce.figures.raw import Raw, RawBreakdown
from cauce.kernel.facts import LIST_COLUMNS, Fact
from cauce.kernel.periods import Period
from cauce.mission.definition import Breakdown, Check, FigureDefinition, Filter, Percent

ALL = "*"


@dataclass(frozen=True, slots=True)
class _Source:
    """Where the counts come from: the fact store, or facts at hand (an archive being verified)."""

    period: Period
    office: str | None
    store: FactStore | None
    facts: Sequence[Fact] | None

    def count(self, definition: FigureDefinition, keys: Sequence[str]) -> Raw:
        if self.facts is not None:
            return oracle.evaluate(definition, self.facts, self.period, office=self.office, breakdowns=keys)
        return engine.evaluate(definition, self.period, office=self.office, breakdowns=keys, store=self.store)


@dataclass(frozen=True, slots=True)
class _Reader:
    profile: Profile
    vaults: frozenset[str]


def release(
    definition: FigureDefinition,
    period: Period,
    *,
    profile: Profile | str,
    viewer_vaults: Collection[str] = (),
    office: str | None = None,
    breakdown: str | Sequence[str] | None = None,
    store: FactStore | None = None,
    facts: Sequence[Fact] | None = None,
) -> Released:
    """Count a figure and release what may be said of it.

    ``breakdown`` is the key of one declared cut, several keys, or ``"*"`` for all; shares come
    always. ``viewer_vaults`` matters in the internal profile. ``facts`` counts with the oracle over
    these facts instead of the store. Raises KeyError for a cut that is not declared.
    """
    source = _Source(period, office, store, facts)
    keys = _keys(definition, breakdown)
    counted = keys if definition.shares_of in (None, *keys) else (*keys, str(definition.shares_of))
    raw = source.count(definition, counted)
    return _release(raw, keys, source, _Reader(Profile(profile), frozenset(viewer_vaults)))


def release_all(
    definitions: Iterable[FigureDefinition],
    period: Period,
    *,
    profile: Profile | str,
    viewer_vaults: Collection[str] = (),
    office: str | None = None,
    breakdown: str | None = ALL,
    store: FactStore | None = None,
    facts: Sequence[Fact] | None = None,
) -> dict[str, Released]:
    """Every definition released alike, by key; with all breakdowns unless told otherwise."""
    return {
        definition.key: release(
            definition,
            period,
            profile=profile,
            viewer_vaults=viewer_vaults,
            office=office,
            breakdown=breakdown,
            store=store,
            facts=facts,
        )
        for definition in definitions
    }


def _keys(definition: FigureDefinition, breakdown: str | Sequence[str] | None) -> tuple[str, ...]:
    if breakdown is None:
        return ()
    if breakdown == ALL:
        return tuple(cut.key for cut in definition.breakdowns)
    keys = (breakdown,) if isinstance(breakdown, str) else tuple(dict.fromkeys(breakdown))
    for key in keys:
        definition.breakdown(key)
    return keys


def _release(raw: Raw, keys: Sequence[str], source: _Source, reader: _Reader) -> Released:
    definition = raw.definition
    limit = threshold(definition.disclosure, reader.profile, reader.vaults)
    cell = _cell(raw.value, limit, definition)
    tables = {cut.cut.key: _breakdown(raw, cut, cell, source, reader) for cut in raw.breakdowns}
    return Released(
        definition=definition,
        profile=reader.profile,
        provenance=raw.provenance,
        cell=cell,
        without_consent=_left_out(raw, cell, limit),
        breakdowns=tuple(tables[key] for key in keys),
        shares=_shares(definition, tables.get(definition.shares_of or "")),
    )


def _cell(value: int, limit: int, definition: FigureDefinition) -> Cell:
    if not is_small(value, limit):
        return Cell(value)
    return Cell(None, Reason.VAULT if definition.disclosure.vault else Reason.SMALL)


def _left_out(raw: Raw, cell: Cell, limit: int) -> Cell:
    """How many have no consent for statistics. In a vault's figure that is a small group of its own."""
    if cell.is_withheld:
        return Cell(None, Reason.TOTAL)
    return _cell(raw.without_consent, limit if raw.definition.disclosure.vault else 0, raw.definition)


def _breakdown(raw: Raw, cut: RawBreakdown, total: Cell, source: _Source, reader: _Reader) -> ReleasedBreakdown:
    if total.is_withheld:
        return _withheld(cut, Reason.TOTAL)
    definition = raw.definition
    entries = tuple(
        Entry(
            cell.codes,
            cell.value,
            threshold(definition.disclosure, reader.profile, reader.vaults, cut.cut.vault_of(cell.codes)),
        )
        for cell in cut.cells
    )
    possible = (None, *dict(cut.cut.vaults).values())
    table = protect(
        entries,
        base=cut.base,
        strictest=max(threshold(definition.disclosure, reader.profile, reader.vaults, vault) for vault in possible),
        others=cut.cut.others,
        adds_up=cut.adds_up,
        union=lambda gathered: _together(definition, cut, gathered, source),
    )
    if table is None:
        return _withheld(cut, Reason.TABLE)
    return ReleasedBreakdown(
        cut=cut.cut,
        cells=_cells(cut, table),
        base=Cell(cut.base),
        without_consent=Cell(cut.without_consent),
        unknown=Cell(cut.unknown),
        adds_up=cut.adds_up,
        cautions=tuple(_cautions(cut)),
    )


def _withheld(cut: RawBreakdown, reason: Reason) -> ReleasedBreakdown:
    nothing = Cell(None, reason)
    return ReleasedBreakdown(cut.cut, (), nothing, nothing, nothing, cut.adds_up, reason)


def _together(
    definition: FigureDefinition, cut: RawBreakdown, gathered: Sequence[Entry], source: _Source
) -> int | None:
    """Several cells counted as one: by addition, or by a query where cells overlap."""
    if cut.adds_up:
        return sum(entry.value for entry in gathered)
    if len(cut.cut.columns) != 1 or cut.cut.columns == ("month",):
        return None
    codes = [entry.codes[0] for entry in gathered]
    if None in codes and cut.cut.is_list and cut.cut.unknown_codes:
        return None
    narrowed = narrow(definition, cut.cut, codes)
    return source.count(narrowed, [cut.cut.key]).breakdown(cut.cut.key).base


def narrow(definition: FigureDefinition, cut: Breakdown, codes: Sequence[str | None]) -> FigureDefinition:
    """The same figure over the rows that fall in these cells of a one-column cut; None is "not known"."""
    column = cut.columns[0]
    if column in LIST_COLUMNS:
        return _with(definition, Filter(column, Check.CONTAINS, tuple(codes)))
    unknown = cut.unknown_codes if None in codes else ()
    return _with(definition, Filter(column, Check.IN, (*codes, *unknown)))


def _with(definition: FigureDefinition, more: Filter) -> FigureDefinition:
    return replace(definition, filters=(*definition.filters, more))


def _cells(cut: RawBreakdown, table: Table) -> tuple[ReleasedCell, ...]:
    ordered = in_order(cut.cut, table.kept)
    numbers = [entry.value for entry in ordered] + ([table.others] if table.gathered else [])
    percents = _percents(cut, numbers)
    rows = [
        ReleasedCell(entry.codes, Cell(entry.value), percent) for entry, percent in zip(ordered, percents, strict=False)
    ]
    if table.gathered:
        others = ReleasedCell(
            (OTHERS,), Cell(table.others), percents[-1], tuple(entry.codes for entry in table.gathered)
        )
        rows.append(others)
    return tuple(rows)


def _percents(cut: RawBreakdown, numbers: Sequence[int]) -> list[Cell | None]:
    if cut.cut.percent is Percent.NONE:
        return [None] * len(numbers)
    if cut.cut.percent is Percent.BASE:
        return [Cell(of_base(number, cut.base)) for number in numbers]
    if not cut.adds_up:
        return [Cell(None, Reason.NOT_PARTS)] * len(numbers)
    return [Cell(percent) for percent in parts_of_hundred(numbers)]


def _shares(definition: FigureDefinition, table: ReleasedBreakdown | None) -> tuple[ReleasedShare, ...]:
    """The percentages that are figures of their own, out of the released table they belong to."""
    if table is None:
        return ()
    if table.reason is not None:
        return tuple(ReleasedShare(share, Cell(None, table.reason)) for share in definition.shares)
    shown = {row.codes: row.percent for row in table.cells}
    gathered = {codes for row in table.cells for codes in row.gathered}
    parts = table.adds_up
    found = []
    for share in definition.shares:
        codes = (share.code,)
        if codes in gathered:
            cell = Cell(None, Reason.GATHERED)
        else:
            # A category without a cell has nothing in it: none of the whole.
            cell = shown.get(codes) or (Cell(0) if parts else Cell(None, Reason.NOT_PARTS))
        found.append(ReleasedShare(share, cell))
    return tuple(found)


def _cautions(cut: RawBreakdown) -> Iterable[Caution]:
    if not cut.adds_up and not cut.cut.is_list:
        yield Caution.OVERLAP
    if cut.unknown * 4 > cut.base:
        yield Caution.MANY_UNKNOWN
