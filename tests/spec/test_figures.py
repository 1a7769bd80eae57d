"""Each rule by example, on both evaluators; and the manual that is made of the examples."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

from cauce import mission
from cauce.facts import store as stores
from cauce.figures import evaluate, oracle
from cauce.figures.raw import Raw
from cauce.kernel.facts import Fact
from cauce.kernel.periods import Period
from tests.spec.figures import SPECS, Spec
from tests.spec.reading import code_of, facts, render, rows

MANUAL = Path(settings.BASE) / "docs" / "reference" / "methodology.md"


def keep(given: list[Fact]) -> None:
    """The facts in the installation's store, each in its kind's month."""
    months: dict[tuple[str, Period], list[Fact]] = {}
    for fact in given:
        months.setdefault((fact.kind, Period.month(fact.date.year, fact.date.month)), []).append(fact)
    for (kind, month), members in months.items():
        stores.current().write_month(kind, month, members)


def both(spec: Spec) -> tuple[Raw, Raw]:
    figure = mission.current().figure(spec.figure)
    given, period = facts(spec, figure), Period.parse(spec.period)
    keep(given)
    cuts = [spec.cut] if spec.cut else []
    return evaluate.evaluate(figure, period, breakdowns=cuts), oracle.evaluate(figure, given, period, breakdowns=cuts)


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: f"{spec.figure}: {spec.title}")
def test_the_rule_holds_on_both_evaluators(spec):
    for raw in both(spec):
        assert raw.value == spec.value
        if spec.cut:
            cut = raw.breakdown(spec.cut)
            assert Counter({code_of(cell.codes): cell.value for cell in cut.cells}) == Counter(dict(spec.cells))
            assert cut.without_consent == spec.left_out


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: f"{spec.figure}: {spec.title}")
def test_the_marked_lines_are_the_records_behind(spec):
    figure = mission.current().figure(spec.figure)
    keep(facts(spec, figure))
    behind = evaluate.records(figure, Period.parse(spec.period))
    assert sum(row.counts for row in behind) == spec.value
    if figure.key != "capacity.topics":  # a training may carry several topics
        assert {row.source_id for row in behind} == {str(n) for n, (counts, _cells) in enumerate(rows(spec)) if counts}


def test_every_declared_figure_has_an_example():
    assert {spec.figure for spec in SPECS} == set(mission.current().figures)


def test_the_methodology_annex_is_current():
    assert MANUAL.read_text("utf-8") == render(mission.current()), (
        "run DJANGO_SETTINGS_MODULE=cauce.settings python -m tests.spec.reading > docs/reference/methodology.md"
    )
