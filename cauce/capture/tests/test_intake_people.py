"""The sheets of people and decisions, from a real workbook to records."""

from __future__ import annotations

from datetime import date

import pytest

from cauce.capture import run
from cauce.capture.intakes import people
from cauce.capture.intakes.base import Seen
from cauce.exchange import read, write
from cauce.records.models import Batch
from cauce.records.people import actions, queries
from cauce.records.people.columns import DECISIONS, PEOPLE
from cauce.records.people.models import Consent, Decision, Person, TravelGroup

GOOD = {
    "registered_on": date(2022, 3, 4), "given_names": "Yesenia", "first_surname": "Ortiz",
    "second_surname": "Mejía (simulada)", "birth_date": date(1993, 4, 2), "sex": "female", "nationality": "HND",
    "consent_service": True, "consent_statistics": True, "group": "F-1", "heads_group": True,
    "document_type": "passport", "document_number": "E 123456",
}  # fmt: skip
CHILD = {
    "registered_on": date(2022, 3, 4), "given_names": "Dariela", "first_surname": "Ortiz (simulada)", "age": 4,
    "sex": "female", "nationality": "HND", "consent_service": True, "consent_statistics": False, "group": "F-1",
}  # fmt: skip


def complete(sheet, rows):
    return [{column.key: row.get(column.key, column.empty) for column in sheet.columns} for row in rows]


@pytest.fixture
def workbook(tmp_path):
    def make(rows, decisions=()):
        path = tmp_path / "personas.xlsx"
        write(path, [(PEOPLE, complete(PEOPLE, rows)), (DECISIONS, complete(DECISIONS, decisions))])
        return path

    return make


def test_people_come_in_with_documents_consents_and_groups(cast, workbook):
    path = workbook([{**GOOD, "folio": "MX-TIJ-000007"}, CHILD])
    batch = run.import_file(path, cast.ana)
    assert batch.state == Batch.State.COMPLETE
    yesenia, dariela = Person.objects.order_by("folio")
    # The folio that the file did not bring goes on after the one it did.
    assert (yesenia.folio, dariela.folio) == ("MX-TIJ-000007", "MX-TIJ-000008")
    assert yesenia.full_name == "Yesenia Ortiz Mejía (simulada)" and yesenia.batch == batch
    assert (dariela.age_estimate, dariela.in_statistics) == (4, False)
    assert TravelGroup.objects.get() == yesenia.group == dariela.group and yesenia.heads_group
    assert Consent.objects.filter(person=yesenia, given=True).count() == 2
    assert [match.person for match in queries.search("e123456", cast.ana)] == [yesenia]


def test_a_decision_finds_the_person_of_the_sheet_before_it(cast, workbook):
    stop = {"folio": "MX-TIJ-000007", "kind": "no_travel", "message": "No viaja", "starts_on": date(2022, 3, 5)}
    batch = run.import_file(workbook([{**GOOD, "folio": "MX-TIJ-000007"}], [stop]), cast.ana)
    assert batch.state == Batch.State.COMPLETE
    assert Decision.objects.get().person.folio == "MX-TIJ-000007"


def test_what_cannot_be_is_said_row_by_row_and_nothing_is_written(cast, workbook):
    rows = [
        {**GOOD, "age": 30},
        {**GOOD, "folio": "MX-TIJ-000007", "consent_service": False},
        {**GOOD, "birth_date": date(2030, 1, 1)},
        {**GOOD, "office": "TAP"},
    ]
    batch = run.import_file(workbook(rows), cast.ana)
    assert batch.state == Batch.State.CHECKED and not Person.objects.exists()


def checked(rows, viewer):
    from io import BytesIO

    from cauce.capture.intakes.base import Seen

    target = BytesIO()
    write(target, [(PEOPLE, complete(PEOPLE, rows))])
    target.seek(0)
    found = list(read(target, [PEOPLE]))
    return [(problem.row - found[0].number, problem.code)
            for problem in people.PEOPLE.check(found, viewer, Seen())]  # fmt: skip


def test_a_person_already_here_is_a_repeated_row_and_another_one_is_refused(cast, workbook):
    run.import_file(workbook([{**GOOD, "folio": "MX-TIJ-000007"}]), cast.ana)
    again = [
        {**GOOD, "folio": "MX-TIJ-000007"},
        {**GOOD, "folio": "MX-TIJ-000007", "given_names": "Rosa"},
        {**GOOD, "folio": "MX-TIJ-000009"},
        {**CHILD, "folio": "MX-TIJ-000009"},
    ]
    assert checked(again, cast.ana) == [
        (0, "people.known.duplicate"), (1, "people.folio_taken"), (3, "people.folio_taken"),
    ]  # fmt: skip


def test_a_withdrawn_import_frees_its_folios(cast, workbook):
    from cauce.capture import actions

    path = workbook([{**GOOD, "folio": "MX-TIJ-000007"}])
    batch = run.import_file(path, cast.ana)
    actions.withdraw(batch, reason="Era el archivo equivocado", by=cast.ana)
    assert queries.by_folio("MX-TIJ-000007", cast.ana) is None
    assert not checked([{**GOOD, "folio": "MX-TIJ-000007", "given_names": "Rosa"}], cast.ana)
    second = run.import_file(workbook([{**GOOD, "folio": "MX-TIJ-000007", "given_names": "Rosa"}]), cast.ana)
    assert second.state == Batch.State.COMPLETE
    assert queries.by_folio("MX-TIJ-000007", cast.ana).given_names == "Rosa"


def test_a_sheet_of_guessed_names_is_not_told_whose_a_folio_is(cast, workbook):
    """A folio of another office, and one whose name is reserved, answer alike for the right name and a wrong one."""
    agreed = {"service": True, "statistics": True}
    theirs = actions.register(by=cast.berta, given_names="Zulema", first_surname="Quetzalli", consents=agreed)
    reserved = actions.register(by=cast.gbv, given_names="Ixchel", first_surname="Balam", consents=agreed)
    actions.reserve(reserved, "gbv", by=cast.gbv)

    def said(person, given, surname):
        row = {**GOOD, "folio": person.folio, "given_names": given, "first_surname": surname, "second_surname": ""}
        (one,) = read(workbook([row]), [PEOPLE]).sheets
        problems = people._check_people(list(one.rows()), cast.ana, Seen())
        return [(problem.code, str(problem)) for problem in problems]

    assert said(theirs, "Zulema", "Quetzalli") == said(theirs, "Rosa", "Paz")
    assert said(reserved, "Ixchel", "Balam") == said(reserved, "Rosa", "Paz")
    # Somebody whose name she may read anyway is recognised.
    own = actions.register(by=cast.ana, given_names="Marlon", first_surname="Mejía", consents=agreed)
    assert said(own, "Marlon", "Mejía")[0][0] == "people.known.duplicate" != said(own, "Rosa", "Paz")[0][0]
