"""What was done for one person, in this room."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cauce.access.guard import requires
from cauce.access.viewer import Viewer
from cauce.records.assistance import queries
from cauce.records.assistance.queries import ProcessAct
from cauce.records.assistance.views import shared
from cauce.records.people import actions as people_actions
from cauce.records.people import queries as people
from cauce.ui import formatting
from cauce.ui.parts import Event

PAGES = {
    "assistance.service": "assistance:service",
    "assistance.referral": "assistance:referral",
    "assistance.itemdelivery": "assistance:item",
    "assistance.identityprocedure": "assistance:procedure",
}
ICONS = {
    "assistance.service": "o-community-engagement",
    "assistance.referral": "o-referral",
    "assistance.itemdelivery": "o-relief-goods",
    "assistance.identityprocedure": "o-identity",
}
SERVICE_ICONS = {
    "consultation": "o-consultation",
    "covid_test": "o-testing",
    "legal_advice": "o-legal",
    "migration_advice": "o-legal",
    "psychosocial": "i-heart-handshake",
    "prenatal": "o-prenatal",
    "child_protection": "o-child-protection",
    "identity": "o-identity",
    "lodging": "o-shelter",
    "safe_house": "o-shelter",
    "cash": "o-cash",
    "transport": "o-transport",
    "education": "o-education",
    "employment": "o-livelihood",
    "information": "o-public-information",
    "police": "o-rule-of-law-and-justice",
}


def event_of(act: ProcessAct, viewer: Viewer) -> Event:
    """An act on a timeline: what, when, where; health detail and void ones say so."""
    kind = act.table()
    place = act.to.name if kind == "assistance.referral" else (act.site.name if act.site else "")
    words = [formatting.day(act.day), str(act.get_state_display()), place]
    if getattr(act, "quantity", 1) > 1:
        words.insert(1, _("Cantidad: %(many)s") % {"many": formatting.number(act.quantity)})
    if kind == "assistance.service" and shared.hides_health(act, viewer):
        words.append(_("Detalle visible solo para salud"))
    title = shared.title_of(act)
    if kind == "assistance.referral":
        title = _("Canalización: %(what)s") % {"what": title.lower()}
    icon = SERVICE_ICONS.get(act.type, ICONS[kind]) if kind == "assistance.service" else ICONS[kind]
    return Event(
        title=_("%(title)s (anulado)") % {"title": title} if act.is_void else title,
        meta=". ".join(filter(None, words)),
        icon="i-void" if act.is_void else icon,
        accent="protection",
        url=reverse(PAGES[kind], args=[act.pk]),
        body=_("Anulado: %(reason)s") % {"reason": act.void_reason} if act.is_void else "",
    )


@requires("assistance.view")
def acts(request: HttpRequest, person: UUID) -> HttpResponse:
    """Every service, referral, procedure and delivery of a person that this viewer may see."""
    found = shared.person_or_404(request, person)
    people_actions.open_file(found, by=request.viewer, what=_("Servicios recibidos"))
    context = {
        "title": _("Servicios de %(folio)s") % {"folio": found.folio},
        "person": found,
        "name": people.display_name(found, request.viewer),
        "events": [event_of(act, request.viewer) for act in queries.of_person(request.viewer, found.pk)],
        "offers": offers(found.pk, request.viewer),
        "section": shared.SECTION,
    }
    return render(request, "assistance/person.html", context)


def offers(person: UUID, viewer: Viewer) -> list[tuple[str, str]]:
    """(address, label) of what this viewer may record for the person here."""
    possible = [
        ("assistance.serve", "assistance:serve", _("Registrar servicio")),
        ("assistance.refer", "assistance:refer", _("Canalizar")),
        ("assistance.items", "assistance:deliver_item", _("Entregar artículos")),
        ("assistance.identity", "assistance:receive_procedure", _("Recibir trámite")),
    ]
    return [(reverse(name, args=[person]), label) for permission, name, label in possible if viewer.may(permission)]
