"""Cases as a viewer may see them, and what may be known of those they may not open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Case as Switch
from django.db.models import IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from cauce.access.models import User
from cauce.access.queries import names_of, viewer_for
from cauce.access.viewer import Viewer
from cauce.records.assistance.queries import Consents, delivery_dates
from cauce.records.models import Batch
from cauce.records.people.enums import Purpose
from cauce.records.people.models import Person
from cauce.records.protection.models import Case
from cauce.records.protection.models.case import PROCESS
from cauce.records.protection.permissions import holds
from cauce.records.protection.rules import ACTIVE


def cases(viewer: Viewer) -> QuerySet[Case]:
    """Cases the viewer may open, those whose next step is due first."""
    risk = Switch(
        When(risk="high", then=Value(3)), When(risk="medium", then=Value(2)), When(risk="low", then=Value(1)),
        default=Value(0), output_field=IntegerField(),
    )  # fmt: skip
    rows = Case.objects.visible_to(viewer).select_related("person", "office").annotate(risk_order=risk)
    return rows.order_by("due_on", "-identified_on", "code")


def find(viewer: Viewer, pk: UUID) -> Case | None:
    """One case, void ones too; None when the viewer may not open it."""
    rows = Case.objects.visible_with_void_to(viewer).select_related("person", "person__group", "office")
    return rows.filter(pk=pk).first()


def reserved_codes(viewer: Viewer, limit: int) -> tuple[list[str], int]:
    """Codes of the office's cases the viewer may not open, in their own order with nothing beside them; how many."""
    rows = Case.objects.reserved_to(viewer).filter(due_on__isnull=False)
    return list(rows.order_by("code").values_list("code", flat=True)[:limit]), rows.count()


def active_count(viewer: Viewer) -> int:
    """How many cases the viewer is responsible for and has open: work, not a figure."""
    return Case.objects.visible_to(viewer).filter(owner=viewer.id, due_on__isnull=False).count()


def of_person(viewer: Viewer, person: UUID) -> QuerySet[Case]:
    """The person's cases that this viewer may open; nothing says whether there are others."""
    return cases(viewer).filter(person=person)


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who may be responsible for a case."""

    id: str
    name: str


def colleagues(case: Case) -> list[Colleague]:
    """Who works in the case's office and holds its vault."""
    found = []
    for user in User.objects.filter(is_active=True).prefetch_related("grants"):
        viewer = viewer_for(user)
        if viewer.may("protection.work") and viewer.sees_office(case.office_id) and holds(viewer, case.sensitivity):
            found.append(Colleague(viewer.id, user.full_name))
    return found


def by_codes(codes: Iterable[str], viewer: Viewer, batch: Batch | None = None) -> dict[str, Case]:
    """Code → case for an import: cases this viewer may open, and those the same import has written."""
    wanted = sorted(set(filter(None, codes)))
    size = 800 if connection.vendor == "sqlite" else 10_000
    found: dict[str, Case] = {}
    for start in range(0, len(wanted), size):
        named = Case.objects.filter(code__in=wanted[start : start + size], code_released=False)
        seen = Q(pk__in=named.visible_to(viewer).values("pk"))
        if batch is not None:
            seen |= Q(batch=batch, voided_at=None)
        for case in named.filter(seen).only("id", "code", "sensitivity", "person_id", "office_id", "state"):
            found[case.code] = case
    return found


def case_choices(viewer: Viewer, person: UUID) -> list[tuple[str, str]]:
    """(id, code) of the person's cases work can be done on."""
    return [(str(case.pk), case.code) for case in of_person(viewer, person).filter(state__in=ACTIVE)]


def deliveries(case: Case) -> list[date]:
    """The dates the case was assisted on."""
    return delivery_dates(PROCESS, [case.pk])[case.pk]


def has_consent(person: Person) -> bool:
    """Has the person agreed to services or to case management, as of today?"""
    today = timezone.localdate()
    return any(
        Consents({person.pk}, purpose).standing(person.pk, today) is not None
        for purpose in (Purpose.INTERNAL_CASE, Purpose.SERVICE)
    )


def owner_name(case: Case) -> str:
    """The colleague who is responsible, by name."""
    # An owner that is no account (a command opened the case) has no name to show.
    return names_of([case.owner]).get(str(case.owner), "") if case.owner else ""
