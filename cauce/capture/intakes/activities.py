"""Events, attendance lists and head counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from uuid import NAMESPACE_OID, UUID, uuid5

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cauce.access.viewer import Viewer
from cauce.capture.intakes.base import Intake, Seen, capture_of
from cauce.exchange import Row
from cauce.kernel.problems import Problem
from cauce.records.activities import actions, columns, permissions, queries
from cauce.records.activities.actions.attendance import prepare
from cauce.records.activities.actions.events import check, code_taken
from cauce.records.activities.models import Event, Participation
from cauce.records.activities.queries import Standing
from cauce.records.activities.rows import Finder, from_sketch, sessions_of, sketch
from cauce.records.models import Batch
from cauce.records.people.queries import ids_by_folio
from cauce.records.programmes.rules import check_open

# Where the sketch of an event of this file is kept for its later sheets, by code.
_SKETCH = "activities.event "


def _check_events(rows: Sequence[Row], viewer: Viewer, seen: Seen) -> Iterator[Problem]:
    finder, today, months = Finder(viewer, viewer.office), timezone.localdate(), Standing()
    taken = queries.codes_taken(row.values["code"] for row in rows)
    for row in rows:
        code = row.values["code"]
        try:
            event = finder.event(row.values)
            check(event, today=today)
            check_open(event.starts_on, months.closed_months(event.office_id), event.office_id)
            sessions = sessions_of(row.values, event)
        except Problem as problem:
            yield problem.at(row=row.number)
            continue
        if code in taken or not seen.offer("activities.event", code, row.number):
            yield code_taken(code).at(row=row.number)
        else:
            seen.offer(_SKETCH + code, sketch(event, sessions))


def _write_events(rows: Sequence[Row], viewer: Viewer, batch: Batch) -> None:
    finder = Finder(viewer, batch.office_id)
    events, sessions = [], []
    for row in rows:
        event = finder.event(row.values)
        event.capture = capture_of(batch, row)
        events.append(event)
        for number, session in enumerate(sessions_of(row.values, event)):
            session.capture = capture_of(batch, row, f"session {number}")
            sessions.append(session)
    actions.plan_many(events, by=viewer, batch=batch)
    actions.add_sessions(sessions, by=viewer, batch=batch)


Make = Callable[[Row, Event, Finder, Standing], Participation]


class _People:
    """Persons by folio, those of this file's own sheets included."""

    def __init__(self, rows: Sequence[Row], viewer: Viewer, batch: Batch | None, seen: Seen | None) -> None:
        folios = [folio.upper() for row in rows if (folio := row.values.get("person"))]
        self.found = ids_by_folio(folios, viewer, batch) if folios else {}
        self.seen = seen

    def find(self, folio: str) -> UUID | None:
        folio = folio.upper()
        if not folio or folio in self.found:
            return self.found.get(folio)
        if self.seen is not None and self.seen.knows("people.folio", folio):
            return uuid5(NAMESPACE_OID, folio)  # a stand-in: the person will be there when this sheet is written
        raise Problem(
            "activities.no_such_person",
            _("No hay ninguna persona con el folio %(folio)s a la vista de su oficina."),
            fix=_("Revise el folio, o registre antes a la persona."),
            field="person",
            folio=folio,
        )


def _check_with(make: Make, rows: Sequence[Row], viewer: Viewer, seen: Seen) -> Iterator[Problem]:
    """Check rows against their events, whether those are in the database or in an earlier sheet."""
    events = queries.events_by_code({row.values["event"] for row in rows}, viewer=viewer)
    standing = queries.standing(list(events.values()))
    finder = Finder(viewer, viewer.office)
    for row in rows:
        code = row.values["event"]
        if code not in events and seen.knows("activities.event", code):
            event, sessions = from_sketch(next(iter(seen.offered[_SKETCH + code])))
            events[code], standing.sessions[event.pk] = event, sessions
        try:
            participation = make(row, _event(events, code), finder, standing)
            _remember(standing, seen, code, participation.event_id)
            prepare(participation, standing)
        except Problem as problem:
            yield problem.at(row=row.number)
            continue
        kind = "counted" if participation.is_count else "listed"
        if not participation.apart:
            seen.offer(f"activities.{kind} {code}", participation.sector, 0)


