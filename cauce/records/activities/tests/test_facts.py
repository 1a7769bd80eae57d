"""What the figures will count: only what took place, people who came, courses completed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cauce import keys
from cauce.kernel.periods import Period
from cauce.records.activities import actions, facts
from cauce.records.activities.enums import Form
from cauce.records.people.actions import register as register_person
from cauce.records.places.actions import NewOrganisation, register_organisation


@pytest.fixture
def period(today):
    return Period(today.replace(year=today.year - 1), today)


def rows(source, period):
    return list(source(period))


def attend(cast, event, **fields):
    return actions.register(event, by=cast.trainer, **{"form": Form.INDIVIDUAL, "sector": "government"} | fields)


def test_planned_and_cancelled_events_are_no_facts(cast, plan, training, period):
    attend(cast, training)
    other = plan()
    actions.cancel(other, reason="Lluvia", by=cast.trainer)
    assert not rows(facts.event_facts, period) and not rows(facts.participation_facts, period)


def test_a_held_event_is_one_fact_with_its_topics_and_place(cast, training, period):
    actions.hold(training, by=cast.trainer)
    (fact,) = rows(facts.event_facts, period)
    assert (fact.kind, fact.category, fact.topics) == ("activities.event", "training", ("trafficking",))
    assert (fact.place, fact.state, fact.country) == ("02004", "02", "MEX")
    assert (fact.date, fact.until) == (training.starts_on, training.ends_on)
    assert fact.subject == keys.pseudonym(training.pk, "subject") != str(training.pk)


def test_an_event_of_several_days_has_a_row_a_day_and_one_subject(cast, plan, today, period):
    drive = plan(type="registration_drive", starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=7))
    days = [drive.starts_on, drive.starts_on, drive.ends_on]
    morning, *_rest = [actions.add_session(drive, by=cast.trainer, day=day, hours="3.0") for day in days]
    actions.hold(drive, by=cast.trainer)
    found = rows(facts.event_facts, period)
    assert [(fact.date, fact.until) for fact in found] == [
        (drive.starts_on, drive.starts_on),
        (drive.starts_on, drive.ends_on),
    ]
    assert len({fact.subject for fact in found}) == 1
    drive.refresh_from_db()
    morning.refresh_from_db()
    actions.void_session(morning, reason="Repetida", by=cast.trainer)
    assert len(rows(facts.event_facts, period)) == 2


def test_counts_and_people_are_participations_of_the_events_type(cast, training, period):
    actions.register(training, by=cast.trainer, form=Form.COUNT, sector="cso", sex="female", quantity=14)
    actions.hold(training, by=cast.trainer)
    training.refresh_from_db()
    attend(cast, training, sex="male", age=41)
    found = {fact.category: fact for fact in rows(facts.participation_facts, period)}
    assert {key: fact.quantity for key, fact in found.items()} == {"cso": 14, "government": 1}
    assert {fact.within for fact in found.values()} == {"training"}
    assert (found["government"].age_band, found["cso"].age_band) == ("18-59", "unknown")
    assert found["cso"].sex == "female" and found["cso"].person is None


def test_people_who_enrolled_and_did_not_come_are_no_facts(cast, training, sessions, period):
    attend(cast, training)
    actions.mark_absent(attend(cast, training, name="Otra (simulada)"), by=cast.trainer)
    actions.hold(training, by=cast.trainer)
    assert not rows(facts.participation_facts, period)


def test_a_completion_names_the_persons_pseudonym_and_consent(cast, plan, period):
    course = plan(type="labour_course", title="Costura (simulado)")
    session = actions.add_session(course, by=cast.trainer, day=course.ends_on, hours="5.0")
    person = register_person(
        by=cast.ana, given_names="Marie", first_surname="Pierre (simulada)", sex="female", age=29,
        nationalities=["HTI"], consents={"service": True, "statistics": False},
    )  # fmt: skip
    attend(cast, course, sector="public", person=person, attended=[str(session.pk)])
    assert not rows(facts.completion_facts, period)
    actions.hold(course, by=cast.trainer)
    (fact,) = rows(facts.completion_facts, period)
    assert (fact.kind, fact.within, fact.date) == ("activities.completion", "labour_course", session.day)
    assert (fact.person, fact.nationality) == (keys.pseudonym(person.pk, "person"), "HTI")
    assert not fact.consented


def test_the_organisation_is_the_participants_on_a_participation_and_the_organiser_on_an_event(cast, plan, period):
    dif = register_organisation(NewOrganisation(name="DIF (simulado)", kind="gov_mun"), by=cast.info)
    course = plan(organiser=dif)
    actions.hold(course, by=cast.trainer)
    course.refresh_from_db()
    attend(cast, course)
    assert rows(facts.event_facts, period)[0].organisation_kind == "gov_mun"
    assert rows(facts.participation_facts, period)[0].organisation is None


def test_void_participations_and_events_leave_the_facts(cast, plan, training, period):
    actions.hold(training, by=cast.trainer)
    training.refresh_from_db()
    actions.void_participation(attend(cast, training), reason="Repetida", by=cast.trainer)
    assert not rows(facts.participation_facts, period)
    attend(cast, training)
    actions.void_event(training, reason="No fue nuestro", by=cast.trainer)
    assert not rows(facts.participation_facts, period) and not rows(facts.event_facts, period)


def test_facts_come_in_the_same_order_every_time(cast, plan, period):
    for _n in range(5):
        actions.hold(plan(), by=cast.trainer)
    assert rows(facts.event_facts, period) == rows(facts.event_facts, period)


def test_every_fact_lies_in_the_period_asked_for(cast, training, period):
    actions.hold(training, by=cast.trainer)
    before = Period(period.start, training.starts_on.replace(day=1))
    wanted = [fact for fact in rows(facts.event_facts, period) if before.contains(fact.date)]
    assert rows(facts.event_facts, before) == wanted
