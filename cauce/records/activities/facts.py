"""This room as facts: events that took place, who took part, who completed a course (counting-rules.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet

from cauce import keys
from cauce.kernel.ages import band_of
from cauce.kernel.facts import Fact
from cauce.kernel.periods import Period
from cauce.records.activities.enums import HAPPENED, Form, Presence
from cauce.records.activities.models import Event, Participation, Session
from cauce.records.base import FactSource
from cauce.records.people.queries import PersonFacts, for_facts

T = TypeVar("T")

CHUNK = 2000


def event_facts(period: Period) -> Iterator[Fact]:
    """One row per day on which an event met, all dated by its first day: it falls whole in one period.

    ``until`` is the day of the row. Whoever counts events counts subjects, not rows: days and places are
    inside the event. An event whose sessions were not noted is one row up to its last day.
    """
    rows = (
        Event.objects.live()
        .filter(state__in=HAPPENED, starts_on__range=(period.start, period.end))
        .select_related("organiser", "site", "response", "municipality")
        .order_by("starts_on", "pk")
    )
    for chunk in batched(rows.iterator(CHUNK), CHUNK):
        days = _session_days(chunk)
        for event in chunk:
            for day in days.get(event.pk, (event.ends_on,)):
                yield _event_fact(event, day)


def _session_days(events: Sequence[Event]) -> dict[UUID, list[date]]:
    """Event → the days of its sessions, in order, each once; events without sessions are not in it."""
    found: dict[UUID, list[date]] = {}
    noted = Session.objects.live().filter(event__in=[event.pk for event in events]).order_by("day")
    for event, day in noted.values_list("event_id", "day").distinct():
        found.setdefault(event, []).append(day)
    return found


def _event_fact(event: Event, day: date) -> Fact:
    organiser = event.organiser
    return Fact(
        kind="activities.event",
        date=event.starts_on,
        until=day,
        subject=keys.pseudonym(event.pk, "subject"),
        category=event.type,
        organisation=str(organiser.pk) if organiser else None,
        organisation_kind=organiser.kind if organiser else None,
        source_id=str(event.pk),
        **_of_event(event),
    )


def participation_facts(period: Period) -> Iterator[Fact]:
    """One row per person who came, or per count with its quantity; dated by the event's first day."""
    rows = _came(event__starts_on__range=(period.start, period.end)).order_by("event__starts_on", "pk")
    for participation, person in _with_person(rows):
        event = participation.event
        yield Fact(
            kind="activities.participation",
            date=event.starts_on,
            until=event.ends_on,
            quantity=participation.quantity,
            **_of_participation(participation, person, event.starts_on),
        )


def completion_facts(period: Period) -> Iterator[Fact]:
    """One row per person who completed a course, dated by the last session they came to."""
    rows = _came(form=Form.INDIVIDUAL, completed_on__range=(period.start, period.end)).order_by("completed_on", "pk")
    for participation, person in _with_person(rows):
        day = participation.completed_on
        if day is None:
            continue  # the query asks for a day; this tells the reader, and the type checker, that there is one
        yield Fact(kind="activities.completion", date=day, until=day, **_of_participation(participation, person, day))


def _came(**narrowed: Any) -> QuerySet[Participation]:
    events = Event.objects.live().filter(state__in=HAPPENED)
    return (
        Participation.objects.live()
        .filter(presence=Presence.PRESENT, event__in=events.values("pk"), **narrowed)
        .select_related("event__site", "event__response", "event__municipality", "organisation")
        .defer("name")
    )


def _with_person(rows: QuerySet[Participation]) -> Iterator[tuple[Participation, PersonFacts | None]]:
    """Each participation with what facts may say of its person, looked up a chunk at a time."""
    for chunk in batched(rows.iterator(CHUNK), CHUNK):
        people = for_facts({each.person_id for each in chunk if each.person_id})
        for participation in chunk:
            yield participation, people.get(participation.person_id) if participation.person_id else None


def batched(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of up to ``size`` rows (itertools.batched comes with Python 3.12)."""
    rows = iter(rows)
    while chunk := list(islice(rows, size)):
        yield chunk


def _of_event(event: Event) -> dict[str, Any]:
    place = event.municipality
    return {
        "source_room": "activities",
        "office": event.office_id,
        "topics": tuple(sorted(event.topics)),
        "response": event.response.code if event.response else None,
        "projects": tuple(sorted(event.projects)),
        "site": str(event.site_id) if event.site_id else None,
        "site_kind": event.site.kind if event.site else None,
        "place": place.code if place else None,
        "state": place.code[:2] if place else None,
        "country": "MEX" if place else None,
    }


def _of_participation(participation: Participation, person: PersonFacts | None, day: date) -> dict[str, Any]:
    """The registered person's own data, or what was noted on the list; never a name."""
    organisation = participation.organisation
    band = participation.counted_age if participation.is_count else band_of(participation.age)
    noted = {"sex": participation.sex, "age_band": str(band)}
    return {
        **_of_event(participation.event),
        "subject": keys.pseudonym(participation.pk, "subject"),
        "within": participation.event.type,
        "category": participation.sector,
        "organisation": str(organisation.pk) if organisation else None,
        "organisation_kind": organisation.kind if organisation else None,
        "source_id": str(participation.pk),
        **(noted if person is None else person.columns(day)),
    }


_TABLES = ("activities.event", "activities.participation")
SOURCES = [
    FactSource(kind="activities.event", tables=("activities.event", "activities.session"), rows=event_facts),
    FactSource(kind="activities.participation", tables=_TABLES, rows=participation_facts),
    FactSource(kind="activities.completion", tables=(*_TABLES, "activities.session"), rows=completion_facts),
]
