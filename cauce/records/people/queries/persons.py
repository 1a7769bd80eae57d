"""Persons as a viewer may see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cauce.access.viewer import Viewer
from cauce.records.models import Batch
from cauce.records.people.models import Decision, Person, PersonQuerySet

RESERVED_NAME = _("Nombre reservado")


def persons(viewer: Viewer) -> PersonQuerySet:
    """Everybody this viewer's offices registered or received, newest first."""
    return Person.objects.visible_to(viewer).select_related("office").order_by("-registered_on", "-folio")


def get(viewer: Viewer, pk: UUID, *, with_void: bool = False) -> Person | None:
    """One person, or None when there is none this viewer may know of. A voided one only for their own page."""
    seen = Person.objects.visible_with_void_to(viewer) if with_void else Person.objects.visible_to(viewer)
    return seen.select_related("office", "group").filter(pk=pk).first()


def by_folio(folio: str, viewer: Viewer) -> Person | None:
    """One person by folio, written in any case."""
    return Person.objects.visible_to(viewer).filter(folio=folio.strip().upper()).first()


def ids_by_folio(folios: Iterable[str], viewer: Viewer, batch: Batch | None = None) -> dict[str, UUID]:
    """folio → id for an import: people this viewer sees, and those the same import has just written."""
    wanted = sorted(set(folios))
    size = 800 if connection.vendor == "sqlite" else 10_000
    found: dict[str, UUID] = {}
    for start in range(0, len(wanted), size):
        chunk = Person.objects.filter(folio__in=wanted[start : start + size], folio_released=False)
        seen = Q(pk__in=chunk.visible_to(viewer).values("pk"))
        if batch is not None:
            seen |= Q(batch=batch, voided_at=None)
        found.update(chunk.filter(seen).values_list("folio", "pk"))
    return found


def may_name(person: Person, viewer: Viewer) -> bool:
    """May this viewer read the name? Reserved names open for holders of every vault that reserves them."""
    return viewer.may("people.view") and (not person.reserved or viewer.sees_vaults(person.vaults))


def display_name(person: Person, viewer: Viewer) -> str:
    """The name, or "Nombre reservado" (R5). Screens, lists, searches and exports show nothing else."""
    return person.full_name if may_name(person, viewer) else str(RESERVED_NAME)


def narrow(rows: PersonQuerySet, values: Mapping[str, Any], viewer: Viewer) -> PersonQuerySet:
    """The list's filters. A filter by what a reserved row does not show leaves reserved rows out."""
    if values.get("sex"):
        rows = rows.named_for(viewer).filter(sex=values["sex"])
    if values.get("nationality"):
        rows = rows.named_for(viewer).filter(nationality=values["nationality"])
    if values.get("since"):
        rows = rows.filter(registered_on__gte=values["since"])
    if values.get("until"):
        rows = rows.filter(registered_on__lte=values["until"])
    if values.get("stopped"):
        today = timezone.localdate()
        standing = Decision.objects.live().filter(Q(until=None) | Q(until__gte=today), starts_on__lte=today)
        rows = rows.filter(pk__in=standing.filter(lifted_at=None).values("person"))
    return rows


def by_capture(capture: UUID, viewer: Viewer) -> Person | None:
    """The person a form already registered, when it is sent again."""
    return Person.objects.visible_to(viewer).filter(capture=capture).first()


def any_by_id(pk: UUID, viewer: Viewer) -> Person | None:
    """A person of any office: only to be received (``actions.receive``), which is noted."""
    viewer.require("people.register")
    return Person.objects.live().filter(pk=pk).first()


def held_folios(folios: Iterable[str], viewer: Viewer) -> dict[str, set[int]]:
    """folio → exact name indexes of who holds it now; for a dry run, which opens no name.

    Empty for somebody whose name this viewer may not read: a sheet of folios and guessed names must not be
    told which of them belong together.
    """
    wanted = sorted(set(folios))
    size = 800 if connection.vendor == "sqlite" else 10_000
    found: dict[str, set[int]] = {}
    for start in range(0, len(wanted), size):
        holders = Person.objects.filter(folio__in=wanted[start : start + size], folio_released=False, voided_at=None)
        holders = holders.exclude(batch__state__in=(Batch.State.REFUSED, Batch.State.WITHDRAWN))
        known = holders.in_offices_of(viewer).named_for(viewer) if viewer.may("people.view") else holders.none()
        found |= {folio: set() for folio in holders.values_list("folio", flat=True)}
        for folio, key in known.values_list("folio", "keys__key"):
            found[folio].add(key)
    return found
