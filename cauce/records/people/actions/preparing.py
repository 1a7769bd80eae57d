"""Making people ready to be inserted, before the transaction: on SQLite everybody else's writes wait for it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db import connection
from django.db.models.base import ModelState
from django.utils import timezone

from cauce.access.viewer import Viewer
from cauce.kernel.problems import Problems
from cauce.keys.fields import SealedTextField
from cauce.records.base import Record
from cauce.records.models import Batch
from cauce.records.people import names, rules
from cauce.records.people.enums import Basis, Purpose
from cauce.records.people.indexing import Index
from cauce.records.people.models import Consent, IdentityDocument, NameKey, Person
from cauce.records.people.rules import NewPerson

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Prepared:
    """One person with all that is written of them, sealed and indexed; only the folio is still the brought one or ""."""

    person: Person
    consents: list[Consent]
    documents: list[IdentityDocument]
    keys: list[tuple[str, str, int]]
    row: int | None


def prepare(rows: Sequence[NewPerson], *, by: Viewer, batch: Batch | None = None) -> list[Prepared]:
    """Check people and make what ``register_prepared`` writes; reads and writes no table.

    Raises Problems (with ``row``) for all rows together, PermissionDenied without ``people.register``.
    """
    by.require("people.register")
    today = timezone.localdate()
    check_all(rows, today)
    first, index, answers = Person(), Index(), _Consents(by, batch)
    row_id_of = NameKey._meta.get_field("person").target_field.get_db_prep_value
    ready = []
    for row in rows:
        person = _person(first, row, row.office or by.office, row.registered_on or today)
        documents = _documents(row, person, by, batch)
        parts = (row.given_names, row.first_surname, row.second_surname, row.known_as)
        found = index.of(parts=parts, documents=[shown.number for shown in row.documents], phone=row.phone)
        row_id = row_id_of(person.pk, connection)
        keys = [(row_id, kind, key) for kind, key in found]
        ready.append(Prepared(person, list(answers.of(row, person)), documents, keys, row.row))
    _seal([each.person for each in ready])
    return ready


def check_all(rows: Iterable[NewPerson], today: date | None = None) -> None:
    """Raise Problems when a row cannot be registered; a dry run calls it alone."""
    day = today or timezone.localdate()
    problems = [problem.at(row=row.row) for row in rows for problem in rules.check_new(row, day)]
    if problems:
        raise Problems(problems)


def _seal(persons: Sequence[Person]) -> None:
    for field in Person._meta.local_concrete_fields:
        if isinstance(field, SealedTextField):
            for person, sealed in zip(persons, field.seal_all(persons), strict=True):
                person.__dict__[field.attname] = sealed


def _twin(first: R, **changes: Any) -> R:
    """Another unsaved object like ``first``. Making a model object anew costs more than inserting it."""
    twin = type(first).__new__(type(first))
    number = uuid.uuid4()
    # Captured here and now, unless ``changes`` say where: then one identifier serves both.
    twin.__dict__.update(first.__dict__, _state=ModelState(), id=number, capture=number)
    twin.__dict__.update(changes)
    return twin


def _person(first: Person, row: NewPerson, office: str, day: date) -> Person:
    main, *others = row.nationalities or ("",)
    return _twin(
        first,
        capture=row.capture,
        office_id=office,
        folio=row.folio,
        registered_on=day,
        given_names=names.clean(row.given_names),
        first_surname=names.clean(row.first_surname),
        second_surname=names.clean(row.second_surname),
        known_as=names.clean(row.known_as) or None,
        sex=row.sex,
        gender_identity=row.gender_identity or None,
        birth_date=row.birth_date,
        age_estimate=row.age,
        estimated_on=None if row.age is None else day,
        nationality=main,
        other_nationalities=others,
        stateless=row.stateless,
        birth_country=row.birth_country,
        languages=list(row.languages),
        needs_interpreter=row.needs_interpreter,
        group_id=row.group,
        heads_group=row.heads_group,
        phone=row.phone or None,
        channel=row.channel,
        safe_hours=row.safe_hours or None,
        may_leave_message=row.may_leave_message,
        in_statistics=row.consents.get(Purpose.STATISTICS) is not False,
    )


class _Consents:
    """Consents of many people: one model object is made per distinct answer, the others are its twins."""

    def __init__(self, by: Viewer, batch: Batch | None) -> None:
        self.by, self.batch = by, batch
        self._known: dict[tuple, Consent] = {}

    def of(self, row: NewPerson, person: Person) -> Iterable[Consent]:
        for purpose, given in row.consents.items():
            key = (purpose, given, *sorted(row.consent.items()))
            first = self._known.get(key) or self._known.setdefault(key, self._first(row, purpose, given))
            yield _twin(
                first,
                person_id=person.pk,
                office_id=person.office_id,
                given_on=person.registered_on,
            )

    def _first(self, row: NewPerson, purpose: str, given: bool) -> Consent:
        how = dict(row.consent)
        if purpose != Purpose.SERVICE:
            # Another basis than consent stands for the service alone; every other purpose needs a yes.
            how |= {"basis": Basis.CONSENT, "basis_reason": ""}
        return Consent(purpose=purpose, given=given, batch=self.batch, recorded_by=self.by.id, **how)


def _documents(row: NewPerson, person: Person, by: Viewer, batch: Batch | None) -> list[IdentityDocument]:
    return [
        IdentityDocument(
            person=person,
            office_id=person.office_id,
            type=shown.type,
            number=shown.number.strip(),
            issuer=shown.issuer,
            expires_on=shown.expires_on,
            recorded_by=by.id,
            batch=batch,
        )
        for shown in row.documents
    ]
