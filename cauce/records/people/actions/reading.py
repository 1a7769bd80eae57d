"""Reads that leave a trace: opening a file, a reserved name, a search that met veiled files."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from cauce.access.viewer import Viewer
from cauce.audit import log
from cauce.records.people import queries, rules
from cauce.records.people.models import Person


def open_file(person: Person, *, by: Viewer, what: str = "") -> None:
    """Note that ``by`` opened the file; ``what`` says which part when it is not the card."""
    by.require("people.view")
    with transaction.atomic():
        log.read(by.actor, Person.table(), person.pk, person.office_id, concerns=(person.pk,), reason=what)


def break_glass(person: Person, *, reason: str, by: Viewer) -> str:
    """The reserved name, once, for a reason; the focal point sees it in the log (verb ``break_glass``).

    Raises PermissionDenied without ``people.names`` or for a person the viewer may not know of, Problem
    without a reason.
    """
    by.require("people.names")
    rules.check_reason(reason)
    if queries.get(by, person.pk) is None:
        raise PermissionDenied("people.names")
    with transaction.atomic():
        note_name(person, by=by, reason=reason)
    return person.full_name


def note_name(person: Person, *, by: Viewer, reason: str) -> None:
    """Somebody learned whose a reserved file is; must run inside a transaction."""
    log.record(
        by.actor, "break_glass", Person.table(), person.pk, person.office_id, concerns=(person.pk,), reason=reason
    )


def look_for(
    text: str,
    *,
    by: Viewer,
    age: int | None = None,
    birth: date | None = None,
    nationality: str | None = None,
    limit: int = 20,
) -> list[queries.Match]:
    """``queries.search`` for screens: when veiled files were met, who searched and which ones is noted.

    Searching names to learn who is in another office or in a reserved case would show in the log.
    """
    found = queries.search(text, by, age=age, birth=birth, nationality=nationality, limit=limit)
    veiled = [match.person.pk for match in found if match.veiled]
    if veiled:
        with transaction.atomic():
            log.record(by.actor, "search", Person.table(), "search", by.office, concerns=veiled)
    return found


def note_export(count: int, *, by: Viewer) -> None:
    """A list of people left as a file: how many rows, by whom (R13)."""
    with transaction.atomic():
        log.record(by.actor, "export", Person.table(), "list", by.office, reason=str(count))
