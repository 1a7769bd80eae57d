"""Cases and what was done for people, from one real workbook to facts."""

from __future__ import annotations

from datetime import date

import pytest

from cauce.access.queries import viewer_of
from cauce.capture import run
from cauce.capture.models import Finding
from cauce.exchange import write
from cauce.kernel.periods import Period
from cauce.records.assistance import columns as assistance
from cauce.records.assistance.facts import item_facts, support_facts
from cauce.records.assistance.models import IdentityProcedure, Referral, Service, SiteSupport
from cauce.records.assistance.tests import world
from cauce.records.models import Batch
from cauce.records.people.columns import PEOPLE
from cauce.records.protection import columns as protection
from cauce.records.protection.facts import case_facts
from cauce.records.protection.models import Case

tijuana, clinic, shelter, project, mpp, today = (
    world.tijuana, world.clinic, world.shelter, world.project, world.mpp, world.today,
)  # fmt: skip
YEAR = Period.year(2022)
DAY = date(2022, 3, 4)
FOLIO, CODE = "MX-TIJ-000007", "MX-TIJ-C-00007"
PERSON = {
    "folio": FOLIO, "registered_on": date(2022, 1, 3), "given_names": "Yesenia", "first_surname": "Ortiz (simulada)",
    "birth_date": date(1993, 4, 2), "sex": "female", "nationality": "HND", "consent_service": True,
    "consent_internal_case": True, "consent_referral": True, "consent_statistics": True,
}  # fmt: skip
CASE = {
    "code": CODE, "folio": FOLIO, "opened_on": date(2022, 2, 1), "needs": ["legal"], "channel": "shelter",
    "population": "migrant", "owner": "ana",
}  # fmt: skip
SERVICE = {
    "folio": FOLIO,
    "case": CODE,
    "type": "legal_advice",
    "delivered_on": DAY,
    "response": "MPP",
    "projects": ["CT.1"],
}
REFERRAL = {
    "folio": FOLIO, "case": CODE, "to": "Clínica jurídica (simulada)", "type": "education", "shared": ["folio"],
    "sent_on": DAY, "answered_on": date(2022, 3, 9), "delivered_on": date(2022, 4, 1),
}  # fmt: skip
ITEM = {"folio": FOLIO, "item_class": "prenatal_kit", "quantity": 2, "delivered_on": DAY, "site": "casa luz (SIMULADA)"}
PROCEDURE = {"folio": FOLIO, "type": "curp", "received_on": DAY, "submitted_on": DAY, "issued_on": date(2022, 5, 1)}
SUPPORT = {
    "site": "Casa Luz (simulada)", "item_class": "food", "quantity": 40, "received_on": DAY, "signed_by": "Coordinación",
}  # fmt: skip


@pytest.fixture
def officer(cast, tijuana, clinic, shelter, project, mpp):
    """Who imports a whole workbook: information, with the roles that restricted cases ask for."""
    roles = ("information_officer", "gbv_specialist", "child_protection")
    return viewer_of(id=cast.info.id, name="Luis", office="TIJ", roles=roles)


@pytest.fixture
def workbook(tmp_path):
    def make(**rows):
        sheets = {
            "people": PEOPLE, "cases": protection.CASES, "services": assistance.SERVICES,
            "referrals": assistance.REFERRALS, "procedures": assistance.PROCEDURES, "items": assistance.ITEMS,
            "supports": assistance.SUPPORTS,
        }  # fmt: skip
        path = tmp_path / "protección.xlsx"
        write(
            path,
            [
                (sheet, [{c.key: row.get(c.key, c.empty) for c in sheet.columns} for row in rows.get(key, [])])
                for key, sheet in sheets.items()
                if key in rows
            ],
        )
        return path

    return make


def findings(batch):
    return [str(each.detail) for each in Finding.objects.filter(batch=batch, number__gt=0)]


