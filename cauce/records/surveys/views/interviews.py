"""Interviews: anonymous, so the list says what was counted and never who."""

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

from cauce.access.guard import requires
from cauce.languages.dates import format_months
from cauce.records.places.views.shared import done
from cauce.records.surveys import actions, forms, queries
from cauce.records.surveys.models import Interview
from cauce.records.surveys.views.rounds import ask, frame, tabs
from cauce.ui import formatting
from cauce.ui import forms as ui
from cauce.ui.parts import Slice
from cauce.ui.tables import Column, Listing

# What of the last interview the next one mostly shares; nothing about the person.
KEPT = ("round", "date", "municipality", "location")


def _where(interview: Any) -> str:
    """The city, or the state where the survey names no municipality."""
    return str(interview.municipality or interview.state_label)


def _filed(interview: Interview) -> str:
    return interview.round.code if interview.round else _("Sin ronda")


COLUMNS = [
    Column(
        "date",
        lazy("Fecha"),
        kind="day",
        sort="date",
        url=lambda each: reverse("surveys:interview-correct", args=[each.pk]),
    ),
    Column("where", lazy("Ciudad"), value=_where, sort="municipality__name"),
    Column("location", lazy("Punto"), sort="location"),
    # Nationality, route, sex, age and reasons together point at somebody in a small place: they are in
    # the figures, not in a list.
    Column("round", lazy("Ronda"), value=_filed, kind="chip", tone=lambda each: "slate" if each.round else "waiting"),
]
READ_ONLY = [Column("date", lazy("Fecha"), kind="day", sort="date"), *COLUMNS[1:]]


@requires("surveys.view")
def interviews(request: HttpRequest) -> HttpResponse:
    rows = queries.interviews(request.viewer)
    listing = Listing(
        request,
        rows,
        COLUMNS if request.viewer.may("surveys.edit") else READ_ONLY,
        key="surveys.interviews",
        title=_("Entrevistas"),
        filters=forms.InterviewFilter,
        narrow=queries.narrow_interviews,
        order="-date",
        empty=_("Ninguna entrevista coincide. Capture una o importe el archivo de la DTM."),
    )
    months = queries.by_month(listing.found)[-12:]
    context = {
        "title": _("Entrevistas"),
        "listing": listing,
        "tabs": tabs(request),
        "slices": [Slice(format_months(month, month, formatting.language()), number) for month, number in months],
        **frame(request),
    }
    return render(request, "surveys/interviews.html", context)


@requires("surveys.edit")
def capture(request: HttpRequest) -> HttpResponse:
    form = forms.InterviewForm(request.POST or None, viewer=request.viewer, initial=_last(request))
    if request.method == "POST" and done(
        form,
        lambda: actions.record_interview(by=request.viewer, capture=form.cleaned_data["capture"], **form.values()),
    ):
        _remember(request, form)
        messages.success(request, _("Entrevista registrada. Puede capturar la siguiente."))
        return redirect("surveys:interview-new")
    context = {
        "form": form,
        "title": _("Entrevista"),
        "lead": _("Anónima: pida el consentimiento antes de empezar y no anote nombres."),
        "submit_label": _("Registrar entrevista"),
        "back_url": reverse("surveys:interviews"),
        **frame(request),
    }
    return render(request, "ui/form.html", context, status=ui.status(form))


def _remember(request: HttpRequest, form: forms.InterviewForm) -> None:
    values = form.cleaned_data
    request.session["surveys.last"] = {name: str(values[name]) for name in KEPT if name != "date"} | {
        "on": timezone.localdate().isoformat()
    }


def _last(request: HttpRequest) -> dict[str, Any]:
    """Where the last interview of today was held; an interviewer stays at one point."""
    kept = request.session.get("surveys.last", {})
    return kept if kept.get("on") == timezone.localdate().isoformat() else {}


@requires("surveys.edit")
def correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = queries.interview(request.viewer, pk)
    form = forms.InterviewCorrection(request.POST or None, viewer=request.viewer, interview=found)

    def act() -> Interview:
        return actions.correct_interview(found, form.values(), reason=form.cleaned_data["reason"], by=request.viewer)

    if request.method == "POST" and done(form, act):
        messages.success(request, _("Entrevista corregida. Lo anterior queda guardado con su motivo."))
        return redirect("surveys:interviews")
    context = {
        "form": form,
        "title": _("Corregir entrevista"),
        "back_url": reverse("surveys:interviews"),
        "void_url": reverse("surveys:interview-void", args=[found.pk]),
        **frame(request),
    }
    return render(request, "surveys/interview.html", context, status=ui.status(form))


@requires("surveys.edit")
def void(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = queries.interview(request.viewer, pk)
    form = ui.ReasonForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: actions.void_interview(found, reason=form.cleaned_data["reason"], by=request.viewer)
    ):
        messages.success(request, _("Entrevista anulada."))
        return redirect("surveys:interviews")
    return ask(
        request,
        form,
        None,
        title=_("Anular la entrevista del %(day)s") % {"day": formatting.day(found.date)},
        consequences=[_("Sale de la lista y de todas las cifras."), _("El registro y el motivo se conservan.")],
        submit_label=_("Anular"),
        danger=True,
        back_url=reverse("surveys:interviews"),
    )
