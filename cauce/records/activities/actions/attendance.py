"""Who came: one by one, or counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cauce.access.viewer import Viewer
from cauce.kernel.problems import Problem
from cauce.records import writing
from cauce.records.activities import permissions, queries, rules, vocabularies
from cauce.records.activities.enums import Form, Presence
from cauce.records.activities.models import Event, Participation, Session
from cauce.records.activities.queries import Standing
from cauce.records.models import Batch
from cauce.records.programmes.rules import check_open

# Presence is set as often as needed while the event is open: a tap too many is undone by another.
_FREELY = {each: frozenset(Presence.values) for each in Presence.values}


def register(event: Event, *, by: Viewer, sectors: Sequence[str] = (), **fields: Any) -> Participation:
    """Note one person, or one count of people of a sector.

    ``sectors`` may hold several that apply; one is kept, by precedence. Raises Problem and PermissionDenied.
    """
    permissions.check_attend(by)
    if sectors:
        fields["sector"] = rules.sector_of(sectors, vocabularies.sector_precedence())
    with transaction.atomic():
        # The event is locked: its state, and who is listed or counted, must not change meanwhile.
        event = queries.locked(event)
        participation = Participation(event=event, office_id=event.office_id, **fields)
        existing = Participation.objects.filter(capture=participation.capture).first()
        if existing is not None:
            return existing
        prepare(participation, queries.standing([event]))
        return writing.add(participation, by=by, dates=dates_of(participation), concerns=concerns_of(participation))


def register_many(
    participations: Sequence[Participation], *, by: Viewer, batch: Batch | None = None
) -> list[Participation]:
    """The bulk form of ``register``: same checks, same audit. Records come unsaved, with their event."""
    permissions.check_attend(by)
    with transaction.atomic():
        events = {participation.event_id: participation.event for participation in participations}
        standing = queries.standing(list(events.values()), batch=batch)
        for participation in participations:
            prepare(participation, standing)
        return writing.add_many(participations, by=by, batch=batch, dates=dates_of, concerns=concerns_of)


def prepare(participation: Participation, standing: Standing) -> None:
    """Check one participation against its event and what is already noted there, and complete it.

    Where there are sessions, presence follows from them; without any, it is what is said. Raises Problem; on
    success the participation is noted in ``standing``, so that the next one is
    checked against it too.
    """
    event = participation.event
    rules.check_codes("sector", [participation.sector], standing.sectors)
    rules.check_participation(participation, event)
    check_open(event.starts_on, standing.closed_months(event.office_id), event.office_id)
    rules.check_not_counted_twice(participation, listed=standing.listed[event.pk], counted=standing.counted[event.pk])
    if participation.person_id and participation.person_id in standing.persons[event.pk]:
        raise Problem(
            "activities.person_twice",
            _("Esta persona ya está en la lista del evento."),
            fix=_("Marque su asistencia en las sesiones en lugar de registrarla otra vez."),
            field="person",
        )
    if participation.form == Form.INDIVIDUAL:
        sessions = standing.sessions[event.pk]
        _check_sessions(participation.attended, sessions)
        if sessions:
            participation.presence = rules.presence_after(participation.presence, participation.attended)
        participation.completed_on = rules.completed_on(sessions, participation.attended, event)
    standing.note(participation)


def _check_sessions(attended: Sequence[str], sessions: Sequence[Session]) -> None:
    known = {str(session.pk) for session in sessions}
    if not set(attended) <= known:
        raise Problem(
            "activities.not_its_session",
            _("La sesión no es de este evento, o se anuló."),
            fix=_("Vuelva a abrir la página del evento."),
            field="attended",
        )


def dates_of(participation: Participation) -> tuple[date, ...]:
    days = (participation.event.starts_on, participation.completed_on)
    return tuple(day for day in days if day)


def concerns_of(participation: Participation) -> tuple[UUID, ...]:
    return (participation.person_id,) if participation.person_id else ()


def mark(participation: Participation, session: Session, *, present: bool, by: Viewer) -> Participation:
    """Note that a person came to a session, or take it back. Marking twice changes nothing."""
    permissions.check_attend(by)
    with transaction.atomic():
        event = queries.locked(participation.event)
        rules.check_open(event)
        # Read again under the lock: two phones may mark two sessions of the same person.
        participation = Participation.objects.select_for_update().get(pk=participation.pk)
        participation.event = event
        _check_individual(participation)
        sessions = queries.sessions_of(event)
        _check_sessions([str(session.pk)], sessions)
        attended = [each for each in participation.attended if each != str(session.pk)]
        if present:
            attended.append(str(session.pk))
        if sorted(attended) == sorted(participation.attended):
            return participation
        return _set_presence(
            participation,
            rules.presence_after(participation.presence, attended),
            by=by,
            attended=attended,
            completed_on=rules.completed_on(sessions, attended, event),
        )


def mark_absent(participation: Participation, *, by: Viewer) -> Participation:
    """Note that an enrolled person never came."""
    permissions.check_attend(by)
    with transaction.atomic():
        rules.check_open(queries.locked(participation.event))
        _check_individual(participation)
        return _set_presence(participation, Presence.ABSENT, by=by, attended=[], completed_on=None)


def mark_present(participation: Participation, *, by: Viewer) -> Participation:
    """Note that somebody came to an event that has no sessions."""
    permissions.check_attend(by)
    with transaction.atomic():
        event = queries.locked(participation.event)
        rules.check_open(event)
        _check_individual(participation)
        if queries.sessions_of(event):
            raise Problem(
                "activities.say_which_session",
                _("El evento tiene sesiones: falta decir a cuáles asistió."),
                fix=_("Marque la sesión."),
            )
        return _set_presence(participation, Presence.PRESENT, by=by)


def _set_presence(participation: Participation, to: str, *, by: Viewer, **also_set: Any) -> Participation:
    before = participation.completed_on
    days = (*dates_of(participation), before, also_set.get("completed_on"))
    return writing.transition(
        participation,
        "presence",
        to,
        by=by,
        allowed=_FREELY,
        dates=[day for day in days if day],
        concerns=concerns_of(participation),
        **also_set,
    )


def _check_individual(participation: Participation) -> None:
    if participation.is_count:
        raise Problem(
            "activities.count_has_no_sessions",
            _("Un conteo no lleva asistencia por sesión."),
            fix=_("Registre a las personas una por una si necesita saber a qué sesiones fueron."),
        )


def record_scores(participation: Participation, *, by: Viewer, pre: Any = None, post: Any = None) -> Participation:
    """Note the results of the tests before and after (Kirkpatrick level 2); 0 to 100."""
    permissions.check_attend(by)
    with transaction.atomic():
        event = queries.locked(participation.event)
        _check_individual(participation)
        trial = Participation(event=event, form=Form.INDIVIDUAL, person_id=participation.person_id)
        trial.pre_score, trial.post_score = pre, post
        rules.check_participation(trial, event)
        return _set_presence(participation, participation.presence, by=by, pre_score=pre, post_score=post)


def correct_participation(
    participation: Participation, changes: Mapping[str, Any], *, reason: str, by: Viewer
) -> Participation:
    """Correct who somebody is or how many were counted; attendance has actions of its own."""
    permissions.check_attend(by)
    allowed = {
        "sector", "sex", "quantity", "apart", "counted_age", "name", "organisation", "organisation_name", "position",
        "age", "person",
    }  # fmt: skip
    if unknown := set(changes) - allowed:
        raise TypeError(f"not corrected here: {', '.join(sorted(unknown))}")
    with transaction.atomic():
        event = queries.locked(participation.event)
        standing = queries.standing([event], without=participation)
        trial = Participation(
            **{field.attname: getattr(participation, field.attname) for field in Participation._meta.concrete_fields}
        )
        trial.event = event
        for name, value in changes.items():
            setattr(trial, name, value)
        prepare(trial, standing)
        concerns = {*concerns_of(participation), *concerns_of(trial)}
        return writing.correct(
            participation, changes, reason=reason, by=by, dates=dates_of(participation), concerns=sorted(concerns)
        )


def void_participation(participation: Participation, *, reason: str, by: Viewer) -> Participation:
    permissions.check_attend(by)
    rules.check_open(participation.event)
    return writing.void(
        participation, reason=reason, by=by, dates=dates_of(participation), concerns=concerns_of(participation)
    )
