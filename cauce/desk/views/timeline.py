"""One person's timeline across rooms."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cauce.access.guard import requires
from cauce.desk.queries import timeline as queries
from cauce.records.people import actions as people_actions
from cauce.records.people import queries as people
from cauce.ui.parts import Event, Tab

PER_PAGE = 60


@requires("people.view")
@require_GET
def timeline(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What every room did for a person, as far as the viewer may see it. Opening it is noted in the log."""
    viewer = request.viewer
    person = people.get(viewer, pk)
    if person is None:
        raise Http404
    people_actions.open_file(person, by=viewer, what=_("Línea de tiempo"))
    everything = queries.timeline(viewer, person)
    wanted = request.GET.get("sala", "")
    if wanted not in {room.key for room in queries.rooms(viewer)}:
        wanted = ""
    shown = [each.event for each in everything if wanted in {"", each.room}]
    if queries.hides_some(viewer, person) and not wanted:
        shown.append(Event(_("Puede haber actos reservados"), _("Sin detalle para su función"), reserved=True))
    context = {
        "title": _("Línea de tiempo de %(folio)s") % {"folio": person.folio},
        "person": person,
        "named": people.may_name(person, viewer),
        "name": people.display_name(person, viewer),
        "events": shown[: PER_PAGE * _pages(request)],
        "more": len(shown) > PER_PAGE * _pages(request),
        "next": _pages(request) + 1,
        "tabs": _tabs(request, everything, wanted, pk),
        "back_url": person.get_absolute_url(),
        "section": "people",
    }
    return render(request, "desk/timeline.html", context)


def _pages(request: HttpRequest) -> int:
    asked = request.GET.get("hasta", "1")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1


def _tabs(request: HttpRequest, everything: list[queries.Dated], wanted: str, pk: UUID) -> list[Tab]:
    counts, url = Counter(each.room for each in everything), reverse("desk:timeline", args=[pk])
    tabs = [Tab(_("Todo"), url, wanted == "", len(everything))]
    tabs += [
        Tab(room.label, f"{url}?sala={room.key}", wanted == room.key, counts[room.key])
        for room in queries.rooms(request.viewer)
        if counts[room.key] or room.key == wanted
    ]
    return tabs
