"""Named reads. Those for screens take a viewer; those for actions say what stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Avg, Count, Q, QuerySet, Sum
from django.shortcuts import get_object_or_404
from django.utils import timezone

from cauce.access.viewer import Viewer
from cauce.records.activities import vocabularies
from cauce.records.activities.enums import EventState, Form, Presence
from cauce.records.activities.models import Evaluation, Event, Participation, Session
from cauce.records.models import Batch
from cauce.records.programmes.queries import closed_months

# ---- for screens ---------------------------------------------------------------------------------------------


def events(viewer: Viewer) -> QuerySet[Event]:
    """The viewer's events, newest first, each with how many people came."""
    came = Q(participations__voided_at=None, participations__presence=Presence.PRESENT)
    # Of an import that is under way nothing is seen yet.
    came &= Q(participations__batch=None) | Q(participations__batch__state=Batch.State.COMPLETE)
    return (
        Event.objects.visible_to(viewer)
        .select_related("municipality", "site", "office")
        .annotate(people=Sum("participations__quantity", filter=came, default=0))
    )


def event(viewer: Viewer, pk: UUID | str) -> Event:
    """One event; 404 for a stranger's."""
    return get_object_or_404(Event.objects.visible_to(viewer).select_related("municipality", "site", "office"), pk=pk)


def session(viewer: Viewer, pk: UUID | str) -> Session:
    return get_object_or_404(Session.objects.visible_to(viewer).select_related("event"), pk=pk)


def participation(viewer: Viewer, pk: UUID | str) -> Participation:
    return get_object_or_404(Participation.objects.visible_to(viewer).select_related("event"), pk=pk)


def narrow(rows: QuerySet[Event], values: dict[str, Any]) -> QuerySet[Event]:
    """Events that match the filters of the list; empty filters leave all."""
    if wanted := values.get("type"):
        rows = rows.filter(type=wanted)
    if wanted := values.get("state"):
        rows = rows.filter(state=wanted)
    if wanted := values.get("since"):
        rows = rows.filter(ends_on__gte=wanted)
    if wanted := values.get("until"):
        rows = rows.filter(starts_on__lte=wanted)
    if wanted := values.get("municipality"):
        rows = rows.filter(municipality=wanted)
    if wanted := (values.get("q") or "").strip():
        rows = rows.filter(Q(title__icontains=wanted) | Q(code__icontains=wanted))
    return rows


def events_between(viewer: Viewer, start: date, end: date) -> QuerySet[Event]:
    """Events that touch the days, in order (calendar)."""
    return (
        Event.objects.visible_to(viewer)
        .filter(starts_on__lte=end, ends_on__gte=start)
        .select_related("municipality")
        .order_by("starts_on", "code")
    )


def waiting_count(viewer: Viewer) -> int:
    """Planned events whose day has passed: somebody has to say whether they were held."""
    return Event.objects.visible_to(viewer).filter(state=EventState.PLANNED, ends_on__lt=timezone.localdate()).count()


def by_sector(event: Event) -> list[tuple[str, int]]:
    """(sector, people) of those who came."""
    rows = (
        event.participations.live()
        .filter(presence=Presence.PRESENT)
        .order_by()
        .values("sector")
        .annotate(people=Sum("quantity"))
    )
    return sorted((row["sector"], row["people"]) for row in rows)


# ---- for actions and facts: what stands --------------------------------------------------------------------------


def locked(event: Event) -> Event:
    """The event read again under a lock, with its present state."""
    return Event.objects.select_for_update().get(pk=event.pk)


def sessions_of(event: Event) -> list[Session]:
    return list(event.sessions.live().order_by("day", "recorded_at"))


def individuals_of(event: Event) -> QuerySet[Participation]:
    return event.participations.live().filter(form=Form.INDIVIDUAL).order_by("recorded_at", "pk")


def counts_of(event: Event) -> QuerySet[Participation]:
    return event.participations.live().filter(form=Form.COUNT).order_by("recorded_at", "pk")


def evaluation_of(event: Event) -> Evaluation | None:
    return event.evaluations.live().first()


