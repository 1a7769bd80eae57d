"""Who came: made for a phone at the door. Tap a name to mark it, add somebody by sector, or count heads."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cauce.access.guard import requires
from cauce.kernel.problems import Problem
from cauce.records.activities import actions, forms, permissions, queries, vocabularies
from cauce.records.activities.enums import COURSES, EventState, Presence
from cauce.records.activities.models import Event, Participation, Session
from cauce.records.activities.views.shared import ACCENT, SECTION, ask, done, event_url
from cauce.ui import formatting
from cauce.ui import forms as ui
from cauce.ui.parts import Tab

TONES = {Presence.PRESENT: "ok", Presence.ENROLLED: "blue", Presence.ABSENT: "grey"}


def _url(event: Event, session: Session | None = None) -> str:
    base = reverse("activities:attendance", args=[event.pk])
    return f"{base}?sesion={session.pk}" if session else base


def _chosen(request: HttpRequest, sessions: list[Session]) -> Session | None:
    """The session the page stands at: the one asked for, or the first."""
    wanted = request.POST.get("session") or request.GET.get("sesion", "")
    return next((each for each in sessions if str(each.pk) == wanted), sessions[0] if sessions else None)


def line(request: HttpRequest, participation: Participation, session: Session | None, number: int) -> dict[str, Any]:
    """One row of the list; who may not see names sees a number."""
    shown = ""
    if permissions.sees_names(request.viewer):
        shown = participation.person.folio if participation.person else participation.name or ""
    presence = Presence(participation.presence)
    return {
        "participation": participation,
        "shown": shown or _("Participante %(number)s") % {"number": number},
        "sector": vocabularies.labels("sectors", [participation.sector])[0],
        "here": session is not None and str(session.pk) in participation.attended,
        "presence": presence.label,
        "tone": TONES[presence],
    }


@requires("activities.attend")
def attendance(request: HttpRequest, pk: UUID) -> HttpResponse:
    event = queries.event(request.viewer, pk)
    return _page(request, event)


def _page(request: HttpRequest, event: Event, **more: Any) -> HttpResponse:
    sessions = queries.sessions_of(event)
    session = _chosen(request, sessions)
    people = queries.individuals_of(event).select_related("person")
    sector = request.session.get(f"sector:{event.pk}", [])
    context = {
        "title": _("Lista de asistencia"),
        "event": event,
        "session": session,
        "tabs": [Tab(formatting.day(each.day), _url(event, each), current=each == session) for each in sessions],
        "lines": [line(request, each, session, number) for number, each in enumerate(people, start=1)],
        "counts": [(each, vocabularies.labels("sectors", [each.sector])[0]) for each in queries.counts_of(event)],
        "total": queries.attendance_total(event),
        "is_open": event.state not in (EventState.CANCELLED, EventState.VALIDATED),
        "tests": event.type in COURSES,
        "add_form": forms.PersonForm(viewer=request.viewer, event=event, initial={"sectors": sector}),
        "count_form": forms.CountForm(auto_id="count_%s"),
        "section": SECTION,
        "accent": ACCENT,
    } | more
    visible = [field.name for field in context["add_form"].visible_fields()]
    context["more_fields"] = [name for name in visible if name in ("organisation_name", "position", "age")]
    context["first_fields"] = [name for name in visible if name not in context["more_fields"]]
    status = max(ui.status(context["add_form"]), ui.status(context["count_form"]))
    return render(request, "activities/attendance.html", context, status=status)


@requires("activities.attend")
@require_POST
def add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note one person as present at the session the page stands at."""
    event = queries.event(request.viewer, pk)
    session = _chosen(request, queries.sessions_of(event))
    form = forms.PersonForm(request.POST, viewer=request.viewer, event=event)
    attended = [str(session.pk)] if session else []
    if not done(form, lambda: actions.register(event, by=request.viewer, attended=attended, **form.values())):
        return _page(request, event, add_form=form)
    # The next person of a queue is mostly of the same sector.
    request.session[f"sector:{event.pk}"] = form.cleaned_data["sectors"]
    messages.success(request, _("Persona agregada."))
    return redirect(_url(event, session))


