"""Sites: list with map, file, and the acts on it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST

from cauce.access.guard import requires
from cauce.records.places import actions, forms, permissions, queries
from cauce.records.places.actions import NewSite
from cauce.records.places.enums import SiteKind
from cauce.records.places.models import Municipality, Site
from cauce.records.places.views.shared import done, found_or_404, tabs
from cauce.ui import forms as ui
from cauce.ui.maps import Dot, mexico_svg
from cauce.ui.parts import Pair
from cauce.ui.tables import Column, Listing

SECTION = "places"
TONES = {
    SiteKind.SHELTER: "blue",
    SiteKind.FILTER_HOTEL: "orange",
    SiteKind.PORT_OF_ENTRY: "slate",
    SiteKind.HOSPITAL: "teal",
    SiteKind.CONSULATE: "purple",
}


def _known_as(site: Site) -> str:
    """Under the name: its other names and who runs it."""
    return " · ".join(filter(None, (", ".join(site.aliases), site.organisation.name if site.organisation else "")))


COLUMNS = [
    Column("name", lazy("Sitio"), url=Site.get_absolute_url, note=_known_as, sort="name"),
    Column("kind", lazy("Tipo"), kind="chip", tone=lambda site: TONES.get(site.kind, "grey"), sort="kind"),
    Column(
        "municipality",
        lazy("Municipio"),
        value="municipality.name",
        note="municipality.state",
        sort="municipality__name",
    ),
    Column("capacity_regular", lazy("Capacidad"), kind="number", sort="capacity_regular"),
    Column(
        "state",
        lazy("Estado"),
        kind="chip",
        value=lambda site: _("Abierto") if site.is_open else _("Cerrado"),
        tone=lambda site: "ok" if site.is_open else "grey",
    ),
]
# The map names the places with most sites; the others are in the list.
NAMED_DOTS = 6


@requires("places.view")
def sites(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request,
        queries.sites(request.viewer),
        COLUMNS,
        key="places.sites",
        title=_("Sitios"),
        filters=forms.SiteFilter,
        narrow=queries.narrow_sites,
        order="name",
        empty=_("Ningún sitio coincide. Quite un filtro o registre el sitio."),
    )
    where = queries.sites_by_municipality(listing.found)
    context = {
        "title": _("Lugares"),
        "listing": listing,
        "tabs": tabs(request),
        "map": _map(where),
        "section": SECTION,
        "may_edit": request.viewer.may("places.edit"),
    }
    return render(request, "places/sites.html", context)


def _map(where: list[tuple[Municipality, int]]) -> SafeString:
    """One dot a municipality, never a site: nobody finds a shelter with it (R7)."""
    ranked = sorted(where, key=lambda pair: -pair[1])
    dots = [
        Dot(
            float(place.lon),
            float(place.lat),
            f"{place.name} {many}" if rank < NAMED_DOTS else "",
            radius=8 + 3 * min(many, 12) ** 0.5,
            url=f"{reverse('places:sites')}?municipality={place.pk}",
            name=f"{place}: {many}",
        )
        for rank, (place, many) in enumerate(ranked)
        if place.lat is not None
    ]
    return mark_safe(mexico_svg(dots=dots, title=_("Mapa de los sitios por municipio"), text=30))


@requires("places.edit")
def register(request: HttpRequest) -> HttpResponse:
    form = forms.SiteForm(request.POST or None, viewer=request.viewer, initial={"protected": True})
    if request.method == "POST" and (
        site := done(form, lambda: actions.register_site(NewSite(**form.values()), by=request.viewer))
    ):
        messages.success(request, _("Sitio registrado."))
        return redirect(site)
    context = {
        "form": form,
        "title": _("Registrar sitio"),
        "submit_label": _("Registrar sitio"),
        "back_url": reverse("places:sites"),
        "section": SECTION,
    }
    return render(request, "ui/form.html", context, status=ui.status(form))


@requires("places.view")
def site(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = found_or_404(lambda: queries.site(request.viewer, pk))
    return _file(request, found, address=None if found.protected else found.address or "")


@requires("places.address")
@require_POST
def address(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The protected address, once: the look is noted and the page is not kept by the browser."""
    found = found_or_404(lambda: queries.site(request.viewer, pk))
    response = _file(request, found, address=actions.read_address(found, by=request.viewer))
    response["Cache-Control"] = "no-store"
    return response