def attendance_total(event: Event) -> int:
    """Participations of the event: people who came, listed or counted."""
    return event.participations.live().filter(presence=Presence.PRESENT).aggregate(total=Sum("quantity"))["total"] or 0


def completed_total(event: Event) -> int:
    """How many people completed the course."""
    return event.participations.live().exclude(completed_on=None).count()


def completion_dates(event: Event) -> list[date]:
    days = event.participations.live().exclude(completed_on=None).values_list("completed_on", flat=True)
    return sorted({day for day in days if day})


def test_means(event: Event) -> tuple[int, Decimal | None, Decimal | None]:
    """People with both tests, and the means of their first and last; (0, None, None) without any."""
    both = individuals_of(event).exclude(Q(pre_score=None) | Q(post_score=None))
    found = both.order_by().aggregate(number=Count("pk"), pre=Avg("pre_score"), post=Avg("post_score"))
    if not found["number"]:
        return 0, None, None
    tenth = Decimal("0.1")
    return found["number"], Decimal(found["pre"]).quantize(tenth), Decimal(found["post"]).quantize(tenth)


def codes_taken(codes: Iterable[str]) -> set[str]:
    """Those of the codes that a live event already has."""
    return set(Event.objects.live().filter(code__in=list(codes)).values_list("code", flat=True))


def last_number(prefix: str) -> int:
    """The last running number given under a prefix, void events included: numbers are not used twice."""
    codes = Event.objects.filter(code__startswith=prefix).values_list("code", flat=True)
    return max((int(rest) for code in codes if (rest := code.removeprefix(prefix)).isdigit()), default=0)


def events_by_code(codes: Iterable[str], *, viewer: Viewer, batch: Batch | None = None) -> dict[str, Event]:
    """The viewer's events by their code, with those of the batch that is being written."""
    stands = Q(pk__in=Event.objects.visible_to(viewer).values("pk"))
    if batch is not None:
        stands |= Q(batch=batch, voided_at=None)
    return {each.code: each for each in Event.objects.filter(stands, code__in=list(codes))}


@dataclass
class Standing:
    """What is already noted at some events, so that thousands of rows are checked without a query each."""

    sectors: frozenset[str] = frozenset()
    sessions: dict[UUID, list[Session]] = field(default_factory=lambda: defaultdict(list))
    listed: dict[UUID, set[str]] = field(default_factory=lambda: defaultdict(set))
    counted: dict[UUID, set[str]] = field(default_factory=lambda: defaultdict(set))
    persons: dict[UUID, set[UUID]] = field(default_factory=lambda: defaultdict(set))
    closed: dict[str, frozenset[date]] = field(default_factory=dict)

    def closed_months(self, office: str) -> frozenset[date]:
        """Months the office has handed in; asked once per office."""
        if office not in self.closed:
            self.closed[office] = closed_months(office)
        return self.closed[office]

    def note(self, participation: Participation) -> None:
        event = participation.event_id
        if participation.form == Form.COUNT:
            if not participation.apart:
                self.counted[event].add(participation.sector)
            return
        self.listed[event].add(participation.sector)
        if participation.person_id:
            self.persons[event].add(participation.person_id)


def standing(events: Sequence[Event], *, batch: Batch | None = None, without: Participation | None = None) -> Standing:
    """What stands at these events: live records, and those of the batch that is being written."""
    found = Standing(sectors=frozenset(vocabularies.sectors()))
    ids = [event.pk for event in events]
    for session in _standing(Session, batch).filter(event__in=ids).order_by("day", "recorded_at"):
        found.sessions[session.event_id].append(session)
    rows = _standing(Participation, batch).filter(event__in=ids)
    if without is not None:
        rows = rows.exclude(pk=without.pk)
    for event_id, form, apart, sector, person in (
        rows.order_by().values_list("event", "form", "apart", "sector", "person").distinct()
    ):
        found.note(Participation(event_id=event_id, form=form, apart=apart, sector=sector, person_id=person))
    return found


def _standing(model: type[Session] | type[Participation], batch: Batch | None) -> QuerySet:
    live = model.objects.live()
    return live if batch is None else model.objects.filter(Q(pk__in=live.values("pk")) | Q(batch=batch, voided_at=None))
