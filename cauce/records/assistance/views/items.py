"""Items and kits handed to people."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cauce.access.guard import requires
from cauce.access.viewer import Viewer
from cauce.records.assistance import actions, forms, queries
from cauce.records.assistance.enums import ItemState
from cauce.records.assistance.models import ItemDelivery
from cauce.records.assistance.views import shared
from cauce.records.people import queries as people
from cauce.ui import forms as ui
from cauce.ui.parts import Pair
from cauce.ui.tables import Column, Listing


def columns(viewer: Viewer) -> list[Column]:
    return [
        Column(
            "day", _("Fecha"), kind="day", sort="sort_on", url=lambda act: reverse("assistance:item", args=[act.pk])
        ),
        shared.who(viewer),
        Column("item_class", _("Artículo"), value=shared.title_of, note="item"),
        Column("quantity", _("Cantidad"), kind="number", sort="quantity"),
        Column("state", _("Estado"), value="get_state_display", kind="chip", tone=shared.tone),
        Column("site", _("Sitio"), value=lambda act: act.site.name if act.site else ""),
    ]


@requires("assistance.view")
def items(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request,
        queries.items(request.viewer),
        columns(request.viewer),
        key="assistance.items",
        title=_("Artículos entregados"),
        filters=forms.ItemFilter,
        narrow=forms.narrow,
        may_export=True,
        on_export=lambda count: actions.note_export(request.viewer, ItemDelivery, count),
        empty=_("Aún no hay entregas. Se registran desde la ficha de la persona o desde su caso."),
    )
    if listing.export:
        return listing.export
    context = {
        "listing": listing,
        "tabs": shared.tabs(request),
        "title": _("Asistencia"),
        "section": shared.SECTION,
    }
    return render(request, "assistance/list.html", context)


@requires("assistance.items")
def deliver(request: HttpRequest, person: UUID) -> HttpResponse:
    """Hand items to a person."""
    found = shared.person_or_404(request, person)
    form = forms.ItemForm(request.POST or None, viewer=request.viewer)
    if request.method == "POST" and shared.done(
        form, lambda: actions.deliver_item(by=request.viewer, person=found, **form.values())
    ):
        messages.success(request, _("Entrega registrada."))
        return redirect("assistance:person", person=found.pk)
    return shared.form_page(
        request,
        form,
        _("Entregar artículos"),
        found.get_absolute_url(),
        template="assistance/for_person.html",
        submit_label=_("Registrar entrega"),
        person=found,
        name=people.display_name(found, request.viewer),
    )


@requires("assistance.view")
def item(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = shared.found_or_404(ItemDelivery, request, pk)
    pairs = [
        Pair(_("Persona"), found.person.folio, url=found.person.get_absolute_url()),
        Pair(_("Artículo"), found.item or "—"),
        Pair(_("Cantidad"), found.quantity),
        Pair(_("Sitio"), found.site or "—"),
        Pair(_("Recibo firmado"), _("Sí") if found.signed else _("No")),
        *shared.under_pairs(found),
    ]
    may = request.viewer.may("assistance.items") and not found.is_void
    context = {
        "title": shared.title_of(found),
        "record": found,
        "name": people.display_name(found.person, request.viewer),
        "tone": shared.tone(found),
        "pairs": pairs,
        "list_url": reverse("assistance:items"),
        "list_name": _("Artículos entregados"),
        "steps": _steps(found) if may else [],
        "section": shared.SECTION,
    }
    return render(request, "assistance/record.html", context)


def _steps(found: ItemDelivery) -> list[tuple[str, str, str]]:
    steps = []
    if found.state == ItemState.PLANNED:
        steps.append((reverse("assistance:item_deliver", args=[found.pk]), _("Ya se entregó"), "primary"))
        steps.append((reverse("assistance:item_cancel", args=[found.pk]), _("No se entregará"), ""))
    if found.state != ItemState.NOT_DELIVERED:
        steps.append((reverse("assistance:item_correct", args=[found.pk]), _("Corregir"), ""))
    steps.append((reverse("assistance:item_void", args=[found.pk]), _("Anular"), "quiet"))
    return steps


@requires("assistance.items")
def hand_over(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = shared.found_or_404(ItemDelivery, request, pk)
    form = forms.HandOverForm(request.POST or None)
    return shared.step_page(
        request,
        form,
        lambda: actions.hand_over(found, by=request.viewer, **form.cleaned_data),
        title=_("Artículos entregados"),
        back=reverse("assistance:item", args=[found.pk]),
        said=_("Entrega registrada."),
    )


@requires("assistance.items")
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = shared.found_or_404(ItemDelivery, request, pk)
    form = ui.ReasonForm(request.POST or None)
    return shared.step_page(
        request,
        form,
        lambda: actions.not_handed_over(found, by=request.viewer, reason=form.cleaned_data["reason"]),
        title=_("Los artículos no se entregarán"),
        back=reverse("assistance:item", args=[found.pk]),
        said=_("Anotado. No se cuenta en ninguna cifra."),
        template="ui/confirm.html",
    )


@requires("assistance.items")
def correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = shared.found_or_404(ItemDelivery, request, pk)
    form = forms.ItemCorrection(request.POST or None, viewer=request.viewer, record=found)
    return shared.step_page(
        request,
        form,
        lambda: actions.correct_item(found, by=request.viewer, reason=form.cleaned_data["reason"], **form.changes()),
        title=_("Corregir entrega"),
        back=reverse("assistance:item", args=[found.pk]),
        said=_("Entrega corregida. Lo anterior queda guardado con su motivo."),
    )


@requires("assistance.items")
def void(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = shared.found_or_404(ItemDelivery, request, pk)
    return shared.void_page(
        request,
        found,
        actions.void_item,
        title=_("Anular entrega"),
        back=reverse("assistance:item", args=[found.pk]),
        consequence=_("La entrega deja de contarse en las cifras."),
    )
