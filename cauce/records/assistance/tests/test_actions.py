"""What may be recorded, by whom, and what it leaves behind."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from cauce.audit import verification
from cauce.audit.models import Entry
from cauce.kernel.problems import Problems
from cauce.records.assistance import actions, queries
from cauce.records.assistance.models import ItemDelivery, Referral, Service
from cauce.records.assistance.new import NewItem, NewLine, NewService, Process
from cauce.records.assistance.tests.world import refused
from cauce.records.models import Correction
from cauce.records.people.actions import record_consent, withdraw_consent
from cauce.records.people.models import Consent
from cauce.records.programmes import actions as programmes

pytestmark = pytest.mark.django_db
REASON = "Se capturó mal"


@pytest.fixture
def serve(cast, rosa, today):
    def make(**changes):
        fields = {"by": cast.ana, "person": rosa, "type": "legal_advice", "delivered_on": today}
        return actions.record_service(**(fields | changes))

    return make


class TestServices:
    def test_a_service_leaves_its_step_in_the_chain(self, serve, rosa, today):
        service = serve()
        entry = Entry.objects.get(table="assistance.service", record=str(service.pk))
        assert entry.concerns == [str(rosa.pk)] and entry.dates == [today.isoformat()]
        assert not verification.verify()

    def test_the_same_capture_is_recorded_once(self, serve):
        capture = uuid.uuid4()
        assert serve(capture=capture) == serve(capture=capture)
        assert Service.objects.count() == 1

    @pytest.mark.parametrize(
        ("code", "changes"),
        [
            ("assistance.unknown_code", {"type": "magic"}),
            ("assistance.future", {"delivered_on": date(2999, 1, 1)}),
            ("assistance.date_missing", {"delivered_on": None}),
            ("assistance.date_too_many", {"state": "planned", "planned_on": date(2022, 1, 1)}),
            ("assistance.quantity", {"quantity": 0}),
            ("assistance.kinds_too_many", {"kinds": ["medical"]}),
            ("assistance.no_project", {"projects": ["XX.9"]}),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field(self, serve, code, changes):
        assert refused(code, serve, **changes).field
        assert not Service.objects.exists()

    def test_everything_wrong_is_said_at_once(self, serve):
        with pytest.raises(Problems) as caught:
            serve(type="magic", quantity=0, delivered_on=date(2999, 1, 1))
        assert len(list(caught.value)) == 3

    def test_nobody_is_served_before_birth(self, serve, person):
        baby = person(birth_date=date(2020, 6, 1), age=None)
        refused("assistance.before_birth", serve, person=baby, delivered_on=date(2020, 5, 31))
        assert serve(person=person(birth_date=date(2020, 6, 1), age=None, registered_on=date(2020, 6, 1)),
                     delivered_on=date(2020, 6, 1))  # fmt: skip

    def test_a_consultation_says_its_kinds_and_a_test_its_result(self, serve, cast):
        refused("assistance.kinds_missing", serve, by=cast.nurse, type="consultation")
        refused("assistance.result_missing", serve, by=cast.nurse, type="covid_test")
        assert serve(by=cast.nurse, type="covid_test", outcome="inconclusive")

    def test_a_service_lies_within_its_project_and_response(self, serve, project, mpp):
        assert refused("programmes.outside", serve, projects=["CT.1"], delivered_on=date(2020, 12, 31)).field
        refused("programmes.outside", serve, response=mpp, delivered_on=date(2020, 12, 31))
        assert serve(projects=["CT.1"], response=mpp, delivered_on=date(2021, 1, 1)).projects == ["CT.1"]

    def test_a_month_handed_in_takes_no_new_record_but_corrections(self, serve, cast, today):
        last_month = today.replace(day=1) - timedelta(days=1)
        service = serve(delivered_on=last_month)
        programmes.submit_month(office="TIJ", month=last_month.replace(day=1), by=cast.info)
        assert refused("programmes.month_closed", serve, delivered_on=last_month).field == "delivered_on"
        assert actions.correct_service(service, by=cast.ana, reason=REASON, quantity=2).quantity == 2

    def test_health_services_are_for_health_staff(self, serve, cast):
        with pytest.raises(PermissionDenied):
            serve(type="consultation", kinds=["medical"])
        assert serve(type="consultation", kinds=["medical"], by=cast.nurse)

    @pytest.mark.parametrize("who", ["logistics", "trainer", "press", "focal", "head"])
    def test_others_may_not_record_services(self, serve, cast, who):
        with pytest.raises(PermissionDenied):
            serve(by=getattr(cast, who))

    def test_another_office_is_refused(self, serve):
        refused("records.foreign_office", serve, office="TAP")

    def test_a_correction_keeps_the_old_value_and_names_both_months(self, serve, cast, today):
        service, before = serve(), today - timedelta(days=40)
        actions.correct_service(service, by=cast.ana, reason=REASON, delivered_on=before)
        assert Correction.objects.get(record=str(service.pk)).old == today.isoformat()
        entry = Entry.objects.get(table="assistance.service", verb="correct")
        assert entry.dates == sorted([before.isoformat(), today.isoformat()])
        refused("assistance.future", actions.correct_service, service, by=cast.ana, reason=REASON,
                delivered_on=today + timedelta(days=1))  # fmt: skip
        with pytest.raises(ValueError, match="steps"):
            actions.correct_service(service, by=cast.ana, reason=REASON, state="planned")

    def test_steps_are_taken_once_and_in_order(self, serve, cast, today):
        planned = serve(state="planned", planned_on=today, delivered_on=None)
        done = actions.deliver_service(planned, by=cast.ana)
        assert (done.state, done.delivered_on) == ("delivered", today)
        refused("records.no_such_step", actions.cancel_service, done, by=cast.ana, reason=REASON)
        refused("records.reason_missing", actions.void_service, done, by=cast.ana, reason=" ")

    def test_a_person_who_said_no_to_services_is_not_recorded(self, serve, cast, rosa):
        record_consent(rosa, "service", False, by=cast.ana)
        refused("assistance.refused_services", serve)

    def test_in_bulk_all_rows_are_checked_before_one_is_written(self, cast, rosa, today):
        rows = [
            NewService(person=rosa, type=kind, delivered_on=today, row=number)
            for number, kind in enumerate(["education", "magic", "employment"], 2)
        ]
        problem = refused("assistance.unknown_code", actions.record_services, rows, by=cast.ana)
        assert problem.row == 3 and not Service.objects.exists()
        rows.pop(1)
        assert len(actions.record_services(rows, by=cast.ana)) == 2

    def test_the_database_itself_refuses_a_delivered_service_without_a_date(self, serve):
        service = serve()
        with pytest.raises(IntegrityError), transaction.atomic():
            Service.objects.filter(pk=service.pk).update(delivered_on=None)


class TestReferrals:
    @pytest.fixture
    def refer(self, cast, rosa, clinic):
        def make(**changes):
            fields = {"by": cast.ana, "person": rosa, "to": clinic, "type": "legal_advice", "shared": ["folio"]}
            return actions.refer(**(fields | changes))

        return make

    def test_it_is_sent_on_the_consent_in_force(self, refer, rosa, today):
        referral = refer()
        assert (referral.state, referral.sent_on) == ("sent", today)
        assert referral.consent.purpose == "referral" and referral.consent.person == rosa

    def test_without_consent_nothing_is_sent(self, refer, person, cast):
        silent = person(consents={"service": True})
        refused("assistance.no_consent", refer, person=silent)
        draft = refer(person=silent, override_reason="No puede responder")
        assert (draft.state, draft.sent_on, draft.consent) == ("draft", None, None)
        with pytest.raises(PermissionDenied):
            actions.approve_override(draft, by=cast.ana)
        sent = actions.approve_override(draft, by=cast.child)
        assert sent.state == "sent" and sent.override_by == cast.child.id

    def test_who_asked_for_an_override_does_not_approve_it(self, refer, person, cast):
        draft = refer(person=person(consents={"service": True}), by=cast.child, override_reason="No puede responder")
        refused("assistance.own_approval", actions.approve_override, draft, by=cast.child)

    def test_a_draft_is_sent_when_consent_comes(self, refer, person, cast):
        silent = person(consents={"service": True})
        draft = refer(person=silent, override_reason="No puede responder")
        refused("assistance.no_consent", actions.send_draft, draft, by=cast.ana)
        record_consent(silent, "referral", True, by=cast.ana)
        assert actions.send_draft(draft, by=cast.ana).consent is not None

    def test_the_database_refuses_what_left_without_consent(self, refer, person):
        draft = refer(person=person(consents={"service": True}), override_reason="No puede responder")
        with pytest.raises(IntegrityError), transaction.atomic():
            Referral.objects.filter(pk=draft.pk).update(state="sent", sent_on=date(2022, 1, 1))

    def test_it_says_what_it_shares_and_why_it_was_declined(self, refer, cast):
        refused("assistance.nothing_shared", refer, shared=[])
        refused("assistance.unknown_shared", refer, shared=["fingerprint"])
        referral = refer()
        refused("assistance.why", actions.decline_referral, referral, by=cast.ana, closing="")
        refused("assistance.why_other", actions.decline_referral, referral, by=cast.ana, closing="other")
        assert actions.decline_referral(referral, by=cast.ana, closing="no_capacity").state == "declined"

    def test_delivered_only_after_accepted(self, refer, cast, today):
        referral = refer()
        refused("records.no_such_step", actions.deliver_referral, referral, by=cast.ana)
        actions.accept_referral(referral, by=cast.ana)
        refused("assistance.step_too_early", actions.deliver_referral, referral, by=cast.ana,
                on=today - timedelta(days=1))  # fmt: skip
        assert actions.deliver_referral(referral, by=cast.ana).delivered_on == today

    @pytest.mark.parametrize("purpose", ["referral", "service", "internal_case"])
    def test_withdrawing_consent_closes_what_is_open_and_nothing_else(self, refer, cast, rosa, person, purpose):
        waiting, accepted, done, draft = refer(), refer(), refer(), refer(state="draft")
        for each in (accepted, done):
            actions.accept_referral(each, by=cast.ana)
        actions.deliver_referral(done, by=cast.ana)
        somebody_else = refer(person=person())
        consent = Consent.objects.get(person=rosa, purpose=purpose)
        withdraw_consent(consent, reason="Ya no quiere", by=cast.ana)
        states = dict(Referral.objects.values_list("pk", "state"))
        assert [states[each.pk] for each in (waiting, accepted, draft)] == ["revoked"] * 3
        assert (states[done.pk], states[somebody_else.pk]) == ("delivered", "sent")
        assert Entry.objects.filter(table="assistance.referral", verb="revoked").count() == 3

    def test_withdrawing_statistics_leaves_referrals_alone(self, refer, cast, rosa):
        referral = refer()
        withdraw_consent(Consent.objects.get(person=rosa, purpose="statistics"), reason="No quiere", by=cast.ana)
        referral.refresh_from_db()
        assert referral.state == "sent"

    def test_withdrawal_reaches_referrals_behind_a_vault(self, refer, cast, rosa):
        hidden = refer(by=cast.gbv, process=Process("protection.case", uuid.uuid4(), "gbv"))
        withdraw_consent(Consent.objects.get(person=rosa, purpose="referral"), reason="No quiere", by=cast.ana)
        hidden.refresh_from_db()
        assert hidden.state == "revoked"


class TestItems:
    def test_kits_of_a_year_are_added_up(self, cast, rosa, today):
        def kits(quantity, **changes):
            fields = {"by": cast.monitor, "person": rosa, "item_class": "prenatal_kit", "delivered_on": today}
            return actions.deliver_item(quantity=quantity, **(fields | changes))

        first = kits(2)
        refused("assistance.too_many_kits", kits, 2)
        assert kits(1)
        assert kits(3, item_class="postnatal_kit")
        assert kits(3, delivered_on=date(2022, 3, 1))
        actions.correct_item(first, by=cast.monitor, reason=REASON, quantity=1)
        refused("assistance.too_many_kits", actions.correct_item, first, by=cast.monitor, reason=REASON, quantity=3)

    def test_in_bulk_the_rows_of_one_call_count_together(self, cast, rosa, today):
        rows = [NewItem(person=rosa, item_class="prenatal_kit", quantity=2, delivered_on=today, row=n) for n in (2, 3)]
        assert refused("assistance.too_many_kits", actions.deliver_items, rows, by=cast.monitor).row == 3
        assert not ItemDelivery.objects.exists()

    def test_a_form_sent_twice_is_one_delivery_and_no_excess(self, cast, rosa, today):
        capture = uuid.uuid4()
        fields = {"by": cast.monitor, "person": rosa, "item_class": "prenatal_kit", "quantity": 3, "capture": capture,
                  "delivered_on": today}  # fmt: skip
        assert actions.deliver_item(**fields) == actions.deliver_item(**fields)

    def test_planned_items_are_handed_over_or_not(self, cast, rosa, today):
        plan = {"by": cast.monitor, "person": rosa, "item_class": "food", "state": "planned", "planned_on": today}
        assert actions.hand_over(actions.deliver_item(**plan), by=cast.monitor, signed=True).signed
        dropped = actions.not_handed_over(actions.deliver_item(**plan), by=cast.monitor, reason=REASON)
        assert dropped.state == "not_delivered" and dropped.delivered_on is None


class TestSites:
    def test_a_delivery_needs_lines_a_signature_and_an_open_site(self, cast, shelter, today):
        fields = {"by": cast.logistics, "site": shelter, "received_on": today}
        line = NewLine(item_class="food", quantity=10)
        refused("assistance.no_lines", actions.support_site, lines=[], signed_by="Coordinación", **fields)
        refused("assistance.not_signed", actions.support_site, lines=[line], **fields)
        assert actions.support_site(lines=[line], signed_by="Coordinación", **fields).lines.count() == 1

    def test_the_same_again_is_asked_about_and_the_same_form_is_not(self, cast, shelter, today):
        fields = {
            "by": cast.logistics, "site": shelter, "received_on": today, "signed_by": "Coordinación",
            "lines": [NewLine(item_class="food", quantity=10)],
        }  # fmt: skip
        capture = uuid.uuid4()
        first = actions.support_site(capture=capture, **fields)
        assert actions.support_site(capture=capture, **fields) == first and first.lines.count() == 1
        refused("assistance.looks_double", actions.support_site, **fields)
        assert actions.support_site(sure=True, **fields) != first
        assert actions.support_site(**{**fields, "lines": [NewLine(item_class="food", quantity=11)]})


class TestSight:
    def test_an_act_behind_a_vault_is_seen_with_the_vault_alone(self, serve, cast, rosa):
        process = Process("protection.case", uuid.uuid4(), "gbv")
        service = serve(by=cast.gbv, process=process)
        with pytest.raises(PermissionDenied):
            serve(by=cast.ana, process=process)
        assert queries.find(Service, cast.gbv, service.pk)
        for other in (cast.ana, cast.child, cast.info, cast.nurse):
            assert queries.find(Service, other, service.pk) is None
        assert [each.pk for each in queries.of_person(cast.gbv, rosa.pk)] == [service.pk]
        assert queries.of_person(cast.ana, rosa.pk) == []
        with pytest.raises(PermissionDenied):
            actions.void_service(service, by=cast.ana, reason=REASON)

    def test_a_process_that_changes_its_vault_takes_its_acts_along(self, serve, cast):
        process = Process("protection.case", uuid.uuid4())
        service = serve(process=process)
        assert actions.restrict_process(Process(process.kind, process.id, "child"), by=cast.child) == 1
        assert queries.find(Service, cast.ana, service.pk) is None
        assert Entry.objects.filter(verb="restrict", record=str(service.pk)).exists()
        assert actions.restrict_process(Process(process.kind, process.id, "child"), by=cast.child) == 0