def _file(request: HttpRequest, found: Site, address: str | None) -> HttpResponse:
    viewer = request.viewer
    context = {
        "title": found.name,
        "site": found,
        "pairs": _pairs(found),
        "address": address,
        "address_hidden": address is None,
        "may_read_address": permissions.may_read_address(viewer, found.protected),
        "may_edit": permissions.may_edit(viewer, found.office_id),
        "services": queries.services_of(viewer, found),
        "tone": TONES.get(SiteKind(found.kind), "grey"),
        "section": SECTION,
    }
    return render(request, "places/site.html", context)


def _pairs(site: Site) -> list[Pair]:
    operated_by = site.organisation
    return [
        Pair(_("Municipio"), site.municipality),
        Pair(_("Clave de lugar"), site.municipality.pcode),
        Pair(_("Lo opera"), operated_by or "—", url=operated_by.get_absolute_url() if operated_by else ""),
        Pair(_("Otros nombres"), ", ".join(site.aliases) or "—"),
        Pair(_("Capacidad regular"), "—" if site.capacity_regular is None else site.capacity_regular),
        Pair(_("Capacidad de emergencia"), "—" if site.capacity_emergency is None else site.capacity_emergency),
        Pair(_("Recibe a"), ", ".join(site.accepts_labels) or "—"),
        Pair(_("Lo mantiene"), site.office),
    ]


@requires("places.edit")
def correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = found_or_404(lambda: queries.site(request.viewer, pk))
    permissions.check_can_edit(request.viewer, found.office_id)
    form = forms.SiteCorrection(request.POST or None, viewer=request.viewer, site=found)
    if request.method == "POST" and done(
        form,
        lambda: actions.correct_site(found, form.changes(), reason=form.cleaned_data["reason"], by=request.viewer),
    ):
        messages.success(request, _("Sitio corregido. Lo anterior queda guardado con su motivo."))
        return redirect(found)
    context = {"form": form, "title": _("Corregir sitio"), "back_url": found.get_absolute_url(), "section": SECTION}
    return render(request, "ui/form.html", context, status=ui.status(form))


@requires("places.edit")
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = found_or_404(lambda: queries.site(request.viewer, pk))
    permissions.check_can_edit(request.viewer, found.office_id)
    form = forms.CloseForm(request.POST or None)
    if request.method == "POST" and done(
        form,
        lambda: actions.close_site(
            found, form.cleaned_data["day"], reason=form.cleaned_data["reason"], by=request.viewer
        ),
    ):
        messages.success(request, _("Sitio cerrado."))
        return redirect(found)
    context = {
        "form": form,
        "title": _("Cerrar «%(name)s»") % {"name": found.name},
        "consequences": [
            _("Ya no se podrá registrar ahí nada con fecha posterior."),
            _("Lo que ocurrió ahí se conserva y se sigue contando."),
        ],
        "submit_label": _("Cerrar sitio"),
        "danger": True,
        "back_url": found.get_absolute_url(),
        "section": SECTION,
    }
    return render(request, "ui/confirm.html", context, status=ui.status(form))


@requires("places.edit")
def reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = found_or_404(lambda: queries.site(request.viewer, pk))
    permissions.check_can_edit(request.viewer, found.office_id)
    form = ui.ReasonForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: actions.reopen_site(found, reason=form.cleaned_data["reason"], by=request.viewer)
    ):
        messages.success(request, _("Sitio abierto de nuevo."))
        return redirect(found)
    context = {
        "form": form,
        "title": _("Reabrir «%(name)s»") % {"name": found.name},
        "submit_label": _("Reabrir sitio"),
        "back_url": found.get_absolute_url(),
        "section": SECTION,
    }
    return render(request, "ui/confirm.html", context, status=ui.status(form))


@requires("places.edit")
def void(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = found_or_404(lambda: queries.site(request.viewer, pk))
    permissions.check_can_edit(request.viewer, found.office_id)
    form = ui.ReasonForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: actions.void_entry(found, reason=form.cleaned_data["reason"], by=request.viewer)
    ):
        messages.success(request, _("Registro anulado."))
        return redirect("places:sites")
    context = {
        "form": form,
        "title": _("Anular «%(name)s»") % {"name": found.name},
        "consequences": [
            _("Sale de todas las listas. Es para registros hechos por error: un sitio que cerró, se cierra.")
        ],
        "submit_label": _("Anular"),
        "danger": True,
        "back_url": found.get_absolute_url(),
        "section": SECTION,
    }
    return render(request, "ui/confirm.html", context, status=ui.status(form))
