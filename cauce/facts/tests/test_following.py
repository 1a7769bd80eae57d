"""Whatever is done, in whatever order: following the log gives what building anew gives."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cauce.facts.store import current
from cauce.facts.tests.test_refresh import refreshed
from cauce.kernel.problems import Problem, Problems
from cauce.records.activities import actions as activities
from cauce.records.activities.models import Event, Participation, Session
from cauce.records.assistance import actions as assistance
from cauce.records.assistance.models import IdentityProcedure, ItemDelivery, Referral, Service, SiteSupport
from cauce.records.assistance.new import NewLine
from cauce.records.people import actions as people
from cauce.records.people.models import Consent, Person
from cauce.records.places import actions as places
from cauce.records.protection import actions as protection
from cauce.records.protection.models import Case

REASON = "Prueba (simulada)"


class Office:
    """What colleagues do in a year, each act chosen by ``random`` among what there is."""

    def __init__(self, cast, random: Random, clinic, shelter, tijuana) -> None:
        self.cast, self.random, self.clinic, self.shelter, self.tijuana = cast, random, clinic, shelter, tijuana

    def day(self) -> date:
        return date(2022, 1, 15) + timedelta(days=self.random.randrange(200))

    def one(self, model, **narrowed):
        return self.random.choice(list(model.objects.live().filter(**narrowed).order_by("pk")))

    def serve(self) -> None:
        assistance.record_service(
            by=self.cast.ana, person=self.one(Person), type=self.random.choice(("legal_advice", "information")),
            state="delivered", delivered_on=self.day(), site=self.random.choice((None, self.shelter)),
        )  # fmt: skip

    def plan(self) -> None:
        assistance.record_service(
            by=self.cast.ana, person=self.one(Person), type="legal_advice", state="planned", planned_on=self.day()
        )

    def deliver(self) -> None:
        assistance.deliver_service(self.one(Service, state="planned"), by=self.cast.ana, on=self.day())

    def move(self) -> None:
        served = self.one(Service, state="delivered")
        assistance.correct_service(served, by=self.cast.ana, reason=REASON, delivered_on=self.day())

    def strike(self) -> None:
        assistance.void_service(self.one(Service), by=self.cast.ana, reason=REASON)

    def open(self) -> None:
        protection.open_case(
            by=self.cast.ana, person=self.one(Person), needs=["legal"], channel="self", population="migrant", risk="low"
        )

    def serve_case(self) -> None:
        protection.serve(
            self.one(Case), by=self.cast.ana, type="legal_advice", state="delivered", delivered_on=self.day()
        )

    def refer_case(self) -> None:
        day = self.day()
        sent = protection.refer(
            self.one(Case), by=self.cast.ana, to=self.clinic, type="legal_advice", state="accepted", sent_on=day,
            answered_on=day, shared=["folio"],
        )  # fmt: skip
        assistance.deliver_referral(sent, by=self.cast.ana, on=day + timedelta(days=40))

    def strike_referral(self) -> None:
        assistance.void_referral(self.one(Referral), by=self.cast.ana, reason=REASON)

    def recategorise(self) -> None:
        category, need = self.random.choice((("other_crime", "justice"), ("referral_general", "legal")))
        protection.recategorise(self.one(Case), by=self.cast.ana, reason=REASON, categories=[category], needs=[need])

    def void_case(self) -> None:
        protection.void_case(self.one(Case), by=self.cast.ana, reason=REASON)

    def age(self) -> None:
        changes = {
            "birth_date": date(self.random.randint(1950, 2020), 6, 1),
            "sex": self.random.choice(("male", "female")),
        }
        people.correct(self.one(Person), changes, reason=REASON, by=self.cast.ana)

    def withdraw(self) -> None:
        given = self.one(Consent, purpose="statistics", given=True, withdrawn_at=None)
        people.withdraw_consent(given, reason=REASON, by=self.cast.ana)

    def agree(self) -> None:
        people.record_consent(self.one(Person), "statistics", self.random.random() < 0.5, by=self.cast.ana)

    def hand(self) -> None:
        assistance.deliver_item(
            by=self.cast.ana, person=self.one(Person), item_class=self.random.choice(("hygiene", "nfi")), quantity=2,
            state="delivered", delivered_on=self.day(), signed=True,
        )  # fmt: skip

    def strike_item(self) -> None:
        assistance.void_item(self.one(ItemDelivery), by=self.cast.ana, reason=REASON)

    def certify(self) -> None:
        day = self.day()
        assistance.receive_procedure(
            by=self.cast.ana, person=self.one(Person), type="curp", state="issued", received_on=day, submitted_on=day,
            issued_on=day + timedelta(days=self.random.randrange(90)),
        )  # fmt: skip

    def strike_procedure(self) -> None:
        assistance.void_procedure(self.one(IdentityProcedure), by=self.cast.ana, reason=REASON)

    def support(self) -> None:
        day = self.day()
        assistance.support_site(
            by=self.cast.logistics, sure=True, site=self.shelter, state="received", dispatched_on=day,
            received_on=day, signed_by="Coordinación", lines=[NewLine(item_class="food", quantity=self.random.randint(1, 9))],
        )  # fmt: skip

    def strike_support(self) -> None:
        assistance.void_support(self.one(SiteSupport), by=self.cast.logistics, reason=REASON)

    def rename(self) -> None:
        kind = self.random.choice(("shelter", "other_service"))
        places.correct_site(self.shelter, {"kind": kind}, reason=REASON, by=self.cast.policy)

    def hold(self) -> None:
        day = self.day()
        event = activities.plan(
            by=self.cast.trainer, type=self.random.choice(("training", "labour_course")), title="Curso (simulado)",
            municipality=self.tijuana, starts_on=day, ends_on=day + timedelta(days=40), topics=[],
        )  # fmt: skip
        activities.hold(event, by=self.cast.trainer)

    def attend(self) -> None:
        event = self.one(Event)
        sessions = [str(each.pk) for each in event.sessions.live()]
        activities.register(
            event, by=self.cast.trainer, form="individual", sector="cso", person=self.one(Person), attended=sessions
        )

    def meet(self) -> None:
        event = self.one(Event)
        day = event.starts_on + timedelta(days=self.random.randrange(40))
        activities.add_session(event, by=self.cast.trainer, day=day, hours="2.0")

    def unmeet(self) -> None:
        activities.void_session(self.one(Session), by=self.cast.trainer, reason=REASON)

    def leave(self) -> None:
        activities.void_participation(self.one(Participation), by=self.cast.trainer, reason=REASON)

    def put_off(self) -> None:
        event = self.one(Event)
        starts = event.starts_on - timedelta(days=self.random.randrange(40))
        activities.correct_event(event, {"starts_on": starts}, reason=REASON, by=self.cast.trainer)

    def void_event(self) -> None:
        activities.void_event(self.one(Event), by=self.cast.trainer, reason=REASON)


ACTS = [name for name in vars(Office) if not name.startswith("_") and name not in {"day", "one"}]
Steps = st.lists(st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 2**32)), max_size=6), max_size=5)


@pytest.mark.django_db
@settings(
    max_examples=25, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(steps=Steps)
def test_following_the_log_is_as_good_as_building_anew(cast, person, clinic, shelter, tijuana, steps):
    current().remove()
    with transaction.atomic():
        for _two in range(2):
            person()
        for name, seed in (("open", 1), ("serve", 2), ("hold", 3), ("meet", 4)):
            done(Office(cast, Random(seed), clinic, shelter, tijuana), name)
        refreshed()
        for several in steps:
            for name, seed in several:
                done(Office(cast, Random(seed), clinic, shelter, tijuana), name)
            refreshed()
        transaction.set_rollback(True)


def done(office: Office, name: str) -> bool:
    """Do an act; False when there is nothing to do it to, or a rule refuses it."""
    office.shelter.refresh_from_db()
    try:
        with transaction.atomic():
            getattr(office, name)()
    except (Problem, Problems, IndexError):
        return False
    return True


@pytest.mark.django_db
def test_every_act_can_be_done(cast, person, clinic, shelter, tijuana):
    """The property above would prove little if rules refused what it does."""
    for _two in range(2):
        person()
    office = Office(cast, Random(22), clinic, shelter, tijuana)
    possible = {name for _round in range(6) for name in ACTS if done(office, name)}
    assert possible == set(ACTS)
    refreshed()
    with pytest.raises(PermissionDenied):
        protection.void_case(Case.objects.first(), by=cast.press, reason=REASON)
