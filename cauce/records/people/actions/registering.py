"""Registering people, one by one or thousands at a time, by the same rules."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any, TypeVar

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _t

from cauce.access.viewer import Viewer
from cauce.audit.inserting import insert_many
from cauce.kernel.problems import Problem
from cauce.records import writing
from cauce.records.base import Record
from cauce.records.models import Batch
from cauce.records.people import queries
from cauce.records.people.actions import folios
from cauce.records.people.actions.preparing import Prepared, prepare
from cauce.records.people.actions.reading import note_name
from cauce.records.people.models import NameKey, Person, Reception
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
    return register_prepared(prepare(rows, by=by, batch=batch), by=by, batch=batch)


def register_prepared(ready: Sequence[Prepared], *, by: Viewer, batch: Batch | None = None) -> list[Person]:
    """Write what ``prepare`` made for the same viewer and import; the rules of ``register_many``."""
    by.require("people.register")
    with transaction.atomic():
        known = _known([each.person.capture for each in ready])
        fresh = [each for each in ready if each.person.capture not in known]
        if fresh:
            _write(fresh, by=by, batch=batch)
        known.update((each.person.capture, each.person) for each in fresh)
    return [known[each.person.capture] for each in ready]


def _known(captures: list[uuid.UUID]) -> dict[uuid.UUID, Person]:
    found: dict[uuid.UUID, Person] = {}
    for start in range(0, len(captures), 500):
        chunk = captures[start : start + 500]
        found.update((person.capture, person) for person in Person.objects.filter(capture__in=chunk))
    return found


def _write(fresh: list[Prepared], *, by: Viewer, batch: Batch | None) -> None:
    persons = [each.person for each in fresh]
    given = folios.give([(each.person.office_id, each.person.folio, each.row) for each in fresh])
    for person, folio in zip(persons, given, strict=True):
        person.folio = folio
    writing.add_many(persons, by=by, batch=batch, verb="register", concerns=lambda person: (person.pk,))
    insert_many([consent for each in fresh for consent in each.consents])
    insert_many([document for each in fresh for document in each.documents])
    insert_keys([key for each in fresh for key in each.keys])


def insert_keys(rows: list[tuple[str, str, int]]) -> None:
    """Blind indexes, straight into their narrow table: ten a person, so that model objects would cost most."""
    table = connection.ops.quote_name(NameKey._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} (person_id, kind, key) VALUES (%s, %s, %s)", rows)  # noqa: S608 – a constant


def receive(person: Person, *, by: Viewer, capture: uuid.UUID | None = None) -> Person:
    """Serve here a person whom another office registered: from now on this office sees the file too.

    Asked for after "Es esta persona"; both offices find it in the file and the focal point in the log. Where the
    name is reserved from ``by``, the typed name and the file are tied together here: that is opening the name,
    and the log says so.
    """
    by.require("people.register")
    if person.is_void:
        raise Problem("records.is_void", _t("Este registro está anulado."), fix=_t("Busque de nuevo a la persona."))
    with transaction.atomic():
        # Asked twice, or already ours: nothing more to write.
        locked = Person.objects.select_for_update().get(pk=person.pk)
        if not queries.may_name(locked, by):
            note_name(locked, by=by, reason=str(_t("«Es esta persona», después de buscar su nombre")))
        here = locked.office_id == by.office
        if here or Reception.objects.live().filter(person=person, office=by.office).exists():
            return locked
        reception = Reception(person=locked, office_id=by.office, capture=capture or uuid.uuid4())
        writing.add(reception, by=by, verb="receive", concerns=(person.pk,))
    return locked
