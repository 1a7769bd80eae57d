"""One box over every room: people, cases, events, sites, organisations, each as far as the viewer may see it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cauce.access.viewer import Viewer
from cauce.records.activities import queries as activities
from cauce.records.assistance import vocabulary
from cauce.records.people import actions as people_actions
from cauce.records.people.models import Person
from cauce.records.places import queries as places
from cauce.records.programmes import queries as programmes
from cauce.records.protection import queries as protection
from cauce.records.protection import rules
from cauce.records.protection.views.shared import STATES, shown_name
from cauce.ui import formatting

SHOWN = 8
SHORTEST = 2  # letters: one finds half of everything


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found. ``url`` "" is a person of another office or behind a vault: said to exist, no more."""

    title: Any
    url: str = ""
    note: Any = ""
    icon: str = ""
    accent: str = ""
    chip: tuple[Any, str] | None = None
    reasons: Sequence[tuple[bool, Any]] = ()
    person: Person | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A group of results: the first of ``total``, and where all of them are listed."""

    key: str
    label: Any
    icon: str
    hits: list[Hit]
    total: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the box looks, for viewers with the permission."""

    key: str
    permission: str
    look: Callable[[Viewer, str], Found]


def _people(viewer: Viewer, text: str) -> Found:
    """By name in any order and spelling, folio, document or phone; meeting veiled files is noted in the log."""
    hits = []
    for match in people_actions.look_for(text, by=viewer):
        chip = (match.label, "teal" if match.likeness == "very" else "slate")
        if match.veiled:
            hits.append(Hit(match.title, "", "", "i-lock", "", None, match.reasons))
            continue
        hits.append(
            Hit(
                match.title,
                match.person.get_absolute_url(),
                match.folio,
                "o-people",
                "",
                chip,
                match.reasons,
                match.person,
            )
        )
    return Found("people", _("Personas"), "o-people", hits[:SHOWN], len(hits))


def _cases(viewer: Viewer, text: str) -> Found:
    """By code alone: a name beside a code would tie the two together where the case is reserved."""
    code = text.upper()
    rows = protection.cases(viewer).filter(code__contains=code) if any(sign.isdigit() for sign in code) else None
    if rows is None:
        return Found("cases", _("Casos"), "o-protection", [], 0)
    hits = [
        Hit(
            case.code, case.get_absolute_url(), f"{vocabulary.label(rules.CATEGORIES, case.category)}. {shown_name(case, viewer)}",
            "o-protection", "protection", (case.get_state_display(), STATES[case.state]),
        )
        for case in rows[:SHOWN]
    ]  # fmt: skip
    return Found("cases", _("Casos"), "o-protection", hits, rows.count(), reverse("protection:cases"))


def _events(viewer: Viewer, text: str) -> Found:
    rows = activities.narrow(activities.events(viewer), {"q": text})
    hits = [
        Hit(
            event.title, reverse("activities:event", args=[event.pk]),
            ". ".join(filter(None, (event.code, formatting.day(event.starts_on), event.municipality and event.municipality.name))),
            "o-training", "strengthening", (event.get_state_display(), "slate"),
        )
        for event in rows[:SHOWN]
    ]  # fmt: skip
    return Found("events", _("Eventos"), "o-training", hits, rows.count(), f"{reverse('activities:events')}?{_q(text)}")


def _sites(viewer: Viewer, text: str) -> Found:
    rows = places.narrow_sites(places.sites(viewer), {"q": text})
    hits = [
        Hit(site.name, site.get_absolute_url(), f"{site.get_kind_display()}. {site.municipality.name}", "o-shelter", "",
            None if site.is_open else (_("Cerrado"), "grey"))
        for site in rows[:SHOWN]
    ]  # fmt: skip
    return Found("sites", _("Sitios"), "o-shelter", hits, rows.count(), f"{reverse('places:sites')}?{_q(text)}")


def _organisations(viewer: Viewer, text: str) -> Found:
    rows = places.narrow_organisations(places.organisations(viewer), {"q": text})
    hits = [Hit(each.name, each.get_absolute_url(), each.get_kind_display(), "i-building", "") for each in rows[:SHOWN]]
    url = f"{reverse('places:organisations')}?{_q(text)}"
    return Found("organisations", _("Organizaciones"), "i-building", hits, rows.count(), url)


def _projects(viewer: Viewer, text: str) -> Found:
    rows = programmes.narrow_projects(programmes.projects(viewer), {"q": text})
    hits = [
        Hit(each.name, reverse("programmes:project", args=[each.pk]), each.code, "i-folder") for each in rows[:SHOWN]
    ]
    return Found(
        "projects", _("Proyectos"), "i-folder", hits, rows.count(), f"{reverse('programmes:projects')}?{_q(text)}"
    )


PLACES = (
    Place("people", "people.search", _people),
    Place("cases", "protection.view", _cases),
    Place("events", "activities.view", _events),
    Place("sites", "places.view", _sites),
    Place("organisations", "places.view", _organisations),
    Place("projects", "programmes.view", _projects),
)
# What each part of the box looks through, for the sentence of an empty page.
LOOKS_FOR = {
    "people": gettext_lazy("personas por nombre, folio, documento o teléfono"),
    "cases": gettext_lazy("casos por clave"),
    "events": gettext_lazy("eventos por título o clave"),
    "sites": gettext_lazy("sitios por nombre"),
    "organisations": gettext_lazy("organizaciones por nombre"),
    "projects": gettext_lazy("proyectos por nombre o clave"),
}


def may_look(viewer: Viewer) -> list[str]:
    """The places this viewer's box looks in."""
    return [place.key for place in PLACES if viewer.may(place.permission)]


def search(viewer: Viewer, text: str, *, only: str = "") -> list[Found]:
    """What is found in each place the viewer may look in; ``only`` one of them. Nothing for too short a text."""
    text = " ".join(text.split())
    if len(text) < SHORTEST:
        return []
    places_ = [place for place in PLACES if viewer.may(place.permission) and only in {"", place.key}]
    return [found for place in places_ if (found := place.look(viewer, text)).hits]


def _q(text: str) -> str:
    return urlencode({"f": "1", "q": text})
