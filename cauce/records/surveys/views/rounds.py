"""Rounds: their list, their page, and the steps from plan to publication."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cauce.access.guard import requires
from cauce.kernel.problems import Problem
from cauce.records.places.views.shared import done
from cauce.records.surveys import actions, forms, queries, rules
from cauce.records.surveys.enums import RoundState
from cauce.records.surveys.models import Round
from cauce.ui import formatting
from cauce.ui import forms as ui
from cauce.ui.parts import Pair, Slice, Tab, Tile
from cauce.ui.tables import Column, Listing

SECTION, ACCENT = "surveys", "statistics"
TONES = {
    RoundState.PLANNED: "blue",
    RoundState.COLLECTING: "waiting",
    RoundState.CLOSED: "ok",
    RoundState.PUBLISHED: "primary",
}


def round_url(round_: Round) -> str:
    return reverse("surveys:round", args=[round_.pk])


COLUMNS = [
    Column("code", lazy("Ronda"), url=round_url, note=lambda each: each.get_tool_display(), sort="code"),
    Column("municipality", lazy("Ciudad"), sort="municipality__name"),
    Column("starts_on", lazy("Desde"), kind="day", sort="starts_on"),
    Column("ends_on", lazy("Hasta"), kind="day", sort="ends_on"),
    Column("sample_planned", lazy("Muestra"), kind="number"),
    Column("done", lazy("Entrevistas"), kind="number", value=lambda each: sample(each), sort="done"),
    Column("state", lazy("Estado"), kind="chip", tone=lambda each: TONES[each.state], sort="state"),
]


def sample(round_: Round) -> int:
    """Interviews of a round: those held here, or those told of where they are held elsewhere."""
    return round_.done or round_.sample_reported or 0


def tabs(request: HttpRequest) -> list[Tab]:
    pages = ((_("Rondas"), reverse("surveys:rounds")), (_("Entrevistas"), reverse("surveys:interviews")))
    return [Tab(label, url, current=request.path == url) for label, url in pages]


def frame(request: HttpRequest) -> dict[str, Any]:
    return {"section": SECTION, "accent": ACCENT, "may_edit": request.viewer.may("surveys.edit")}


@requires("surveys.view")
def rounds(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request,
        queries.rounds(request.viewer),
        COLUMNS,
        key="surveys.rounds",
        title=_("Rondas"),
        filters=forms.RoundFilter,
        narrow=queries.narrow_rounds,
        order="-starts_on",
        may_export=True,
        empty=_("Ninguna ronda coincide. Quite un filtro o planee una."),
    )
    if listing.export:
        return listing.export
    context = {"title": _("Encuestas"), "listing": listing, "tabs": tabs(request), **frame(request)}
    return render(request, "surveys/rounds.html", context)


@requires("surveys.view")
def round_(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = queries.round_(request.viewer, pk)
    to = rules.TRANSITIONS[found.state]
    may_edit = request.viewer.may("surveys.edit")
    context = {
        "title": found.code,
        "round": found,
        "tone": TONES[found.state],
        "tiles": _tiles(found),
        "pairs": _pairs(found),
        "slices": [Slice(formatting.day(day), number) for day, number in queries.by_day(found)],
        "unfiled": queries.fitting_unfiled(request.viewer, found).count() if may_edit else 0,
        "may": {
            "start": may_edit and RoundState.COLLECTING in to and found.starts_on <= timezone.localdate(),
            "resume": found.state == RoundState.CLOSED,
            "close": may_edit and RoundState.CLOSED in to,
            "publish": may_edit and RoundState.PUBLISHED in to,
            "correct": may_edit and found.state != RoundState.PUBLISHED,
            "file": may_edit and found.state in (RoundState.COLLECTING, RoundState.CLOSED),
        },
        **frame(request),
    }
    return render(request, "surveys/round.html", context)


def _tiles(found: Round) -> list[Tile]:
    def told(value: int | None) -> str:
        return formatting.number(value)

    return [
        Tile(told(sample(found)), _("Entrevistas"), tone="primary"),
        Tile(told(found.sample_planned), _("Muestra planeada"), tone="slate"),
        Tile(told(found.refusals), _("Rechazos"), tone="slate"),
        Tile(told(found.repeats_dropped), _("Repeticiones descartadas"), tone="slate"),
    ]


def _pairs(found: Round) -> list[Pair]:
    return [
        Pair(_("Instrumento"), found.get_tool_display()),
        Pair(_("Ciudad"), found.municipality),
        Pair(_("Desde"), formatting.day(found.starts_on)),
        Pair(_("Hasta"), formatting.day(found.ends_on)),
        Pair(_("Versión del cuestionario"), found.questionnaire or "—"),
        Pair(_("Publicada el"), formatting.day(found.published_on)),
    ]


def ask(request: HttpRequest, form: Any, round_: Round | None, **context: Any) -> HttpResponse:
    """A page that is one form; ``consequences`` makes it a confirmation."""
    template = "ui/confirm.html" if "consequences" in context else "ui/form.html"
    back = round_url(round_) if round_ else reverse("surveys:rounds")
    return render(
        request, template, {"form": form, "back_url": back, **frame(request)} | context, status=ui.status(form)
    )


@requires("surveys.edit")
def plan(request: HttpRequest) -> HttpResponse:
    form = forms.RoundForm(request.POST or None)
    if request.method == "POST" and (
        made := done(
            form,
            lambda: actions.plan_round(by=request.viewer, capture=form.cleaned_data["capture"], **form.values()),
        )
    ):
        messages.success(request, _("Ronda planeada con la clave %(code)s.") % {"code": made.code})
        return redirect(round_url(made))
    return ask(request, form, None, title=_("Planear una ronda"), submit_label=_("Planear ronda"))


@requires("surveys.edit")
def correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = queries.round_(request.viewer, pk)
    form = forms.RoundCorrection(request.POST or None, round_=found)

    def act() -> Round:
        return actions.correct_round(found, form.values(), reason=form.cleaned_data["reason"], by=request.viewer)

    if request.method == "POST" and done(form, act):
        messages.success(request, _("Ronda corregida. Lo anterior queda guardado con su motivo."))
        return redirect(round_url(found))
    return ask(request, form, found, title=_("Corregir ronda"))


@requires("surveys.edit")
@require_POST
def start(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = queries.round_(request.viewer, pk)
    try:
        actions.start(found, by=request.viewer)
    except Problem as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("Levantamiento iniciado."))
    return redirect(round_url(found))


@requires("surveys.edit")
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = queries.round_(request.viewer, pk)
    initial = {"refusals": found.refusals, "repeats_dropped": found.repeats_dropped}
    form = forms.CloseForm(request.POST or None, initial=initial)
    if request.method == "POST" and done(form, lambda: actions.close(found, by=request.viewer, **form.cleaned_data)):
        messages.success(request, _("Ronda cerrada. Desde ahora cuenta."))
        return redirect(round_url(found))
    return ask(request, form, found, title=_("Cerrar ronda"), submit_label=_("Cerrar ronda"))


@requires("surveys.edit")
def publish(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = queries.round_(request.viewer, pk)
    form = forms.PublishForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: actions.publish(found, on=form.cleaned_data["on"], by=request.viewer)
    ):
        messages.success(request, _("Ronda publicada."))
        return redirect(round_url(found))
    return ask(
        request,
        form,
        found,
        title=_("Publicar ronda"),
        submit_label=_("Anotar publicación"),
        consequences=[_("La ronda y sus entrevistas ya no cambian.")],
    )


@requires("surveys.edit")
def void(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = queries.round_(request.viewer, pk)
    form = ui.ReasonForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: actions.void_round(found, reason=form.cleaned_data["reason"], by=request.viewer)
    ):
        messages.success(request, _("Ronda anulada."))
        return redirect("surveys:rounds")
    return ask(
        request,
        form,
        found,
        title=_("Anular la ronda %(round)s") % {"round": found.code},
        consequences=[_("Sale de las listas y de todas las cifras."), _("El registro y el motivo se conservan.")],
        submit_label=_("Anular"),
        danger=True,
    )


@requires("surveys.edit")
@require_POST
def file_under(request: HttpRequest, pk: UUID) -> HttpResponse:
    """File the interviews that belong to this round and have none."""
    found = queries.round_(request.viewer, pk)
    try:
        number = actions.file_under(found, by=request.viewer)
    except Problem as problem:
        messages.error(request, str(problem))
    else:
        sentence = ngettext("%(number)s entrevista asignada.", "%(number)s entrevistas asignadas.", number)
        messages.success(request, sentence % {"number": formatting.number(number)})
    return redirect(round_url(found))
