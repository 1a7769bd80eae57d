"""The store follows the log: after every kind of change it says what building it anew would say."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cauce.capture.run import import_file
from cauce.exchange.writing import write
from cauce.facts.refresh import rebuild, refresh
from cauce.facts.store import FactStore, content_hash, current
from cauce.kernel.periods import Period
from cauce.records.activities import actions as activities
from cauce.records.assistance import actions as assistance
from cauce.records.assistance.columns import SERVICES
from cauce.records.people import actions as people
from cauce.records.people.models import Consent
from cauce.records.places import actions as places
from cauce.records.programmes import actions as programmes
from cauce.records.protection import actions as protection

pytestmark = pytest.mark.django_db
MARCH, MAY = date(2022, 3, 9), date(2022, 5, 4)


def refreshed() -> set[str]:
    """The kinds and months that a refresh builds anew; afterwards the store is as if built from nothing."""
    done: list[str] = []
    refresh(lambda _done, _of, what: done.append(what))
    assert contents(current()) == from_nothing()
    return set(done)


def contents(store: FactStore) -> dict[str, str]:
    return {
        f"{kind} {month}": content_hash(store.read_month(kind, month))
        for kind in store.kinds()
        for month in store.months(kind)
    }


def from_nothing() -> dict[str, str]:
    """What is in a store that is built anew, beside the one in use."""
    from django.conf import settings

    kept = settings.CAUCE_FACTS
    settings.CAUCE_FACTS = Path(kept).with_name("anew")
    try:
        rebuild()
        return contents(current())
    finally:
        current().remove()
        settings.CAUCE_FACTS = kept


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


@pytest.fixture
def imported(cast, person, tmp_path):
    """Three services of one import, in March."""
    names = [person() for _number in range(3)]
    path = tmp_path / "servicios.xlsx"
    rows = [
        {"folio": each.folio, "type": "legal_advice", "state": "delivered", "delivered_on": MARCH, "office": "TIJ"}
        for each in names
    ]
    write(path, [(SERVICES, rows)])
    batch = import_file(path, cast.info)
    assert batch.state == batch.State.COMPLETE, batch.summary
    return batch


def test_an_import_appears_and_goes_as_a_whole(cast, imported):
    from cauce.capture import actions as capture

    assert "assistance.service 2022-03" in refreshed()
    assert current().count("assistance.service", Period.parse("2022-03")) == 3
    capture.withdraw(imported, reason="Otro archivo", by=cast.info)
    assert "assistance.service 2022-03" in refreshed()
    assert current().kinds() == ()


def test_an_import_goes_with_what_was_corrected_since(cast, imported):
    from cauce.capture import actions as capture
    from cauce.records.assistance.models import Service

    first = Service.objects.live().order_by("pk").first()
    refreshed()
    assistance.correct_service(first, by=cast.ana, reason="Otra fecha", delivered_on=MAY)
    refreshed()
    assert current().count("assistance.service", Period.parse("2022-05")) == 1
    capture.withdraw(imported, reason="Otro archivo", by=cast.info)
    refreshed()
    assert current().kinds() == ()


def test_a_lost_or_foreign_checkpoint_builds_everything_anew(cast, rosa):
    serve(rosa, by=cast.ana)
    refreshed()
    state = current().root / "checkpoint.json"
    ahead = state.read_text().replace('"TIJ": ', '"TIJ": 9')
    for text in ("", "{", '{"version": "otra", "heads": {}}', "[]", ahead):
        state.write_text(text)
        assert "assistance.service 2022-03" in refreshed()
