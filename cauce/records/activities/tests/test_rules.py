"""Rules are pure: states, sectors, hours and counts, over all values there are."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cauce.kernel.problems import Problem
from cauce.records.activities import rules
from cauce.records.activities.enums import EventState, Form, Presence
from cauce.records.activities.models import Evaluation, Event, Participation, Session

PRECEDENCE = ("shelter", "government", "cso", "private", "public")


def event(**changes):
    return Event(
        **{
            "type": "training", "title": "Curso", "starts_on": date(2022, 3, 1), "ends_on": date(2022, 3, 2),
            "municipality_id": "02004",
        }
        | changes
    )  # fmt: skip


def code_of(call, *args, **kwargs):
    with pytest.raises(Problem) as caught:
        call(*args, **kwargs)
    return caught.value.code


@given(st.lists(st.sampled_from(EventState.values), max_size=8))
def test_no_walk_through_the_machine_counts_an_event_that_was_cancelled(steps):
    state, seen = EventState.PLANNED.value, {EventState.PLANNED.value}
    for step in steps:
        if step in rules.TRANSITIONS[state]:
            state = step
            seen.add(state)
    assert not (EventState.CANCELLED in seen and EventState.HELD in seen)
    assert EventState.VALIDATED not in seen or EventState.HELD in seen


def test_nothing_leads_out_of_the_end_states():
    assert not rules.TRANSITIONS[EventState.VALIDATED] and not rules.TRANSITIONS[EventState.CANCELLED]
    assert set(rules.TRANSITIONS) == set(EventState.values)


@given(st.sets(st.sampled_from(PRECEDENCE), min_size=1))
def test_a_participation_has_the_first_sector_of_those_that_apply(applying):
    chosen = rules.sector_of(applying, PRECEDENCE)
    assert chosen in applying
    assert all(PRECEDENCE.index(chosen) <= PRECEDENCE.index(other) for other in applying)


def test_shelter_staff_count_as_shelter_before_civil_society():
    assert rules.sector_of(["cso", "shelter"], PRECEDENCE) == "shelter"


def test_a_sector_is_needed_and_known():
    assert code_of(rules.sector_of, [], PRECEDENCE) == "activities.sector_missing"
    assert code_of(rules.sector_of, ["church"], PRECEDENCE) == "activities.unknown_code"


hours = st.dictionaries(
    st.uuids().map(str), st.decimals(min_value="0.5", max_value=12, places=1), min_size=1, max_size=8
)


@given(hours, st.data())
def test_completed_is_eighty_percent_of_the_hours_and_never_less_by_coming_more(of_sessions, data):
    attended = data.draw(st.sets(st.sampled_from(sorted(of_sessions))))
    done = rules.hours_attended(of_sessions, attended)
    assert rules.is_completed(of_sessions, attended) == (done / sum(of_sessions.values()) >= Decimal("0.8"))
    assert rules.is_completed(of_sessions, of_sessions)
    if rules.is_completed(of_sessions, attended):
        assert rules.is_completed(of_sessions, {*attended, sorted(of_sessions)[0]})


def test_exactly_eighty_percent_is_enough_and_no_sessions_are_never():
    two = {"a": Decimal(8), "b": Decimal(2)}
    assert rules.is_completed(two, ["a"])
    assert not rules.is_completed(two | {"b": Decimal("2.1")}, ["a"])
    assert not rules.is_completed({}, [])


def test_a_session_named_twice_or_gone_adds_no_hours():
    assert rules.hours_attended({"a": Decimal(3)}, ["a", "a", "gone"]) == 3


def test_completion_is_dated_by_the_last_session_and_only_of_courses_that_were_held():
    sessions = [Session(day=date(2022, 3, 1), hours=Decimal(4)), Session(day=date(2022, 3, 2), hours=Decimal(4))]
    everybody = [str(session.pk) for session in sessions]
    assert rules.completed_on(sessions, everybody, event(state="held")) == date(2022, 3, 2)
    assert rules.completed_on(sessions, everybody[:1], event(state="held")) is None
    assert rules.completed_on(sessions, everybody, event(state="planned")) is None
    assert rules.completed_on(sessions, everybody, event(state="held", type="service_fair")) is None


@given(st.integers(min_value=-5, max_value=400))
def test_an_event_ends_after_it_starts_and_within_a_year(days):
    start = date(2022, 3, 1)
    if 0 <= days <= 366:
        rules.check_dates(start, start + timedelta(days=days))
    else:
        assert code_of(rules.check_dates, start, start + timedelta(days=days)) in (
            "activities.ends_before_start",
            "activities.too_long",
        )


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"municipality_id": None}, "activities.place_missing"),
        ({"title": "  "}, "activities.title_missing"),
        ({"state": "cancelled"}, "activities.cancel_reason_missing"),
        ({"state": "held", "starts_on": date(2022, 6, 2), "ends_on": date(2022, 6, 2)}, "activities.not_begun"),
    ],
)
def test_an_event_that_cannot_be_is_refused(changes, code):
    assert code_of(rules.check_event, event(**changes), today=date(2022, 6, 1)) == code


def test_an_online_event_needs_no_municipality():
    rules.check_event(event(municipality_id=None, modality="online"), today=date(2022, 6, 1))


@pytest.mark.parametrize("state", ["cancelled", "validated"])
def test_closed_events_take_no_attendance(state):
    counted = Participation(form=Form.COUNT, sector="cso", quantity=3)
    assert code_of(rules.check_participation, counted, event(state=state)) in (
        "activities.cancelled",
        "activities.validated",
    )


@given(st.integers(min_value=-3, max_value=5000))
def test_a_count_has_somebody_in_it(quantity):
    counted = Participation(form=Form.COUNT, sector="cso", quantity=quantity)
    if quantity >= 1:
        rules.check_participation(counted, event())
    else:
        assert code_of(rules.check_participation, counted, event()) == "activities.count_of_nobody"


@pytest.mark.parametrize("about", [{"name": "Ana"}, {"position": "Jefa"}, {"age": 30}])
def test_a_count_says_nothing_about_one_person(about):
    counted = Participation(form=Form.COUNT, sector="cso", quantity=3, **about)
    assert code_of(rules.check_participation, counted, event()) == "activities.count_with_names"


def test_a_labour_course_is_for_registered_people():
    one = Participation(form=Form.INDIVIDUAL, sector="public")
    assert code_of(rules.check_participation, one, event(type="labour_course")) == "activities.course_needs_person"


sectors = st.sampled_from(PRECEDENCE)


@given(
    st.lists(st.tuples(st.sampled_from(Form.values), sectors, st.booleans(), st.integers(1, 40)), max_size=12),
)
def test_no_order_of_lists_and_counts_counts_a_sector_twice_undeclared(notes):
    """Whatever is noted in whatever order: a sector has names or an undeclared count, never both."""
    listed, counted, kept = set(), set(), []
    for form, sector, apart, quantity in notes:
        apart = apart and form == Form.COUNT
        participation = Participation(form=form, sector=sector, apart=apart, quantity=quantity)
        try:
            rules.check_not_counted_twice(participation, listed=listed, counted=counted)
        except Problem:
            continue
        kept.append(participation)
        if form == Form.INDIVIDUAL:
            listed.add(sector)
        elif not apart:
            counted.add(sector)
    for sector in PRECEDENCE:
        of_sector = [each for each in kept if each.sector == sector]
        names = any(each.form == Form.INDIVIDUAL for each in of_sector)
        assert not (names and any(each.form == Form.COUNT and not each.apart for each in of_sector))


def test_coming_to_a_session_is_presence_and_leaving_the_last_is_enrolment_again():
    assert rules.presence_after(Presence.ABSENT, ["x"]) == Presence.PRESENT
    assert rules.presence_after(Presence.PRESENT, []) == Presence.ENROLLED
    assert rules.presence_after(Presence.ABSENT, []) == Presence.ABSENT


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"respondents": 0, "content": Decimal(4)}, "activities.averages_of_nobody"),
        ({"respondents": 3, "content": Decimal("5.5")}, "activities.average_range"),
        ({"tested": 3, "pre_mean": Decimal(50)}, "activities.tests_together"),
        ({"pre_mean": Decimal(50), "post_mean": Decimal(60)}, "activities.tests_together"),
        ({"tested": 2, "pre_mean": Decimal(50), "post_mean": Decimal(101)}, "activities.score"),
    ],
)
def test_an_evaluation_that_cannot_be_is_refused(fields, code):
    assert code_of(rules.check_evaluation, Evaluation(**fields)) == code


def test_an_evaluation_without_forms_or_tests_is_allowed():
    rules.check_evaluation(Evaluation())


def test_courses_are_evaluated_before_they_are_validated_and_fairs_need_not_be():
    assert code_of(rules.check_validation, event(state="held"), participations=3) == "activities.evaluate_first"
    assert code_of(rules.check_validation, event(state="evaluated"), participations=0) == "activities.nobody_came"
    rules.check_validation(event(state="held", type="service_fair"), participations=0)


def test_a_session_lies_within_its_event():
    session = SimpleNamespace(day=date(2022, 3, 9), hours=Decimal(2))
    assert code_of(rules.check_session, session, event()) == "activities.session_outside"
    assert code_of(rules.check_session, Session(day=date(2022, 3, 1), hours=Decimal(0)), event()) == (
        "activities.session_hours"
    )
