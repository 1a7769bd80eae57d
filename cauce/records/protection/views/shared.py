"""What the screens of this room share."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _

from cauce.access.viewer import Viewer
from cauce.records.people import queries as people
from cauce.records.protection import queries
from cauce.records.protection.models import Case

SECTION = "protection"
# The tone of a category's chip. Restricted ones are told to those who hold the vault alone.
TONES = {
    "referral_general": "primary",
    "child": "teal",
    "prenatal": "orange",
    "gbv": "purple",
    "trafficking": "amber",
    "other_crime": "blue",
    "other": "slate",
}
STATES = {"identified": "waiting", "open": "ok", "on_hold": "amber", "closed": "grey"}
NAME_HIDDEN = _("Nombre reservado")


def case_or_404(request: HttpRequest, pk: UUID) -> Case:
    """A case out of sight does not exist: 404, not 403."""
    case = queries.find(request.viewer, pk)
    if case is None:
        raise Http404
    return case


def shown_name(case: Case, viewer: Viewer) -> str:
    """The name in lists and on the file: hidden by default where the case is sensitive (domain.md R5)."""
    return str(NAME_HIDDEN) if case.is_sensitive else people.display_name(case.person, viewer)


def hides_name(case: Case, viewer: Viewer) -> bool:
    return case.is_sensitive or not people.may_name(case.person, viewer)
