"""The screens, as a trainer uses them: every page answers, every button does what it says, strangers see nothing."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from cauce.records.activities import actions
from cauce.records.activities.enums import Form, Presence
from cauce.records.activities.models import Evaluation, Event, Participation
from cauce.records.activities.urls import urlpatterns
from cauce.records.people.actions import register as register_person

NAMES = [each.name for each in urlpatterns]


@pytest.fixture
def browser(cast):
    return cast.client("trainer")


def url(name, record=None):
    return reverse(f"activities:{name}", args=[record.pk] if record else [])


def person(**changes):
    return {"capture": uuid4(), "name": "Rosa Uc (simulada)", "sectors": ["cso", "shelter"], "sex": "female"} | changes


def test_an_event_is_planned_from_the_form(browser, tijuana):
    answer = browser.post(
        url("plan"),
        {
            "capture": uuid4(), "type": "training", "title": "Curso (simulado)", "starts_on": "14/06/2022",
            "modality": "in_person", "municipality": "Tijuana", "topics": ["trafficking"], "language": "es",
        },
    )  # fmt: skip
    event = Event.objects.get()
    assert answer.status_code == 302 and answer["Location"] == url("event", event)
    assert (event.code, event.municipality_id, event.topics) == ("TIJ-E22-0001", "02004", ["trafficking"])


def test_what_the_rules_refuse_is_said_at_the_field(browser):
    answer = browser.post(
        url("plan"),
        {"capture": uuid4(), "type": "training", "title": "Curso", "starts_on": "14/06/2022", "modality": "in_person",
         "language": "es"},
    )  # fmt: skip
    assert answer.status_code == 422 and "Falta el municipio" in answer.content.decode()
    assert not Event.objects.exists()


def test_the_list_and_the_calendar_show_the_event(browser, training):
    assert training.title in browser.get(url("events")).content.decode()
    month = f"{training.starts_on:%Y-%m}"
    assert training.title in browser.get(url("calendar") + f"?mes={month}").content.decode()
    assert training.title not in browser.get(url("calendar") + "?mes=2019-01").content.decode()
    assert browser.get(url("calendar") + "?mes=nunca").status_code == 200


def test_a_person_is_added_and_marked_with_a_tap(browser, training, sessions):
    browser.post(url("attendance-add", training), person(session=sessions[0].pk))
    rosa = Participation.objects.get()
    assert (rosa.sector, rosa.presence, rosa.attended) == ("shelter", Presence.PRESENT, [str(sessions[0].pk)])
    answer = browser.post(
        url("mark", rosa), {"session": sessions[1].pk, "present": "1", "number": "1"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 200 and b"<html" not in answer.content and "Presente" in answer.content.decode()
    rosa.refresh_from_db()
    assert len(rosa.attended) == 2
    answer = browser.post(url("mark", rosa), {"session": sessions[1].pk, "present": "0"})
    assert answer.status_code == 302
    rosa.refresh_from_db()
    assert len(rosa.attended) == 1


def test_a_tap_that_names_no_session_is_of_nothing(cast, browser, training, sessions):
    rosa = actions.register(training, by=cast.trainer, form=Form.INDIVIDUAL, sector="cso")
    for nonsense in ({}, {"session": "x"}, {"session": uuid4(), "number": "no"}):
        assert browser.post(url("mark", rosa), nonsense).status_code == 404


def test_the_same_tap_twice_adds_one_person(browser, training):
    same = person()
    browser.post(url("attendance-add", training), same)
    browser.post(url("attendance-add", training), same)
    assert Participation.objects.count() == 1


def test_a_head_count_writes_its_cells_once_and_all_or_none(browser, training):
    cells = {"capture": uuid4(), "cso-female": "12", "private-male": "3"}
    for _click in range(2):
        browser.post(url("attendance-count", training), cells)
    assert sorted(Participation.objects.values_list("sector", "sex", "quantity")) == [
        ("cso", "female", 12),
        ("private", "male", 3),
    ]
    browser.post(url("attendance-add", training), person(sectors=["government"]))
    answer = browser.post(
        url("attendance-count", training), {"capture": uuid4(), "public-male": "5", "government-male": "7"}
    )
    assert answer.status_code == 422 and "dos veces" in answer.content.decode()
    assert not Participation.objects.filter(sector="public").exists()
    assert browser.post(url("attendance-count", training), {"capture": uuid4()}).status_code == 422


def test_an_event_is_held_evaluated_and_validated_by_its_buttons(browser, training):
    browser.post(url("attendance-add", training), person())
    assert "Marcar como realizado" in browser.get(url("event", training)).content.decode()
    browser.post(url("hold", training))
    answer = browser.post(url("validate", training), follow=True)
    assert "se evalúa antes" in answer.content.decode()
    browser.post(url("evaluate", training), {"capture": uuid4(), "respondents": "4", "content": "4,5"})
    assert str(Evaluation.objects.get().content) == "4.50"
    assert "Evaluación" in browser.get(url("event", training)).content.decode()
    browser.post(url("validate", training))
    training.refresh_from_db()
    assert training.state == "validated"


def test_a_cancellation_asks_for_the_reason(browser, training):
    assert browser.post(url("cancel", training), {"reason": ""}).status_code == 422
    browser.post(url("cancel", training), {"reason": "Alerta por huracán en la ciudad"})
    training.refresh_from_db()
    assert training.state == "cancelled"
    assert "huracán" in browser.get(url("event", training)).content.decode()


def test_an_event_is_corrected_with_its_reason(browser, training):
    page = browser.get(url("correct", training)).content.decode()
    assert "Tijuana" in page and training.title in page
    form = {
        "capture": uuid4(), "type": "training", "title": "Otro título (simulado)", "modality": "in_person",
        "starts_on": f"{training.starts_on:%d/%m/%Y}", "ends_on": f"{training.ends_on:%d/%m/%Y}",
        "municipality": "Tijuana", "language": "es", "topics": ["gbv"], "reason": "El título estaba equivocado",
    }  # fmt: skip
    assert browser.post(url("correct", training), form).status_code == 302
    training.refresh_from_db()
    assert (training.title, training.topics) == ("Otro título (simulado)", ["gbv"])


def test_sessions_are_added_corrected_and_voided(browser, training):
    day = f"{training.starts_on:%d/%m/%Y}"
    browser.post(url("session-add", training), {"capture": uuid4(), "day": day, "hours": "2,5"})
    session = training.sessions.get()
    assert str(session.hours) == "2.5"
    form = {"capture": uuid4(), "day": day, "hours": "3", "reason": "Duró media hora más"}
    browser.post(url("session-correct", session), form)
    browser.post(url("session-void", session), {"reason": "No hubo sesión ese día"})
    session.refresh_from_db()
    assert str(session.hours) == "3.0" and session.is_void


def test_a_participation_is_corrected_scored_and_voided(browser, training):
    browser.post(url("attendance-add", training), person())
    rosa = Participation.objects.get()
    browser.post(url("scores", rosa), {"pre": "40,5", "post": "90"})
    browser.post(
        url("participation-correct", rosa),
        {"capture": uuid4(), "name": "Rosa Uc (simulada)", "sector": "private", "sex": "female",
         "reason": "Trabaja en una empresa"},
    )  # fmt: skip
    rosa.refresh_from_db()
    assert (rosa.sector, str(rosa.pre_score), str(rosa.post_score)) == ("private", "40.5", "90.0")
    browser.post(url("presence", rosa), {"present": "0"})
    browser.post(url("participation-void", rosa), {"reason": "Se registró dos veces"})
    rosa.refresh_from_db()
    assert rosa.presence == Presence.ABSENT and rosa.is_void


def test_a_labour_course_asks_for_the_folio_and_shows_no_name(cast, browser, plan):
    course = plan(type="labour_course", title="Costura (simulado)")
    marie = register_person(
        by=cast.ana, given_names="Marie", first_surname="Pierre (simulada)", sex="female", age=29,
        nationalities=["HTI"], consents={"service": True, "statistics": True},
    )  # fmt: skip
    wrong = {"capture": uuid4(), "person": "MX-TIJ-999999", "sectors": ["public"], "sex": "female"}
    assert browser.post(url("attendance-add", course), wrong).status_code == 422
    browser.post(url("attendance-add", course), wrong | {"person": marie.folio})
    page = browser.get(url("attendance", course)).content.decode()
    assert marie.folio in page and "Pierre" not in page


def test_the_paper_sheet_has_the_enrolled_and_empty_lines(browser, training):
    browser.post(url("attendance-add", training), person())
    page = browser.get(url("attendance-sheet", training)).content.decode()
    assert "Rosa Uc" in page and page.count("<tr>") >= 25


def test_who_only_views_sees_the_event_without_names_or_buttons(cast, browser, training):
    browser.post(url("attendance-add", training), person())
    press = cast.client("press")
    page = press.get(url("event", training)).content.decode()
    assert training.title in page and "Rosa" not in page and "Marcar como realizado" not in page
    for name in ("attendance", "attendance-sheet", "correct", "cancel", "plan"):
        assert press.get(url(name, None if name == "plan" else training)).status_code == 403


def test_another_offices_event_does_not_exist(cast, browser, plan):
    elsewhere = actions.plan(
        by=cast.info, type="forum", title="Foro (simulado)", starts_on="2022-03-01" and plan().starts_on,
        modality="online", office_id="TAP",
    )  # fmt: skip
    for name in ("event", "correct", "cancel", "attendance", "attendance-sheet", "evaluate", "session-add"):
        assert browser.get(url(name, elsewhere)).status_code == 404
    assert browser.post(url("hold", elsewhere)).status_code == 404


def test_nobody_gets_in_unsigned_and_pages_have_no_inline_code(client, cast, browser, training, sessions):
    one = actions.register(training, by=cast.trainer, form=Form.INDIVIDUAL, sector="cso", name="Ana (simulada)")
    targets = {"mark": one, "presence": one, "scores": one, "participation-correct": one, "participation-void": one}
    targets |= {"session-correct": sessions[0], "session-void": sessions[0]}
    for name in NAMES:
        target = targets.get(name, None if name in ("events", "calendar", "plan") else training)
        assert client.get(url(name, target)).status_code in (302, 405), name
        answer = browser.get(url(name, target))
        assert answer.status_code in (200, 404, 405), name
        page = answer.content.decode()
        assert not re.search(r' (style|onclick|onchange)="|<script>', page), name
