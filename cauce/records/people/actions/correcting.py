"""Correcting and voiding: the row and its old values stay, with the reason."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cauce.access.viewer import Viewer
from cauce.kernel.problems import Problem, Problems
from cauce.records import writing
from cauce.records.people import names, queries, rules
from cauce.records.people.actions.registering import insert_keys
from cauce.records.people.enums import Sex
from cauce.records.people.indexing import Index
from cauce.records.people.models import IdentityDocument, NameKey, Person

NAMES = ("given_names", "first_surname", "second_surname", "known_as")
CONTACT = ("phone", "channel", "safe_hours", "may_leave_message")
CORRECTABLE = frozenset(
    (
        *NAMES, *CONTACT, "sex", "gender_identity", "birth_date", "age_estimate", "estimated_on", "nationality",
        "other_nationalities", "stateless", "birth_country", "languages", "needs_interpreter", "registered_on",
    )
)  # fmt: skip


def correct(person: Person, changes: Mapping[str, Any], *, reason: str, by: Viewer) -> Person:
    """Change what was recorded wrongly; old values stay sealed beside the reason.

    Facts follow: the audit step concerns the person, and facts rebuild the months of their acts. Raises
    Problems when the person would be impossible afterwards, PermissionDenied without ``people.correct`` or
    when the name is reserved for others.
    """
    by.require("people.correct")
    unknown = set(changes) - CORRECTABLE
    if unknown:
        raise ValueError(f"not correctable: {', '.join(sorted(unknown))}")
    changes = _cleaned(changes)
    with transaction.atomic():
        locked = Person.objects.select_for_update().get(pk=person.pk)
        if set(changes) & {*NAMES, *CONTACT, "gender_identity"} and not queries.may_name(locked, by):
            raise PermissionDenied("people.names")
        _check(locked, changes)
        writing.correct(locked, changes, reason=reason, by=by, concerns=(person.pk,))
        if set(changes) & {*NAMES, "phone"}:
            reindex(locked)
    return locked


def _cleaned(changes: Mapping[str, Any]) -> dict[str, Any]:
    cleaned = {key: names.clean(value or "") if key in NAMES else value for key, value in changes.items()}
    for key in ("known_as", "phone", "safe_hours", "gender_identity"):
        if key in cleaned:
            cleaned[key] = cleaned[key] or None
    # A birth date takes the place of an estimate, and the other way round.
    if cleaned.get("birth_date"):
        cleaned |= {"age_estimate": None, "estimated_on": None}
    elif cleaned.get("age_estimate") is not None:
        cleaned |= {"birth_date": None, "estimated_on": cleaned.get("estimated_on") or timezone.localdate()}
    return cleaned


def _check(person: Person, changes: Mapping[str, Any]) -> None:
    def after(key: str) -> Any:
        return changes[key] if key in changes else getattr(person, key)

    problems = list(rules.check_names(*(after(key) or "" for key in NAMES[:3])))
    problems += rules.check_age(after("birth_date"), after("age_estimate"), after("registered_on"))
    codes = [code for code in (after("nationality"), *after("other_nationalities")) if code]
    problems += rules.check_countries(codes, "nationality", stateless=after("stateless"))
    if after("sex") not in Sex.values:
        problems.append(Problem("people.sex", _("«%(value)s» no es una opción de sexo."), value=after("sex")))
    if after("registered_on") > timezone.localdate():
        problems.append(Problem("people.future", _("La fecha está en el futuro."), field="registered_on"))
    if problems:
        raise Problems(problems)


def reindex(person: Person) -> None:
    """Make the blind indexes anew; they are derived, so that old ones are removed."""
    documents = [document.number for document in IdentityDocument.objects.live().filter(person=person)]
    parts = [getattr(person, key) or "" for key in NAMES]
    found = Index().of(parts=parts, documents=documents, phone=person.phone or "")
    NameKey.objects.filter(person=person).delete()
    row = NameKey._meta.get_field("person").target_field.get_db_prep_value(person.pk, connection)
    insert_keys([(row, kind, key) for kind, key in found])


def set_contact(
    person: Person,
    *,
    by: Viewer,
    phone: str = "",
    channel: str = "",
    safe_hours: str = "",
    may_leave_message: bool = False,
) -> Person:
    """How the person may safely be reached (R19); a new contact needs no reason beyond being newer."""
    changes = {"phone": phone, "channel": channel, "safe_hours": safe_hours, "may_leave_message": may_leave_message}
    return correct(person, changes, reason=str(_("Contacto actualizado por la persona")), by=by)


def void(person: Person, *, reason: str, by: Viewer) -> Person:
    """Take a file out of every list and search: registered twice, or by mistake. Its acts stay their own."""
    by.require("people.correct")
    with transaction.atomic():
        locked = Person.objects.select_for_update().get(pk=person.pk)
        return writing.void(locked, reason=reason, by=by, concerns=(person.pk,))


def add_document(
    person: Person,
    *,
    by: Viewer,
    type: str,
    number: str,
    issuer: str = "",
    expires_on: date | None = None,
    capture: uuid.UUID | None = None,
) -> IdentityDocument:
    """Note a document the person showed; found afterwards by its number."""
    by.require("people.correct")
    problems = [*rules.check_document(type, number), *rules.check_countries([issuer] if issuer else [], "issuer")]
    if problems:
        raise Problems(problems)
    if not queries.may_name(person, by):
        raise PermissionDenied("people.names")
    with transaction.atomic():
        document = IdentityDocument(
            person=person,
            office_id=by.office,
            type=type,
            number=number.strip(),
            issuer=issuer,
            expires_on=expires_on,
            capture=capture or uuid.uuid4(),
        )
        document = writing.add(document, by=by, concerns=(person.pk,))
        reindex(person)
    return document


def void_document(document: IdentityDocument, *, reason: str, by: Viewer) -> IdentityDocument:
    """A document noted by mistake: no longer found by its number."""
    by.require("people.correct")
    with transaction.atomic():
        writing.void(document, reason=reason, by=by, concerns=(document.person_id,))
        reindex(document.person)
    return document
