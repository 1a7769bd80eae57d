"""The list, the calendar, and one event."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST

from cauce.access.guard import requires
from cauce.kernel.periods import Period
from cauce.kernel.problems import Problem
from cauce.records.activities import actions, forms, queries, rules, vocabularies
from cauce.records.activities.enums import COURSES, EventState
from cauce.records.activities.models import Event
from cauce.records.activities.views.shared import ACCENT, SECTION, TONES, ask, done, event_url, tabs, type_label
from cauce.ui import formatting
from cauce.ui import forms as ui
from cauce.ui.parts import Pair, Slice, Tile
from cauce.ui.tables import Column, Listing

COLUMNS = [
    Column("title", lazy("Evento"), url=event_url, note="code", sort="title"),
    Column("type", lazy("Tipo"), value=type_label, sort="type"),
    Column("starts_on", lazy("Empieza"), kind="day", sort="starts_on"),
    Column("municipality", lazy("Dónde"), value=lambda event: event.municipality or _("En línea")),
    Column("people", lazy("Participaciones"), kind="number", sort="people"),
    Column("state", lazy("Estado"), kind="chip", tone=lambda event: TONES[event.state], sort="state"),
]


@requires("activities.view")
def events(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request,
        queries.events(request.viewer),
        COLUMNS,
        key="activities.events",
        title=_("Eventos"),
        filters=forms.EventFilter,
        narrow=queries.narrow,
        order="-starts_on",
        may_export=True,
        empty=_("Ningún evento coincide. Quite un filtro o planee uno."),
    )
    if listing.export:
        return listing.export
    context = {"title": _("Actividades"), "listing": listing, "tabs": tabs(request), **_frame(request)}
    return render(request, "activities/events.html", context)


def _frame(request: HttpRequest) -> dict[str, Any]:
    return {"section": SECTION, "accent": ACCENT, "may_edit": request.viewer.may("activities.edit")}


@requires("activities.view")
def calendar(request: HttpRequest) -> HttpResponse:
    """One month, day by day; an event of several days stands under its first day of the month."""
    month = _month(request.GET.get("mes", ""))
    days: dict[date, list[tuple[Event, str, str]]] = defaultdict(list)
    for event in queries.events_between(request.viewer, month.start, month.end):
        days[max(event.starts_on, month.start)].append((event, type_label(event), TONES[event.state]))
    following = Period(month.end, month.end).end.toordinal() + 1
    context = {
        "title": _("Calendario de actividades"),
        "tabs": tabs(request),
        "month": month.start,
        "days": sorted(days.items()),
        "before": str(month.previous()),
        "after": f"{date.fromordinal(following):%Y-%m}",
        **_frame(request),
    }
    return render(request, "activities/calendar.html", context)


def _month(text: str) -> Period:
    """The month an address asks for; the present one when it asks for none or for nonsense."""
    today = timezone.localdate()
    try:
        asked = Period.parse(text)
    except ValueError:
        return Period.month(today.year, today.month)
    return Period.month(asked.start.year, asked.start.month)


@requires("activities.edit")
def plan(request: HttpRequest) -> HttpResponse:
    form = forms.EventForm(request.POST or None, viewer=request.viewer)
    if request.method == "POST" and (
        event := done(
            form, lambda: actions.plan(by=request.viewer, capture=form.cleaned_data["capture"], **form.values())
        )
    ):
        messages.success(request, _("Evento planeado con la clave %(code)s.") % {"code": event.code})
        return redirect(event_url(event))
    context = {
        "form": form,
        "title": _("Planear un evento"),
        "submit_label": _("Planear evento"),
        "back_url": reverse("activities:events"),
        **_frame(request),
    }
    return render(request, "ui/form.html", context, status=ui.status(form))


@requires("activities.view")
def event(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = queries.event(request.viewer, pk)
    sessions = queries.sessions_of(found)
    context = {
        "title": found.title,
        "event": found,
        "type": type_label(found),
        "tone": TONES[found.state],
        "pairs": _pairs(request, found),
        "tiles": _tiles(found, len(sessions)),
        "sessions": sessions,
        "slices": _slices(found),
        "evaluation": _evaluation(found),
        "may_attend": request.viewer.may("activities.attend"),
        "may": _steps(found) if request.viewer.may("activities.edit") else {},
        **_frame(request),
    }
    return render(request, "activities/event.html", context)


def _steps(event: Event) -> dict[str, bool]:
    """Which buttons the page offers: what the machine and the rules allow now."""
    to = rules.TRANSITIONS[event.state]
    begun = event.starts_on <= timezone.localdate()
    return {
        "hold": EventState.HELD in to and begun,
        "cancel": EventState.CANCELLED in to,
        "evaluate": EventState.EVALUATED in to,
        "validate": EventState.VALIDATED in to and not (event.type in COURSES and event.state == EventState.HELD),
        "correct": event.state not in (EventState.VALIDATED, EventState.CANCELLED),
    }


def _pairs(request: HttpRequest, event: Event) -> list[Pair]:
    when = formatting.day(event.starts_on)
    if event.ends_on != event.starts_on:
        when = _("%(start)s a %(end)s") % {"start": when, "end": formatting.day(event.ends_on)}
    pairs = [
        Pair(_("Tipo"), type_label(event)),
        Pair(_("Cuándo"), when),
        Pair(_("Dónde"), event.municipality or _("En línea")),
        Pair(_("Sitio"), event.site or "—"),
        Pair(_("Modalidad"), vocabularies.labels("modalities", [event.modality])[0]),
        Pair(_("Organiza"), event.organiser or _("La misión")),
        Pair(_("Con quién"), ", ".join(forms.partner_names(event, request.viewer)) or "—"),
        Pair(_("Temas"), ", ".join(vocabularies.labels("training_topics", event.topics)) or "—"),
        Pair(_("Respuesta"), event.response or "—"),
        Pair(_("Proyectos"), ", ".join(event.projects) or "—"),
        Pair(_("Oficina"), event.office),
    ]
    if event.cancel_reason:
        pairs.append(Pair(_("Motivo de cancelación"), event.cancel_reason))
    return pairs


def _tiles(event: Event, sessions: int) -> list[Tile]:
    tiles = [
        Tile(queries.attendance_total(event), _("Participaciones"), tone="primary"),
        Tile(sessions, _("Sesiones"), tone="slate"),
    ]
    if event.type in COURSES:
        tiles.append(Tile(queries.completed_total(event), _("Concluyeron"), _("80 % de las horas o más"), tone="navy"))
    return tiles


def _slices(event: Event) -> list[Slice]:
    """People by sector, in the mission's order."""
    people = dict(queries.by_sector(event))
    return [Slice(label, people[code]) for code, label in vocabularies.sectors().items() if code in people]


