"""Projects, donors and responses: codes are one thing's alone, spans make sense, others ask whether a day fits."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import translation

from cauce.audit.models import Entry
from cauce.kernel.problems import Problems
from cauce.records.models import Correction
from cauce.records.programmes import actions, queries, rules
from cauce.records.programmes.actions import NewProject
from cauce.records.programmes.columns import PROJECTS, project_from
from cauce.records.programmes.enums import ACCENTS, Chapter
from cauce.records.programmes.models import Donor, Project, Response
from cauce.records.programmes.tests.conftest import refused

pytestmark = pytest.mark.django_db
REASON = "Lo pidió el donante"


def _new(**changes):
    return NewProject(
        **{"code": "CT.0002", "name": "Otro (simulado)", "start": date(2022, 1, 1), "chapters": ["capacity"], **changes}
    )


def test_a_project_is_registered_with_its_audit_step(project):
    entry = Entry.objects.get(table="programmes.project")
    assert (entry.verb, entry.record) == ("register", str(project.pk))


def test_the_same_capture_registers_once(cast):
    new = _new(capture=uuid4())
    assert actions.register_project(new, by=cast.policy) == actions.register_project(new, by=cast.policy)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"code": "ct 0001"}, "programmes.code_taken"),
        ({"code": " - "}, "programmes.code_missing"),
        ({"start": None}, "programmes.start_missing"),
        ({"end": date(2021, 12, 31)}, "programmes.ends_before_start"),
        ({"chapters": []}, "programmes.no_chapter"),
    ],
)
def test_what_cannot_be_is_refused(project, cast, changes, code):
    with refused(code) as caught:
        actions.register_project(_new(**changes), by=cast.policy)
    assert caught.value.advice and Project.objects.count() == 1


def test_the_bulk_form_refuses_all_rows_together_and_writes_nothing(project, cast):
    with pytest.raises(Problems) as caught:
        actions.register_projects([_new(), _new(), _new(code="CT.0001")], by=cast.policy)
    assert [(each.row, each.code) for each in caught.value] == [
        (2, "programmes.code_taken"),
        (3, "programmes.code_taken"),
    ]
    assert Project.objects.count() == 1
    assert len(actions.register_projects([_new(), _new(code="CT.0003")], by=cast.policy)) == 2


def test_a_correction_is_checked_and_keeps_the_old_value(project, cast):
    with refused("programmes.ends_before_start"):
        actions.correct(project, {"end": date(2021, 1, 1)}, reason=REASON, by=cast.policy)
    project.refresh_from_db()
    assert project.end == date(2022, 12, 31)
    actions.correct(project, {"end": date(2023, 6, 30)}, reason=REASON, by=cast.policy)
    assert Correction.objects.get(record=str(project.pk)).old == "2022-12-31"


def test_a_correction_may_keep_its_own_code(project, covid, donor, cast):
    actions.correct(project, {"code": "CT.0001", "name": "Nuevo nombre (simulado)"}, reason=REASON, by=cast.policy)
    actions.correct(covid, {"end": date(2023, 5, 5)}, reason=REASON, by=cast.policy)
    actions.correct(donor, {"short_name": "FP"}, reason=REASON, by=cast.policy)
    assert Correction.objects.count() == 3
    with pytest.raises(ValueError, match="office_id"):
        actions.correct(donor, {"office_id": "TAP"}, reason=REASON, by=cast.policy)


def test_only_who_may_edit_edits_and_everybody_reads(project, cast):
    with pytest.raises(PermissionDenied):
        actions.register_project(_new(), by=cast.ana)
    with pytest.raises(PermissionDenied):
        actions.void(project, reason=REASON, by=cast.ana)
    assert queries.project(cast.berta, project.pk) == project


def test_an_entry_of_another_office_is_edited_there(cast):
    far = actions.register_project(_new(office="TAP"), by=cast.info)
    with pytest.raises(PermissionDenied):
        actions.correct(far, {"name": "X (simulado)"}, reason=REASON, by=cast.policy)


def test_a_void_project_frees_its_code(project, cast):
    actions.void(project, reason=REASON, by=cast.policy)
    assert not queries.projects(cast.policy).exists()
    assert actions.register_project(_new(code="CT.0001"), by=cast.policy)


def test_donors_and_responses_are_registered_once(donor, covid, cast):
    with refused("programmes.name_taken"):
        actions.register_donor(by=cast.policy, name="FONDO de prueba (simulado)", kind="un")
    with refused("programmes.code_taken"):
        actions.register_response(by=cast.policy, code="covid 19", name="Otra", start=date(2020, 1, 1))
    capture = uuid4()
    for _twice in range(2):
        actions.register_donor(by=cast.policy, name="Dos (simulado)", kind="un", capture=capture)
        actions.register_response(by=cast.policy, code="MPP", name="MPP", start=date(2021, 12, 6), capture=capture)
    assert (Donor.objects.count(), Response.objects.count()) == (2, 2)


def test_the_database_refuses_a_second_code_and_a_backward_span(project):
    for changes in ({"code": "CT.0001"}, {"end": date(2020, 1, 1)}):
        row = {"code": "CT.0009", "name": "x", "start": date(2022, 1, 1), "office_id": "TIJ", "recorded_by": "x"}
        with pytest.raises(IntegrityError), transaction.atomic():
            Project.objects.create(**row | changes)


def test_a_response_has_a_name_in_the_language_of_the_page(cast):
    mpp = actions.register_response(
        by=cast.policy,
        code="MPP",
        name="Protocolos de Protección",
        name_en="Protection Protocols",
        start=date(2021, 12, 6),
    )
    assert str(mpp) == "Protocolos de Protección"
    with translation.override("en"):
        assert str(mpp) == "Protection Protocols"


@pytest.mark.parametrize("day", [date(2021, 12, 31), date(2023, 1, 1)])
def test_a_service_outside_its_project_is_refused(project, day):
    with refused("programmes.outside") as caught:
        rules.check_within(project.code, project.start, project.end, day)
    assert "01/01/2022" in caught.value.sentence


def test_a_response_without_end_goes_on(covid):
    rules.check_within(str(covid), covid.start, covid.end, date(2030, 1, 1), field="response")


def test_forms_of_other_rooms_offer_what_runs_on_the_day(project, covid, cast):
    assert [label for _pk, label in queries.project_choices(cast.ana, date(2022, 6, 1))] == [str(project)]
    assert queries.project_choices(cast.ana, date(2023, 6, 1)) == []
    assert queries.response_choices(cast.ana, date(2019, 1, 1)) == []
    assert queries.response_choices(cast.ana) == [(str(covid.pk), "COVID-19")]


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({}, True),
        ({"q": "proteccion"}, True),
        ({"q": "ct.0001"}, True),
        ({"q": "ct.0002"}, False),
        ({"chapter": "protection"}, True),
        ({"chapter": "returns"}, False),
        ({"current": True}, False),
    ],
)
def test_the_list_is_narrowed_by_its_filters(project, cast, values, found):
    assert (project in queries.narrow_projects(queries.projects(cast.ana), values)) is found


@pytest.mark.parametrize("text", ["CT.0001", "ct 0001", "protección EN la frontera (simulado)"])
def test_an_import_finds_a_project_by_code_or_name(project, cast, text):
    assert queries.project_codes(cast.ana).find(text) == project


def test_an_unknown_code_offers_the_nearest(project, covid, cast):
    with refused("programmes.unknown") as caught:
        queries.response_codes(cast.ana).find("COVID")
    assert "COVID-19" in caught.value.advice


def test_a_row_of_the_sheet_becomes_a_project(donor, cast):
    values = {
        "code": "CT.7", "name": "Siete (simulado)", "donor": "fdp", "start": date(2022, 1, 1), "end": None,
        "chapters": ["returns"],
    }  # fmt: skip
    assert set(values) == {column.key for column in PROJECTS.columns}
    new = project_from(values, queries.donor_codes(cast.policy), capture=uuid4())
    assert actions.register_project(new, by=cast.policy).donor == donor
    with refused("programmes.unknown"):
        project_from(values | {"donor": "nadie"}, queries.donor_codes(cast.policy), capture=uuid4())


def test_every_chapter_has_an_accent():
    assert set(ACCENTS) == set(Chapter)


def test_a_dry_run_says_what_the_bulk_form_would_refuse_and_writes_nothing(project, cast):
    rows = [_new(), _new(code="CT.0001"), _new(code="CT.0003", chapters=[])]
    problems = actions.project_problems(rows, by=cast.policy)
    assert [(each.row, each.code) for each in problems] == [(2, "programmes.code_taken"), (3, "programmes.no_chapter")]
    assert Project.objects.count() == 1
