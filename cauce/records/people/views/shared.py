"""What the screens of this room share."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.signing import BadSignature, SignatureExpired, dumps, loads
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from cauce import keys
from cauce.access.viewer import Viewer
from cauce.kernel.problems import Problem, Problems
from cauce.records.people import queries
from cauce.records.people.models import Person
from cauce.ui.forms import Form

SECTION = "people"
VALID = timedelta(hours=2)  # how long a page of matches can be acted on


def person_or_404(request: HttpRequest, pk: UUID, *, with_void: bool = False) -> Person:
    """A person out of sight does not exist: 404, not 403."""
    person = queries.get(request.viewer, pk, with_void=with_void)
    if person is None:
        raise Http404
    return person


def done(form: Form, act: Callable[[], Any]) -> Any:
    """Do what a valid form asks; what the action refuses goes back into the form, and None comes out."""
    if not form.is_valid():
        return None
    try:
        return act()
    except (Problem, Problems) as problem:
        form.refuse(problem)
        return None


def heading(person: Person) -> str:
    """What the page of a person is called: browser tabs and histories show the folio alone."""
    return _("Ficha %(folio)s") % {"folio": person.folio}


def sealed_token(text: str, purpose: str, viewer: Viewer) -> str:
    """A text that only this viewer can hand back, and nobody can read or compare with another token."""
    sealed = keys.encrypt(text.encode(), purpose)
    return dumps([base64.urlsafe_b64encode(sealed).decode(), viewer.id], salt=purpose)


def opened_token(token: str, purpose: str, viewer: Viewer) -> str | None:
    """The text inside; None for a token that is old, another's or made up."""
    try:
        sealed, owner = loads(token, salt=purpose, max_age=VALID)
        if owner != viewer.id:
            return None
        return keys.decrypt(base64.urlsafe_b64decode(sealed), purpose).decode()
    except (BadSignature, SignatureExpired, ValueError, TypeError, Problem):
        return None


def veil(person: Person, viewer: Viewer) -> str:
    """A person's id for a veiled match."""
    return sealed_token(str(person.pk), "people.match", viewer)


def unveil(token: str, viewer: Viewer) -> UUID:
    """The id inside; 404 for a token that is old, another's or made up."""
    text = opened_token(token, "people.match", viewer)
    if text is None:
        raise Http404
    return UUID(text)
