"""Opening, working and closing cases; what the vaults hide; what the facts say."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from cauce import keys
from cauce.audit import verification
from cauce.audit.models import Entry
from cauce.kernel.periods import Period
from cauce.records.assistance import actions as assistance
from cauce.records.assistance.models import Service
from cauce.records.assistance.tests.world import LONG_AGO, refused
from cauce.records.people.actions import record_consent
from cauce.records.people.queries import display_name
from cauce.records.protection import actions, facts, queries
from cauce.records.protection.models import Case, Episode, GbvDetail
from cauce.records.protection.new import NewCase

pytestmark = pytest.mark.django_db
REASON = "Lo contó en la entrevista"


def facts_of(period=None):
    return list(facts.case_facts(period or Period(date(2000, 1, 1), date(2100, 1, 1))))


class TestOpening:
    def test_codes_are_given_in_order_by_office(self, cast, case, person):
        assert [case().code for _number in range(3)] == [f"MX-TIJ-C-0000{n}" for n in (1, 2, 3)]
        assert case(by=cast.berta).code == "MX-TAP-C-00001"

    def test_a_brought_code_is_kept_claimed_and_counted_on(self, cast, case):
        first = case(code="MX-TIJ-C-00873")
        assert case().code == "MX-TIJ-C-00874"
        refused("protection.code_taken", case, code="MX-TIJ-C-00873")
        actions.void_case(first, by=cast.ana, reason=REASON)
        assert case(code="MX-TIJ-C-00873").code == "MX-TIJ-C-00873"

    def test_the_same_capture_opens_one_case(self, case, rosa):
        capture = uuid.uuid4()
        assert case(rosa, capture=capture) == case(rosa, capture=capture)
        assert Case.objects.count() == 1

    def test_many_are_opened_together_or_none(self, cast, person):
        rows = [
            NewCase(person=person(), needs=needs, channel="self", population="migrant", row=number)
            for number, needs in enumerate([["legal"], [], ["health"]], 2)
        ]
        assert refused("protection.no_need", actions.open_cases, rows, by=cast.ana).row == 3
        assert not Case.objects.exists()
        assert len(actions.open_cases([rows[0], rows[2]], by=cast.ana)) == 2
        assert not verification.verify()

    @pytest.mark.parametrize(
        ("code", "changes"),
        [
            ("assistance.unknown_code", {"needs": ["gold"]}),
            ("assistance.unknown_code", {"categories": ["gold"]}),
            ("assistance.unknown_code", {"channel": "gold"}),
            ("protection.future", {"opened_on": date(2999, 1, 1)}),
            ("protection.date_missing", {"state": "closed", "closing": "goal_met"}),
            ("protection.date_too_many", {"closed_on": date(2022, 1, 1)}),
            ("protection.code", {"code": "ñ"}),
        ],
    )
    def test_what_is_wrong_is_said(self, case, code, changes):
        refused(code, case, **changes)

    def test_who_has_not_consented_needs_a_basis_and_its_reason(self, cast, case, person):
        silent = person(
            consents={"service": False}, consent={"basis": "vital_interest", "basis_reason": "Inconsciente"}
        )
        refused("protection.no_consent", case, silent)
        refused("protection.basis_reason", case, silent, legal_basis="vital_interest")
        assert case(silent, legal_basis="vital_interest", basis_reason="Inconsciente").basis_reason == "Inconsciente"

    def test_violence_waits_for_the_persons_own_answer(self, cast, case, person):
        unasked = person(consents={"service": True})
        fields = {"by": cast.gbv, "categories": ["gbv"]}
        refused("protection.consent_unasked", case, unasked, **fields)
        record_consent(unasked, "internal_case", True, by=cast.gbv)
        assert case(unasked, **fields).sensitivity == "gbv"

    @pytest.mark.parametrize("category", ["gbv", "trafficking", "child"])
    def test_restricted_classes_are_opened_by_who_holds_their_role(self, cast, case, category):
        holders = {"gbv": cast.gbv, "trafficking": cast.gbv, "child": cast.child}
        for other in (cast.ana, cast.info):
            said = refused("protection.restricted", case, by=other, categories=[category])
            assert category not in said.sentence.lower() and "violencia" not in str(said)
        assert case(by=holders[category], categories=[category]).sensitivity == category

    @pytest.mark.parametrize("who", ["monitor", "nurse", "logistics", "focal", "head"])
    def test_others_open_no_cases(self, cast, case, rosa, who):
        with pytest.raises(PermissionDenied):
            case(rosa, by=getattr(cast, who))

    def test_the_name_of_a_restricted_case_is_reserved(self, cast, case, person):
        who = person(given_names="Zenaida (simulada)")
        case(who, by=cast.gbv, categories=["gbv"])
        who.refresh_from_db()
        assert who.reserved == "gbv"
        assert "Zenaida" not in display_name(who, cast.ana) and "Zenaida" in display_name(who, cast.gbv)


class TestWorking:
    def test_a_changed_category_touches_every_month_the_case_was_assisted_in(self, cast, case, today):
        found = case(opened_on=LONG_AGO, identified_on=LONG_AGO)
        days = [date(2022, 3, 4), date(2022, 5, 6)]
        for day in days:
            actions.serve(found, by=cast.ana, type="legal_advice", delivered_on=day)
        actions.recategorise(found, by=cast.ana, reason=REASON, needs=["prenatal"], categories=["other_crime"])
        entry = Entry.objects.get(verb="recategorise")
        assert entry.dates == [day.isoformat() for day in days]
        assert {fact.category for fact in facts_of()} == {"other_crime"}

    def test_a_case_that_becomes_restricted_takes_acts_name_and_owner_along(self, cast, case, person, today):
        found = case(person(given_names="Zenaida (simulada)"))
        service = actions.serve(found, by=cast.ana, type="legal_advice", delivered_on=today)
        refused("protection.restricted", actions.recategorise, found, by=cast.ana, reason=REASON, needs=["legal"],
                categories=["child"])  # fmt: skip
        found = queries.find(cast.child, found.pk)
        actions.recategorise(found, by=cast.child, reason=REASON, needs=["legal"], categories=["child"])
        service.refresh_from_db()
        found.person.refresh_from_db()
        assert (found.sensitivity, service.vault, found.owner) == ("child", "child", cast.child.id)
        assert found.person.reserved == "child"
        assert queries.find(cast.ana, found.pk) is None
        actions.recategorise(found, by=cast.child, reason=REASON, needs=["legal"], categories=[])
        service.refresh_from_db()
        found.person.refresh_from_db()
        assert (service.vault, found.person.reserved) == ("", "")
        assert queries.find(cast.ana, found.pk) is not None

    def test_a_name_stays_reserved_while_another_case_needs_it(self, cast, case, rosa):
        first, _second = (case(rosa, by=cast.gbv, categories=["gbv"]) for _number in range(2))
        rosa.refresh_from_db()
        actions.void_case(first, by=cast.gbv, reason=REASON)
        rosa.refresh_from_db()
        assert rosa.reserved == "gbv"

    def test_the_responsible_colleague_holds_the_vault_and_works_in_the_office(self, cast, case):
        found = case(by=cast.gbv, categories=["gbv"])
        assert found.owner == cast.gbv.id
        for other in (cast.ana, cast.berta, cast.nurse):
            refused("protection.cannot_own", actions.assign_case, found, by=cast.gbv, to=other.id)
        assert {each.id for each in queries.colleagues(found)} == {cast.gbv.id}

    def test_closing_and_reopening_keep_the_episode(self, cast, case, today):
        found = case()
        refused("assistance.unknown_code", actions.close_case, found, by=cast.ana, closing="tired")
        actions.close_case(found, by=cast.ana, closing="left_area")
        refused("protection.is_closed", actions.serve, found, by=cast.ana, type="legal_advice", delivered_on=today)
        refused("protection.reason_missing", actions.reopen_case, found, by=cast.ana, reason="")
        actions.reopen_case(found, by=cast.ana, reason=REASON)
        assert (found.state, found.episode, found.closed_on, found.closing) == ("open", 2, None, "")
        episode = Episode.objects.get(case=found)
        assert (episode.number, episode.closing, episode.closed_on) == (1, "left_area", today)

    def test_steps_the_machine_does_not_have_are_refused(self, cast, case):
        found = case(state="identified")
        refused("records.no_such_step", actions.hold_case, found, by=cast.ana, reason=REASON)
        refused("records.no_such_step", actions.reopen_case, found, by=cast.ana, reason=REASON)
        assert not Episode.objects.exists()
        actions.begin_case(found, by=cast.ana)
        refused("records.no_such_step", actions.begin_case, found, by=cast.ana)

    def test_the_database_refuses_what_the_rules_refuse(self, case):
        found = case()
        for wrong in ({"state": "closed"}, {"opened_on": None}, {"category": ""}, {"legal_basis": "vital_interest"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Case.objects.filter(pk=found.pk).update(**wrong)

    def test_a_stranger_with_the_record_in_hand_still_may_not_write(self, cast, case):
        found = case(by=cast.gbv, categories=["gbv"])
        for act in (actions.hold_case, actions.reopen_case, actions.void_case):
            refused("protection.restricted", act, found, by=cast.ana, reason=REASON)
        with pytest.raises(PermissionDenied):
            actions.record_incident(found, by=cast.ana, reported_on=date.today(), type="rape")


class TestVaults:
    def test_an_incident_is_sealed_and_seen_by_the_vault_alone(self, cast, case, today):
        found = case(by=cast.gbv, categories=["gbv"])
        incident = actions.record_incident(
            found, by=cast.gbv, reported_on=today, type="physical_assault", account="En el camino"
        )
        assert GbvDetail.objects.visible_to(cast.gbv).get().account == "En el camino"
        for other in (cast.ana, cast.child, cast.info, cast.focal, cast.admin):
            assert not GbvDetail.objects.visible_to(other).exists()
        refused("protection.incident_later", actions.correct_incident, incident, by=cast.gbv, reason=REASON,
                incident_on=today + timedelta(days=1))  # fmt: skip
        actions.correct_incident(incident, by=cast.gbv, reason=REASON, stage="transit")
        actions.void_incident(incident, by=cast.gbv, reason=REASON)

    def test_every_look_is_noted(self, cast, case):
        found = case(by=cast.gbv, categories=["gbv"])
        actions.open_file(found, by=cast.gbv)
        actions.open_vault(found, "gbv", by=cast.gbv)
        assert [step.table for step in queries.readings(found)] == ["protection.gbvdetail", "protection.case"]
        with pytest.raises(PermissionDenied):
            actions.open_vault(found, "child", by=cast.gbv)


class TestFacts:
    """The deciding date is the delivery, nothing else (counting rules)."""

    @pytest.fixture
    def old(self, case):
        return case(opened_on=LONG_AGO, identified_on=LONG_AGO)

    def test_opening_planning_and_sending_do_not_count(self, cast, old, clinic, today):
        actions.serve(old, by=cast.ana, type="legal_advice", state="planned", planned_on=today)
        referral = actions.refer(old, by=cast.ana, to=clinic, type="education", shared=["folio"])
        assistance.accept_referral(referral, by=cast.ana)
        actions.hand_items(old, by=cast.ana, item_class="hygiene", delivered_on=today)
        assistance.receive_procedure(
            by=cast.ana, person=old.person, type="curp", state="issued", received_on=LONG_AGO, submitted_on=LONG_AGO,
            issued_on=today, process=actions.process_of(old),
        )  # fmt: skip
        assert facts_of() == []
        assistance.deliver_referral(referral, by=cast.ana)
        [fact] = facts_of()
        assert fact.date == today and fact.source_id == str(old.pk)

    def test_a_case_assisted_twice_has_two_rows_and_one_subject(self, cast, old, shelter, mpp, project):
        for day in (date(2022, 3, 1), date(2022, 5, 31)):
            actions.serve(
                old, by=cast.ana, type="legal_advice", delivered_on=day, site=shelter, response=mpp, projects=["CT.1"]
            )
        year = facts_of(Period.year(2022))
        assert [fact.date for fact in year] == [date(2022, 3, 1), date(2022, 5, 31)]
        assert {fact.subject for fact in year} == {keys.pseudonym(old.pk, "subject")}
        assert [fact.date for fact in facts_of(Period.parse("2022-03"))] == [date(2022, 3, 1)]
        fact = year[0]
        assert (fact.category, fact.response, fact.projects, fact.place, fact.state) == (
            "referral_general", "MPP", ("CT.1",), "02004", "02",
        )  # fmt: skip
        assert (fact.site_kind, fact.sex, fact.age_band, fact.consented) == ("shelter", "female", "18-59", True)
        assert fact.person == keys.pseudonym(old.person_id, "person") != str(old.person_id)

    def test_void_services_void_cases_and_other_acts_are_not_counted(self, cast, old, rosa, today):
        service = actions.serve(old, by=cast.ana, type="legal_advice", delivered_on=today)
        assistance.record_service(by=cast.ana, person=rosa, type="legal_advice", delivered_on=today)
        assert len(facts_of()) == 1
        assistance.void_service(service, by=cast.ana, reason=REASON)
        assert facts_of() == []
        actions.serve(old, by=cast.ana, type="education", delivered_on=today)
        assert len(facts_of()) == 1
        actions.void_case(old, by=cast.ana, reason=REASON)
        assert facts_of() == []
        assert Service.objects.live().count() == 2

    def test_no_to_statistics_is_said_on_the_row(self, cast, case, person, today):
        silent = person(consents={"service": True, "internal_case": True, "statistics": False})
        found = case(silent, by=cast.gbv, categories=["gbv"])
        actions.serve(found, by=cast.gbv, type="psychosocial", delivered_on=today)
        [fact] = facts_of()
        assert (fact.category, fact.consented) == ("gbv", False)

    def test_the_same_records_give_the_same_rows_in_the_same_order(self, cast, case, today):
        for _number in range(5):
            actions.serve(case(), by=cast.ana, type="legal_advice", delivered_on=today)
        assert facts_of() == facts_of() and len(facts_of()) == 5

    def test_the_source_names_every_table_whose_writes_change_it(self):
        [source] = facts.SOURCES
        assert set(source.tables) == {"protection.case", "assistance.service", "assistance.referral"}
