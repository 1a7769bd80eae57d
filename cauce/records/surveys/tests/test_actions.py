"""What an information officer does with rounds and interviews, and the facts that come of it."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from cauce.audit.models import Entry
from cauce.kernel.periods import Period
from cauce.kernel.problems import Problem
from cauce.records.programmes.actions import submit_month
from cauce.records.surveys import actions, facts, queries
from cauce.records.surveys.models import Interview

YEAR = Period.year(2022)


def refused(call, *args, **kwargs):
    with pytest.raises(Problem) as caught, transaction.atomic():
        call(*args, **kwargs)
    return caught.value.code


@pytest.fixture
def ask(cast, places):
    """``ask(**answers)``: an interview in Tapachula on the 14th of October 2022."""

    def record(**answers):
        fields = {
            "date": date(2022, 10, 14), "municipality": places["Tapachula"], "nationality": "HND", "origin": "GTM",
            "destination": "USA", "sex": "female", "age": 31, "reasons": ["food", "economic"],
        } | answers  # fmt: skip
        return actions.record_interview(by=fields.pop("by", cast.info), **fields)

    return record


def test_rounds_get_running_codes(cast, round_, places):
    again = {"municipality": places["Tapachula"], "starts_on": date(2022, 11, 1), "ends_on": date(2022, 11, 30)}
    assert round_.code == "TIJ-R22-001"
    assert actions.plan_round(by=cast.info, **again).code == "TIJ-R22-002"
    assert refused(actions.plan_round, by=cast.info, code="TIJ-R22-001", **again) == "surveys.code_taken"


def test_an_interview_is_filed_under_the_round_it_belongs_to(ask, round_, places):
    assert ask().round == round_
    assert ask(date=date(2022, 11, 2)).round is None
    assert ask(municipality=places["Juárez"]).round is None


def test_interviews_never_make_up_a_round(ask, places):
    ask()
    assert not list(facts.round_facts(YEAR))


def test_an_interview_under_another_citys_round_is_refused(ask, round_, places):
    assert refused(ask, round=round_, municipality=places["Juárez"]) == "surveys.other_round"


def test_interviews_without_a_round_are_filed_later_one_step_each(cast, ask, places):
    first, _second = ask(), ask(age=20)
    ask(municipality=places["Juárez"])
    later = actions.plan_round(
        by=cast.info, municipality=places["Tapachula"], starts_on=date(2022, 10, 1), ends_on=date(2022, 10, 31)
    )
    assert refused(actions.file_under, later, by=cast.info) == "surveys.round_not_collecting"
    actions.start(later, by=cast.info)
    assert actions.file_under(later, by=cast.info) == 2
    first.refresh_from_db()
    assert first.round == later
    assert Entry.objects.filter(verb="file").count() == 2
    assert actions.file_under(later, by=cast.info) == 0


def test_a_double_click_records_once(ask):
    capture = uuid.uuid4()
    assert ask(capture=capture).pk == ask(capture=capture).pk
    assert Interview.objects.count() == Entry.objects.filter(table="surveys.interview").count() == 1


def test_only_the_permission_records(cast, ask, round_):
    for stranger in (cast.policy, cast.ana, cast.head):
        with pytest.raises(PermissionDenied):
            ask(by=stranger)
    with pytest.raises(PermissionDenied):
        actions.close(round_, by=cast.policy)


def test_a_round_counts_when_it_was_carried_out(cast, round_):
    assert not list(facts.round_facts(YEAR))
    actions.close(round_, by=cast.info, refusals=31, repeats_dropped=4)
    (fact,) = facts.round_facts(YEAR)
    assert (fact.category, fact.place, fact.state) == ("flow_monitoring_survey", "07089", "07")
    assert (fact.date, fact.until) == (date(2022, 10, 1), date(2022, 10, 31))
    round_.refresh_from_db()
    assert (round_.refusals, round_.repeats_dropped) == (31, 4)
    actions.publish(round_, on=date(2022, 12, 1), by=cast.info)
    assert len(list(facts.round_facts(YEAR))) == 1


def test_a_published_round_does_not_change(cast, round_, ask):
    inside = ask()
    actions.close(round_, by=cast.info)
    actions.publish(round_, on=date(2022, 12, 1), by=cast.info)
    round_.refresh_from_db()
    inside.refresh_from_db()
    assert refused(actions.correct_round, round_, {"refusals": 3}, reason="x", by=cast.info) == (
        "surveys.round_published"
    )
    assert refused(actions.correct_interview, inside, {"age": 3}, reason="x", by=cast.info) == (
        "surveys.round_published"
    )
    assert refused(actions.void_interview, inside, reason="x", by=cast.info) == "surveys.round_published"
    assert ask(age=44).round is None


def test_a_round_with_interviews_is_not_voided(cast, round_, ask):
    ask()
    assert refused(actions.void_round, round_, reason="x", by=cast.info) == "surveys.round_has_interviews"


def test_correcting_a_round_keeps_its_interviews_inside(cast, round_, ask):
    ask()
    assert refused(actions.correct_round, round_, {"ends_on": date(2022, 10, 2)}, reason="x", by=cast.info) == (
        "surveys.other_round"
    )


def test_one_interview_is_one_fact_whatever_the_group(ask):
    ask(group_size=5)
    (fact,) = facts.interview_facts(YEAR)
    assert (fact.quantity, fact.person) == (1, None)
    assert (fact.nationality, fact.origin, fact.destination) == ("HND", "GTM", "USA")
    assert (fact.sex, fact.age_band, fact.topics) == ("female", "18-59", ("economic", "food"))
    assert (fact.place, fact.state, fact.country) == ("07089", "07", "MEX")
    assert fact.site is None and fact.consented


def test_what_was_not_stated_is_null_or_unknown(ask):
    ask(nationality="", origin="", destination="", sex="unknown", age=None, reasons=[])
    (fact,) = facts.interview_facts(YEAR)
    assert (fact.nationality, fact.origin, fact.destination, fact.topics) == (None, None, None, ())
    assert (fact.sex, fact.age_band) == ("unknown", "unknown")


def test_a_city_given_by_its_state_is_placed_in_the_state(ask):
    ask(municipality=None, state="09")
    (fact,) = facts.interview_facts(YEAR)
    assert (fact.place, fact.state) == ("09", "09")


def test_void_interviews_leave_the_facts_and_the_lists(cast, ask):
    actions.void_interview(ask(), reason="Prueba", by=cast.info)
    assert not list(facts.interview_facts(YEAR)) and not queries.interviews(cast.info).exists()


def test_a_stranger_office_sees_neither_rounds_nor_interviews(cast, ask, round_):
    ask()
    assert not queries.rounds(cast.berta).exists() and not queries.interviews(cast.berta).exists()


def test_the_table_holds_no_name_and_no_coordinate():
    columns = {field.name for field in Interview._meta.get_fields()}
    assert not {"name", "person", "phone", "lon", "lat", "latitude", "longitude"} & columns


def test_a_month_that_was_handed_in_takes_no_new_interview(cast, ask):
    submit_month("TIJ", date(2022, 10, 1), by=cast.info)
    assert refused(ask) == "programmes.month_closed"
