"""One box: what each colleague finds in it, and what it never tells."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cauce.audit.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def box(read):
    """``box("ana", "Canché")``: the page of results as the box sends it."""
    return lambda who, text, **more: read(who, "desk:search", q=text, **more)


def test_people_are_found_by_name_in_any_order_and_by_folio(box, rosa):
    for text in ("canche rosa", "Rosa Elvira Canché", rosa.folio):
        shown = box("ana", text)
        assert rosa.full_name in shown and rosa.get_absolute_url() in shown, text


def test_cases_events_sites_and_organisations_are_found_by_code_and_name(box, case, plan, shelter, clinic):
    found, event = case(), plan()
    assert found.get_absolute_url() in box("ana", found.code)
    assert event.title in box("trainer", event.code) and event.title in box("trainer", "trata")
    assert shelter.get_absolute_url() in box("ana", "casa luz") and clinic.get_absolute_url() in box("ana", "clinica")


def test_nothing_is_found_without_the_rooms_permission(box, case, plan, rosa):
    found, event = case(), plan()
    assert found.get_absolute_url() not in box("trainer", found.code)
    assert event.title not in box("ana", event.code)
    for who in ("trainer", "admin", "press"):
        for text in ("canche rosa", rosa.folio):
            assert str(rosa.pk) not in box(who, text) and "Personas</h2>" not in box(who, text)


def test_a_stranger_of_another_office_learns_that_a_file_exists_and_it_is_noted(box, rosa):
    shown = box("berta", f"{rosa.full_name}")
    assert "Registro de otra oficina" in shown
    assert rosa.folio not in shown and str(rosa.pk) not in shown
    assert Entry.objects.get(verb="search").concerns == [str(rosa.pk)]


def test_a_restricted_case_and_its_person_stay_hidden(box, cast, case, person):
    hidden = case(who=person(given_names="Zenaida Ixchel (simulada)"), by=cast.gbv, categories=["gbv"])
    for who in ("ana", "child", "info"):
        by_code = box(who, hidden.code)
        assert str(hidden.pk) not in by_code and "Sin resultados" in by_code
        by_name = box(who, "Zenaida Ixchel Canché")
        assert str(hidden.person_id) not in by_name and hidden.person.folio not in by_name
    assert str(hidden.pk) in box("gbv", hidden.code)


def test_without_results_the_page_says_what_to_do(box):
    shown = box("ana", "Wenceslao")
    assert "Sin resultados" in shown and "Registrar persona" in shown
    assert "Registrar persona</a>" not in box("press", "Wenceslao")
    assert "al menos dos letras" in box("ana", "W")


def test_no_name_stands_in_the_address_and_the_sealed_one_is_nobody_elses(cast, rosa):
    url = reverse("desk:search")
    answer = cast.client("ana").post(url, {"q": rosa.full_name})
    assert answer.status_code == 302 and "Canch" not in answer["Location"]
    assert rosa.folio in cast.client("ana").get(answer["Location"]).content.decode()
    assert rosa.folio not in cast.client("monitor").get(answer["Location"]).content.decode()
    assert cast.client("ana").get(f"{url}?b=inventado").status_code == 200
    assert cast.client("ana").get(f"{url}?b=").status_code == 200


def test_a_get_with_the_text_is_answered_and_kept_by_nobody(cast, rosa):
    answer = cast.client("ana").get(reverse("desk:search"), {"q": rosa.folio})
    assert rosa.folio in answer.content.decode() and answer["Cache-Control"] == "no-store"


def test_looking_for_a_person_to_serve_leads_straight_to_the_form(box, rosa):
    assert reverse("assistance:serve", args=[rosa.pk]) in box("nurse", "canche rosa", para="serve")
    assert reverse("protection:open", args=[rosa.pk]) not in box("nurse", "canche rosa", para="case")