@requires("activities.attend")
@require_POST
def count(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write the cells of the head count that say somebody, all or none."""
    event = queries.event(request.viewer, pk)
    form = forms.CountForm(request.POST, auto_id="count_%s")

    def act() -> list[Participation]:
        with transaction.atomic():
            return [actions.register(event, by=request.viewer, **each) for each in form.counts()]

    if not done(form, act):
        return _page(request, event, count_form=form)
    messages.success(request, _("Conteo registrado."))
    return redirect(_url(event))


def _number(request: HttpRequest) -> int:
    """The row's number on the page, for who may not see names."""
    text = request.POST.get("number", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _id(text: str) -> UUID:
    """An id that came with a form; what is none, is of no record."""
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


@requires("activities.attend")
@require_POST
def mark(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One tap: was here, or not. Answers the row alone when the page asks for it, else the whole page."""
    found = queries.participation(request.viewer, pk)
    session = queries.session(request.viewer, _id(request.POST.get("session", "")))
    try:
        marked = actions.mark(found, session, present=request.POST.get("present") == "1", by=request.viewer)
    except Problem as problem:
        messages.error(request, str(problem))
        return redirect(_url(found.event, session))
    if not request.htmx:
        return redirect(_url(found.event, session))
    context = {
        "line": line(request, marked, session, _number(request)),
        "session": session,
        "number": _number(request),
        "is_open": True,
        "tests": found.event.type in COURSES,
        "total": queries.attendance_total(found.event),
        "swap_total": True,
    }
    return render(request, "activities/line.html", context)


@requires("activities.attend")
@require_POST
def presence(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that somebody never came or, where there are no sessions, that they did."""
    found = queries.participation(request.viewer, pk)
    came = request.POST.get("present") == "1"
    try:
        (actions.mark_present if came else actions.mark_absent)(found, by=request.viewer)
    except Problem as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("Se anotó que asistió.") if came else _("Se anotó que no asistió."))
    return redirect(_url(found.event))


@requires("activities.attend")
def scores(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = queries.participation(request.viewer, pk)
    form = forms.ScoreForm(request.POST or None, initial={"pre": found.pre_score, "post": found.post_score})
    if request.method == "POST" and done(
        form, lambda: actions.record_scores(found, by=request.viewer, **form.cleaned_data)
    ):
        messages.success(request, _("Pruebas registradas."))
        return redirect(_url(found.event))
    return ask(request, form, found.event, title=_("Pruebas inicial y final"), back_url=_url(found.event))


@requires("activities.attend")
def correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = queries.participation(request.viewer, pk)
    form = (
        forms.CountCorrection(request.POST or None, participation=found)
        if found.is_count
        else forms.PersonCorrection(request.POST or None, participation=found, viewer=request.viewer)
    )

    def act() -> Participation:
        return actions.correct_participation(
            found, form.changes(), reason=form.cleaned_data["reason"], by=request.viewer
        )

    if request.method == "POST" and done(form, act):
        messages.success(request, _("Asistencia corregida. Lo anterior queda guardado con su motivo."))
        return redirect(_url(found.event))
    return ask(request, form, found.event, title=_("Corregir asistencia"), back_url=_url(found.event))


@requires("activities.attend")
def void(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = queries.participation(request.viewer, pk)
    form = ui.ReasonForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: actions.void_participation(found, reason=form.cleaned_data["reason"], by=request.viewer)
    ):
        messages.success(request, _("Registro anulado."))
        return redirect(_url(found.event))
    return ask(
        request,
        form,
        found.event,
        title=_("Anular conteo") if found.is_count else _("Anular asistencia"),
        consequences=[_("Sale de la lista y de todas las cifras."), _("El registro y el motivo se conservan.")],
        submit_label=_("Anular"),
        danger=True,
        back_url=_url(found.event),
    )


@requires("activities.attend")
def sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The sign-in sheet on paper: those enrolled, and empty lines; paper always works."""
    event = queries.event(request.viewer, pk)
    people = list(queries.individuals_of(event).select_related("person"))
    context = {
        "title": _("Hoja de asistencia"),
        "event": event,
        "sessions": queries.sessions_of(event),
        "lines": [line(request, each, None, number) for number, each in enumerate(people, start=1)],
        "empty": range(len(people) + 1, max(25, len(people) + 10) + 1),
        "back_url": event_url(event),
    }
    return render(request, "activities/sheet.html", context)
