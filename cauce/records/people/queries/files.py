"""What stands in a person's file: consents, decisions, who has seen it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from cauce.access.queries import names_of
from cauce.access.viewer import Viewer
from cauce.audit.models import Entry
from cauce.records.people.enums import Purpose
from cauce.records.people.models import Consent, Decision, IdentityDocument, Person, Reception, TravelGroup
from cauce.records.people.queries.persons import may_name


@dataclass(frozen=True, slots=True)
class ConsentState:
    """What stands for one purpose. ``latest`` is None when it was never asked."""

    purpose: str
    latest: Consent | None
    day: date

    @property
    def label(self) -> str:
        return str(Purpose(self.purpose).label)

    @property
    def in_force(self) -> bool:
        return self.latest is not None and self.latest.in_force_on(self.day)


def consents(person: Person) -> list[ConsentState]:
    """Every purpose and what was said last."""
    day = timezone.localdate()
    latest: dict[str, Consent] = {}
    for consent in Consent.objects.live().filter(person=person).order_by("given_on", "recorded_at"):
        latest[consent.purpose] = consent
    return [ConsentState(purpose, latest.get(purpose), day) for purpose in Purpose.values]


def consent_for(person_id: UUID, purpose: str, day: date | None = None) -> Consent | None:
    """The consent in force for a purpose on a day, or None: asked by rooms that may act only with it."""
    said = (
        Consent.objects.live().filter(person=person_id, purpose=purpose).order_by("-given_on", "-recorded_at").first()
    )
    return said if said is not None and said.in_force_on(day or timezone.localdate()) else None


def consent_history(person: Person) -> list[Consent]:
    """Everything that was said, newest first."""
    return list(
        Consent.objects.live().filter(person=person).select_related("notice").order_by("-given_on", "-recorded_at")
    )


def stops(person_ids: Iterable[UUID], day: date | None = None) -> dict[UUID, list[Decision]]:
    """person id → decisions in force, for a file or a whole list; ids without any are left out."""
    on = day or timezone.localdate()
    found: dict[UUID, list[Decision]] = {}
    standing = Decision.objects.live().filter(person__in=list(person_ids), lifted_at=None, starts_on__lte=on)
    for decision in standing.order_by("starts_on"):
        if decision.in_force_on(on):
            found.setdefault(decision.person_id, []).append(decision)
    return found


def decisions(person: Person) -> list[Decision]:
    """All decisions about a person, the ones in force first."""
    day = timezone.localdate()
    every = Decision.objects.live().filter(person=person).order_by("-starts_on", "-recorded_at")
    return sorted(every, key=lambda decision: not decision.in_force_on(day))


def decision(viewer: Viewer, pk: UUID) -> Decision | None:
    """One decision about a person this viewer may know of."""
    seen = Person.objects.visible_to(viewer).values("pk")
    return Decision.objects.live().filter(pk=pk, person__in=seen).select_related("person").first()


def consent(viewer: Viewer, pk: UUID) -> Consent | None:
    """One consent of a person this viewer may know of."""
    seen = Person.objects.visible_to(viewer).values("pk")
    return Consent.objects.live().filter(pk=pk, person__in=seen).select_related("person").first()


def group(viewer: Viewer, pk: UUID) -> TravelGroup | None:
    """A travel group with a member this viewer may know of, or made in their office."""
    found = TravelGroup.objects.live().filter(pk=pk).first()
    if found is None or viewer.sees_office(found.office_id) or members(found, viewer):
        return found
    return None


def members(found: TravelGroup, viewer: Viewer) -> list[Person]:
    """Those of the group whose name this viewer may read, who heads it first.

    The others are not among them: a reserved folio beside its family's names would tell whose it is.
    """
    seen = Person.objects.visible_to(viewer).named_for(viewer).filter(group=found)
    return list(seen.order_by("-heads_group", "folio"))


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody opened this file: name, role and office as they were then."""

    at: datetime
    who: str
    role: str
    verb: str
    reason: str


def seen_by(person: Person, viewer: Viewer, limit: int = 5) -> tuple[list[Seen], int]:
    """The last who opened the file or received the person, and how many times in all.

    Where the name is reserved from the viewer, their own readings alone: a specialist's role beside a
    reserved file, or the reason she wrote, would tell what it is reserved for (look.md 3).
    """
    reads = Entry.objects.filter(
        table=Person.table(), record=str(person.pk), verb__in=("read", "break_glass")
    ).order_by("-at")
    if not may_name(person, viewer):
        reads = reads.filter(actor=viewer.id)
    entries = list(reads[:limit])
    who = names_of(entry.actor for entry in entries)
    found = [
        Seen(entry.at, who.get(entry.actor, entry.actor), entry.role, entry.verb, entry.reason) for entry in entries
    ]
    return found, reads.count()


def documents(person: Person) -> list[IdentityDocument]:
    return list(IdentityDocument.objects.live().filter(person=person).order_by("-recorded_at"))


def document(viewer: Viewer, pk: UUID) -> IdentityDocument | None:
    """One document of a person whose name this viewer may read."""
    seen = Person.objects.visible_to(viewer).named_for(viewer).values("pk")
    return IdentityDocument.objects.live().filter(pk=pk, person__in=seen).select_related("person").first()


def receptions(person: Person) -> list[Reception]:
    """Offices that serve the person besides the one that registered them."""
    return list(Reception.objects.live().filter(person=person).select_related("office").order_by("recorded_at"))
