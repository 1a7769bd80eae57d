"""Registering: five fields, one audit step, once however often it is sent."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from cauce.audit.models import Entry
from cauce.kernel.problems import Problems
from cauce.records.people import actions, queries
from cauce.records.people.models import Consent, NameKey, Person
from cauce.records.people.rules import NewPerson


def yesenia(**changes):
    return {
        "given_names": "Yesenia", "first_surname": "Ortiz", "second_surname": "Mejía (simulada)", "sex": "female",
        "birth_date": date(1993, 4, 2), "nationalities": ["HND"], "consents": {"service": True, "statistics": True},
    } | changes  # fmt: skip


def test_a_person_gets_the_next_folio_of_the_office(cast):
    first = actions.register(by=cast.ana, **yesenia())
    second = actions.register(by=cast.ana, **yesenia())
    assert (first.folio, second.folio) == ("MX-TIJ-000001", "MX-TIJ-000002")
    assert actions.register(by=cast.berta, **yesenia()).folio == "MX-TAP-000001"


def test_registering_leaves_one_audit_step_that_concerns_the_person(cast):
    person = actions.register(by=cast.ana, **yesenia())
    entry = Entry.objects.get(table="people.person")
    assert (entry.verb, entry.record, entry.concerns) == ("register", str(person.pk), [str(person.pk)])
    assert Consent.objects.filter(person=person).count() == 2


def test_a_double_click_registers_once(cast):
    capture = uuid.uuid4()
    first = actions.register(by=cast.ana, capture=capture, **yesenia())
    assert actions.register(by=cast.ana, capture=capture, **yesenia()).pk == first.pk
    assert Person.objects.count() == 1 and Entry.objects.count() == 1


def test_names_cannot_be_read_in_the_raw_table(cast):
    actions.register(by=cast.ana, **yesenia(phone="664 123 4567", known_as="Chena"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_person")
        raw = b" ".join(bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode()
                        for value in cursor.fetchone())  # fmt: skip
    # Long enough that random bytes do not spell them.
    for secret in ("Yesenia", "Ortiz", "Mejía", "Chena", "664 123", "6641234", "1234567"):
        assert secret.encode() not in raw
    assert Person.objects.get().full_name == "Yesenia Ortiz Mejía (simulada)"
    assert NameKey.objects.count() >= 8


def test_everything_wrong_is_said_at_once_and_nothing_is_written(cast):
    rows = [NewPerson(**yesenia(age=20), row=2), NewPerson(**yesenia(given_names="", first_surname="", second_surname="",
            nationalities=["XYZ"], consents={}), row=3)]  # fmt: skip
    with pytest.raises(Problems) as caught:
        actions.register_many(rows, by=cast.ana)
    assert [(problem.row, problem.code) for problem in caught.value] == [
        (2, "people.age_or_birth"),
        (3, "people.no_name"),
        (3, "people.country"),
        (3, "people.no_service_consent"),
    ]
    assert not Person.objects.exists() and not Entry.objects.exists()


def test_a_role_without_the_permission_is_refused(cast):
    with pytest.raises(PermissionDenied):
        actions.register(by=cast.trainer, **yesenia())


def test_facts_know_a_pseudonym_and_the_band_of_the_day(cast):
    person = actions.register(by=cast.ana, **yesenia(consents={"service": True, "statistics": False}))
    known = queries.for_facts([person.pk])[person.pk]
    assert known.columns(date(2011, 4, 1)) == {
        "person": known.pseudonym, "sex": "female", "age_band": "12-17", "nationality": "HND", "consented": False,
    }  # fmt: skip
    assert len(known.pseudonym) == 22 and str(person.pk) not in known.pseudonym
