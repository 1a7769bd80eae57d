"""Support to sites: a delivery note with its lines."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cauce.access.guard import requires
from cauce.kernel.problems import Problem, Problems
from cauce.records.assistance import actions, forms, queries, vocabulary
from cauce.records.assistance.enums import SupportState
from cauce.records.assistance.models import SiteSupport
from cauce.records.assistance.new import NewLine
from cauce.records.assistance.views import shared
from cauce.ui import forms as ui
from cauce.ui.parts import Pair, Step
from cauce.ui.tables import Column, Listing

RECEIVED = (SupportState.RECEIVED, SupportState.CORRECTED)


def columns() -> list[Column]:
    return [
        Column(
            "site",
            _("Sitio"),
            value=lambda each: each.site.name,
            url=lambda each: reverse("assistance:support", args=[each.pk]),
        ),
        Column("day", _("Fecha"), kind="day", sort="sort_on"),
        Column("lines", _("Qué"), value=what),
        Column("state", _("Estado"), value="get_state_display", kind="chip", tone=shared.tone),
        Column("response", _("Respuesta"), value=lambda each: each.response.code if each.response else ""),
    ]


def what(support: SiteSupport) -> str:
    """The lines in one sentence: classes and quantities."""
    lines = [line for line in support.lines.all() if not line.is_void]
    return "; ".join(f"{vocabulary.label('item_classes', each.item_class)} ({each.quantity})" for each in lines)


@requires("assistance.view")
def supports(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request,
        queries.supports(request.viewer),
        columns(),
        key="assistance.supports",
        title=_("Apoyos a sitios"),
        filters=forms.SupportFilter,
        narrow=forms.narrow,
        may_export=True,
        on_export=lambda count: actions.note_export(request.viewer, SiteSupport, count),
        empty=_("Aún no hay apoyos a sitios."),
    )
    if listing.export:
        return listing.export
    context = {
        "listing": listing,
        "tabs": shared.tabs(request),
        "title": _("Asistencia"),
        "section": shared.SECTION,
        "new_url": reverse("assistance:support_new") if request.viewer.may("assistance.site_support") else "",
        "new_label": _("Registrar apoyo a un sitio"),
    }
    return render(request, "assistance/list.html", context)


@requires("assistance.site_support")
def register(request: HttpRequest) -> HttpResponse:
    """Register a delivery with its lines. A look-alike of one already there asks before it is written."""
    initial = {"site": request.GET.get("sitio", "")}
    form = forms.SupportForm(request.POST or None, viewer=request.viewer, initial=initial)
    lines = forms.LineForms(request.POST or None, prefix="line")
    asks = False
    if request.method == "POST" and "more" in request.POST:
        # More rows without JavaScript: what was typed stays, nothing is checked yet.
        form, lines = _with_more_lines(request)
    elif request.method == "POST" and form.is_valid() and lines.is_valid():
        try:
            made = actions.support_site(
                by=request.viewer, sure=form.cleaned_data["sure"], lines=_lines(lines), **form.values()
            )
        except (Problem, Problems) as problem:
            asks = isinstance(problem, Problem) and problem.code == "assistance.looks_double"
            form.refuse(problem)
        else:
            messages.success(request, _("Apoyo registrado."))
            return redirect("assistance:support", pk=made.pk)
    if not asks and "sure" in form.fields and not form.data.get("sure"):
        del form.fields["sure"]
    context = {
        "form": form,
        "lines": lines,
        "title": _("Registrar apoyo a un sitio"),
        "back_url": reverse("assistance:supports"),
        "section": shared.SECTION,
    }
    code = (
        422
        if "more" not in request.POST and (ui.status(form) == 422 or (lines.is_bound and not lines.is_valid()))
        else 200
    )
    return render(request, "assistance/support_form.html", context, status=code)


def _lines(lines: Any) -> list[NewLine]:
    names = ("item_class", "item", "quantity", "measure")
    filled = [line.cleaned_data for line in lines if line.cleaned_data.get("quantity")]
    return [NewLine(**{name: line[name] for name in names}) for line in filled]


def _with_more_lines(request: HttpRequest) -> tuple[Any, Any]:
    """The forms as they were typed, with three more lines."""
    typed = request.POST.copy()
    typed["line-TOTAL_FORMS"] = str(min(20, int(typed.get("line-TOTAL_FORMS") or 3) + 3))
    form = forms.SupportForm(viewer=request.viewer, initial=typed.dict())
    rows = [
        {name: typed.get(f"line-{number}-{name}", "") for name in ("item_class", "item", "quantity", "measure")}
        for number in range(int(typed["line-TOTAL_FORMS"]))
    ]
    lines = forms.LineForms(prefix="line", initial=rows)
    lines.extra = 0
    return form, lines


@requires("assistance.view")
def support(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = shared.found_or_404(SiteSupport, request, pk)
    pairs = [
        Pair(_("Sitio"), found.site, url=found.site.get_absolute_url()),
        Pair(_("Quién firmó"), found.signed_by or "—"),
        Pair(_("Número de acta"), found.note_number or "—"),
        *shared.under_pairs(found),
    ]
    may = request.viewer.may("assistance.site_support") and not found.is_void
    context = {
        "title": found.site.name,
        "record": found,
        "tone": shared.tone(found),
        "pairs": pairs,
        "note": found.note,
        "lines": [(line, vocabulary.label("item_classes", line.item_class)) for line in queries.lines_of(found)],
        "road": _road(found),
        "may_correct_lines": may and found.state in RECEIVED,
        "list_url": reverse("assistance:supports"),
        "list_name": _("Apoyos a sitios"),
        "steps": _steps(found) if may else [],
        "section": shared.SECTION,
    }
    return render(request, "assistance/support.html", context)


def _road(found: SiteSupport) -> list[Step]:
    stops = [(_("Previsto"), found.planned_on), (_("Enviado"), found.dispatched_on), (_("Recibido"), found.received_on)]
    road = [Step(label, "done", note=day.strftime("%d/%m/%Y")) for label, day in stops if day]
    if found.closed_on:
        return [*road, Step(_("Cancelado"), "error", note=found.closed_on.strftime("%d/%m/%Y"))]
    return road if found.received_on else [*road, Step(_("Recibido"), "todo")]


def _steps(found: SiteSupport) -> list[tuple[str, str, str]]:
    steps = []
    if found.state in (SupportState.PLANNED, SupportState.DISPATCHED):
        steps.append((reverse("assistance:support_receive", args=[found.pk]), _("El sitio lo recibió"), "primary"))
        if found.state == SupportState.PLANNED:
            steps.append((reverse("assistance:support_dispatch", args=[found.pk]), _("Salió hacia el sitio"), ""))
        steps.append((reverse("assistance:support_cancel", args=[found.pk]), _("Cancelar apoyo"), ""))
    if found.state != SupportState.CANCELLED:
        steps.append((reverse("assistance:support_correct", args=[found.pk]), _("Corregir"), ""))
    steps.append((reverse("assistance:support_void", args=[found.pk]), _("Anular"), "quiet"))
    return steps


@requires("assistance.site_support")
def dispatch(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = shared.found_or_404(SiteSupport, request, pk)
    form = forms.DayForm(request.POST or None)
    return shared.step_page(
        request,
        form,
        lambda: actions.dispatch_support(found, by=request.viewer, **form.cleaned_data),
        title=_("Salió hacia el sitio"),
        back=reverse("assistance:support", args=[found.pk]),
        said=_("Anotado."),
    )


@requires("assistance.site_support")
def receive(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = shared.found_or_404(SiteSupport, request, pk)
    form = forms.ReceiveForm(request.POST or None)
    return shared.step_page(
        request,
        form,
        lambda: actions.receive_support(found, by=request.viewer, **form.cleaned_data),
        title=_("El sitio lo recibió"),
        back=reverse("assistance:support", args=[found.pk]),
        said=_("Recibido y firmado: desde ahora cuenta."),
    )


@requires("assistance.site_support")
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = shared.found_or_404(SiteSupport, request, pk)
    form = ui.ReasonForm(request.POST or None)
    return shared.step_page(
        request,
        form,
        lambda: actions.cancel_support(found, by=request.viewer, reason=form.cleaned_data["reason"]),
        title=_("Cancelar apoyo"),
        back=reverse("assistance:support", args=[found.pk]),
        said=_("Apoyo cancelado."),
        template="ui/confirm.html",
    )


@requires("assistance.site_support")
def correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = shared.found_or_404(SiteSupport, request, pk)
    form = forms.SupportCorrection(request.POST or None, viewer=request.viewer, record=found)
    return shared.step_page(
        request,
        form,
        lambda: actions.correct_support(found, by=request.viewer, reason=form.cleaned_data["reason"], **form.changes()),
        title=_("Corregir apoyo"),
        back=reverse("assistance:support", args=[found.pk]),
        said=_("Apoyo corregido. Lo anterior queda guardado con su motivo."),
    )


@requires("assistance.site_support")
def correct_line(request: HttpRequest, pk: UUID, line: UUID) -> HttpResponse:
    found = shared.found_or_404(SiteSupport, request, pk)
    one = next((each for each in queries.lines_of(found) if each.pk == line), None)
    if one is None:
        raise Http404
    form = forms.LineCorrection.of(one, request.POST or None)
    return shared.step_page(
        request,
        form,
        lambda: actions.correct_line(one, by=request.viewer, **form.cleaned_data),
        title=_("Corregir renglón"),
        back=reverse("assistance:support", args=[found.pk]),
        said=_("Renglón corregido: la cifra usa la cantidad nueva."),
    )


@requires("assistance.site_support")
def void(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = shared.found_or_404(SiteSupport, request, pk)
    return shared.void_page(
        request,
        found,
        actions.void_support,
        title=_("Anular apoyo"),
        back=reverse("assistance:support", args=[found.pk]),
        consequence=_("El apoyo y sus renglones dejan de contarse en las cifras."),
    )
