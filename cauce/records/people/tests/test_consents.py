"""Consent per purpose: asked, refused, withdrawn, each with its effect."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from cauce.audit.models import Entry
from cauce.kernel.problems import Problem, Problems
from cauce.records.people import actions, notices, queries
from cauce.records.people.models import Consent, Person


@pytest.fixture
def yesenia(cast):
    return actions.register(
        by=cast.ana, given_names="Yesenia", first_surname="Ortiz (simulada)", age=29,
        consents={"service": True, "statistics": True, "referral": True},
    )  # fmt: skip


@pytest.fixture
def heard():
    """What a room above would hear."""
    found = []
    actions.on_withdrawal.append(lambda consent, by: found.append((consent.purpose, by.id)))
    yield found
    actions.on_withdrawal.pop()


def said(person, purpose):
    return Consent.objects.get(person=person, purpose=purpose)


def test_withdrawing_a_referral_consent_is_heard_above_and_audited(cast, yesenia, heard):
    actions.withdraw_consent(said(yesenia, "referral"), reason="Lo pidió la persona", by=cast.ana)
    assert heard == [("referral", cast.ana.id)]
    assert queries.consent_for(yesenia.pk, "referral") is None
    assert Entry.objects.get(verb="withdraw").concerns == [str(yesenia.pk)]
    assert yesenia.in_statistics


def test_withdrawing_twice_happens_once(cast, yesenia, heard):
    for _time in range(2):
        actions.withdraw_consent(said(yesenia, "referral"), reason="Lo pidió la persona", by=cast.ana)
    assert len(heard) == 1


def test_when_a_room_above_refuses_nothing_was_withdrawn(cast, yesenia):
    def refuse(consent, by):
        raise Problem("assistance.cannot", "No se puede.")

    actions.on_withdrawal.append(refuse)
    try:
        with pytest.raises(Problem):
            actions.withdraw_consent(said(yesenia, "referral"), reason="Lo pidió la persona", by=cast.ana)
    finally:
        actions.on_withdrawal.remove(refuse)
    assert said(yesenia, "referral").withdrawn_at is None


def test_leaving_the_statistics_and_coming_back(cast, yesenia):
    def consented():
        return queries.for_facts([yesenia.pk])[yesenia.pk].consented

    assert consented()
    actions.withdraw_consent(said(yesenia, "statistics"), reason="Lo pidió la persona", by=cast.ana)
    assert not consented()
    touched = Entry.objects.filter(verb="correct", table="people.person").get()
    assert touched.concerns == [str(yesenia.pk)] and "in_statistics" in touched.changes
    actions.record_consent(yesenia, "statistics", True, by=cast.ana)
    assert consented()


def test_a_later_no_withdraws_the_earlier_yes(cast, yesenia, heard):
    actions.record_consent(yesenia, "referral", False, by=cast.ana)
    assert heard == [("referral", cast.ana.id)] and queries.consent_for(yesenia.pk, "referral") is None


def test_a_consent_ends_on_its_day(cast, yesenia):
    today = timezone.localdate()
    actions.record_consent(yesenia, "follow_up", True, by=cast.ana, expires_on=today)
    assert queries.consent_for(yesenia.pk, "follow_up", today)
    assert queries.consent_for(yesenia.pk, "follow_up", today + timedelta(days=1)) is None


def test_another_basis_needs_its_reason(cast, yesenia):
    with pytest.raises(Problems):
        actions.record_consent(yesenia, "service", True, by=cast.ana, basis="vital_interest")
    unconscious = actions.register(
        by=cast.ana, given_names="Desconocido (simulado)", consents={"service": False},
        consent={"basis": "vital_interest", "basis_reason": "Llegó inconsciente"},
    )  # fmt: skip
    assert said(unconscious, "service").basis == "vital_interest"


@pytest.mark.parametrize("act", ["record", "withdraw"])
def test_only_who_may_touches_consents(cast, yesenia, act):
    with pytest.raises(PermissionDenied):
        if act == "record":
            actions.record_consent(yesenia, "service", False, by=cast.logistics)
        else:
            actions.withdraw_consent(said(yesenia, "service"), reason="Lo pidió la persona", by=cast.logistics)


@pytest.mark.parametrize("language", ["es", "en", "fr", "pt", "ht"])
def test_a_notice_can_be_read_aloud_in_under_a_minute(language):
    notice = notices.catalogue()[language]
    assert 20 < notice.seconds < 60


@pytest.mark.parametrize(
    "wrong",
    [
        {"birth_date": date(1990, 1, 1), "age_estimate": 3, "estimated_on": date(2022, 1, 1)},
        {"age_estimate": 3},
        {"folio": ""},
        {"voided_at": timezone.now()},
    ],
)
def test_the_database_refuses_impossible_people(cast, yesenia, wrong):
    yesenia.age_estimate = yesenia.estimated_on = None
    yesenia.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=yesenia.pk).update(**wrong)
