"""A person's acts across rooms, each as the room itself would show it to this viewer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cauce.access.viewer import Viewer
from cauce.records.activities.enums import Presence
from cauce.records.activities.models import Participation
from cauce.records.assistance import queries as assistance
from cauce.records.assistance import vocabulary
from cauce.records.assistance.views.people import event_of
from cauce.records.people import queries as people
from cauce.records.people.models import Person
from cauce.records.protection import queries as protection
from cauce.records.protection import rules
from cauce.ui import formatting
from cauce.ui.parts import Event


@dataclass(frozen=True, slots=True)
class Dated:
    """An event of the timeline with its moment; ``room`` is the filter it answers to."""

    at: datetime
    room: str
    event: Event


@dataclass(frozen=True, slots=True)
class Room:
    """A room's part in a person's timeline, for viewers with the permission."""

    key: str
    label: object
    permission: str
    events: Callable[[Viewer, Person], Iterator[tuple[date | datetime, Event]]]


def _registered(viewer: Viewer, person: Person) -> Iterator[tuple[date | datetime, Event]]:
    where = _("%(day)s. Oficina %(office)s") % {
        "day": formatting.day(person.registered_on), "office": person.office.name,
    }  # fmt: skip
    yield person.registered_on, Event(_("Persona registrada"), where, "i-user-plus", url=person.get_absolute_url())
    for reception in people.receptions(person):
        meta = f"{formatting.moment(reception.recorded_at)}. {reception.office.name}"
        yield reception.recorded_at, Event(_("La atiende también otra oficina"), meta, "i-building")
    yield from _said(person)
    yield from _decided(person)


def _said(person: Person) -> Iterator[tuple[date | datetime, Event]]:
    """What the person consented to, and what they took back."""
    url = reverse("people:consents", args=[person.pk])
    for consent in reversed(people.consent_history(person)):
        what, given = consent.get_purpose_display(), _("sí") if consent.given else _("no")
        title = _("Consentimiento: %(what)s, %(given)s") % {"what": what.lower(), "given": given}
        yield consent.given_on, Event(title, formatting.day(consent.given_on), "i-clipboard-check", url=url)
        if consent.withdrawn_at:
            title = _("Consentimiento retirado: %(what)s") % {"what": what.lower()}
            yield consent.withdrawn_at, Event(title, formatting.moment(consent.withdrawn_at), "i-undo", url=url)


def _decided(person: Person) -> Iterator[tuple[date | datetime, Event]]:
    url = reverse("people:decisions", args=[person.pk])
    for decision in people.decisions(person):
        until = _("hasta %(day)s") % {"day": formatting.day(decision.until)} if decision.until else ""
        meta = ". ".join(filter(None, (formatting.day(decision.starts_on), decision.message, until)))
        yield decision.starts_on, Event(decision.get_kind_display(), meta, "i-shield", url=url)
        if decision.lifted_at:
            title = _("Decisión levantada: %(what)s") % {"what": decision.get_kind_display().lower()}
            yield decision.lifted_at, Event(title, formatting.moment(decision.lifted_at), "i-shield-check", url=url)


def _assisted(viewer: Viewer, person: Person) -> Iterator[tuple[date | datetime, Event]]:
    for act in reversed(assistance.of_person(viewer, person.pk)):
        yield act.day, event_of(act, viewer)


def _followed(viewer: Viewer, person: Person) -> Iterator[tuple[date | datetime, Event]]:
    for case in protection.of_person(viewer, person.pk).order_by("identified_on", "code"):
        url, label = case.get_absolute_url(), vocabulary.label(rules.CATEGORIES, case.category)
        words = ". ".join((formatting.day(case.identified_on), label))
        yield (
            case.identified_on,
            Event(_("Caso %(code)s identificado") % {"code": case.code}, words, "o-protection", "protection", url),
        )
        if case.opened_on:
            title = _("Caso %(code)s abierto") % {"code": case.code}
            yield case.opened_on, Event(title, formatting.day(case.opened_on), "i-folder", "protection", url)
        if case.closed_on:
            title = _("Caso %(code)s cerrado") % {"code": case.code}
            why = vocabulary.label("case_closings", case.closing)
            meta = ". ".join(filter(None, (formatting.day(case.closed_on), why)))
            yield case.closed_on, Event(title, meta, "i-circle-check", "protection", url)


def _attended(viewer: Viewer, person: Person) -> Iterator[tuple[date | datetime, Event]]:
    rows = Participation.objects.visible_to(viewer).filter(person=person).select_related("event__municipality")
    for row in rows:
        event, url = row.event, reverse("activities:event", args=[row.event_id])
        place = event.municipality.name if event.municipality else ""
        said = Presence(row.presence).label
        meta = ". ".join(filter(None, (formatting.day(event.starts_on), str(said), place)))
        yield event.starts_on, Event(event.title, meta, "o-training", "strengthening", url)
        if row.completed_on:
            title = _("Concluyó: %(title)s") % {"title": event.title}
            yield (
                row.completed_on,
                Event(title, formatting.day(row.completed_on), "i-badge-check", "strengthening", url),
            )


ROOMS = (
    Room("personas", gettext_lazy("Ficha"), "people.view", _registered),
    Room("asistencia", gettext_lazy("Asistencia"), "assistance.view", _assisted),
    Room("proteccion", gettext_lazy("Protección"), "protection.view", _followed),
    Room("actividades", gettext_lazy("Actividades"), "activities.attend", _attended),
)


def rooms(viewer: Viewer) -> list[Room]:
    """The rooms whose part this viewer may read. Who came to what is for those who keep the lists."""
    return [room for room in ROOMS if viewer.may(room.permission)]


def timeline(viewer: Viewer, person: Person) -> list[Dated]:
    """Everything about a person that this viewer may see, the latest first."""
    found = [
        Dated(_moment(when), room.key, event) for room in rooms(viewer) for when, event in room.events(viewer, person)
    ]
    # Of one day, what a room names later came later: a case is opened after it is identified.
    order = sorted(range(len(found)), key=lambda place: (found[place].at, place), reverse=True)
    return [found[place] for place in order]


def hides_some(viewer: Viewer, person: Person) -> bool:
    """May there be acts behind a vault this viewer does not hold?

    Said only where the name is reserved from them as well, so that it tells nothing new: of a person
    with a name nobody learns here that anything is reserved (look.md 3).
    """
    return not people.may_name(person, viewer)


def _moment(when: date | datetime) -> datetime:
    """An act has a day, a step a moment: at the end of its day the act stands above what led to it."""
    if isinstance(when, datetime):
        return when
    return timezone.make_aware(datetime.combine(when, time.max))
