"""Keeps the day a course was completed in step with sessions, hours and attendance."""

from __future__ import annotations

from cauce.access.viewer import Viewer
from cauce.audit import log
from cauce.records.activities import queries, rules
from cauce.records.activities.models import Event, Participation


def recompute(event: Event, *, by: Viewer) -> int:
    """Set ``completed_on`` of everybody at the event again; returns how many changed. Runs in a transaction.

    Each change is a step of the log like any other, with both days.
    """
    sessions = queries.sessions_of(event)
    changed: list[Participation] = []
    entries: list[log.NewEntry] = []
    for participation in queries.individuals_of(event):
        before, now = participation.completed_on, rules.completed_on(sessions, participation.attended, event)
        if before == now:
            continue
        participation.completed_on = now
        changed.append(participation)
        entries.append(
            log.NewEntry(
                verb="complete" if now else "uncomplete",
                table=Participation.table(),
                record=str(participation.pk),
                office=participation.office_id,
                concerns=[str(participation.person_id)] if participation.person_id else [],
                dates=[day for day in (before, now, event.starts_on) if day],
                changes={"completed_on": (before, now)},
            )
        )
    if changed:
        Participation.objects.bulk_update(changed, ["completed_on"], batch_size=200)
        log.record_many(by.actor, entries)
    return len(changed)