def _remember(standing: Standing, seen: Seen, code: str, event: UUID) -> None:
    """What earlier chunks and sheets of the file noted at this event."""
    standing.listed[event].update(seen.offered[f"activities.listed {code}"])
    standing.counted[event].update(seen.offered[f"activities.counted {code}"])


def _write_with(make: Make, rows: Sequence[Row], viewer: Viewer, batch: Batch) -> list[Participation]:
    events = queries.events_by_code({row.values["event"] for row in rows}, viewer=viewer, batch=batch)
    standing = queries.standing(list(events.values()), batch=batch)
    finder = Finder(viewer, batch.office_id)
    participations = []
    for row in rows:
        participation = make(row, _event(events, row.values["event"]), finder, standing)
        participation.capture = capture_of(batch, row)
        participations.append(participation)
    return actions.register_many(participations, by=viewer, batch=batch)


def _event(events: dict[str, Event], code: str) -> Event:
    if code in events:
        return events[code]
    raise Problem(
        "activities.no_such_event",
        _("No hay ningún evento con la clave %(event)s."),
        fix=_("Regístrelo antes, o en la hoja Eventos de este archivo."),
        field="event",
        event=code,
    )


def _individual(people: _People) -> Make:
    def make(row: Row, event: Event, finder: Finder, standing: Standing) -> Participation:
        person = people.find(row.values["person"])
        return finder.participation(row.values, event, standing.sessions[event.pk], person)

    return make


def _count(row: Row, event: Event, finder: Finder, standing: Standing) -> Participation:
    return finder.count(row.values, event)


def _check_attendance(rows: Sequence[Row], viewer: Viewer, seen: Seen) -> Iterator[Problem]:
    """Two rows that are equal in everything are one person only if they name one: lists without names repeat."""
    fresh = []
    for row in rows:
        named = row.values["name"] or row.values["person"]
        mark = "|".join(map(str, row.values.values()))
        if named and not seen.offer("activities.row", mark, row.number):
            yield Problem(
                "activities.row.duplicate",
                _("Es igual en todo a la fila %(first)s."),
                row=row.number,
                first=seen.row_of("activities.row", mark),
            )
        elif not _named_twice(row, seen):
            fresh.append(row)
        else:
            yield _person_twice(row, seen)
    yield from _check_with(_individual(_People(fresh, viewer, None, seen)), fresh, viewer, seen)


def _named_twice(row: Row, seen: Seen) -> bool:
    person = row.values["person"]
    return bool(person) and not seen.offer("activities.person", f"{row.values['event']}|{person}", row.number)


def _person_twice(row: Row, seen: Seen) -> Problem:
    return Problem(
        "activities.person_twice",
        _("Esta persona ya está en la lista del evento, en la fila %(first)s."),
        fix=_("Deje un solo renglón, con todas sus sesiones."),
        field="person",
        row=row.number,
        first=seen.row_of("activities.person", f"{row.values['event']}|{row.values['person']}"),
    )


def _write_attendance(rows: Sequence[Row], viewer: Viewer, batch: Batch) -> list[Participation]:
    return _write_with(_individual(_People(rows, viewer, batch, None)), rows, viewer, batch)


def _check_counts(rows: Sequence[Row], viewer: Viewer, seen: Seen) -> Iterator[Problem]:
    yield from _check_with(_count, rows, viewer, seen)


def _write_counts(rows: Sequence[Row], viewer: Viewer, batch: Batch) -> list[Participation]:
    return _write_with(_count, rows, viewer, batch)


EVENTS = Intake("activities.events", columns.EVENTS, permissions.EDIT, _check_events, _write_events)
ATTENDANCE = Intake(
    "activities.attendance", columns.ATTENDANCE, permissions.ATTEND, _check_attendance, _write_attendance, repeats=True
)
COUNTS = Intake("activities.counts", columns.COUNTS, permissions.ATTEND, _check_counts, _write_counts)
INTAKES = [EVENTS, ATTENDANCE, COUNTS]
