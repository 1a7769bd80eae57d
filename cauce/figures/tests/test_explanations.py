"""A figure explains itself: in words, by its records, and by what one record is to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings

from cauce import mission
from cauce.facts.store import FactStore
from cauce.figures import evaluate, oracle, sums, trend
from cauce.figures.explain import Standing, Verdict, Why, judge
from cauce.figures.mutations import mutations
from cauce.figures.tests import generated
from cauce.figures.tests.generated import make_definition
from cauce.figures.tests.test_two_evaluators import stored
from cauce.figures.wording import describe_filter, explain
from cauce.kernel.facts import Fact
from cauce.kernel.periods import Period
from cauce.mission.definition import Check, Count, Disclosure, Filter, How, MustHold, Source, When
from cauce.mission.vocabulary import Vault

YEAR = Period.year(2022)


def fact(number: int, **more: object) -> Fact:
    whole: dict[str, object] = {
        "kind": "assistance.item",
        "date": date(2022, 3, 1),
        "until": date(2022, 3, 1),
        "subject": f"s{number}",
        "office": "TIJ",
        "source_room": "assistance",
        "source_id": str(number),
        "category": "prenatal_kit",
        "person": f"p{number}",
        **more,
    }
    return Fact(**whole)  # type: ignore[arg-type]


FACTS = [
    fact(1),
    fact(2, date=date(2022, 4, 1), until=date(2022, 4, 1), person="p1"),
    fact(3),
    fact(4, category="hygiene"),
    fact(5, date=date(2021, 12, 31), until=date(2021, 12, 31)),
    fact(6, person=None),
    fact(7, category="food", office="TAP", date=date(2023, 1, 1), until=date(2023, 1, 1)),
]


@pytest.fixture
def store(tmp_path: Path) -> FactStore:
    return stored(str(tmp_path / "facts"), FACTS)


def people() -> object:
    return mission.current().figure("protection.perinatal_people")


def verdict(store: FactStore, number: int, **more: object) -> Verdict:
    return judge(people(), YEAR, "assistance", str(number), store=store, **more)  # type: ignore[arg-type]


def test_without_the_only_record_of_a_person_the_figure_changes(store):
    assert verdict(store, 3) == Verdict(Standing.DECIDING)


def test_a_record_that_another_also_carries_names_the_other(store):
    assert verdict(store, 1) == Verdict(Standing.CARRIED, (("assistance", "2"),))
    assert verdict(store, 2) == Verdict(Standing.CARRIED, (("assistance", "1"),))


def test_a_record_that_does_not_count_says_every_reason(store):
    kits = Filter("category", Check.IN, ("prenatal_kit", "postnatal_kit"))
    assert verdict(store, 4).reasons == (kits,)
    assert verdict(store, 5).reasons == (Why.DATE,)
    assert verdict(store, 6).reasons == (Why.NOTHING_TO_COUNT,)
    assert verdict(store, 7, office="TIJ").reasons == (Why.DATE, Why.OFFICE, kits)
    assert verdict(store, 99) == Verdict(Standing.NOT_COUNTED, reasons=(Why.NO_FACT,))


def test_whoever_gave_no_consent_is_not_in_a_vault_figure(tmp_path):
    store = stored(str(tmp_path), [fact(1, consented=False), fact(2)])
    figure = make_definition(sources=(Source("assistance.item"),), disclosure=Disclosure(people=True, vault=Vault.GBV))
    assert judge(figure, YEAR, "assistance", "1", store=store).reasons == (Why.NO_CONSENT,)
    assert judge(figure, YEAR, "assistance", "2", store=store).standing is Standing.DECIDING


def test_a_quantity_of_nothing_decides_nothing(tmp_path):
    store = stored(str(tmp_path), [fact(1, quantity=0), fact(2, quantity=3)])
    figure = make_definition(sources=(Source("assistance.item"),), count=Count(How.SUM, "quantity"))
    assert judge(figure, YEAR, "assistance", "1", store=store).standing is Standing.CARRIED
    assert judge(figure, YEAR, "assistance", "2", store=store).standing is Standing.DECIDING


def without(facts: Sequence[Fact], source: str) -> list[Fact]:
    return [each for each in facts if each.source_id != source]


@given(facts=generated.facts(), definition=generated.definitions(), period=generated.periods)
@settings(max_examples=60, deadline=None)
def test_a_verdict_is_true(tmp_path_factory, facts, definition, period):
    store = stored(str(tmp_path_factory.mktemp("facts")), facts)
    value = oracle.evaluate(definition, facts, period).value
    for each in facts[:3]:
        said = judge(definition, period, each.source_room, each.source_id, store=store)
        changes = oracle.evaluate(definition, without(facts, each.source_id), period).value != value
        assert (said.standing is Standing.DECIDING) == changes
        assert (said.standing is Standing.NOT_COUNTED) == bool(said.reasons)


def test_a_definition_in_words():
    which = mission.current()
    spanish = explain(which.figure("protection.birth_certificates"), which, "es", period=YEAR, office="TIJ")
    assert spanish.counts == (
        "Entre documentos de identidad expedidos, cuenta una sola vez cada persona, por muchos registros que tenga."
    )
    assert spanish.conditions == (
        "Sólo registros con clase: Acta de nacimiento.",
        "Sólo menores de 18 años en la fecha del hecho.",
        "Sólo la oficina TIJ.",
    )
    assert spanish.when.endswith("Periodo: del 2022-01-01 al 2022-12-31.")
    assert "nunca menos de 11" in spanish.guard
    assert "Sexo" in spanish.cuts
    english = explain(which.figure("protection.perinatal_kits"), which, "en")
    assert english.conditions == ("Only records with class: Prenatal kit or Postnatal kit.",)
    cases = explain(which.figure("protection.cases"), which, "es")
    assert "cuenta una sola vez cada caso" in cases.counts
    # A language without phrases of its own is read in Spanish.
    assert explain(which.figure("protection.cases"), which, "fr").counts == cases.counts


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("test", list(Check))
def test_every_condition_can_be_said(test, language):
    which = mission.current()
    figure = make_definition(
        sources=(Source("assistance.service", (Filter("category", Check.IN, ("lodging",)),)),), when=When.OVERLAPPING
    )
    said = describe_filter(Filter("response", test, ("mpp", "title42")), figure, which, language)
    assert "{" not in said
    assert explain(replace(figure, filters=(Filter("topics", test, ("x",)),)), which, language).sentences


def test_every_definition_can_be_said_in_both_languages():
    which = mission.current()
    for figure in which.figures.values():
        for language in ("es", "en"):
            assert all("{" not in sentence for sentence in explain(figure, which, language).sentences)


def test_conditions_of_one_kind_are_said_of_that_kind():
    which = mission.current()
    figure = make_definition(sources=(
        Source("assistance.item", (Filter("category", Check.IN, ("medicine", "glasses")),)), Source("assistance.service"),
    ))  # fmt: skip
    assert explain(figure, which, "en").conditions == (
        "For items delivered to people: Only records with class: Medicines or Glasses.",
    )
    adults = Filter("age_band", Check.IN, ("18-59", "60+"))
    assert describe_filter(adults, figure, which, "es") == "Sólo personas de 18 años y más en la fecha del hecho."


def test_months_are_counted_by_themselves(store):
    months = trend.by_month(people(), Period(date(2022, 3, 10), date(2022, 4, 30)), store=store)  # type: ignore[arg-type]
    assert [(str(each.provenance.period), each.value) for each in months] == [
        ("2022-03-10..2022-03-31", 0),
        ("2022-04", 1),
    ]
    offices = trend.by_office(people(), YEAR, ["TIJ", "TAP"], store=store)  # type: ignore[arg-type]
    assert [each.value for each in offices] == [2, 0]


def test_a_figure_says_what_it_was_computed_from(store):
    first = evaluate.evaluate(people(), YEAR, store=store).provenance  # type: ignore[arg-type]
    assert first.period == YEAR
    store.write_month("assistance.item", Period.month(2022, 3), [fact(1)])
    assert evaluate.evaluate(people(), YEAR, store=store).provenance.facts != first.facts  # type: ignore[arg-type]


def test_an_undeclared_cut_is_an_error_in_both(store):
    with pytest.raises(KeyError, match="has no breakdown"):
        evaluate.evaluate(people(), YEAR, breakdowns=["x"], store=store)  # type: ignore[arg-type]
    with pytest.raises(KeyError, match="has no breakdown"):
        oracle.evaluate(people(), FACTS, YEAR, breakdowns=["x"])  # type: ignore[arg-type]


def test_an_empty_store_counts_nothing(tmp_path):
    raw = evaluate.evaluate(people(), YEAR, breakdowns=["office"], store=FactStore(tmp_path / "none"))  # type: ignore[arg-type]
    assert (raw.value, raw.breakdown("office").cells) == (0, ())
    with pytest.raises(KeyError, match="was not counted by"):
        raw.breakdown("month")


def test_intervals_count_when_they_share_a_day(tmp_path):
    stays = [
        fact(1, date=date(2021, 12, 30), until=date(2022, 1, 1)),
        fact(2, date=date(2021, 12, 30), until=date(2021, 12, 31)),
        fact(3, date=date(2021, 6, 1), until=None),
        fact(4, date=date(2022, 12, 31), until=date(2023, 2, 1)),
        fact(5, date=date(2023, 1, 1), until=None),
    ]
    store = stored(str(tmp_path), stays)
    figure = make_definition(sources=(Source("assistance.item"),), when=When.OVERLAPPING)
    assert evaluate.evaluate(figure, YEAR, store=store).value == oracle.evaluate(figure, stays, YEAR).value == 3


def test_threads_and_children_count_alike(store):
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(4) as pool:
        counted = list(pool.map(lambda _n: evaluate.evaluate(people(), YEAR, store=store).value, range(8)))  # type: ignore[arg-type]
    assert counted == [2] * 8


def test_declared_sums():
    rule = MustHold(("a",), "equal", ("b", "c"))
    at_most = MustHold(("a",), "at_most", ("b",))
    figure = make_definition(key="a", must_hold=(rule, at_most), never_add=("z",))
    assert sums.broken([figure], {"a": 3, "b": 3, "c": 0}.get) == ()
    assert [each.rule for each in sums.broken([figure], {"a": 5, "b": 3, "c": 1}.get)] == [rule, at_most]
    assert [each.checked for each in sums.broken([figure], {"a": 5}.get)] == [False, False]
    assert not sums.may_add([figure], "z", "a")
    assert sums.may_add([figure], "a", "b")


def test_every_rule_has_a_mutation():
    figure = make_definition(
        sources=(Source("assistance.item", (Filter("category", Check.IN, ("a",)),)), Source("assistance.service")),
        filters=(Filter("response", Check.IN, ("mpp", "covid19")),),
        count=Count(How.DISTINCT, "person"),
        when=When.OVERLAPPING,
        disclosure=Disclosure(people=True, vault=Vault.CHILD),
    )
    assert {mutation.what for mutation in mutations(figure)} == {
        "without the condition on response", "without mpp in response", "without covid19 in response",
        "without assistance.item", "without assistance.service", "without the condition on category for assistance.item",
        "rows for distinct person", "distinct subject for distinct person", "by date for an interval",
        "without asking for consent",
    }  # fmt: skip
    assert all(mutation.definition != figure for mutation in mutations(figure))
    assert [mutation.what for mutation in mutations(make_definition(count=Count(How.SUM, "quantity")))] == [
        "rows for a sum"
    ]
