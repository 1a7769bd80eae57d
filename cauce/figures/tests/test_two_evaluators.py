"""Two ways to compute, one answer: the engine over Parquet against plain Python over facts."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cauce.facts.store import FactStore
from cauce.figures import evaluate, oracle
from cauce.figures.raw import Raw
from cauce.figures.tests import generated
from cauce.kernel.facts import Fact
from cauce.kernel.periods import Period
from cauce.mission.definition import FigureDefinition, How


def stored(folder: str, facts: Iterable[Fact]) -> FactStore:
    """The facts, each in its kind's month."""
    store = FactStore(Path(folder))
    months: dict[tuple[str, Period], list[Fact]] = {}
    for fact in facts:
        months.setdefault((fact.kind, Period.month(fact.date.year, fact.date.month)), []).append(fact)
    for (kind, month), members in months.items():
        store.write_month(kind, month, members)
    return store


def plain(raw: Raw) -> object:
    return (
        raw.value,
        raw.without_consent,
        [
            (cut.base, cut.without_consent, cut.unknown, [(cell.codes, cell.value) for cell in cut.cells])
            for cut in raw.breakdowns
        ],
    )


@given(
    facts=generated.facts(),
    definition=generated.definitions(),
    period=generated.periods,
    office=st.sampled_from((None, "TIJ")),
)
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_engine_and_the_oracle_agree(
    facts: list[Fact], definition: FigureDefinition, period: Period, office: str | None
) -> None:
    with TemporaryDirectory() as folder:
        store = stored(folder, facts)
        fast = evaluate.evaluate(definition, period, office=office, breakdowns=["cut"], store=store)
        behind = evaluate.records(definition, period, office=office, store=store)
    slow = oracle.evaluate(definition, facts, period, office=office, breakdowns=["cut"])
    assert plain(fast) == plain(slow)
    assert sum(row.counts for row in behind) == fast.value
    if definition.count.how is not How.SUM:
        assert len(behind) == fast.value


@given(
    facts=generated.facts(),
    definition=generated.definitions(),
    period=generated.periods,
    office=st.sampled_from((None, "TIJ")),
)
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_months_of_one_query_are_the_months_asked_one_by_one(
    facts: list[Fact], definition: FigureDefinition, period: Period, office: str | None
) -> None:
    with TemporaryDirectory() as folder:
        store = stored(folder, facts)
        months = evaluate.evaluate_by_month(definition, period, office=office, store=store)
        alone = [evaluate.evaluate(definition, month.provenance.period, office=office, store=store) for month in months]
    assert [plain(month) for month in months] == [plain(month) for month in alone]
    assert [month.provenance for month in months] == [month.provenance for month in alone]
    days = sum((month.provenance.period.end - month.provenance.period.start).days + 1 for month in months)
    assert days == (period.end - period.start).days + 1
    assert [month.value for month in months] == [
        oracle.evaluate(definition, facts, month.provenance.period, office=office).value for month in months
    ]
