"""Planning, holding, validating and cancelling events, and their sessions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cauce.access.models import Office
from cauce.access.viewer import Viewer
from cauce.kernel.problems import Problem
from cauce.records import writing
from cauce.records.activities import permissions, queries, rules, vocabularies
from cauce.records.activities.actions.completion import recompute
from cauce.records.activities.enums import EventState
from cauce.records.activities.models import Event, Session
from cauce.records.models import Batch
from cauce.records.programmes.queries import closed_months
from cauce.records.programmes.rules import check_open


def plan(*, by: Viewer, **fields: Any) -> Event:
    """Write one event, planned unless ``state`` says otherwise; its code is made when it has none.

    Raises Problem (rules.check_event) and PermissionDenied.
    """
    permissions.check_edit(by)
    fields.setdefault("office_id", by.office)
    event = Event(**fields)
    with transaction.atomic():
        existing = Event.objects.filter(capture=event.capture).first()
        if existing is not None:
            return existing
        _prepare([event])
        return writing.add(event, by=by, dates=dates_of(event))


def plan_many(events: Sequence[Event], *, by: Viewer, batch: Batch | None = None) -> list[Event]:
    """The bulk form of ``plan``: same checks, same audit. Events come without being saved."""
    permissions.check_edit(by)
    with transaction.atomic():
        _prepare(events)
        return writing.add_many(events, by=by, batch=batch, dates=dates_of)


def _prepare(events: Sequence[Event]) -> None:
    today = timezone.localdate()
    closed = {office: closed_months(office) for office in {event.office_id for event in events}}
    for event in events:
        event.ends_on = event.ends_on or event.starts_on
        check(event, today=today)
        check_open(event.starts_on, closed[event.office_id], event.office_id)
    _give_codes([event for event in events if not event.code])
    codes = [event.code for event in events]
    if taken := {*queries.codes_taken(codes)} | {code for code in codes if codes.count(code) > 1}:
        raise code_taken(sorted(taken)[0])


def check(event: Event, *, today: date) -> None:
    """Rules and the mission's lists together; what an import asks of each row before anything is written."""
    rules.check_codes("type", [event.type], vocabularies.event_types())
    rules.check_codes("topics", event.topics, vocabularies.topics())
    rules.check_codes("modality", [event.modality], vocabularies.modalities())
    rules.check_event(event, today=today)


def code_taken(code: str) -> Problem:
    return Problem(
        "activities.code_taken",
        _("Ya hay un evento con la clave %(value)s."),
        fix=_("Ábralo y complételo, o use otra clave."),
        field="code",
        value=code,
    )


def _give_codes(events: Sequence[Event]) -> None:
    """Codes such as TIJ-E22-0007: office, year of the start, running number."""
    for office in sorted({event.office_id for event in events}):
        # Two people who plan at the same moment get two numbers.
        Office.objects.select_for_update().get(pk=office)
        last: dict[str, int] = {}
        for event in events:
            if event.office_id != office:
                continue
            prefix = f"{office}-E{event.starts_on:%y}-"
            if prefix not in last:
                last[prefix] = queries.last_number(prefix)
            last[prefix] += 1
            event.code = f"{prefix}{last[prefix]:04d}"


def dates_of(event: Event) -> tuple[date, ...]:
    """The days whose facts an event touches: its own, and those of completions up to its end."""
    return (event.starts_on, event.ends_on)


# What may be corrected. State, reason of cancellation and code have actions of their own or stay.
CORRECTED = frozenset(
    {
        "type", "title", "starts_on", "ends_on", "modality", "language", "municipality", "municipality_id", "site",
        "site_id", "organiser", "organiser_id", "partners", "topics", "response", "response_id", "projects",
        "facilitators",
    }
)  # fmt: skip


