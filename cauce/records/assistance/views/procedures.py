"""Identity procedures: a board by state, the list, one of them and its next steps."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cauce.access.guard import requires
from cauce.access.viewer import Viewer
from cauce.records.assistance import actions, forms, queries, rules
from cauce.records.assistance.enums import ProcedureState
from cauce.records.assistance.models import IdentityProcedure
from cauce.records.assistance.views import shared
from cauce.records.people import queries as people
from cauce.ui.parts import Pair, Step, Tile
from cauce.ui.tables import Column, Listing

# The states of the board, in the order of the road; refused ones are found by the filter.
BOARD = [
    (ProcedureState.RECEIVED, "navy"),
    (ProcedureState.INCOMPLETE, "danger"),
    (ProcedureState.SUBMITTED, "primary"),
    (ProcedureState.ISSUED, "primary"),
    (ProcedureState.DELIVERED, "slate"),
    (ProcedureState.REFUSED, "slate"),
]


def columns(viewer: Viewer) -> list[Column]:
    return [
        Column(
            "type", _("Trámite"), value=shared.title_of,
            url=lambda act: reverse("assistance:procedure", args=[act.pk]),
        ),
        shared.who(viewer),
        Column("state", _("Estado"), value="get_state_display", kind="chip", tone=shared.tone),
        Column("sort_on", _("Recibido"), kind="day", sort="sort_on"),
        Column("issued_on", _("Expedido"), kind="day", sort="issued_on"),
    ]  # fmt: skip


@requires("assistance.view")
def procedures(request: HttpRequest) -> HttpResponse:
    rows = queries.procedures(request.viewer)
    listing = Listing(
        request,
        rows,
        columns(request.viewer),
        key="assistance.procedures",
        title=_("Trámites de identidad"),
        filters=forms.ProcedureFilter,
        narrow=forms.narrow,
        may_export=True,
        on_export=lambda count: actions.note_export(request.viewer, IdentityProcedure, count),
        empty=_("Aún no hay trámites. Se reciben desde la ficha de la persona."),
    )
    if listing.export:
        return listing.export
    counts = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    context = {
        "listing": listing,
        "tiles": [
            Tile(counts.get(state.value, 0), state.label, url=f"?f=1&state={state.value}", tone=tone)
            for state, tone in BOARD
        ],
        "tabs": shared.tabs(request),
        "title": _("Asistencia"),
        "section": shared.SECTION,
    }
    return render(request, "assistance/list.html", context)


@requires("assistance.identity")
def receive(request: HttpRequest, person: UUID) -> HttpResponse:
    """Take in an application for a person."""
    found = shared.person_or_404(request, person)
    form = forms.ProcedureForm(request.POST or None, viewer=request.viewer)
    if request.method == "POST" and (
        made := shared.done(form, lambda: actions.receive_procedure(by=request.viewer, person=found, **form.values()))
    ):
        messages.success(request, _("Trámite recibido."))
        return redirect("assistance:procedure", pk=made.pk)
    return shared.form_page(
        request,
        form,
        _("Recibir trámite de identidad"),
        found.get_absolute_url(),
        template="assistance/for_person.html",
        submit_label=_("Recibir trámite"),
        person=found,
        name=people.display_name(found, request.viewer),
    )


@requires("assistance.view")
def procedure(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = shared.found_or_404(IdentityProcedure, request, pk)
    viewer = request.viewer
    pairs = [
        Pair(_("Persona"), found.person.folio, url=found.person.get_absolute_url()),
        Pair(_("Sitio"), found.site or "—"),
        *shared.under_pairs(found),
    ]
    if found.refusal:
        pairs.append(Pair(_("Motivo de la negativa"), found.get_refusal_display()))
    may = viewer.may("assistance.identity")
    detail = [Pair(_("Número del documento"), found.number)] if found.number and may else []
    context = {
        "title": shared.title_of(found),
        "record": found,
        "name": people.display_name(found.person, viewer),
        "tone": shared.tone(found),
        "pairs": pairs,
        "detail": detail,
        "note": found.missing,
        "note_title": _("Qué falta") if found.state != ProcedureState.REFUSED else _("Detalle de la negativa"),
        "road": _road(found),
        "list_url": reverse("assistance:procedures"),
        "list_name": _("Trámites de identidad"),
        "steps": _steps(found) if may and not found.is_void else [],
        "section": shared.SECTION,
    }
    return render(request, "assistance/record.html", context)


def _road(found: IdentityProcedure) -> list[Step]:
    stops = [
        (_("Recibido"), found.received_on),
        (_("Ingresado"), found.submitted_on),
        (_("Expedido"), found.issued_on),
        (_("Entregado"), found.delivered_on),
    ]
    road = [
        Step(label, "done" if day else "todo", note=day.strftime("%d/%m/%Y") if day else "") for label, day in stops
    ]
    if found.refused_on:
        road.append(Step(_("Negado"), "error", note=found.refused_on.strftime("%d/%m/%Y")))
    return road


def _steps(found: IdentityProcedure) -> list[tuple[str, str, str]]:
    """(address, label, class) of the steps its state allows."""
    labels = {
        ProcedureState.INCOMPLETE: (_("Falta algo"), ""),
        ProcedureState.SUBMITTED: (_("Ingresar al registro"), "primary"),
        ProcedureState.ISSUED: (_("Se expidió"), "primary"),
        ProcedureState.DELIVERED: (_("Se entregó"), "primary"),
        ProcedureState.REFUSED: (_("Lo negaron"), ""),
    }
    possible = rules.PROCEDURE.get(found.state, ())
    steps = [
        (reverse("assistance:procedure_step", args=[found.pk, state.value]), *labels[state])
        for state in labels
        if state in possible
    ]
    steps.append((reverse("assistance:procedure_correct", args=[found.pk]), _("Corregir"), ""))
    steps.append((reverse("assistance:procedure_void", args=[found.pk]), _("Anular"), "quiet"))
    return steps


@requires("assistance.identity")
def step(request: HttpRequest, pk: UUID, to: str) -> HttpResponse:
    """The next step of a procedure."""
    found = shared.found_or_404(IdentityProcedure, request, pk)
    if to not in rules.PROCEDURE.get(found.state, ()):
        raise Http404
    form = forms.ProcedureStepForm(request.POST or None, to=to)
    return shared.step_page(
        request,
        form,
        lambda: actions.advance_procedure(found, to, by=request.viewer, **form.cleaned_data),
        title=ProcedureState(to).label,
        back=reverse("assistance:procedure", args=[found.pk]),
        said=_("Anotado."),
        lead=f"{shared.title_of(found)}, {found.person.folio}",
    )


@requires("assistance.identity")
def correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = shared.found_or_404(IdentityProcedure, request, pk)
    form = forms.ProcedureCorrection(request.POST or None, viewer=request.viewer, record=found)
    return shared.step_page(
        request,
        form,
        lambda: actions.correct_procedure(
            found, by=request.viewer, reason=form.cleaned_data["reason"], **form.changes()
        ),
        title=_("Corregir trámite"),
        back=reverse("assistance:procedure", args=[found.pk]),
        said=_("Trámite corregido. Lo anterior queda guardado con su motivo."),
    )


@requires("assistance.identity")
def void(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = shared.found_or_404(IdentityProcedure, request, pk)
    return shared.void_page(
        request,
        found,
        actions.void_procedure,
        title=_("Anular trámite"),
        back=reverse("assistance:procedure", args=[found.pk]),
        consequence=_("El trámite y su documento dejan de contarse en las cifras."),
    )
