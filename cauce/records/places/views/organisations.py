"""Organisations, and the services that they or their sites offer."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from cauce.access.guard import requires
from cauce.records.places import actions, forms, permissions, queries
from cauce.records.places.actions import NewOrganisation
from cauce.records.places.models import Organisation, Site
from cauce.records.places.views.shared import done, found_or_404, tabs
from cauce.ui import forms as ui
from cauce.ui.parts import Pair
from cauce.ui.tables import Column, Listing

SECTION = "places"
COLUMNS = [
    Column(
        "name",
        lazy("Organización"),
        url=Organisation.get_absolute_url,
        note=lambda each: ", ".join(each.aliases),
        sort="name",
    ),
    Column("kind", lazy("Tipo"), kind="chip", tone="slate", sort="kind"),
    Column("where", lazy("Dónde"), value=lambda each: each.municipality or each.state),
    Column("legal_regime", lazy("Régimen legal")),
]


@requires("places.view")
def organisations(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request,
        queries.organisations(request.viewer),
        COLUMNS,
        key="places.organisations",
        title=_("Organizaciones"),
        filters=forms.OrganisationFilter,
        narrow=queries.narrow_organisations,
        order="name",
        empty=_("Ninguna organización coincide. Quite un filtro o regístrela."),
    )
    context = {
        "title": _("Organizaciones"),
        "listing": listing,
        "tabs": tabs(request),
        "section": SECTION,
        "may_edit": request.viewer.may("places.edit"),
    }
    return render(request, "places/organisations.html", context)


@requires("places.edit")
def register(request: HttpRequest) -> HttpResponse:
    form = forms.OrganisationForm(request.POST or None)
    if request.method == "POST" and (
        made := done(form, lambda: actions.register_organisation(NewOrganisation(**form.values()), by=request.viewer))
    ):
        messages.success(request, _("Organización registrada."))
        return redirect(made)
    context = {
        "form": form,
        "title": _("Registrar organización"),
        "submit_label": _("Registrar organización"),
        "back_url": reverse("places:organisations"),
        "section": SECTION,
    }
    return render(request, "ui/form.html", context, status=ui.status(form))


@requires("places.view")
def organisation(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = found_or_404(lambda: queries.organisation(request.viewer, pk))
    pairs = [
        Pair(_("Tipo"), found.get_kind_display()),
        Pair(_("Régimen legal"), found.get_legal_regime_display()),
        Pair(_("Dónde"), found.municipality or found.state or "—"),
        Pair(_("Otros nombres"), ", ".join(found.aliases) or "—"),
        Pair(_("Puesto de contacto"), found.contact_role or "—"),
        Pair(_("Teléfono o correo institucional"), found.contact_line or "—"),
        Pair(_("La mantiene"), found.office),
    ]
    context = {
        "title": found.name,
        "organisation": found,
        "pairs": pairs,
        "sites": queries.sites(request.viewer).filter(organisation=found),
        "services": queries.services_of(request.viewer, found),
        "may_edit": permissions.may_edit(request.viewer, found.office_id),
        "section": SECTION,
    }
    return render(request, "places/organisation.html", context)


@requires("places.edit")
def correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = found_or_404(lambda: queries.organisation(request.viewer, pk))
    permissions.check_can_edit(request.viewer, found.office_id)
    form = forms.OrganisationCorrection(request.POST or None, organisation=found)
    if request.method == "POST" and done(
        form,
        lambda: actions.correct_organisation(
            found, form.changes(), reason=form.cleaned_data["reason"], by=request.viewer
        ),
    ):
        messages.success(request, _("Organización corregida. Lo anterior queda guardado con su motivo."))
        return redirect(found)
    context = {
        "form": form,
        "title": _("Corregir organización"),
        "back_url": found.get_absolute_url(),
        "section": SECTION,
    }
    return render(request, "ui/form.html", context, status=ui.status(form))


@requires("places.edit")
def void(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = found_or_404(lambda: queries.organisation(request.viewer, pk))
    permissions.check_can_edit(request.viewer, found.office_id)
    form = ui.ReasonForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: actions.void_entry(found, reason=form.cleaned_data["reason"], by=request.viewer)
    ):
        messages.success(request, _("Registro anulado."))
        return redirect("places:organisations")
    context = {
        "form": form,
        "title": _("Anular «%(name)s»") % {"name": found.name},
        "consequences": [_("Sale de todas las listas. Sus sitios y lo que ocurrió en ellos se conservan.")],
        "submit_label": _("Anular"),
        "danger": True,
        "back_url": found.get_absolute_url(),
        "section": SECTION,
    }
    return render(request, "ui/confirm.html", context, status=ui.status(form))


# What they offer


@requires("places.edit")
def offer_of_site(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _offer(request, found_or_404(lambda: queries.site(request.viewer, pk)))


@requires("places.edit")
def offer_of_organisation(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _offer(request, found_or_404(lambda: queries.organisation(request.viewer, pk)))


def _offer(request: HttpRequest, by: Site | Organisation) -> HttpResponse:
    permissions.check_can_edit(request.viewer, by.office_id)
    form = forms.ServiceForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: actions.offer_service(by, by=request.viewer, **form.cleaned_data)
    ):
        messages.success(request, _("Servicio agregado."))
        return redirect(by)
    context = {
        "form": form,
        "title": _("Agregar un servicio de «%(name)s»") % {"name": by.name},
        "submit_label": _("Agregar servicio"),
        "back_url": by.get_absolute_url(),
        "section": SECTION,
    }
    return render(request, "ui/form.html", context, status=ui.status(form))


@requires("places.edit")
def end_offer(request: HttpRequest, pk: UUID) -> HttpResponse:
    offer = found_or_404(lambda: queries.offer(request.viewer, pk))
    permissions.check_can_edit(request.viewer, offer.office_id)
    form = ui.ReasonForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: actions.end_service(offer, reason=form.cleaned_data["reason"], by=request.viewer)
    ):
        messages.success(request, _("El servicio ya no aparece como vigente."))
        return redirect(offer.offered_by)
    context = {
        "form": form,
        "title": _("Terminar «%(service)s» de «%(name)s»") % {"service": offer, "name": offer.offered_by.name},
        "consequences": [_("Ya no se podrá canalizar a este servicio."), _("Las canalizaciones hechas no cambian.")],
        "submit_label": _("Terminar servicio"),
        "danger": True,
        "back_url": offer.offered_by.get_absolute_url(),
        "section": SECTION,
    }
    return render(request, "ui/confirm.html", context, status=ui.status(form))
