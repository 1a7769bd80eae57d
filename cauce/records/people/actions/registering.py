"""Registering people, one by one or thousands at a time, by the same rules."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

from django.db import IntegrityError, connection, transaction
from django.db.models.base import ModelState
from django.utils import timezone
from django.utils.translation import gettext as _t

from cauce.access.viewer import Viewer
from cauce.audit.inserting import insert_many
from cauce.kernel.problems import Problem, Problems
from cauce.records import writing
from cauce.records.base import Record
from cauce.records.models import Batch
from cauce.records.people import names, rules
from cauce.records.people.actions import folios
from cauce.records.people.enums import Basis, Purpose
from cauce.records.people.indexing import Index
from cauce.records.people.models import Consent, IdentityDocument, NameKey, Person, Reception
from cauce.records.people.rules import NewPerson

R = TypeVar("R", bound=Record)


def register(*, by: Viewer, **fields: Any) -> Person:
    """Register one person; ``fields`` are those of ``rules.NewPerson``.

    The same ``capture`` sent twice gives the person it registered the first time. Raises Problems for
    everything that is wrong at once, PermissionDenied without ``people.register``.
    """
    new = NewPerson(**fields)
    try:
        return register_many([new], by=by)[0]
    except IntegrityError:
        # The double click arrived while the first one was being written.
        twin = Person.objects.filter(capture=new.capture).first()
        if twin is None:
            raise
        return twin


def register_many(rows: Sequence[NewPerson], *, by: Viewer, batch: Batch | None = None) -> list[Person]:
    """Register people in one transaction, in order; those whose ``capture`` is known are returned as they are.

    One audit step per person (verb ``register``) stands for the person with documents and consents.
    Raises Problems (with ``row``) for all rows together; then nothing was written.
    """
    by.require("people.register")
    today = timezone.localdate()
    check_all(rows, today)
    with transaction.atomic():
        known = _known([row.capture for row in rows])
        fresh = [row for row in rows if row.capture not in known]
        persons = _write(fresh, by=by, batch=batch, today=today) if fresh else []
        known.update((person.capture, person) for person in persons)
    return [known[row.capture] for row in rows]


def check_all(rows: Iterable[NewPerson], today: date | None = None) -> None:
    """Raise Problems when a row cannot be registered; a dry run calls it alone."""
    day = today or timezone.localdate()
    problems = [problem.at(row=row.row) for row in rows for problem in rules.check_new(row, day)]
    if problems:
        raise Problems(problems)


def _known(captures: list[uuid.UUID]) -> dict[uuid.UUID, Person]:
    found: dict[uuid.UUID, Person] = {}
    for start in range(0, len(captures), 500):
        chunk = captures[start : start + 500]
        found.update((person.capture, person) for person in Person.objects.filter(capture__in=chunk))
    return found


def _write(fresh: list[NewPerson], *, by: Viewer, batch: Batch | None, today: date) -> list[Person]:
    offices = [row.office or by.office for row in fresh]
    given = folios.give([(office, row.folio, row.row) for office, row in zip(offices, fresh, strict=True)])
    first = Person()
    persons = [
        _person(first, row, office, folio, row.registered_on or today)
        for row, office, folio in zip(fresh, offices, given, strict=True)
    ]
    writing.add_many(persons, by=by, batch=batch, verb="register", concerns=lambda person: (person.pk,))
    consents: list[Consent] = []
    documents: list[IdentityDocument] = []
    keys: list[tuple[str, str, int]] = []
    index, answers = Index(), _Consents(by, batch)
    for row, person in zip(fresh, persons, strict=True):
        consents.extend(answers.of(row, person))
        documents.extend(_documents(row, person))
        row_id = NameKey._meta.get_field("person").target_field.get_db_prep_value(person.pk, connection)
        parts = (row.given_names, row.first_surname, row.second_surname, row.known_as)
        numbers = [document.number for document in row.documents]
        keys.extend((row_id, kind, key) for kind, key in index.of(parts=parts, documents=numbers, phone=row.phone))
    for document in documents:
        document.recorded_by, document.batch = by.id, batch
    insert_many(consents)
    insert_many(documents)
    insert_keys(keys)
    return persons


def insert_keys(rows: list[tuple[str, str, int]]) -> None:
    """Blind indexes, straight into their narrow table: ten a person, so that model objects would cost most."""
    table = connection.ops.quote_name(NameKey._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} (person_id, kind, key) VALUES (%s, %s, %s)", rows)  # noqa: S608 – a constant


def _twin(first: R, **changes: Any) -> R:
    """Another unsaved object like ``first``. Making a model object anew costs more than inserting it."""
    twin = type(first).__new__(type(first))
    twin.__dict__.update(first.__dict__, _state=ModelState(), id=uuid.uuid4(), **changes)
    return twin


def _person(first: Person, row: NewPerson, office: str, folio: str, day: date) -> Person:
    main, *others = row.nationalities or ("",)
    return _twin(
        first,
        capture=row.capture,
        office_id=office,
        folio=folio,
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
                capture=uuid.uuid4(),
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


def _documents(row: NewPerson, person: Person) -> Iterable[IdentityDocument]:
    for shown in row.documents:
        yield IdentityDocument(
            person=person,
            office_id=person.office_id,
            type=shown.type,
            number=shown.number.strip(),
            issuer=shown.issuer,
            expires_on=shown.expires_on,
        )


def receive(person: Person, *, by: Viewer, capture: uuid.UUID | None = None) -> Person:
    """Serve here a person whom another office registered: from now on this office sees the file too.

    Asked for after "Es esta persona"; both offices find it in the file and the focal point in the log.
    """
    by.require("people.register")
    if person.is_void:
        raise Problem("records.is_void", _t("Este registro está anulado."), fix=_t("Busque de nuevo a la persona."))
    with transaction.atomic():
        # Asked twice, or already ours: nothing more to write.
        locked = Person.objects.select_for_update().get(pk=person.pk)
        here = locked.office_id == by.office
        if here or Reception.objects.live().filter(person=person, office=by.office).exists():
            return locked
        reception = Reception(person=locked, office_id=by.office, capture=capture or uuid.uuid4())
        writing.add(reception, by=by, verb="receive", concerns=(person.pk,))
    return locked
