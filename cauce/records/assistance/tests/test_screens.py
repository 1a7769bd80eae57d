"""Every screen of the room, as colleagues use them."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from cauce.audit.models import Entry
from cauce.records.assistance import actions
from cauce.records.assistance.models import IdentityProcedure, ItemDelivery, Referral, Service, SiteSupport

pytestmark = pytest.mark.django_db
REASON = "Se capturó en la fecha equivocada"


def page(client, name, *args, **data):
    url = reverse(f"assistance:{name}", args=args)
    return client.post(url, data) if data else client.get(url)


def capture():
    return str(uuid.uuid4())


def test_a_case_worker_records_a_service_once_however_often_it_is_sent(cast, rosa, today):
    ana = cast.client("ana")
    assert "Registrar servicio" in page(ana, "serve", rosa.pk).content.decode()
    sent = {
        "capture": capture(), "type": "legal_advice", "state": "delivered", "day": f"{today:%d/%m/%Y}", "quantity": "1",
        "note": "Cita con la comisión",
    }  # fmt: skip
    for _again in range(2):
        answer = page(ana, "serve", rosa.pk, **sent)
        assert answer.status_code == 302, answer.content.decode()
    service = Service.objects.get()
    assert (service.type, service.delivered_on, service.note) == ("legal_advice", today, "Cita con la comisión")
    shown = page(ana, "service", service.pk).content.decode()
    assert "Asesoría legal" in shown and "Cita con la comisión" in shown
    assert "Asesoría legal" in page(ana, "services").content.decode()
    assert "Asesoría legal" in page(ana, "person", rosa.pk).content.decode()


def test_a_service_without_a_date_is_answered_422_with_the_error_at_its_field(cast, rosa):
    answer = page(cast.client("ana"), "serve", rosa.pk, capture=capture(), type="legal_advice", state="delivered")
    assert answer.status_code == 422
    assert "Escriba la fecha" in answer.content.decode()


def test_consultations_are_offered_to_health_staff_and_read_by_them_alone(cast, rosa, today):
    assert "Clases de consulta" not in page(cast.client("ana"), "serve", rosa.pk).content.decode()
    nurse = cast.client("nurse")
    answer = page(
        nurse, "serve", rosa.pk, capture=capture(), type="consultation", kinds=["medical", "psychosocial"],
        state="delivered", day=f"{today:%d/%m/%Y}", quantity="1", note="Presión alta",
    )  # fmt: skip
    assert answer.status_code == 302
    service = Service.objects.get()
    assert service.kinds == ["medical", "psychosocial"]
    assert "Presión alta" in page(nurse, "service", service.pk).content.decode()
    hidden = page(cast.client("ana"), "service", service.pk).content.decode()
    assert "Presión alta" not in hidden and "Psicosocial" not in hidden
    assert "visible solo para salud" in hidden


def test_a_planned_service_is_delivered_cancelled_corrected_and_voided(cast, rosa, today):
    ana = cast.client("ana")

    def planned():
        return actions.record_service(
            by=cast.ana, person=rosa, type="education", state="planned", planned_on=today, quantity=1
        )

    service = planned()
    assert page(ana, "service_deliver", service.pk).status_code == 200
    assert page(ana, "service_deliver", service.pk, on=f"{today:%d/%m/%Y}").status_code == 302
    assert Service.objects.get(pk=service.pk).state == "delivered"
    correct = {"type": "employment", "day": f"{today:%d/%m/%Y}", "quantity": "2", "reason": REASON}
    assert page(ana, "service_correct", service.pk).status_code == 200
    assert page(ana, "service_correct", service.pk, **correct).status_code == 302
    service.refresh_from_db()
    assert (service.type, service.quantity) == ("employment", 2)
    assert page(ana, "service_void", service.pk, reason=REASON).status_code == 302
    assert "anulado" in page(ana, "service", service.pk).content.decode()
    other = planned()
    assert page(ana, "service_cancel", other.pk, reason=REASON, no_show="on").status_code == 302
    assert Service.objects.get(pk=other.pk).state == "no_show"


def test_a_referral_goes_its_way_and_shows_each_step(cast, rosa, clinic, today):
    ana = cast.client("ana")
    assert "Consentimiento vigente" in page(ana, "refer", rosa.pk).content.decode()
    answer = page(
        ana, "refer", rosa.pk, capture=capture(), to=clinic.name, type="legal_advice", shared=["folio"],
        urgency="routine", reason="Orientación",
    )  # fmt: skip
    assert answer.status_code == 302, answer.content.decode()
    referral = Referral.objects.get()
    assert referral.state == "sent" and referral.consent_id
    assert page(ana, "referral_step", referral.pk, "delivered").status_code == 404
    day = f"{today:%d/%m/%Y}"
    for step, state in (("accepted", "accepted"), ("delivered", "delivered")):
        assert page(ana, "referral_step", referral.pk, step).status_code == 200
        assert page(ana, "referral_step", referral.pk, step, on=day).status_code == 302
        referral.refresh_from_db()
        assert referral.state == state
    assert "Cumplida" in page(ana, "referral", referral.pk).content.decode()
    assert "Clínica jurídica" in page(ana, "referrals").content.decode()
    before = f"{today - timedelta(days=3):%d/%m/%Y}"
    dates = {"sent_on": before, "answered_on": before, "delivered_on": before}
    fixed = {"to": clinic.name, "type": "education", "shared": ["folio", "name"], "reason": REASON}
    assert page(ana, "referral_step", referral.pk, "correct").status_code == 200
    wrong = {**fixed, **dates, "sent_on": day}
    assert page(ana, "referral_step", referral.pk, "correct", **wrong).status_code == 422
    assert page(ana, "referral_step", referral.pk, "correct", **fixed, **dates).status_code == 302
    referral.refresh_from_db()
    assert (referral.type, referral.delivered_on) == ("education", today - timedelta(days=3))
    assert page(ana, "referral_step", referral.pk, "void").status_code == 200


def test_without_consent_the_page_says_so_and_somebody_else_approves(cast, person, clinic):
    silent = person(consents={"service": True})
    ana, child = cast.client("ana"), cast.client("child")
    assert "Falta su consentimiento" in page(ana, "refer", silent.pk).content.decode()
    sent = {"capture": capture(), "to": clinic.name, "type": "legal_advice", "shared": ["folio"], "urgency": "routine"}
    refused = page(ana, "refer", silent.pk, **sent)
    assert refused.status_code == 422 and "no ha consentido" in refused.content.decode()
    assert (
        page(ana, "refer", silent.pk, **sent, override_reason="Riesgo de vida, no puede responder").status_code == 302
    )
    referral = Referral.objects.get()
    assert referral.state == "draft" and referral.sent_on is None
    assert page(ana, "referral_step", referral.pk, "approve").status_code == 404
    assert page(child, "referral_step", referral.pk, "approve").status_code == 200
    assert page(child, "referral_step", referral.pk, "approve", go="1").status_code == 302
    referral.refresh_from_db()
    assert referral.state == "sent" and referral.override_by == cast.child.id


def test_a_procedure_moves_over_the_board(cast, rosa, today):
    ana, day = cast.client("ana"), f"{today:%d/%m/%Y}"
    assert page(ana, "receive_procedure", rosa.pk).status_code == 200
    answer = page(ana, "receive_procedure", rosa.pk, capture=capture(), type="birth_certificate", received_on=day)
    assert answer.status_code == 302, answer.content.decode()
    procedure = IdentityProcedure.objects.get()
    assert page(ana, "procedure_step", procedure.pk, "delivered").status_code == 404
    for step, more in (("submitted", {}), ("issued", {"number": "A-1"}), ("delivered", {})):
        assert page(ana, "procedure_step", procedure.pk, step).status_code == 200
        assert page(ana, "procedure_step", procedure.pk, step, on=day, **more).status_code == 302
    procedure.refresh_from_db()
    assert procedure.state == "delivered" and procedure.number == "A-1"
    board = page(ana, "procedures").content.decode()
    assert "Acta de nacimiento" in board and "Entregado" in board
    fixed = {"type": "curp", "received_on": day, "submitted_on": day, "issued_on": day, "delivered_on": day}
    assert page(ana, "procedure_correct", procedure.pk).status_code == 200
    assert page(ana, "procedure_correct", procedure.pk, **fixed, number="A-2", reason=REASON).status_code == 302
    procedure.refresh_from_db()
    assert (procedure.type, procedure.number) == ("curp", "A-2")
    assert page(ana, "procedure_void", procedure.pk, reason=REASON).status_code == 302


def test_items_are_handed_over_and_corrected(cast, rosa, today):
    monitor, day = cast.client("monitor"), f"{today:%d/%m/%Y}"
    assert page(monitor, "deliver_item", rosa.pk).status_code == 200
    sent = {"capture": capture(), "item_class": "hygiene", "quantity": "2", "state": "planned", "day": day}
    assert page(monitor, "deliver_item", rosa.pk, **sent).status_code == 302
    item = ItemDelivery.objects.get()
    assert page(monitor, "item", item.pk).status_code == 200
    assert page(monitor, "item_deliver", item.pk, on=day, signed="on").status_code == 302
    fixed = {"item_class": "hygiene", "quantity": "1", "day": day, "reason": REASON}
    assert page(monitor, "item_correct", item.pk).status_code == 200
    assert page(monitor, "item_correct", item.pk, **fixed).status_code == 302
    item.refresh_from_db()
    assert (item.state, item.quantity) == ("delivered", 1)
    assert page(monitor, "item_void", item.pk, reason=REASON).status_code == 302
    assert str(item.pk) not in page(monitor, "items").content.decode()


def support_data(shelter, today, **more):
    return {
        "capture": capture(), "site": str(shelter.pk), "state": "received", "day": f"{today:%d/%m/%Y}",
        "signed_by": "Coordinación", "line-TOTAL_FORMS": "2", "line-INITIAL_FORMS": "0", "line-MIN_NUM_FORMS": "1",
        "line-MAX_NUM_FORMS": "20", "line-0-item_class": "food", "line-0-quantity": "40", "line-1-item_class": "nfi",
        "line-1-quantity": "10", **more,
    }  # fmt: skip


def test_support_to_a_site_has_its_lines_and_asks_before_a_second_of_the_same(cast, shelter, today):
    logistics = cast.client("logistics")
    assert page(logistics, "support_new").status_code == 200
    answer = page(logistics, "support_new", **support_data(shelter, today))
    assert answer.status_code == 302, answer.content.decode()
    support = SiteSupport.objects.get()
    assert support.lines.count() == 2
    twin = support_data(shelter, today)
    asked = page(logistics, "support_new", **twin)
    assert asked.status_code == 422 and "otro apoyo distinto" in asked.content.decode()
    assert page(logistics, "support_new", **twin, sure="on").status_code == 302
    assert SiteSupport.objects.count() == 2
    line = support.lines.first()
    assert (
        page(logistics, "line_correct", support.pk, line.pk, quantity="39", item="", reason=REASON).status_code == 302
    )
    support.refresh_from_db()
    assert support.state == "corrected"
    shown = page(logistics, "support", support.pk).content.decode()
    assert "39" in shown and "Recibido y corregido" in shown
    assert "Casa Luz" in page(logistics, "supports").content.decode()
    assert page(logistics, "support_void", support.pk, reason=REASON).status_code == 302


def test_more_lines_are_offered_without_javascript_and_keep_what_was_typed(cast, shelter, today):
    answer = page(cast.client("logistics"), "support_new", **support_data(shelter, today), more="1")
    text = answer.content.decode()
    assert answer.status_code == 200 and "line-4-quantity" in text and 'value="40"' in text


def test_a_planned_support_is_dispatched_received_or_cancelled(cast, shelter, today):
    logistics, day = cast.client("logistics"), f"{today:%d/%m/%Y}"
    made = []
    for _number in range(2):
        page(logistics, "support_new", **support_data(shelter, today, state="planned", signed_by=""))
        made.append(SiteSupport.objects.order_by("-recorded_at").first())
    first, second = made
    assert page(logistics, "support_dispatch", first.pk, on=day).status_code == 302
    assert page(logistics, "support_receive", first.pk, on=day).status_code == 422
    assert page(logistics, "support_receive", first.pk, on=day, signed_by="Coordinación").status_code == 302
    assert page(logistics, "support_cancel", second.pk, reason=REASON).status_code == 302
    fixed = {"site": str(shelter.pk), "day": day, "signed_by": "Administración", "reason": REASON}
    assert page(logistics, "support_correct", first.pk, **fixed).status_code == 302
    first.refresh_from_db()
    assert (first.state, first.signed_by) == ("received", "Administración")


def test_another_offices_records_do_not_exist(cast, rosa, today):
    service = actions.record_service(by=cast.ana, person=rosa, type="education", delivered_on=today)
    berta = cast.client("berta")
    for name in ("service", "service_correct", "service_void", "service_deliver", "service_cancel"):
        assert page(berta, name, service.pk).status_code == 404
    for name in ("serve", "refer", "deliver_item", "receive_procedure", "person"):
        assert page(berta, name, rosa.pk).status_code == 404


@pytest.mark.parametrize(
    ("who", "name"),
    [("press", "services"), ("logistics", "serve"), ("trainer", "supports"), ("monitor", "refer"), ("head", "items")],
)
def test_without_the_permission_a_page_is_forbidden(cast, rosa, who, name):
    args = [rosa.pk] if name in ("serve", "refer") else []
    assert page(cast.client(who), name, *args).status_code == 403


def test_an_export_carries_folios_and_leaves_its_trace(cast, rosa, today):
    actions.record_service(by=cast.ana, person=rosa, type="education", delivered_on=today)
    answer = cast.client("ana").get(reverse("assistance:services"), {"export": "csv"})
    text = b"".join(answer).decode() if answer.streaming else answer.content.decode()
    assert rosa.folio in text and "Rosa" not in text
    assert Entry.objects.filter(verb="export", table="assistance.service").exists()
