"""The obvious evaluator: plain Python over facts, with the meaning of every rule in the open.

The fast evaluator must always agree with this one (property tests compare them), and an edition's
archive is verified with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from cauce.facts.store import content_hash
from cauce.figures.raw import Codes, Provenance, Raw, RawBreakdown, RawCell
from cauce.kernel.facts import Fact
from cauce.kernel.periods import Period
from cauce.mission.definition import Breakdown, Check, FigureDefinition, Filter, How, When


def evaluate(
    definition: FigureDefinition,
    facts: Iterable[Fact],
    period: Period,
    *,
    office: str | None = None,
    breakdowns: Sequence[str] = (),
    provenance: Provenance | None = None,
) -> Raw:
    """Count ``definition`` over these facts; the same result as ``figures.evaluate`` gives."""
    given = list(facts)
    chosen = [fact for fact in given if counts(definition, fact, period, office=office)]
    consented = [fact for fact in chosen if fact.consented]
    used = consented if definition.consented_only else chosen
    value = size(definition, used)
    return Raw(
        definition=definition,
        value=value,
        without_consent=size(definition, chosen) - size(definition, consented),
        breakdowns=tuple(_cut(definition, definition.breakdown(key), used, value) for key in breakdowns),
        provenance=provenance or Provenance(content_hash(given), period, office),
    )


def counts(definition: FigureDefinition, fact: Fact, period: Period, *, office: str | None = None) -> bool:
    """True when every rule of the definition takes this fact."""
    return not list(objections(definition, fact, period, office=office))


def objections(
    definition: FigureDefinition, fact: Fact, period: Period, *, office: str | None = None
) -> Iterable[Filter | str]:
    """Why a fact is not taken: ``kind``, ``date``, ``office`` or the filter it fails; empty when it is."""
    source = next((source for source in definition.sources if source.kind == fact.kind), None)
    if source is None:
        yield "kind"
        return
    if not _falls_in(definition, fact, period):
        yield "date"
    if office is not None and fact.office != office:
        yield "office"
    # One kind may be named twice with other filters: one of them must take the fact.
    same_kind = [each for each in definition.sources if each.kind == fact.kind]
    if not any(all(passes(each, fact) for each in one.filters) for one in same_kind):
        yield next(each for each in source.filters if not passes(each, fact))
    yield from (each for each in definition.filters if not passes(each, fact))


def _falls_in(definition: FigureDefinition, fact: Fact, period: Period) -> bool:
    if definition.when is When.OVERLAPPING:
        return period.overlaps(fact.date, fact.until)
    return period.contains(fact.date)


def passes(each: Filter, fact: Fact) -> bool:
    """One filter on one fact. What is not known is neither in a list nor outside it."""
    value = _value(each.column, fact)
    if each.test is Check.PRESENT:
        return value not in (None, ())
    if each.test is Check.EMPTY:
        return value is None or value in each.values or (isinstance(value, tuple) and set(value) <= set(each.values))
    if each.test is Check.CONTAINS:
        return any(wanted in value for wanted in each.values) or (None in each.values and not value)
    if each.test is Check.LACKS:
        return not any(wanted in value for wanted in each.values)
    if value is None:
        return each.test is Check.IN and None in each.values
    return value in each.values if each.test is Check.IN else value not in each.values


def size(definition: FigureDefinition, facts: Iterable[Fact]) -> int:
    """How many these facts are, in the definition's way of counting."""
    if definition.count.how is How.ROWS:
        return sum(1 for _fact in facts)
    if definition.count.how is How.SUM:
        return sum(fact.quantity for fact in facts)
    return len(things(definition, facts))


def things(definition: FigureDefinition, facts: Iterable[Fact]) -> set[str]:
    """The different things these facts carry (distinct values, or elements of a list)."""
    column = definition.count.column or ""
    if definition.count.how is How.ELEMENTS:
        return {element for fact in facts for element in getattr(fact, column)}
    return {value for fact in facts if (value := getattr(fact, column)) is not None}


def _cut(definition: FigureDefinition, cut: Breakdown, facts: list[Fact], value: int) -> RawBreakdown:
    asked = [fact for fact in facts if fact.consented] if cut.needs_consent else facts
    with_consent = size(definition, asked)
    used = asked if cut.unknown else [fact for fact in asked if is_known(codes(cut, fact)[0])]
    cells: dict[Codes, list[Fact]] = {}
    for fact in used:
        for code in codes(cut, fact):
            cells.setdefault(code, []).append(fact)
    measured = {code: _cell_size(definition, cut, code, members) for code, members in cells.items()}
    return RawBreakdown(
        cut=cut,
        cells=tuple(RawCell(code, measured[code]) for code in sorted(measured, key=_unknown_last) if measured[code]),
        base=size(definition, used),
        without_consent=value - with_consent,
        unknown=with_consent - size(definition, used),
    )


def _cell_size(definition: FigureDefinition, cut: Breakdown, code: Codes, members: list[Fact]) -> int:
    if definition.count.how is How.ELEMENTS and cut.columns == (definition.count.column,):
        return 0 if code == (None,) else 1  # cut by the elements themselves: each is one
    return size(definition, members)


def codes(cut: Breakdown, fact: Fact) -> list[Codes]:
    """The cells a fact falls in: one, or one per known element of a list; None where it is not known."""
    if cut.is_list:
        known = sorted(set(getattr(fact, cut.columns[0])) - set(cut.unknown_codes))
        return [(element,) for element in known] or [(None,)]
    return [tuple(_code(cut, column, fact) for column in cut.columns)]


def is_known(code: Codes) -> bool:
    return None not in code


def _code(cut: Breakdown, column: str, fact: Fact) -> str | None:
    value = _value(column, fact)
    return None if value in cut.unknown_codes else value


def _value(column: str, fact: Fact) -> Any:
    """What a fact holds in a column; ``month`` is the month it happened or began in."""
    return f"{fact.date:%Y-%m}" if column == "month" else getattr(fact, column)


def _unknown_last(code: Codes) -> list[tuple[bool, str]]:
    return [(part is None, part or "") for part in code]
