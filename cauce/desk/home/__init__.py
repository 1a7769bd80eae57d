""" "Hoy": what needs doing, per viewer. One visible list of parts; each shows only with its permissions."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cauce.access.viewer import Viewer
from cauce.desk.home import watch, work
from cauce.desk.home.parts import Button, Counted, Part, Section, allowed
from cauce.ui.parts import Tile

BUTTONS = (
    Button(("editions.draft",), _("Preparar edición"), "editions:draft", "i-plus"),
    Button(("editions.draft", "capture.import"), _("Importar"), "capture:new", "i-upload"),
    Button(("people.register",), _("Registrar persona"), "people:register", "i-user-plus"),
    Button(("assistance.serve",), _("Registrar servicio"), "desk:search", "i-heart-handshake", "?para=serve"),
    Button(("protection.open",), _("Abrir caso"), "desk:search", "o-protection", "?para=case"),
    Button(("assistance.site_support",), _("Registrar apoyo a sitio"), "assistance:support_new", "o-shelter"),
    Button(("assistance.items",), _("Entregar artículos"), "desk:search", "i-package", "?para=items"),
    Button(("activities.edit",), _("Planear evento"), "activities:plan", "i-plus"),
    Button(("capture.import",), _("Importar"), "capture:new", "i-upload"),
    Button(("access.edit",), _("Crear cuenta"), "access:create_account", "i-user-plus"),
)
MOST_BUTTONS = 3
TILES = (
    Counted(("protection.view", "protection.work"), work.case_tiles),
    Counted(("assistance.view", "assistance.serve"), work.service_tiles, own=True),
    Counted(("assistance.view", "assistance.refer"), work.referral_tiles, own=True),
    Counted(("assistance.view", "assistance.site_support"), work.support_tiles, own=True),
    Counted(("activities.view", "activities.attend"), work.event_tiles, own=True),
    Counted(("audit.view",), watch.log_tiles),
    Counted(("access.view",), watch.account_tiles),
)
MOST_TILES = 4
PARTS = (
    Part(("protection.view", "protection.work"), work.my_cases),
    Part(("figures.view", "editions.read"), watch.headline),
    Part(("audit.view",), watch.watched),
    Part(("access.view",), watch.idle_accounts),
    Part(("assistance.view", "assistance.serve"), work.services, own=True),
    Part(("assistance.view", "assistance.site_support"), work.supports, own=True),
    Part(("activities.view", "activities.attend"), work.events_to_settle),
    Part(("capture.import", "editions.draft"), watch.imports),
    Part(("programmes.validate",), watch.months),
    Part(("editions.read",), watch.waiting_editions, "side"),
    Part(("assistance.view", "assistance.refer"), work.referrals, "side", own=True),
    Part(("assistance.view", "assistance.identity"), work.procedures, "side", own=True),
    Part(("assistance.view", "assistance.items"), work.planned_items, own=True),
    Part(("activities.view", "activities.edit"), work.coming_events, "side"),
    Part(("programmes.close",), watch.months, "side", own=True),
    Part(("surveys.edit",), watch.unfiled, "side"),
    Part(("people.consent",), work.consents, "side", own=True),
    Part(("capture.import",), watch.imports, "side", own=True),
)


@dataclass(frozen=True, slots=True)
class Start:
    """A button with its address."""

    label: object
    url: str
    icon: str


def buttons(viewer: Viewer) -> list[Start]:
    """What the viewer may begin here, the first things first."""
    found: dict[str, Start] = {}
    for button in BUTTONS:
        if allowed(viewer, button):
            url = reverse(button.url_name) + button.query
            found.setdefault(url, Start(button.label, url, button.icon))
    return list(found.values())[:MOST_BUTTONS]


def tiles(viewer: Viewer) -> list[Tile]:
    """Counts that lead to their lists, the first few."""
    found: list[Tile] = []
    for each in TILES:
        if len(found) < MOST_TILES and allowed(viewer, each):
            found += each.build(viewer)
    return found[:MOST_TILES]


def sections(request: HttpRequest) -> dict[str, list[Section]]:
    """``main`` and ``side``: the sections with something to say to this viewer."""
    found: dict[str, list[Section]] = {"main": [], "side": []}
    for part in PARTS:
        if allowed(request.viewer, part) and (section := part.build(request)) is not None:
            found[part.place].append(section)
    return found
