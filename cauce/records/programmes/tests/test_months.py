"""The closing of months: handed in when over, validated by somebody else, locked, and reopened with a reason."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from cauce.audit.models import Entry
from cauce.records.programmes import actions, queries, rules
from cauce.records.programmes.enums import ClosingState
from cauce.records.programmes.models import MonthlyClosing
from cauce.records.programmes.tests.conftest import refused

pytestmark = pytest.mark.django_db
MAY = date(2022, 5, 1)
REASON = "Llegaron hojas del albergue"


@pytest.fixture
def submitted(cast):
    return actions.submit_month("TIJ", date(2022, 5, 17), by=cast.logistics)


@pytest.fixture
def locked(submitted, cast):
    return actions.lock_month(actions.validate_month(submitted, by=cast.info), by=cast.info)


def test_a_month_is_handed_in_validated_and_locked(locked):
    assert (locked.state, locked.month) == (ClosingState.LOCKED, MAY)
    verbs = Entry.objects.filter(table="programmes.monthlyclosing").order_by("number").values_list("verb", flat=True)
    assert list(verbs) == ["add", "submitted", "validated", "locked"]


def test_the_machine_has_no_way_out_but_its_own():
    assert set(rules.CLOSING) == set(ClosingState)
    assert all(ClosingState.OPEN in steps for state, steps in rules.CLOSING.items() if state != ClosingState.OPEN)


def test_a_month_is_not_handed_in_twice(submitted, cast):
    with refused("records.no_such_step"):
        actions.submit_month("TIJ", MAY, by=cast.logistics)
    assert MonthlyClosing.objects.count() == 1


def test_a_step_is_not_skipped(submitted, cast):
    with refused("records.no_such_step"):
        actions.lock_month(submitted, by=cast.info)


def test_a_month_that_is_not_over_is_refused(cast):
    with refused("programmes.month_not_over"):
        actions.submit_month("TIJ", timezone.localdate(), by=cast.logistics)
    assert not MonthlyClosing.objects.exists()


@pytest.mark.parametrize(("month", "fine"), [(date(2022, 10, 1), True), (date(2022, 11, 1), False)])
def test_a_month_is_over_on_the_first_of_the_next(month, fine):
    today = date(2022, 11, 30)
    if fine:
        rules.check_over(month, today)
    else:
        with refused("programmes.month_not_over"):
            rules.check_over(month, today)
    rules.check_over(month, date(2022, 12, 1))


def test_nobody_validates_the_month_they_handed_in(cast):
    own = actions.submit_month("TIJ", MAY, by=cast.info)
    with refused("programmes.own_month"):
        actions.validate_month(own, by=cast.info)


def test_offices_hand_in_their_own_months_and_do_not_validate(submitted, cast):
    with pytest.raises(PermissionDenied):
        actions.submit_month("TAP", MAY, by=cast.logistics)
    with pytest.raises(PermissionDenied):
        actions.validate_month(submitted, by=cast.logistics)
    with pytest.raises(PermissionDenied):
        actions.submit_month("TIJ", MAY, by=cast.trainer)


def test_while_a_month_is_not_open_nothing_dated_in_it_is_added(submitted):
    with refused("programmes.month_closed") as caught:
        queries.check_open("TIJ", date(2022, 5, 31))
    assert "05/2022" in caught.value.sentence and caught.value.advice
    queries.check_open("TIJ", date(2022, 6, 1))
    queries.check_open("TAP", date(2022, 5, 31))


def test_reopening_asks_why_and_lets_records_in_again(submitted, cast):
    with refused("programmes.reason_missing"):
        actions.reopen_month(submitted, reason=" ", by=cast.info)
    reopened = actions.reopen_month(submitted, reason=REASON, by=cast.info)
    assert (reopened.state, reopened.version, reopened.submitted_by) == (ClosingState.OPEN, 1, None)
    queries.check_open("TIJ", date(2022, 5, 31))
    assert Entry.objects.get(verb="open").reason == REASON


def test_reopening_a_locked_month_begins_its_next_version(locked, cast):
    reopened = actions.reopen_month(locked, reason=REASON, by=cast.info)
    assert reopened.version == 2
    again = actions.submit_month("TIJ", MAY, by=cast.logistics)
    assert (again.pk, again.state, again.version) == (locked.pk, ClosingState.SUBMITTED, 2)


def test_an_office_sees_its_own_months(submitted, cast):
    assert queries.closing(cast.berta, "TIJ", MAY) is None
    assert queries.closing(cast.info, "TIJ", MAY) == submitted
    assert {row.office.pk for row in queries.months(cast.berta, 2022)} == {"TAP"}
    assert len(queries.months(cast.info, 2022)) == 24


def test_months_to_validate_wait_for_who_validates(submitted, cast):
    assert (queries.waiting(cast.info), queries.waiting(cast.logistics)) == (1, 0)


@pytest.mark.parametrize(
    "changes",
    [
        {"month": date(2022, 5, 2)},
        {"state": "submitted"},
        {"state": "locked", "locked_at": timezone.now(), "locked_by": "x"},
        {"submitted_at": timezone.now()},
    ],
    ids=["not a first day", "nobody submitted", "nobody validated", "no name"],
)
def test_the_database_refuses_a_state_without_its_people(cast, changes):
    row = {"office_id": "TIJ", "recorded_by": "x", "month": MAY} | changes
    with pytest.raises(IntegrityError), transaction.atomic():
        MonthlyClosing.objects.create(**row)
