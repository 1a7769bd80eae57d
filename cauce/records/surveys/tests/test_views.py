"""The screens: rounds from plan to publication, interviews captured without a name, lists that point at nobody."""

from __future__ import annotations

import re
from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from cauce.records.surveys import actions
from cauce.records.surveys.enums import RoundState
from cauce.records.surveys.models import Interview, Round
from cauce.records.surveys.urls import urlpatterns


@pytest.fixture
def browser(cast):
    return cast.client("info")


def url(name, record=None):
    return reverse(f"surveys:{name}", args=[record.pk] if record else [])


def answers(**changes):
    return {
        "capture": uuid4(), "date": "14/10/2022", "municipality": "Tapachula", "location": "Plaza inventada",
        "nationality": "Honduras", "origin": "Guatemala", "destination": "Estados Unidos", "sex": "female",
        "age": "31", "group_size": "2", "reasons": ["food", "economic"],
    } | changes  # fmt: skip


@pytest.fixture
def interview(cast, places):
    return actions.record_interview(
        by=cast.info, date=date(2022, 10, 14), municipality=places["Tapachula"], nationality="HTI", sex="female",
        age=23, location="Plaza inventada",
    )  # fmt: skip


def test_a_round_goes_from_plan_to_publication(browser, places):
    form = {"capture": uuid4(), "tool": "flow_monitoring_survey", "municipality": "Tapachula",
            "starts_on": "01/10/2022", "ends_on": "31/10/2022", "sample_planned": "400"}  # fmt: skip
    browser.post(url("plan"), form)
    browser.post(url("plan"), form)
    found = Round.objects.get()
    assert "Iniciar levantamiento" in browser.get(url("round", found)).content.decode()
    browser.post(url("start", found))
    browser.post(url("close", found), {"refusals": "31", "repeats_dropped": "4"})
    browser.post(url("publish", found), {"on": "01/12/2022"})
    found.refresh_from_db()
    assert (found.state, found.refusals, found.published_on) == (RoundState.PUBLISHED, 31, date(2022, 12, 1))
    page = browser.get(url("round", found)).content.decode()
    assert "Publicada" in page and "Corregir" not in page


def test_an_interview_is_captured_without_a_name(browser, round_):
    page = browser.get(url("interview-new")).content.decode()
    assert round_.code in page and 'name="name"' not in page
    browser.post(url("interview-new"), answers())
    found = Interview.objects.get()
    assert (found.nationality, found.origin, found.destination) == ("HND", "GTM", "USA")
    assert (found.round, found.group_size, sorted(found.reasons)) == (round_, 2, ["economic", "food"])


def test_a_double_click_records_one_interview(browser, places):
    same = answers()
    browser.post(url("interview-new"), same)
    browser.post(url("interview-new"), same)
    assert Interview.objects.count() == 1


def test_the_next_interview_starts_at_the_same_point_and_with_nobodys_answers(browser, places):
    browser.post(url("interview-new"), answers(age="87", destination="Canadá"))
    page = browser.get(url("interview-new")).content.decode()
    assert "Plaza inventada" in page and 'value="87"' not in page
    assert 'value="Canadá"' not in page.replace('<option value="Canadá"', "")


def test_what_was_not_said_may_stay_empty(browser, places):
    browser.post(
        url("interview-new"),
        answers(nationality="", origin="", destination="", age="", reasons=[], sex="unknown", location=""),
    )
    found = Interview.objects.get()
    assert (found.nationality, found.origin, found.age, found.reasons) == ("", "", None, [])


@pytest.mark.parametrize("wrong", [{"age": "300"}, {"group_size": "0"}, {"municipality": "Ningún lado"},
                                   {"date": "14/10/2090"}, {"nationality": "Atlántida"}])  # fmt: skip
def test_mistakes_are_said_and_nothing_is_written(browser, places, wrong):
    assert browser.post(url("interview-new"), answers(**wrong)).status_code == 422
    assert not Interview.objects.exists()


def test_the_list_of_interviews_points_at_nobody(browser, interview):
    page = browser.get(url("interviews")).content.decode()
    assert "Plaza inventada" in page and "Sin ronda" in page
    table = re.sub(r"[0-9a-f-]{36}", "", page[page.index("<tbody") : page.index("</tbody>")])  # ids hold any digits
    for told in ("Haití", "HTI", "23", "Mujer"):
        assert told not in table


def test_an_interview_is_corrected_and_voided_with_a_reason(browser, interview):
    form = answers(nationality="Haití", reason="La edad estaba mal capturada", age="32")
    assert browser.post(url("interview-correct", interview), form).status_code == 302
    interview.refresh_from_db()
    assert (interview.age, interview.nationality) == (32, "HTI")
    browser.post(url("interview-void", interview), {"reason": "Era una prueba del teléfono"})
    interview.refresh_from_db()
    assert interview.is_void


def test_a_city_given_by_its_state_is_corrected_without_a_municipality(cast, browser, places):
    there = actions.record_interview(by=cast.info, date=date(2022, 10, 14), state="09", sex="male")
    assert "Ciudad de México" in browser.get(url("interviews")).content.decode()
    form = answers(municipality="", sex="female", reason="El sexo estaba mal capturado")
    assert browser.post(url("interview-correct", there), form).status_code == 302
    there.refresh_from_db()
    assert (there.sex, there.state, there.municipality) == ("female", "09", None)


def test_unfiled_interviews_are_offered_to_their_round_and_filed(browser, interview, round_):
    assert "1 entrevista sin ronda" in browser.get(url("round", round_)).content.decode()
    browser.post(url("file", round_))
    interview.refresh_from_db()
    assert interview.round == round_
    assert "14 oct 2022" in browser.get(url("round", round_)).content.decode().replace("\xa0", " ")


def test_who_only_views_changes_nothing(cast, round_, interview):
    policy = cast.client("policy")
    assert policy.get(url("rounds")).status_code == 200
    page = policy.get(url("round", round_)).content.decode()
    assert round_.code in page and "Cerrar ronda" not in page and "Anular" not in page
    assert policy.get(url("interviews")).status_code == 200
    for name, record in (
        ("plan", None),
        ("correct", round_),
        ("interview-new", None),
        ("interview-correct", interview),
    ):
        assert policy.get(url(name, record)).status_code == 403
    assert policy.post(url("file", round_)).status_code == 403


def test_other_roles_see_no_surveys(cast, round_):
    for name in ("ana", "trainer", "nurse"):
        assert cast.client(name).get(url("rounds")).status_code == 403


def test_every_page_answers_and_has_no_inline_code(client, browser, round_, interview):
    for pattern in urlpatterns:
        record = {"interview-correct": interview, "interview-void": interview}.get(pattern.name)
        if record is None and "uuid" in str(pattern.pattern):
            record = round_
        assert client.get(url(pattern.name, record)).status_code in (302, 405), pattern.name
        answer = browser.get(url(pattern.name, record))
        assert answer.status_code in (200, 405), pattern.name
        assert not re.search(r' (style|onclick|onchange)="|<script>', answer.content.decode()), pattern.name
