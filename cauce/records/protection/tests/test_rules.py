"""One category by precedence, and what a case rests on; the state machine from every side."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cauce.records.assistance import vocabulary
from cauce.records.assistance.tests.world import refused
from cauce.records.protection import rules
from cauce.records.protection.enums import CaseState, GbvType

PRECEDENCE = ["trafficking", "gbv", "child", "other_crime", "prenatal", "referral_general", "other"]
some = st.sets(st.sampled_from(PRECEDENCE))


@given(some, st.sets(st.sampled_from(["legal", "health", "prenatal", "child_protection"])))
def test_exactly_one_category_and_always_the_first_by_precedence(categories, needs):
    applying = rules.applicable(categories, needs)
    implied = {"prenatal": "prenatal", "child_protection": "child"}
    wanted = categories | {implied[need] for need in needs if need in implied} or {"referral_general"}
    assert set(applying) == wanted
    assert rules.primary(applying) == min(wanted, key=PRECEDENCE.index) == applying[0]


@given(some)
def test_more_that_applies_never_lowers_the_category(categories):
    for more in PRECEDENCE:
        before = rules.primary(rules.applicable(categories, [])) if categories else "other"
        after = rules.primary(rules.applicable(categories | {more}, []))
        assert PRECEDENCE.index(after) <= max(PRECEDENCE.index(before), PRECEDENCE.index(more))


@pytest.mark.parametrize("situation", [{"uasc": "separated"}, {"uasc": "unaccompanied"}, {"law_term": "unaccompanied"}])
def test_a_child_without_the_adults_who_should_be_there_is_child_protection(situation):
    assert rules.primary(rules.applicable([], ["legal"], **situation)) == "child"
    assert rules.primary(rules.applicable(["gbv"], ["legal"], **situation)) == "gbv"


def test_an_accompanied_child_is_not_by_that_alone():
    assert rules.primary(rules.applicable([], ["education"], uasc="accompanied")) == "referral_general"


def test_the_mission_and_this_room_mean_the_same_precedence():
    listed = vocabulary.listed(rules.CATEGORIES)
    assert list(listed.precedence) == PRECEDENCE
    assert {code.code for code in listed} == set(PRECEDENCE)
    assert set(rules.CATEGORY_OF_NEED) <= {code.code for code in vocabulary.listed("needs")}


def test_the_person_can_see_why():
    said = rules.explain(["gbv", "child", "prenatal"])
    assert "Violencia basada en género" in said and "va antes que «Protección a la niñez»" in said
    assert "la única que aplica" in rules.explain(["prenatal"])


def test_the_vault_is_that_of_the_primary_category():
    assert [rules.sensitivity_of(code) for code in PRECEDENCE] == [
        "trafficking", "gbv", "child", "standard", "standard", "standard", "standard",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sensitivity", "answer", "basis", "reason", "code"),
    [
        ("standard", True, "consent", "", None),
        ("standard", None, "consent", "", "protection.no_consent"),
        ("standard", False, "vital_interest", "", "protection.basis_reason"),
        ("standard", None, "vital_interest", "Inconsciente", None),
        ("gbv", None, "vital_interest", "Inconsciente", "protection.consent_unasked"),
        ("trafficking", None, "consent", "", "protection.consent_unasked"),
        ("gbv", True, "consent", "", None),
        ("trafficking", False, "vital_interest", "Peligro inmediato", None),
        ("child", None, "best_interests", "Procuraduría avisada", None),
    ],
)
def test_a_case_rests_on_consent_or_on_a_basis_with_its_reason(sensitivity, answer, basis, reason, code):
    fields = {"sensitivity": sensitivity, "answer": answer, "legal_basis": basis, "reason": reason}
    if code:
        refused(code, rules.check_basis, **fields)
    else:
        rules.check_basis(**fields)


def test_words_for_children_are_for_children():
    rules.check_child(uasc="separated", law_term="", age=17)
    refused("protection.not_a_child", rules.check_child, uasc="separated", law_term="", age=18)
    refused("protection.age_unknown", rules.check_child, uasc="", law_term="unaccompanied", age=None)
    rules.check_child(uasc="", law_term="", age=40)


def test_prenatal_care_and_sex():
    refused("protection.prenatal_and_male", rules.check_pregnant, applying=["prenatal"], sex="male", gender_identity="")
    rules.check_pregnant(applying=["prenatal"], sex="male", gender_identity="hombre trans")
    rules.check_pregnant(applying=["child"], sex="male", gender_identity=None)


def test_a_case_needs_a_need():
    refused("protection.no_need", rules.check_needs, [])


@given(st.lists(st.booleans(), min_size=6, max_size=6))
def test_the_type_of_an_incident_is_the_first_yes(answers):
    kinds = GbvType.values
    expected = kinds[answers.index(True)] if True in answers else "non_gbv"
    assert rules.gbv_type(answers) == expected


@given(st.lists(st.sampled_from(list(CaseState)), max_size=12))
def test_walks_over_the_machine_end_where_its_steps_lead(wished):
    """Whatever is wished for, only listed steps are taken, and a closed case goes on only by being opened."""
    state = CaseState.IDENTIFIED
    for to in wished:
        if to in rules.CASE[state]:
            assert state != CaseState.CLOSED or to == CaseState.OPEN
            state = to
    assert state in rules.CASE
    assert CaseState.IDENTIFIED not in {to for following in rules.CASE.values() for to in following}


@given(*[st.none() | st.dates(date(2020, 1, 1), date(2023, 1, 1))] * 2, st.dates(date(2020, 1, 1), date(2023, 1, 1)))
def test_identified_opened_closed_in_this_order(opened, closed, identified):
    days = [day for day in (identified, opened, closed) if day is not None]
    fields = {"identified": identified, "opened": opened, "closed": closed, "today": date(2022, 6, 1)}
    if days != sorted(days) or max(days) > fields["today"]:
        with pytest.raises(Exception, match=r"."):
            rules.check_dates(**fields)
    else:
        rules.check_dates(**fields)
