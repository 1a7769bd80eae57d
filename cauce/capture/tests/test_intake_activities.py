"""A trainer's workbook: events, the lists of who came, and head counts, in one file."""

from __future__ import annotations

from datetime import date

import pytest

from cauce.capture import run
from cauce.capture.intakes import activities, registry
from cauce.capture.models import Finding
from cauce.exchange import write
from cauce.kernel.periods import Period
from cauce.records.activities import facts
from cauce.records.activities.columns import ATTENDANCE, COUNTS, EVENTS
from cauce.records.activities.models import Event, Participation
from cauce.records.models import Batch
from cauce.records.people.actions import register as register_person
from cauce.records.places.models import Municipality, State

YEAR = Period.year(2022)


@pytest.fixture(autouse=True)
def _only_activities(monkeypatch, db):
    monkeypatch.setattr(registry, "INTAKES", activities.INTAKES)
    for state, code, name in (("02", "02004", "Tijuana"), ("08", "08037", "Juárez"), ("19", "19031", "Juárez")):
        State.objects.create(
            code=state, iso=f"MX-{state}", curp=state, pcode=f"MX{state}", official_name=f"E{state}", name=f"E{state}"
        )
        Municipality.objects.create(code=code, state_id=state, name=name)


def event(code="TIJ-1", **changes):
    return {
        "code": code, "type": "training", "title": "Curso (simulado)", "starts_on": date(2022, 3, 1),
        "ends_on": date(2022, 3, 2), "state": "held", "municipality": "Tijuana", "topics": ["trafficking", "gbv"],
        "hours": 10,
    } | changes  # fmt: skip


def attended(code="TIJ-1", **changes):
    return {"event": code, "sector": ["government"], "sex": "female"} | changes


def counted(code="TIJ-1", **changes):
    return {"event": code, "sector": ["cso"], "sex": "male", "quantity": 9} | changes


def book(tmp_path, events=(), people=(), heads=(), name="eventos.xlsx"):
    path = tmp_path / name
    write(path, [(EVENTS, events), (ATTENDANCE, people), (COUNTS, heads)], title="Actividades")
    return path


def refused(batch):
    return sorted(
        code for sheet in batch.summary["sheets"] for code, number in sheet["codes"].items() for _n in range(number)
    )


def test_a_workbook_of_all_three_sheets_is_written_in_order(cast, tmp_path):
    path = book(
        tmp_path,
        [event(), event("TIJ-2", type="service_fair", title="Feria (simulada)", topics=[], hours="")],
        [attended(name="Rosa Uc (simulada)"), attended(), attended()],
        [counted(), counted("TIJ-2", sector=["public"], quantity=180)],
    )
    batch = run.import_file(path, cast.trainer)
    assert batch.state == Batch.State.COMPLETE, [finding.said for finding in Finding.objects.all()]
    found = list(facts.participation_facts(YEAR))
    assert sorted((fact.within, fact.category, fact.quantity) for fact in found) == [
        ("service_fair", "public", 180),
        ("training", "cso", 9),
        *[("training", "government", 1)] * 3,
    ]
    assert {fact.topics for fact in facts.event_facts(YEAR)} == {("gbv", "trafficking"), ()}
    assert len(list(facts.completion_facts(YEAR))) == 3, "who has no sessions named came to all"


def test_hours_are_shared_out_and_attendance_named_by_day(cast, tmp_path):
    path = book(tmp_path, [event()], [attended(sessions=[date(2022, 3, 1)]), attended(presence="absent")])
    run.import_file(path, cast.trainer)
    assert [(session.day.day, str(session.hours)) for session in Event.objects.get().sessions.all()] == [
        (1, "5.0"),
        (2, "5.0"),
    ]
    assert not list(facts.completion_facts(YEAR)) and len(list(facts.participation_facts(YEAR))) == 1


def test_several_sectors_leave_one_by_precedence_also_on_counts(cast, tmp_path):
    path = book(tmp_path, [event()], [attended(sector=["cso", "shelter"])], [counted(sector=["private", "cso"])])
    run.import_file(path, cast.trainer)
    assert sorted(Participation.objects.values_list("sector", flat=True)) == ["cso", "shelter"]


def test_what_cannot_be_is_refused_row_by_row(cast, tmp_path):
    path = book(
        tmp_path,
        [event(), event(), event("TIJ-3", municipality="Juárez"), event("TIJ-4", state="cancelled")],
        [attended("TIJ-9"), attended(person="MX-TIJ-9"), attended(name="Rosa (simulada)"), attended(name="Rosa (simulada)")],
        [counted(sector=["government"])],
    )  # fmt: skip
    batch = run.import_file(path, cast.trainer)
    assert batch.state == Batch.State.CHECKED
    assert refused(batch) == sorted(
        [
            "activities.cancel_reason_missing", "activities.count_beside_list", "activities.no_such_event",
            "activities.no_such_person", "activities.row.duplicate", "places.municipality_ambiguous",
        ]
    )  # fmt: skip
    assert batch.summary["counts"] == {"accepted": 2, "duplicate": 2, "refused": 5}
    assert not Event.objects.live().exists()


def test_counts_declared_apart_stand_beside_a_list(cast, tmp_path):
    path = book(tmp_path, [event()], [attended()], [counted(sector=["government"], apart=True)])
    assert run.import_file(path, cast.trainer).state == Batch.State.COMPLETE
    assert sum(fact.quantity for fact in facts.participation_facts(YEAR)) == 10


def test_a_second_file_meets_what_the_first_one_wrote(cast, tmp_path):
    run.import_file(book(tmp_path, [event()], [attended()]), cast.trainer)
    second = book(tmp_path, [event()], [], [counted(sector=["government"])], name="dos.xlsx")
    assert refused(run.import_file(second, cast.trainer)) == ["activities.code_taken", "activities.count_beside_list"]


def test_a_labour_course_names_registered_people_once(cast, tmp_path):
    person = register_person(
        by=cast.ana, given_names="Marie", first_surname="Pierre (simulada)", sex="female", age=29,
        nationalities=["HTI"], consents={"service": True, "statistics": True},
    )  # fmt: skip
    course = event(type="labour_course", topics=[])
    rows = [
        attended(sector=["public"], person=person.folio.lower()),
        attended(sector=["public"]),
        attended(sector=["public"], person=person.folio.lower(), position="otra vez"),
    ]
    path = book(tmp_path, [course], rows)
    batch = run.import_file(path, cast.trainer)
    assert refused(batch) == ["activities.course_needs_person", "activities.person_twice"]
    batch = run.import_file(path, cast.trainer, only_good=True)
    (fact,) = facts.completion_facts(YEAR)
    assert (fact.within, fact.nationality) == ("labour_course", "HTI")


def test_what_is_written_is_what_the_sheet_says(cast, tmp_path):
    rows = [attended(name="Rosa Uc (simulada)", organisation="DIF (simulado)", position="Jefa", age=41, pre_score=50)]
    run.import_file(book(tmp_path, [event()], rows), cast.trainer)
    rosa = Participation.objects.get()
    assert (rosa.name, rosa.organisation_name, rosa.position, rosa.age) == (
        "Rosa Uc (simulada)",
        "DIF (simulado)",
        "Jefa",
        41,
    )
    assert rosa.pre_score == 50 and rosa.event.code == "TIJ-1"
