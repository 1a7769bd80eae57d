""" "Hoy": what waits for this viewer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cauce.access.guard import requires
from cauce.desk import home as parts
from cauce.ui import formatting


@requires("desk.home")
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Buttons, tiles and sections, each as far as the viewer's permissions go."""
    viewer = request.viewer
    office = _("todas las oficinas") if viewer.offices is None else _("oficina %(name)s") % {"name": viewer.office_name}
    today = formatting.day(timezone.localdate(), "full")
    sections = parts.sections(request)
    context = {
        "title": _("Hoy"),
        "subtitle": f"{today}, {office}",
        "buttons": parts.buttons(viewer),
        "tiles": parts.tiles(viewer),
        "main": sections["main"],
        "side": sections["side"],
        "may_search": viewer.may("desk.search"),
        "section": "home",
    }
    return render(request, "desk/home.html", context)
