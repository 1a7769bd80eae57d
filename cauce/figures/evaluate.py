"""The fast evaluator: a definition's compiled query over the fact store.

Only ``cauce.disclosure`` may import this module from outside (a contract in pyproject.toml):
there is no second road to a number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from cauce.facts import store as facts_store
from cauce.facts.store import FactStore
from cauce.figures import compiling, engine
from cauce.figures.raw import Provenance, Raw, RawBreakdown, RawCell, Unprintable
from cauce.kernel.facts import ALL_COLUMNS, LIST_COLUMNS, Fact
from cauce.kernel.periods import Period
from cauce.mission.definition import FigureDefinition, How, When


def evaluate(
    definition: FigureDefinition,
    period: Period,
    *,
    office: str | None = None,
    breakdowns: Sequence[str] = (),
    store: FactStore | None = None,
) -> Raw:
    """Count ``definition`` over ``period``, with the cuts asked for.

    ``office`` counts only the acts of one office. Raises KeyError for a breakdown that is not
    declared.
    """
    question = Question.of(definition, period, office, store)
    keys = tuple(breakdowns)
    for key in keys:
        definition.breakdown(key)
    totals = question.rows(compiling.totals(definition, keys, office=office is not None))
    numbers = [int(number or 0) for number in totals[0]] if totals else [0] * (2 + 2 * len(keys))
    everything, consented, *of_cuts = numbers
    value = consented if definition.consented_only else everything
    found = tuple(
        _breakdown(question, key, value, with_consent=of_cuts[2 * place], base=of_cuts[2 * place + 1])
        for place, key in enumerate(keys)
    )
    return question.raw(everything, consented, found)


def evaluate_by_month(
    definition: FigureDefinition,
    period: Period,
    *,
    office: str | None = None,
    store: FactStore | None = None,
) -> tuple[Raw, ...]:
    """What ``evaluate`` says of each calendar month the period touches, over the days of it in the period.

    One query for all of them; an interval can lie in several months, so those are asked one by one.
    """
    months = [Period(max(month.start, period.start), min(month.end, period.end)) for month in period.months()]
    question = Question.of(definition, period, office, store)
    if question.overlapping:
        return tuple(evaluate(definition, month, office=office, store=question.store) for month in months)
    rows = question.rows(compiling.by_month(definition, office=office is not None))
    found = {(day.year, day.month): (int(everything), int(consented or 0)) for day, everything, consented in rows}
    return tuple(
        replace(question, period=month).raw(*found.get((month.start.year, month.start.month), (0, 0)))
        for month in months
    )


@dataclass(frozen=True, slots=True)
class Question:
    """A definition with its period, its office and the files that answer it."""

    definition: FigureDefinition
    period: Period
    office: str | None
    store: FactStore

    @classmethod
    def of(cls, definition: FigureDefinition, period: Period, office: str | None, store: FactStore | None) -> Question:
        return cls(definition, period, office, store or facts_store.current())

    @property
    def overlapping(self) -> bool:
        return self.definition.when is When.OVERLAPPING

    def rows(self, query: compiling.Query, **more: str) -> list[tuple[Any, ...]]:
        files = self.store.relation(self.definition.kinds, self.period, overlapping=self.overlapping)
        given = {"start": self.period.start, "end": self.period.end, "office": self.office, **more}
        return engine.run(query, files, given)

    def raw(self, everything: int, consented: int, breakdowns: tuple[RawBreakdown, ...] = ()) -> Raw:
        """The answer, from how many there are and how many of them have consent for statistics."""
        value = consented if self.definition.consented_only else everything
        return Raw(self.definition, value, everything - consented, breakdowns, self.provenance)

    @property
    def provenance(self) -> Provenance:
        digest = self.store.content_hash(self.definition.kinds, self.period, overlapping=self.overlapping)
        return Provenance(digest, self.period, self.office)


def _breakdown(question: Question, key: str, value: int, *, with_consent: int, base: int) -> RawBreakdown:
    rows = question.rows(compiling.cells(question.definition, key, office=question.office is not None))
    return RawBreakdown(
        cut=question.definition.breakdown(key),
        cells=tuple(RawCell(tuple(codes), int(number)) for *codes, number in rows),
        base=base,
        without_consent=value - with_consent,
        unknown=with_consent - base,
    )


@dataclass(frozen=True, slots=True, repr=False)
class Row(Unprintable):
    """One record behind a figure.

    ``counts`` is how much of the figure rests on it (1, or a quantity); ``also`` how many more of
    its rows carry the same thing, so that without this record the figure would still stand.
    """

    source_room: str
    source_id: str
    date: date
    thing: str | None
    counts: int
    also: int


def records(
    definition: FigureDefinition,
    period: Period,
    *,
    office: str | None = None,
    store: FactStore | None = None,
) -> tuple[Row, ...]:
    """The records behind a figure, by the query that gave the number.

    Their ``counts`` sum to the figure: for rows and distinct things there are exactly as many as
    the figure says, each thing with the first record that carries it.
    """
    question = Question.of(definition, period, office, store)
    rows = question.rows(compiling.records(definition, office=office is not None))
    if definition.count.how is How.SUM:
        return tuple(Row(room, record, day, None, quantity, 0) for room, record, day, _thing, quantity in rows)
    if definition.count.how is How.ROWS:
        return tuple(Row(room, record, day, None, 1, 0) for room, record, day, _thing, _quantity in rows)
    firsts: dict[str, tuple[str, str, date]] = {}
    carried: dict[str, int] = {}
    for room, record, day, thing, _quantity in rows:
        firsts.setdefault(thing, (room, record, day))
        carried[thing] = carried.get(thing, 0) + 1
    return tuple(Row(room, record, day, thing, 1, carried[thing] - 1) for thing, (room, record, day) in firsts.items())


def carriers(question: Question, room: str, record: str) -> list[tuple[Any, ...]]:
    """The rows of one record in a figure, and the rows of others that carry the same things."""
    query = compiling.carriers(question.definition, office=question.office is not None)
    return question.rows(query, room=room, record=record)


def facts_of(question: Question, room: str, record: str) -> list[Fact]:
    """Every fact of one record among the figure's kinds, whatever its date."""
    files = question.store.relation(question.definition.kinds)
    rows = engine.run(compiling.of_record(), files, {"room": room, "record": record})
    facts = [dict(zip(ALL_COLUMNS, row, strict=True)) for row in rows]
    return [Fact(**{**fact, **{name: tuple(fact[name] or ()) for name in LIST_COLUMNS}}) for fact in facts]
