"""Services and consultations: the list, one of them, and its steps."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cauce.access.guard import requires
from cauce.access.viewer import Viewer
from cauce.records.assistance import actions, forms, queries, vocabulary
from cauce.records.assistance.enums import ServiceState
from cauce.records.assistance.models import Service
from cauce.records.assistance.views import shared
from cauce.records.people import queries as people
from cauce.ui.parts import Pair
from cauce.ui.tables import Column, Listing


def columns(viewer: Viewer) -> list[Column]:
    return [
        Column(
            "day", _("Fecha"), kind="day", sort="sort_on", url=lambda act: reverse("assistance:service", args=[act.pk])
        ),
        shared.who(viewer),
        Column("type", _("Servicio"), value=shared.title_of, note=lambda act: kinds_of(act, viewer)),
        Column("state", _("Estado"), value="get_state_display", kind="chip", tone=shared.tone),
        Column("site", _("Sitio"), value=lambda act: act.site.name if act.site else ""),
        Column("response", _("Respuesta"), value=lambda act: act.response.code if act.response else ""),
    ]


def kinds_of(service: Service, viewer: Viewer) -> str:
    """The kinds of a consultation, for health staff."""
    if not service.kinds or shared.hides_health(service, viewer):
        return ""
    return ", ".join(vocabulary.label("consultation_kinds", each) for each in service.kinds)


@requires("assistance.view")
def services(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request,
        queries.services(request.viewer),
        columns(request.viewer),
        key="assistance.services",
        title=_("Servicios"),
        filters=forms.ServiceFilter,
        narrow=forms.narrow,
        may_export=True,
        on_export=lambda count: actions.note_export(request.viewer, Service, count),
        empty=_("Aún no hay servicios. Se registran desde la ficha de la persona o desde su caso."),
    )
    if listing.export:
        return listing.export
    context = {
        "listing": listing,
        "tabs": shared.tabs(request),
        "title": _("Asistencia"),
        "section": shared.SECTION,
        "may_serve": request.viewer.may("assistance.serve"),
    }
    return render(request, "assistance/list.html", context)


@requires("assistance.serve")
def serve(request: HttpRequest, person: UUID) -> HttpResponse:
    """Record a service for a person."""
    found = shared.person_or_404(request, person)
    form = forms.ServiceForm(request.POST or None, viewer=request.viewer)
    if request.method == "POST" and shared.done(
        form, lambda: actions.record_service(by=request.viewer, person=found, **form.values())
    ):
        messages.success(request, _("Servicio registrado."))
        return redirect("assistance:person", person=found.pk)
    return shared.form_page(
        request,
        form,
        _("Registrar servicio"),
        found.get_absolute_url(),
        template="assistance/for_person.html",
        submit_label=_("Registrar servicio"),
        person=found,
        name=people.display_name(found, request.viewer),
    )


@requires("assistance.view")
def service(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = shared.found_or_404(Service, request, pk)
    viewer = request.viewer
    hidden = shared.hides_health(found, viewer)
    pairs = [
        Pair(_("Persona"), found.person.folio, url=found.person.get_absolute_url()),
        Pair(_("Cantidad"), found.quantity),
        Pair(_("Sitio"), found.site or "—"),
        Pair(_("Quién lo presta"), found.provider or _("La misión")),
        *shared.under_pairs(found),
    ]
    detail = [
        Pair(_("Clases de consulta"), kinds_of(found, viewer)),
        Pair(_("Resultado"), vocabulary.label("test_results", found.outcome)),
    ]
    may = viewer.may("assistance.serve") and not found.is_void and not hidden
    context = {
        "title": shared.title_of(found),
        "record": found,
        "name": people.display_name(found.person, viewer),
        "tone": shared.tone(found),
        "pairs": pairs,
        "detail": [pair for pair in detail if pair.value],
        "hidden": hidden,
        "note": "" if hidden else found.note,
        "list_url": reverse("assistance:services"),
        "list_name": _("Servicios"),
        "steps": _steps(found) if may else [],
        "section": shared.SECTION,
    }
    return render(request, "assistance/record.html", context)


def _steps(found: Service) -> list[tuple[str, str, str]]:
    """(address, label, class) of what can be done with it now."""
    steps = []
    if found.state == ServiceState.PLANNED:
        steps.append((reverse("assistance:service_deliver", args=[found.pk]), _("Ya se prestó"), "primary"))
        steps.append((reverse("assistance:service_cancel", args=[found.pk]), _("No se prestará"), ""))
    if found.state in (ServiceState.PLANNED, ServiceState.DELIVERED):
        steps.append((reverse("assistance:service_correct", args=[found.pk]), _("Corregir"), ""))
    steps.append((reverse("assistance:service_void", args=[found.pk]), _("Anular"), "quiet"))
    return steps


@requires("assistance.serve")
def deliver(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = shared.found_or_404(Service, request, pk)
    form = forms.DeliverForm(request.POST or None, type=found.type, initial={"kinds": found.kinds})
    return shared.step_page(
        request,
        form,
        lambda: actions.deliver_service(
            found,
            by=request.viewer,
            on=form.cleaned_data["on"],
            outcome=form.cleaned_data.get("outcome", ""),
            kinds=form.cleaned_data.get("kinds", ()),
        ),
        title=_("Servicio prestado"),
        back=reverse("assistance:service", args=[found.pk]),
        said=_("Servicio prestado: desde hoy cuenta."),
    )


@requires("assistance.serve")
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = shared.found_or_404(Service, request, pk)
    form = forms.CancelForm(request.POST or None)
    return shared.step_page(
        request,
        form,
        lambda: actions.cancel_service(
            found, by=request.viewer, reason=form.cleaned_data["reason"], no_show=form.cleaned_data["no_show"]
        ),
        title=_("El servicio no se prestará"),
        back=reverse("assistance:service", args=[found.pk]),
        said=_("Anotado. No se cuenta en ninguna cifra."),
        template="ui/confirm.html",
    )


@requires("assistance.serve")
def correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = shared.found_or_404(Service, request, pk)
    form = forms.ServiceCorrection(request.POST or None, viewer=request.viewer, record=found)
    return shared.step_page(
        request,
        form,
        lambda: actions.correct_service(found, by=request.viewer, reason=form.cleaned_data["reason"], **form.changes()),
        title=_("Corregir servicio"),
        back=reverse("assistance:service", args=[found.pk]),
        said=_("Servicio corregido. Lo anterior queda guardado con su motivo."),
    )


@requires("assistance.serve")
def void(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = shared.found_or_404(Service, request, pk)
    return shared.void_page(
        request,
        found,
        actions.void_service,
        title=_("Anular servicio"),
        back=reverse("assistance:service", args=[found.pk]),
        consequence=_("El servicio deja de contarse en las cifras, también en las de su caso."),
    )