def _evaluation(event: Event) -> list[Pair]:
    found = queries.evaluation_of(event)
    if found is None:
        return []
    pairs = [Pair(_("Formularios respondidos"), formatting.number(found.respondents))]
    pairs += [
        Pair(found._meta.get_field(name).verbose_name.capitalize(), formatting.number(getattr(found, name), places=1))
        for name in found.QUESTIONS
    ]
    if found.tested:
        pairs += [
            Pair(_("Personas con ambas pruebas"), formatting.number(found.tested)),
            Pair(_("Prueba inicial"), formatting.number(found.pre_mean, places=1)),
            Pair(_("Prueba final"), formatting.number(found.post_mean, places=1)),
        ]
    return pairs


@requires("activities.edit")
def correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = queries.event(request.viewer, pk)
    form = forms.EventCorrection(request.POST or None, event=found, viewer=request.viewer)
    if request.method == "POST" and done(
        form,
        lambda: actions.correct_event(found, form.values(), reason=form.cleaned_data["reason"], by=request.viewer),
    ):
        messages.success(request, _("Evento corregido. Lo anterior queda guardado con su motivo."))
        return redirect(event_url(found))
    return ask(request, form, found, title=_("Corregir evento"))


@requires("activities.edit")
@require_POST
def hold(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _step(request, pk, actions.hold, _("Evento realizado. Desde ahora cuenta."))


@requires("activities.edit")
@require_POST
def validate(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _step(request, pk, actions.validate, _("Evento validado. Sus datos quedan cerrados."))


def _step(request: HttpRequest, pk: UUID, act: Any, sentence: str) -> HttpResponse:
    """One step of the machine from a button; what is refused is said on the event's page."""
    found = queries.event(request.viewer, pk)
    try:
        act(found, by=request.viewer)
    except Problem as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, sentence)
    return redirect(event_url(found))


@requires("activities.edit")
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = queries.event(request.viewer, pk)
    form = ui.ReasonForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: actions.cancel(found, reason=form.cleaned_data["reason"], by=request.viewer)
    ):
        messages.success(request, _("Evento cancelado."))
        return redirect(event_url(found))
    return ask(
        request, form, found, title=_("Cancelar «%(event)s»") % {"event": found.title}, danger=True,
        submit_label=_("Cancelar evento"),
        consequences=[_("No contará en ninguna cifra."), _("Ya no admite asistencia y no se puede reabrir.")],
    )  # fmt: skip


@requires("activities.edit")
def void(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = queries.event(request.viewer, pk)
    form = ui.ReasonForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: actions.void_event(found, reason=form.cleaned_data["reason"], by=request.viewer)
    ):
        messages.success(request, _("Evento anulado."))
        return redirect("activities:events")
    return ask(
        request, form, found, title=_("Anular «%(event)s»") % {"event": found.title}, danger=True,
        submit_label=_("Anular"),
        consequences=[_("El evento y su asistencia salen de las listas y de todas las cifras."),
                      _("El registro, el motivo y quién lo anuló se conservan.")],
    )  # fmt: skip
