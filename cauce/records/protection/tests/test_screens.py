"""Every screen of the room, as colleagues use them, and what it hides from whom."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from cauce.audit.models import Entry
from cauce.records.assistance.models import ItemDelivery, Referral, Service
from cauce.records.protection import actions
from cauce.records.protection.models import Case, ChildDetail, GbvDetail, TraffickingDetail

pytestmark = pytest.mark.django_db
REASON = "Lo contó la persona en la entrevista"


def page(client, name, *args, **data):
    url = reverse(f"protection:{name}", args=args)
    return client.post(url, data) if data else client.get(url)


def text(answer):
    return answer.content.decode()


def answers(today, **more):
    return {
        "capture": str(uuid.uuid4()), "needs": ["legal", "prenatal"], "categories": ["other_crime"], "channel": "shelter",
        "population": "migrant", "risk": "high", "state": "open", "day": f"{today:%d/%m/%Y}", **more,
    }  # fmt: skip


def test_a_case_is_opened_after_its_category_was_shown_and_explained(cast, rosa, today):
    ana = cast.client("ana")
    assert page(ana, "open", rosa.pk).status_code == 200
    sent = answers(today)
    check = page(ana, "open", rosa.pk, **sent)
    assert not Case.objects.exists()
    assert "Otros delitos" in text(check) and "va antes que «Cuidados prenatales»" in text(check)
    again = page(ana, "open", rosa.pk, **sent, back="1")
    assert again.status_code == 200 and 'value="prenatal"' in text(again)
    for _click in range(2):
        opened = page(ana, "open", rosa.pk, **sent, confirm="1")
        assert opened.status_code == 302
    case = Case.objects.get()
    assert (case.category, case.categories) == ("other_crime", ["other_crime", "prenatal"])
    assert case.code in text(page(ana, "cases")) and case.code in text(page(ana, "person", rosa.pk))


def test_what_is_wrong_comes_back_with_the_form(cast, rosa, today):
    ana = cast.client("ana")
    assert page(ana, "open", rosa.pk, **answers(today, needs=[])).status_code == 422
    refused = page(ana, "open", rosa.pk, **answers(today, categories=["gbv"]))
    assert refused.status_code == 422
    assert "personal especializado" in text(refused) and "violencia" not in text(refused).split("error")[1][:300]


def test_the_file_shows_its_story_and_who_has_seen_it(cast, case, clinic, today):
    found = case()
    actions.serve(found, by=cast.ana, type="legal_advice", delivered_on=today)
    actions.refer(found, by=cast.ana, to=clinic, type="education", shared=["folio"])
    ana = cast.client("ana")
    shown = text(page(ana, "case", found.pk))
    for word in (found.code, "Asesoría legal", "Clínica jurídica", "Caso registrado", "Canalización general", "Medio"):
        assert word in shown
    assert Entry.objects.filter(table="protection.case", record=str(found.pk), verb="read").count() == 1
    assert "Ana Lucía Robles" in text(page(ana, "case", found.pk))
    assert "Ana Lucía Robles" in text(page(ana, "seen", found.pk))


def test_services_referrals_and_items_are_recorded_within_the_case(cast, case, clinic, today):
    found, ana, day = case(), cast.client("ana"), f"{today:%d/%m/%Y}"
    for name in ("serve", "refer", "items"):
        assert page(ana, name, found.pk).status_code == 200
    capture = {"capture": str(uuid.uuid4())}
    assert page(
        ana, "serve", found.pk, **capture, type="legal_advice", state="delivered", day=day, quantity="1"
    ).status_code == 302  # fmt: skip
    assert page(
        ana, "refer", found.pk, **capture, to=clinic.name, type="education", shared=["folio"], urgency="routine"
    ).status_code == 302  # fmt: skip
    assert page(
        ana, "items", found.pk, **capture, item_class="hygiene", quantity="1", state="delivered", day=day
    ).status_code == 302  # fmt: skip
    for model in (Service, Referral, ItemDelivery):
        assert model.objects.get().process_id == found.pk


def test_a_case_is_planned_held_assigned_closed_and_reopened(cast, case, today):
    found, ana, day = case(), cast.client("ana"), f"{today:%d/%m/%Y}"
    for name in ("plan", "recategorise", "assign", "hold", "correct", "close", "void"):
        assert page(ana, name, found.pk).status_code == 200, name
    assert page(ana, "plan", found.pk, next_step="Llamar", next_on=day).status_code == 302
    assert "Llamar" in text(page(ana, "cases"))
    assert page(ana, "assign", found.pk, to=cast.child.id).status_code == 302
    assert page(ana, "hold", found.pk, reason=REASON).status_code == 302
    assert page(ana, "resume", found.pk, go="1").status_code == 302
    sent = {"risk": "low", "channel": "hotline", "population": "refugee", "identified_on": day, "opened_on": day}
    assert page(ana, "correct", found.pk, **sent, reason=REASON).status_code == 302
    assert page(ana, "recategorise", found.pk, needs=["prenatal"], reason=REASON).status_code == 302
    assert page(ana, "close", found.pk, closing="goal_met", on=day).status_code == 302
    found.refresh_from_db()
    assert (found.state, found.category, found.risk, found.owner) == ("closed", "prenatal", "low", cast.child.id)
    assert found.code not in text(page(ana, "cases"))
    assert page(ana, "serve", found.pk, type="legal_advice", state="delivered", day=day, quantity="1",
                capture=str(uuid.uuid4())).status_code == 422  # fmt: skip
    assert page(ana, "reopen", found.pk, reason=REASON).status_code == 302
    found.refresh_from_db()
    assert (found.state, found.episode) == ("open", 2)
    assert page(ana, "void", found.pk, reason=REASON).status_code == 302
    assert "Caso anulado" in text(page(ana, "case", found.pk))


def test_an_identified_case_is_opened_later(cast, case, today):
    found = case(state="identified")
    ana = cast.client("ana")
    assert page(ana, "begin", found.pk).status_code == 200
    assert page(ana, "begin", found.pk, on=f"{today:%d/%m/%Y}").status_code == 302
    found.refresh_from_db()
    assert found.state == "open"


CLASSES = [("gbv", "gbv"), ("trafficking", "gbv"), ("child", "child")]


@pytest.mark.parametrize(("category", "who"), CLASSES)
def test_a_restricted_case_is_a_code_and_nothing_else_for_colleagues(cast, case, person, today, category, who):
    """look.md 3: no category, no name, no risk, no person, no date beside the code; opening it is a 404."""
    holder = getattr(cast, who)
    found = case(who=person(given_names="Zenaida (simulada)"), by=holder, categories=[category], risk="high")
    actions.serve(found, by=holder, type="psychosocial", delivered_on=today)
    ana = cast.client("ana")
    listed = text(page(ana, "cases"))
    panel = listed.split("Casos reservados de su oficina")[1].split("</section>")[0]
    assert found.code in panel and "Reservada" in panel
    for leak in ("Alto", "Zenaida", found.person.folio, f"{today.year}", "<a ", "tone-", "accent-"):
        assert leak not in panel, leak
    for name in ("case", "serve", "refer", "items", "plan", "recategorise", "close", "seen", "correct", "void"):
        assert page(ana, name, found.pk).status_code == 404, name
    assert found.code not in text(page(ana, "person", found.person_id))
    service = Service.objects.get()
    assert ana.get(reverse("assistance:service", args=[service.pk])).status_code == 404
    for url in (reverse("assistance:services"), reverse("assistance:person", args=[found.person_id])):
        assert str(service.pk) in text(cast.client(who).get(url))
        assert str(service.pk) not in text(ana.get(url))


def test_in_another_office_a_case_does_not_exist_at_all(cast, case, person):
    standard, hidden = case(), case(by=cast.gbv, categories=["gbv"])
    berta = cast.client("berta")
    for found in (standard, hidden):
        assert page(berta, "case", found.pk).status_code == 404
        assert found.code not in text(page(berta, "cases"))


def test_the_holder_of_the_vault_works_without_the_name(cast, case, person):
    found = case(who=person(given_names="Zenaida (simulada)"), by=cast.gbv, categories=["gbv"])
    client = cast.client("gbv")
    for shown in (text(page(client, "cases")), text(page(client, "case", found.pk))):
        assert found.code in shown and "Nombre reservado" in shown and "Zenaida" not in shown


@pytest.mark.parametrize("who", ["press", "trainer", "focal", "head", "admin", "monitor", "nurse", "logistics"])
def test_cases_are_for_those_who_work_them(cast, case, who):
    found = case()
    assert page(cast.client(who), "cases").status_code == 403
    assert page(cast.client(who), "case", found.pk).status_code == 403


def test_incidents_are_written_and_read_behind_the_vault(cast, case, today):
    found = case(by=cast.gbv, categories=["gbv"])
    client, day = cast.client("gbv"), f"{today:%d/%m/%Y}"
    assert page(client, "new_incident", found.pk).status_code == 200
    sent = {
        "capture": str(uuid.uuid4()), "reported_on": day, "physical": "on", "emotional": "on", "stage": "transit",
        "day_time": "night", "place_type": "street", "perpetrators": "1", "relation": "stranger",
        "earlier_incidents": "no", "wants_legal_action": "", "offered": ["health"], "account": "En el camino",
    }  # fmt: skip
    for _click in range(2):
        assert page(client, "new_incident", found.pk, **sent).status_code == 302
    incident = GbvDetail.objects.get()
    assert (incident.type, incident.earlier_incidents, incident.wants_legal_action) == ("physical_assault", False, None)
    shown = page(client, "incidents", found.pk)
    assert "Agresión física" in text(shown) and "En el camino" in text(shown)
    assert shown["Cache-Control"] == "no-store"
    assert Entry.objects.filter(table="protection.gbvdetail", verb="read").count() == 2
    for stranger in ("ana", "child", "info"):
        assert page(cast.client(stranger), "incidents", found.pk).status_code in (403, 404)
    assert page(client, "void_incident", incident.pk, reason=REASON).status_code == 302


def test_trafficking_and_child_detail_are_written_once_and_corrected_with_a_reason(cast, case, person, today):
    day = f"{today:%d/%m/%Y}"
    traded = case(by=cast.gbv, categories=["trafficking"])
    sent = {"status": "possible", "decided_by": "mission", "decided_on": day, "exploitation": ["labour"]}
    gbv = cast.client("gbv")
    assert page(gbv, "trafficking", traded.pk).status_code == 200
    assert page(gbv, "trafficking", traded.pk, **sent, capture=str(uuid.uuid4())).status_code == 302
    changed = {**sent, "status": "actual", "capture": str(uuid.uuid4())}
    assert page(gbv, "trafficking", traded.pk, **changed).status_code == 422
    assert page(gbv, "trafficking", traded.pk, **changed, reason=REASON).status_code == 302
    assert TraffickingDetail.objects.get().status == "actual"
    minor = case(who=person(age=9, by=cast.child), by=cast.child, uasc="unaccompanied")
    client = cast.client("child")
    assert page(client, "child", minor.pk).status_code == 200
    sent = {"care": "dif", "best_interests": "assessment", "capture": str(uuid.uuid4()), "tracing_wanted": "yes"}
    assert page(client, "child", minor.pk, **sent).status_code == 422
    assert page(client, "child", minor.pk, **sent, decided_on=day).status_code == 302
    assert ChildDetail.objects.get().tracing_wanted is True
    assert page(client, "incidents", minor.pk).status_code == 404


def test_filters_narrow_and_are_counted(cast, case):
    mine, other = case(), case(by=cast.child)
    ana = cast.client("ana")
    both = text(ana.get(reverse("protection:cases"), {"f": "1"}))
    assert mine.code in both and other.code in both
    assert other.code not in text(ana.get(reverse("protection:cases"), {"f": "1", "mine": "on"}))
    assert mine.code not in text(ana.get(reverse("protection:cases"), {"f": "1", "risk": "low"}))
