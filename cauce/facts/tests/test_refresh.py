"""The store follows the log: after every kind of change it says what building it anew would say."""

from __future__ import annotations

from datetime import date

import pytest

from cauce.facts.refresh import refresh
from cauce.facts.store import current
from cauce.facts.tests.following import refreshed
from cauce.kernel.periods import Period
from cauce.records.activities import actions as activities
from cauce.records.assistance import actions as assistance
from cauce.records.people import actions as people
from cauce.records.people.models import Consent
from cauce.records.places import actions as places
from cauce.records.programmes import actions as programmes
from cauce.records.protection import actions as protection

pytestmark = pytest.mark.django_db
MARCH, MAY = date(2022, 3, 9), date(2022, 5, 4)


def serve(person, day=MARCH, *, by, **more):
    fields = {"type": "legal_advice", "state": "delivered", "delivered_on": day}
    return assistance.record_service(by=by, person=person, **fields | more)


def test_a_second_refresh_has_nothing_to_do(cast, rosa):
    serve(rosa, by=cast.ana)
    assert refreshed() == {"assistance.service 2022-03", "protection.case_assisted 2022-03"}
    assert refresh() == 0


def test_a_service_delivered_corrected_and_voided(cast, rosa):
    planned = serve(rosa, by=cast.ana, state="planned", delivered_on=None, planned_on=MARCH)
    assert "assistance.service 2022-05" not in refreshed()
    delivered = assistance.deliver_service(planned, by=cast.ana, on=MAY)
    assert refreshed() == {"assistance.service 2022-05", "protection.case_assisted 2022-05"}
    assert current().count("assistance.service", Period.parse("2022-05")) == 1
    delivered.refresh_from_db()
    moved = assistance.correct_service(delivered, by=cast.ana, reason="Otra fecha", delivered_on=MARCH)
    assert {"assistance.service 2022-03", "assistance.service 2022-05"} <= refreshed()
    assert current().months("assistance.service") == (Period.parse("2022-03"),)
    moved.refresh_from_db()
    assistance.void_service(moved, by=cast.ana, reason="Repetida")
    assert "assistance.service 2022-03" in refreshed()
    assert current().months("assistance.service") == ()


def test_a_changed_category_touches_every_month_of_its_case(cast, case):
    opened = case()
    for day in (MARCH, MAY):
        protection.serve(opened, by=cast.ana, type="legal_advice", state="delivered", delivered_on=day)
    refreshed()
    protection.recategorise(opened, by=cast.ana, reason="Se supo", categories=["other_crime"], needs=["justice"])
    assert refreshed() == {"protection.case_assisted 2022-03", "protection.case_assisted 2022-05"}
    opened.refresh_from_db()
    protection.void_case(opened, by=cast.ana, reason="Por error")
    assert refreshed() == {"protection.case_assisted 2022-03", "protection.case_assisted 2022-05"}
    assert current().months("protection.case_assisted") == ()


def test_a_referral_counts_from_its_delivery(cast, case, clinic):
    opened = case()
    sent = protection.refer(opened, by=cast.ana, to=clinic, type="legal_advice", state="accepted",
                            sent_on=MARCH, answered_on=MARCH, shared=["folio"])  # fmt: skip
    refreshed()
    assert not current().kinds()
    assistance.deliver_referral(sent, by=cast.ana, on=MAY)
    assert refreshed() == {"assistance.referral 2022-05", "protection.case_assisted 2022-05"}


def test_a_persons_birth_date_sex_and_consent_touch_the_months_of_their_acts(cast, person):
    rosa, other = person(), person()
    serve(rosa, MARCH, by=cast.ana)
    serve(rosa, MAY, by=cast.ana)
    serve(other, date(2022, 7, 1), by=cast.ana)
    refreshed()
    people.correct(rosa, {"birth_date": date(2010, 1, 1)}, reason="Acta", by=cast.ana)
    assert refreshed() == {"assistance.service 2022-03", "assistance.service 2022-05"}
    assert {fact.age_band for fact in current().read_month("assistance.service", Period.parse("2022-05"))} == {"12-17"}
    given = Consent.objects.get(person=rosa, purpose="statistics")
    people.withdraw_consent(given, reason="Lo pidió", by=cast.ana)
    assert refreshed() == {"assistance.service 2022-03", "assistance.service 2022-05"}
    assert not any(fact.consented for fact in current().read(["assistance.service"], Period.parse("2022-05")))
    # A phone says nothing in the facts; that it is built anew is harmless, that it differs would not be.
    people.set_contact(rosa, phone="664 000 0000", by=cast.ana)
    refreshed()


def test_an_event_moved_and_its_sessions(cast, tijuana):
    event = activities.plan(
        by=cast.trainer, type="training", title="Trata (simulada)", municipality=tijuana, starts_on=MARCH,
        ends_on=date(2022, 3, 11), topics=["trafficking"],
    )  # fmt: skip
    activities.register(event, by=cast.trainer, form="count", sector="cso", sex="female", quantity=14)
    activities.hold(event, by=cast.trainer)
    refreshed()
    event.refresh_from_db()
    activities.add_session(event, by=cast.trainer, day=date(2022, 3, 10), hours="3.0")
    assert "activities.event 2022-03" in refreshed()
    event.refresh_from_db()
    for session in event.sessions.live():
        activities.void_session(session, by=cast.trainer, reason="No hubo")
    activities.correct_event(
        event, {"starts_on": MAY, "ends_on": MAY}, reason="Se aplazó", by=cast.trainer
    )  # fmt: skip
    assert {
        f"activities.{kind} 2022-0{month}" for kind in ("event", "participation") for month in (3, 5)
    } <= refreshed()
    assert current().months("activities.participation") == (Period.parse("2022-05"),)


def test_what_facts_say_of_places_and_organisations_follows_them(cast, rosa, shelter, clinic, mpp):
    serve(rosa, by=cast.ana, site=shelter, response=mpp)
    serve(rosa, MAY, by=cast.ana)
    refreshed()
    places.correct_site(shelter, {"kind": "other_service"}, reason="Es comedor", by=cast.policy)
    assert refreshed() == {"assistance.service 2022-03"}
    assert {fact.site_kind for fact in current().read_month("assistance.service", Period.parse("2022-03"))} == {
        "other_service"
    }
    places.correct_organisation(clinic, {"kind": "cso"}, reason="No es universidad", by=cast.policy)
    refreshed()
    programmes.correct(mpp, {"code": "MPP2"}, reason="Clave", by=cast.policy)
    assert "assistance.service 2022-03" in refreshed()


def test_a_lost_or_foreign_checkpoint_builds_everything_anew(cast, rosa):
    serve(rosa, by=cast.ana)
    refreshed()
    state = current().root / "checkpoint.json"
    ahead = state.read_text().replace('"TIJ": ', '"TIJ": 9')
    for text in ("", "{", '{"version": "otra", "heads": {}}', "[]", ahead):
        state.write_text(text)
        assert "assistance.service 2022-03" in refreshed()