def test_a_whole_workbook_comes_in_at_once_and_counts(officer, workbook, cast):
    batch = run.import_file(
        workbook(
            people=[PERSON], cases=[CASE], services=[SERVICE], referrals=[REFERRAL], items=[ITEM],
            procedures=[PROCEDURE], supports=[SUPPORT],
        ),
        officer,
    )  # fmt: skip
    assert batch.state == Batch.State.COMPLETE, findings(batch)
    case = Case.objects.get()
    assert (case.code, case.category, case.owner, case.state) == (CODE, "referral_general", cast.ana.id, "open")
    assert Service.objects.get().process_id == Referral.objects.get().process_id == case.pk
    assert [fact.date for fact in case_facts(YEAR)] == [DAY, date(2022, 4, 1)]
    assert IdentityProcedure.objects.get().state == "issued"
    [kit] = item_facts(YEAR)
    assert (kit.quantity, kit.site_kind) == (2, "shelter")
    [support] = support_facts(YEAR)
    assert (support.quantity, support.category) == (40, "food")


def test_rows_that_name_nobody_or_another_persons_case_are_refused_with_their_reason(officer, workbook):
    other = {**PERSON, "folio": "MX-TIJ-000008", "given_names": "Dunia"}
    batch = run.import_file(
        workbook(
            people=[PERSON, other], cases=[CASE],
            services=[SERVICE, {**SERVICE, "folio": "MX-TIJ-999999"}, {**SERVICE, "folio": "MX-TIJ-000008"},
                      {**SERVICE, "case": "MX-TIJ-C-99999"}, {**SERVICE, "delivered_on": date(2020, 1, 1)}],
            items=[ITEM, {**ITEM, "delivered_on": date(2022, 6, 1)}, {**ITEM, "site": "Casa Sol"}],
        ),
        officer,
    )  # fmt: skip
    assert batch.state == Batch.State.CHECKED
    said = " ".join(findings(batch))
    assert Finding.objects.filter(batch=batch, outcome="refused").count() == 6
    for word in ("MX-TIJ-999999", "MX-TIJ-C-99999", "queda fuera", "máximo es 3", "Casa Sol"):
        assert word in said, word
    assert not Service.objects.exists() and not Case.objects.exists()


def test_consent_said_on_the_sheet_of_people_is_known_in_the_dry_run(officer, workbook):
    silent = {**PERSON, "consent_referral": False, "consent_internal_case": None}
    batch = run.import_file(
        workbook(people=[silent], cases=[{**CASE, "categories": ["gbv"]}], referrals=[{**REFERRAL, "case": ""}]),
        officer,
    )
    assert batch.state == Batch.State.CHECKED
    said = " ".join(findings(batch))
    assert "no ha consentido que la canalicemos" in said
    assert "La persona no ha dado su consentimiento" in said


def test_restricted_cases_and_health_are_refused_to_who_may_not_write_them(cast, officer, workbook):
    plain = viewer_of(id=cast.ana.id, name="Ana", office="TIJ", roles=("case_worker",))
    batch = run.import_file(
        workbook(
            people=[PERSON], cases=[{**CASE, "categories": ["trafficking"]}],
            services=[{**SERVICE, "case": "", "type": "consultation", "kinds": ["medical"]}],
        ),
        plain,
    )  # fmt: skip
    said = " ".join(findings(batch))
    assert "personal especializado" in said and "personal de salud" in said
    assert not Case.objects.exists()


def test_a_delivery_that_looks_double_is_noted_and_taken(officer, workbook):
    later = {**SUPPORT, "note_number": "A-2"}
    batch = run.import_file(workbook(supports=[SUPPORT, later]), officer)
    assert batch.state == Batch.State.COMPLETE
    assert SiteSupport.objects.count() == 2
    assert "Aviso" in " ".join(findings(batch))


def test_a_case_brought_again_in_another_file_is_refused_by_its_code(officer, workbook):
    assert run.import_file(workbook(people=[PERSON], cases=[CASE]), officer).state == Batch.State.COMPLETE
    again = run.import_file(workbook(cases=[CASE, {**CASE, "code": "MX-TIJ-C-00008"}]), officer)
    assert "ya es de otro caso" in " ".join(findings(again))
    assert [case.code for case in Case.objects.live()] == [CODE]
