""" "Hoy" shows each colleague what waits for them, and nothing of rooms they may not enter."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from cauce.access import actions as access
from cauce.audit.models import Entry
from cauce.desk import home
from cauce.records.activities import actions as activities
from cauce.records.assistance import actions as assistance
from cauce.records.assistance.new import NewLine
from cauce.records.people import actions as people
from cauce.records.protection import actions as protection
from cauce.records.protection.models import Case
from cauce.ui import formatting
from tests.cast import MEMBERS

pytestmark = pytest.mark.django_db
REASON = "Lo pide la clínica para la cita"


@pytest.mark.parametrize("who", [name for name in MEMBERS if name != "berta"])
def test_everybody_has_a_page_with_the_day_in_words_and_their_office(read, cast, today, who):
    shown = read(who, "desk:home")
    assert formatting.day(today, "full") in shown
    office = "todas las oficinas" if getattr(cast, who).offices is None else "oficina Tijuana"
    assert office in shown


def test_a_case_worker_sees_own_cases_with_what_is_overdue_first(read, cast, case, today):
    late, soon, hers = case(), case(), case(by=cast.child)
    protection.plan_next(late, by=cast.ana, next_step="Llamar a la clínica", next_on=today - timedelta(days=4))
    protection.plan_next(soon, by=cast.ana, next_step="Acompañar a la cita", next_on=today + timedelta(days=3))
    for each, owner in ((late, cast.ana), (soon, cast.ana), (hers, cast.child)):
        protection.assign_case(each, by=cast.ana, to=owner.id)
    shown = read("ana", "desk:home")
    assert "Mis casos" in shown and "la más antigua, 4 días" in shown
    assert shown.index(late.code) < shown.index(soon.code)
    assert hers.code not in shown
    assert home.work.due_count(cast.ana) == 1 and home.work.due_count(cast.child) is None


def test_cases_of_nobody_are_offered_to_who_has_none(read, cast, case):
    hers, free = case(), case()
    Case.objects.filter(pk=free.pk).update(owner="")  # as an import leaves it
    shown = read("child", "desk:home")
    assert "Casos sin responsable" in shown and free.code in shown and hers.code not in shown
    assert "Casos sin responsable" in read("ana", "desk:home")


def test_a_restricted_case_is_on_nobody_elses_page(read, cast, case, person):
    hidden = case(who=person(given_names="Zenaida (simulada)"), by=cast.gbv, categories=["gbv"])
    for who in ("ana", "child", "info", "head"):
        shown = read(who, "desk:home")
        assert hidden.code not in shown and "Zenaida" not in shown


def test_referrals_and_procedures_wait_with_their_next_step(read, cast, rosa, clinic, today):
    sent = assistance.refer(by=cast.ana, person=rosa, to=clinic, type="education", shared=["folio"], sent_on=today)
    assistance.accept_referral(sent, by=cast.ana)
    assistance.receive_procedure(by=cast.ana, person=rosa, type="birth_certificate", received_on=today)
    shown = read("ana", "desk:home")
    assert "Canalizaciones por mover" in shown and "Falta decir si se cumplió" in shown and "Anotar entrega" in shown
    assert "Trámites de identidad" in shown and "Ingresarlo" in shown
    assert "Canalizaciones por mover" not in read("monitor", "desk:home")
    assistance.deliver_referral(sent, by=cast.ana)
    assert "Falta decir si se cumplió" not in read("ana", "desk:home")


def test_the_nurse_sees_todays_services_of_the_office_without_what_they_were_for(read, cast, rosa, today):
    assistance.record_service(
        by=cast.nurse, person=rosa, type="consultation", kinds=["psychosocial"], delivered_on=today
    )
    shown = read("nurse", "desk:home")
    assert "Registrar persona" in shown and "Registrar servicio" in shown
    assert "Servicios previstos y de hoy" in shown and rosa.folio in shown
    assert "Psicosocial" not in read("monitor", "desk:home")
    assert rosa.folio not in read("trainer", "desk:home")


def test_the_logistician_sees_supports_to_send_and_to_receive(read, cast, shelter, today):
    lines = [NewLine(item_class="food", quantity=10)]
    assistance.support_site(by=cast.logistics, site=shelter, lines=lines, state="planned", planned_on=today)
    shown = read("logistics", "desk:home")
    assert shelter.name in shown and "Anotar envío" in shown and "Apoyos previstos" in shown


def test_the_trainer_sees_events_to_settle_and_to_come(read, cast, plan, today):
    late = plan()
    coming = plan(title="Curso de marzo", starts_on=today + timedelta(days=3), ends_on=today + timedelta(days=4))
    shown = read("trainer", "desk:home")
    assert late.title in shown and "¿Se realizó?" in shown and coming.title in shown
    activities.hold(late, by=cast.trainer)
    assert "Sin asistencia" in read("trainer", "desk:home")


def test_the_focal_point_sees_names_opened_and_elevated_sessions(read, cast, case, person):
    hidden = case(who=person(given_names="Zenaida (simulada)"), by=cast.gbv, categories=["gbv"])
    people.break_glass(hidden.person, reason=REASON, by=cast.ana)
    shown = read("focal", "desk:home")
    assert "Ana Lucía Robles" in shown and REASON in shown
    assert "Zenaida" not in shown and hidden.person.folio not in shown
    assert REASON not in read("head", "desk:home") and Entry.objects.filter(verb="break_glass").count() == 1


def test_the_administrator_sees_accounts_without_a_role(read, cast):
    access.end_grant(user=cast.user("press"), role="press_officer", by=cast.admin.elevate(1, ["access.grant"]))
    shown = read("admin", "desk:home")
    assert "Cuentas sin función" in shown and cast.press.name in shown
    assert cast.press.name not in read("head", "desk:home")


def test_without_permissions_there_is_nothing_to_begin_and_nothing_to_see(cast, case, rf):
    case()
    nobody = replace(cast.ana, permissions=frozenset())
    request = rf.get("/")
    request.viewer = nobody
    assert home.sections(request) == {"main": [], "side": []}
    assert home.tiles(nobody) == [] and home.buttons(nobody) == []
    assert all(part.permissions for part in (*home.PARTS, *home.TILES, *home.BUTTONS))
