"""A person's timeline: every room's acts, and no sign of what the viewer may not know."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from cauce.audit.models import Entry
from cauce.records.activities import actions as activities
from cauce.records.assistance import actions as assistance
from cauce.records.people import actions as people
from cauce.records.protection import actions as protection

pytestmark = pytest.mark.django_db


@pytest.fixture
def lived(cast, rosa, case, clinic, today):
    """Rosa with a service, a referral, items, a case and a decision."""
    assistance.record_service(by=cast.ana, person=rosa, type="legal_advice", delivered_on=today)
    assistance.refer(by=cast.ana, person=rosa, to=clinic, type="education", shared=["folio"])
    assistance.deliver_item(by=cast.ana, person=rosa, item_class="hygiene", quantity=2, delivered_on=today)
    people.place_decision(rosa, "no_travel", "No subir a transporte", by=cast.ana, starts_on=today - timedelta(days=1))
    return case(who=rosa)


def test_every_rooms_acts_stand_in_one_line_the_latest_first(read, rosa, lived):
    shown = read("ana", "desk:timeline", rosa.pk)
    words = ["Asesoría legal", "Canalización", "Persona registrada", "Consentimiento:", "No viajar", lived.code]
    for word in words:
        assert word in shown, word
    assert shown.index("Asesoría legal") < shown.index("No viajar") < shown.index("Persona registrada")


def test_a_filter_shows_one_room(read, rosa, lived):
    shown = read("ana", "desk:timeline", rosa.pk, query="sala=proteccion")
    assert lived.code in shown and "Persona registrada" not in shown
    assert "Persona registrada" in read("ana", "desk:timeline", rosa.pk, query="sala=inventada")


def test_opening_it_is_a_read_in_the_log(read, rosa):
    before = Entry.objects.filter(verb="read").count()
    read("ana", "desk:timeline", rosa.pk)
    entry = Entry.objects.filter(verb="read").latest("pk")
    assert Entry.objects.filter(verb="read").count() == before + 1
    assert (entry.record, entry.reason) == (str(rosa.pk), "Línea de tiempo")


def test_the_persons_page_leads_to_it(read, rosa):
    assert reverse("desk:timeline", args=[rosa.pk]) in read("ana", "people:person", rosa.pk)


def test_a_person_out_of_sight_does_not_exist(read, rosa):
    read("berta", "desk:timeline", rosa.pk, status=404)
    read("trainer", "desk:timeline", rosa.pk, status=403)


def test_rooms_a_viewer_may_not_enter_are_left_out(read, rosa, lived):
    shown = read("monitor", "desk:timeline", rosa.pk)
    assert "Asesoría legal" in shown and lived.code not in shown and "Protección</a>" not in shown


def test_of_a_person_with_a_name_nothing_says_that_more_is_reserved(read, rosa, lived):
    assert "reservado" not in read("ana", "desk:timeline", rosa.pk).split("<main")[1]


def test_behind_a_reserved_name_one_grey_row_says_no_more_than_the_name_does(read, cast, case, person, today):
    hidden = case(who=person(given_names="Zenaida (simulada)"), by=cast.gbv, categories=["gbv"])
    protection.serve(hidden, by=cast.gbv, type="psychosocial", delivered_on=today)
    shown = read("ana", "desk:timeline", hidden.person_id)
    row = shown.split("is-reserved")[1].split("</li>")[0]
    assert "Puede haber actos reservados" in row
    for leak in (hidden.code, "Zenaida", "Acompañamiento psicosocial", str(hidden.pk)):
        assert leak not in shown.split("<main")[1], leak
    assert f"{today.year}" not in row and "accent-" not in row
    seen = read("gbv", "desk:timeline", hidden.person_id)
    assert hidden.code in seen and "Puede haber actos reservados" not in seen


def test_courses_show_for_who_keeps_the_lists(read, cast, rosa, plan):
    course = plan(by=cast.info)
    activities.add_session(course, by=cast.info, day=course.starts_on, hours="8.0")
    activities.hold(course, by=cast.info)
    activities.register(course, by=cast.info, form="individual", person=rosa, sector="public")
    assert course.title in read("info", "desk:timeline", rosa.pk)
    assert course.title not in read("ana", "desk:timeline", rosa.pk)
