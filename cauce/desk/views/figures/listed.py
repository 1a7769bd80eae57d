"""All figures by chapter."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cauce.access.guard import requires
from cauce.desk.figures import asked as asking
from cauce.desk.views.figures import shared
from cauce.languages.dates import parse_day
from cauce.ui.formatting import language


@requires("figures.view")
@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """Every declared figure with its value over the period, for the office and the reader asked for."""
    asked, said = shared.question(request)
    context = {"title": _("Cifras"), "chapters": shared.groups(asked), **shared.filters(request, asked, said)}
    return render(request, "desk/figures.html", context)


@requires("figures.view")
@require_GET
def interval(request: HttpRequest) -> HttpResponse:
    """Two typed days become a period in the address of the page they came from."""
    back = request.GET.get("volver", "").partition("?")[0]
    if not back.startswith("/") or not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("desk:figures")
    kept = {name: request.GET[name] for name in ("oficina", "perfil") if request.GET.get(name)}
    try:
        since, until = (parse_day(request.GET.get(name, ""), language()) for name in ("desde", "hasta"))
        kept["periodo"] = str(asking.interval(since, until))
    except ValueError:
        messages.error(request, _("Escriba el primer y el último día del intervalo, por ejemplo 14/06/2022."))
        if request.GET.get("periodo"):
            kept["periodo"] = request.GET["periodo"]
    return redirect(f"{back}?{urlencode(kept)}")
