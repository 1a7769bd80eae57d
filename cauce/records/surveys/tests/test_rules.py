"""Rules are pure: the round's machine, what an interview may say, and which round it belongs to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cauce.kernel.problems import Problem
from cauce.records.surveys import rules
from cauce.records.surveys.enums import CARRIED_OUT, RoundState
from cauce.records.surveys.models import Interview, Round

TODAY = date(2023, 6, 1)


def interview(**changes):
    return Interview(**{"date": date(2022, 10, 14), "state": "07", "municipality_id": "07089"} | changes)


def round_(start, days, **changes):
    fields = {"code": "R", "municipality_id": "07089", "starts_on": start, "ends_on": start + timedelta(days=days)}
    return Round(**fields | changes)


def code_of(call, *args, **kwargs):
    with pytest.raises(Problem) as caught:
        call(*args, **kwargs)
    return caught.value.code


@given(st.lists(st.sampled_from(RoundState.values), max_size=10))
def test_no_walk_publishes_a_round_that_was_not_closed(steps):
    state, walked = RoundState.PLANNED.value, [RoundState.PLANNED.value]
    for step in steps:
        if step in rules.TRANSITIONS[state]:
            state = step
            walked.append(state)
    if RoundState.PUBLISHED in walked:
        assert walked[walked.index(RoundState.PUBLISHED) - 1] == RoundState.CLOSED
        assert walked[-1] == RoundState.PUBLISHED
    assert set(rules.TRANSITIONS) == set(RoundState.values)


def test_only_rounds_that_were_carried_out_count():
    assert set(CARRIED_OUT) == {RoundState.CLOSED, RoundState.PUBLISHED}


days = st.dates(date(2022, 1, 1), date(2022, 12, 31))
rounds = st.builds(
    round_,
    days,
    st.integers(0, 60),
    code=st.sampled_from("ABCDEF"),
    municipality_id=st.sampled_from(["07089", "27017"]),
)


@given(days, st.lists(rounds, max_size=8))
def test_an_interview_is_filed_under_the_latest_round_that_fits_or_under_none(day, several):
    found = rules.round_of(interview(date=day), several)
    fitting = [each for each in several if each.municipality_id == "07089" and each.starts_on <= day <= each.ends_on]
    if not fitting:
        assert found is None
    else:
        assert found in fitting and found.starts_on == max(each.starts_on for each in fitting)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"date": date(2023, 6, 2)}, "surveys.in_the_future"),
        ({"age": 121}, "surveys.age"),
        ({"group_size": 0}, "surveys.group_size"),
        ({"group_size": 101}, "surveys.group_size"),
        ({"state": "", "municipality_id": None}, "surveys.place_missing"),
        ({"state": "08"}, "surveys.place_elsewhere"),
        ({"reasons": ["boredom"]}, "surveys.unknown_reason"),
    ],
)
def test_an_interview_that_cannot_be_is_refused(changes, code):
    assert code_of(rules.check_interview, interview(**changes), today=TODAY, reasons={"food"}) == code


def test_an_interview_of_a_state_alone_is_allowed():
    rules.check_interview(interview(municipality_id=None, state="09"), today=TODAY, reasons=())


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (round_(date(2022, 3, 1), -1), "surveys.ends_before_start"),
        (round_(date(2023, 7, 1), 5, state=RoundState.COLLECTING), "surveys.not_begun"),
        (round_(date(2022, 3, 1), 5, published_on=date(2022, 2, 1)), "surveys.published_before"),
    ],
)
def test_a_round_that_cannot_be_is_refused(made, code):
    assert code_of(rules.check_round, made, today=TODAY) == code


@pytest.mark.parametrize("state", [RoundState.PLANNED, RoundState.PUBLISHED])
def test_planned_and_published_rounds_take_no_interviews(state):
    assert code_of(rules.check_takes_interviews, round_(date(2022, 3, 1), 5, state=state)) == (
        "surveys.round_not_collecting"
    )
