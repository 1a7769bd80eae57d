"""Near misses: the year's records feel every rule of every covered figure (design.md §9).

Break one rule of a definition and the figure changes; a rule that could be broken unseen would be
a rule that no record tests.
"""

from __future__ import annotations

import pytest

from cauce.figures import oracle
from cauce.figures.evaluate import evaluate
from cauce.figures.mutations import mutations
from cauce.kernel.periods import Period
from tests.flow.reference import figures

YEAR = Period.year(2022)
FIGURES = figures()


@pytest.mark.parametrize("definition", FIGURES, ids=lambda definition: definition.key)
def test_every_broken_rule_changes_the_figure(definition, demonstration):
    right = evaluate(definition, YEAR, store=demonstration.store).value
    broken = {
        each.what: evaluate(each.definition, YEAR, store=demonstration.store).value for each in mutations(definition)
    }
    assert broken, "a definition without a rule to break"
    assert not [what for what, value in broken.items() if value == right]


@pytest.mark.parametrize("definition", FIGURES, ids=lambda definition: definition.key)
def test_another_year_has_another_value(definition, demonstration):
    right = evaluate(definition, YEAR, store=demonstration.store).value
    before = evaluate(definition, Period.year(2021), store=demonstration.store).value
    assert 0 < before < right, "the year before has near misses, and they stay out"


@pytest.mark.parametrize("definition", FIGURES, ids=lambda definition: definition.key)
def test_the_oracle_counts_the_same(definition, demonstration):
    facts = list(demonstration.store.read(definition.kinds))
    for period in (YEAR, Period.parse("2022-03"), Period.parse("2022-Q4")):
        cuts = [cut.key for cut in definition.breakdowns]
        obvious = oracle.evaluate(definition, facts, period, breakdowns=cuts)
        fast = evaluate(definition, period, breakdowns=cuts, store=demonstration.store)
        assert fast.value == obvious.value
        assert {cut.cut.key: set(cut.cells) for cut in fast.breakdowns} == {
            cut.cut.key: set(cut.cells) for cut in obvious.breakdowns
        }


def test_a_share_is_of_those_who_agreed_to_statistics(demonstration):
    """Cases without consent count in the total and in no category; those left out are told."""
    (cases,) = [definition for definition in FIGURES if definition.key == "protection.cases"]
    raw = evaluate(cases, YEAR, breakdowns=["category"], store=demonstration.store)
    cut = raw.breakdown("category")
    found = {cell.codes[0]: cell.value for cell in cut.cells}
    assert set(found) == {share.code for share in cases.shares}
    assert sum(found.values()) == cut.base == raw.value - cut.without_consent
    assert cut.without_consent > 0
