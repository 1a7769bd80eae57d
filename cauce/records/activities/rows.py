"""From a row of a sheet to events, sessions and participations that are not saved yet."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from cauce.access.viewer import Viewer
from cauce.kernel.problems import Problem
from cauce.records.activities import rules, vocabularies
from cauce.records.activities.enums import CountedAge, EventState, Form, Presence, Sex
from cauce.records.activities.models import Event, Participation, Session
from cauce.records.places.queries import Names, municipality_by_name, organisation_names, site_names
from cauce.records.places.rules import same_name
from cauce.records.programmes.queries import Codes, project_codes, response_codes

# Sessions are laid on every day of an event up to this many; a longer one has to name its days.
DAYS_IN_A_ROW = 14
TENTH = Decimal("0.1")


@dataclass
class Finder:
    """Places, organisations, projects and responses by name: read once for a chunk of rows."""

    viewer: Viewer
    office: str
    sites: Names = field(init=False)
    organisations: Names = field(init=False)
    responses: Codes = field(init=False)
    projects: Codes = field(init=False)

    def __post_init__(self) -> None:
        self.sites, self.organisations = site_names(self.viewer), organisation_names(self.viewer)
        self.responses, self.projects = response_codes(self.viewer), project_codes(self.viewer)
        self.municipality = lru_cache(maxsize=512)(municipality_by_name)

    def event(self, values: Mapping[str, Any]) -> Event:
        """An unsaved event. Raises Problem for a name that is nothing we know."""
        place = self.municipality(values["municipality"]) if values["municipality"] else None
        site = self.sites.find(values["site"], place.code if place else "") if values["site"] else None
        organiser = self.organisations.find(values["organiser"]) if values["organiser"] else None
        response = self.responses.find(values["response"]) if values["response"] else None
        return Event(
            code=values["code"],
            type=values["type"],
            title=values["title"],
            starts_on=values["starts_on"],
            ends_on=values["ends_on"] or values["starts_on"],
            state=values["state"],
            cancel_reason=values["cancel_reason"] if values["state"] == EventState.CANCELLED else "",
            modality=values["modality"] or "in_person",
            language=values["language"] or "es",
            municipality=place or (site.municipality if site else None),
            site=site,
            organiser=organiser,
            partners=[str(self.organisations.find(name).pk) for name in values["partners"]],
            topics=values["topics"],
            facilitators=values["facilitators"],
            response=response,
            projects=[self.projects.find(code).code for code in values["projects"]],
            office_id=values["office"] or self.office,
        )

    def participation(
        self, values: Mapping[str, Any], event: Event, sessions: Sequence[Session], person: UUID | None
    ) -> Participation:
        """An unsaved participation of one person."""
        presence = values["presence"] or Presence.PRESENT
        return Participation(
            event=event,
            office_id=event.office_id,
            form=Form.INDIVIDUAL,
            sector=rules.sector_of(values["sector"], vocabularies.sector_precedence()),
            sex=values["sex"] or Sex.UNKNOWN,
            name=values["name"] or None,
            person_id=person,
            age=values["age"],
            position=values["position"],
            presence=presence,
            attended=_attended(values["sessions"], sessions) if presence == Presence.PRESENT else [],
            pre_score=values["pre_score"],
            post_score=values["post_score"],
            **self._organisation(values["organisation"]),
        )

    def count(self, values: Mapping[str, Any], event: Event) -> Participation:
        """An unsaved head count."""
        return Participation(
            event=event,
            office_id=event.office_id,
            form=Form.COUNT,
            sector=rules.sector_of(values["sector"], vocabularies.sector_precedence()),
            sex=values["sex"] or Sex.UNKNOWN,
            counted_age=values["counted_age"] or CountedAge.UNKNOWN,
            quantity=values["quantity"],
            apart=bool(values["apart"]),
            **self._organisation(values["organisation"]),
        )

    def _organisation(self, name: str) -> dict[str, Any]:
        """An organisation of the catalogue when exactly one is called so; the words of the list in any case."""
        found = self.organisations.known.get(same_name(name), []) if name else []
        return {"organisation": found[0] if len(found) == 1 else None, "organisation_name": name}


def sessions_of(values: Mapping[str, Any], event: Event) -> list[Session]:
    """The sessions a row of the events sheet means: its days, with the hours shared out evenly.

    Without days and hours there are none. Raises Problem when the days cannot be told.
    """
    hours: Decimal | None = values["hours"] or None
    days: list[date] = sorted(values["session_days"])
    if not days and hours is None:
        return []
    if hours is None:
        raise Problem(
            "activities.hours_missing",
            _("Hay fechas de sesiones y faltan las horas."),
            fix=_("Escriba las horas en total."),
            field="hours",
        )
    if not days:
        length = (event.ends_on - event.starts_on).days + 1
        if length > DAYS_IN_A_ROW:
            raise Problem(
                "activities.session_days_missing",
                _("El evento dura %(days)s días: no se sabe en cuáles hubo sesión."),
                fix=_("Escriba las fechas de las sesiones, separadas por punto y coma."),
                field="session_days",
                days=length,
            )
        days = [event.starts_on + timedelta(days=number) for number in range(length)]
    share = (hours / len(days)).quantize(TENTH)
    # What rounding leaves over goes to the last session, so that the hours add up.
    spread = [share] * (len(days) - 1) + [hours - share * (len(days) - 1)]
    sessions = [
        Session(event=event, office_id=event.office_id, day=day, hours=each)
        for day, each in zip(days, spread, strict=True)
    ]
    for session in sessions:
        rules.check_session(session, event)
    return sessions


def _attended(days: Sequence[date], sessions: Sequence[Session]) -> list[str]:
    """Ids of the sessions of these days; of all sessions without any day. Raises Problem for a day without session."""
    if not days:
        return [str(session.pk) for session in sessions]
    by_day: dict[date, list[str]] = defaultdict(list)
    for session in sessions:
        by_day[session.day].append(str(session.pk))
    for day in days:
        if day not in by_day:
            raise Problem(
                "activities.no_session_that_day",
                _("El evento no tiene sesión el %(day)s."),
                fix=_("Corrija la fecha, o agregue la sesión al evento."),
                field="sessions",
                day=day.isoformat(),
            )
    return [session for day in days for session in by_day[day]]


def sketch(event: Event, sessions: Sequence[Session]) -> str:
    """What later sheets of the same file need to know of an event that is not written yet."""
    return json.dumps(
        [
            str(event.pk), event.code, event.type, event.title, event.state, event.office_id,
            event.starts_on.isoformat(), event.ends_on.isoformat(),
            [[str(session.pk), session.day.isoformat(), str(session.hours)] for session in sessions],
        ]
    )  # fmt: skip


def from_sketch(text: str) -> tuple[Event, list[Session]]:
    pk, code, type_, title, state, office, start, end, sessions = json.loads(text)
    event = Event(
        pk=UUID(pk), code=code, type=type_, title=title, state=state, office_id=office,
        starts_on=date.fromisoformat(start), ends_on=date.fromisoformat(end),
    )  # fmt: skip
    return event, [
        Session(pk=UUID(each), event=event, day=date.fromisoformat(day), hours=Decimal(hours))
        for each, day, hours in sessions
    ]