def correct_event(event: Event, changes: Mapping[str, Any], *, reason: str, by: Viewer) -> Event:
    """Change what an event says. The state has actions of its own."""
    permissions.check_edit(by)
    rules.check_open(event)
    before = dates_of(event)
    with transaction.atomic():
        event = queries.locked(event)
        if unknown := set(changes) - CORRECTED:
            raise TypeError(f"not corrected here: {', '.join(sorted(unknown))}")
        trial = Event(**{field.attname: getattr(event, field.attname) for field in Event._meta.concrete_fields})
        for name, value in changes.items():
            setattr(trial, name, value)
        check(trial, today=timezone.localdate())
        for session in event.sessions.live():
            rules.check_session(session, trial)
        writing.correct(event, changes, reason=reason, by=by, dates=(*before, *dates_of(trial)))
        recompute(event, by=by)
    return event


def hold(event: Event, *, by: Viewer) -> Event:
    """Say that the event took place; from now on it counts."""
    permissions.check_edit(by)
    with transaction.atomic():
        rules.check_begun(event, today=timezone.localdate())
        check_open(event.starts_on, closed_months(event.office_id), event.office_id)
        _step(event, EventState.HELD, by=by)
        recompute(event, by=by)
    return event


def validate(event: Event, *, by: Viewer) -> Event:
    """Close the event's data: no more attendance, no more corrections."""
    permissions.check_edit(by)
    with transaction.atomic():
        rules.check_validation(event, participations=queries.attendance_total(event))
        return _step(event, EventState.VALIDATED, by=by)


def cancel(event: Event, *, reason: str, by: Viewer) -> Event:
    """Cancel a planned event; the reason stays with it."""
    permissions.check_edit(by)
    if not reason.strip():
        raise Problem(
            "activities.cancel_reason_missing",
            _("Un evento cancelado dice por qué."),
            fix=_("Escriba el motivo de la cancelación."),
            field="reason",
        )
    return _step(event, EventState.CANCELLED, by=by, reason=reason, cancel_reason=reason.strip())


def _step(event: Event, to: str, *, by: Viewer, reason: str = "", **also_set: Any) -> Event:
    return writing.transition(
        event, "state", to, by=by, allowed=rules.TRANSITIONS, reason=reason, dates=dates_of(event), **also_set
    )


def void_event(event: Event, *, reason: str, by: Viewer) -> Event:
    """Take an event, with everything noted under it, out of every count."""
    permissions.check_edit(by)
    completions = queries.completion_dates(event)
    return writing.void(event, reason=reason, by=by, dates=(*dates_of(event), *completions))


def add_session(event: Event, *, by: Viewer, **fields: Any) -> Session:
    """Add a session; who had completed the course before may no longer have."""
    permissions.check_edit(by)
    rules.check_open(event)
    session = Session(event=event, office_id=event.office_id, **fields)
    rules.check_session(session, event)
    with transaction.atomic():
        session = writing.add(session, by=by, dates=dates_of(event))
        recompute(event, by=by)
    return session


def add_sessions(sessions: Sequence[Session], *, by: Viewer, batch: Batch | None = None) -> list[Session]:
    """Sessions of events that have no attendance yet (imports bring both, sessions first)."""
    permissions.check_edit(by)
    for session in sessions:
        rules.check_open(session.event)
        rules.check_session(session, session.event)
    return writing.add_many(sessions, by=by, batch=batch, dates=lambda session: dates_of(session.event))


def correct_session(session: Session, changes: Mapping[str, Any], *, reason: str, by: Viewer) -> Session:
    permissions.check_edit(by)
    event = session.event
    rules.check_open(event)
    trial = Session(event=event, day=changes.get("day", session.day), hours=changes.get("hours", session.hours))
    rules.check_session(trial, event)
    with transaction.atomic():
        writing.correct(session, changes, reason=reason, by=by, dates=dates_of(event))
        recompute(event, by=by)
    return session


def void_session(session: Session, *, reason: str, by: Viewer) -> Session:
    """A session that did not take place; its hours count for nobody."""
    permissions.check_edit(by)
    rules.check_open(session.event)
    with transaction.atomic():
        writing.void(session, reason=reason, by=by, dates=dates_of(session.event))
        recompute(session.event, by=by)
    return session
