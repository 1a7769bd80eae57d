"""Sessions of an event."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from cauce.access.guard import requires
from cauce.records.activities import actions, forms, queries
from cauce.records.activities.views.shared import ask, done, event_url
from cauce.ui import formatting
from cauce.ui import forms as ui


@requires("activities.edit")
def add(request: HttpRequest, pk: UUID) -> HttpResponse:
    event = queries.event(request.viewer, pk)
    form = forms.SessionForm(request.POST or None, event=event)
    if request.method == "POST" and done(
        form, lambda: actions.add_session(event, by=request.viewer, **form.cleaned_data)
    ):
        messages.success(request, _("Sesión agregada."))
        return redirect(event_url(event))
    return ask(request, form, event, title=_("Agregar sesión"), submit_label=_("Agregar sesión"))


@requires("activities.edit")
def correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    session = queries.session(request.viewer, pk)
    form = forms.SessionCorrection(request.POST or None, event=session.event, session=session)

    def act() -> object:
        changes = {name: form.cleaned_data[name] for name in ("day", "hours")}
        return actions.correct_session(session, changes, reason=form.cleaned_data["reason"], by=request.viewer)

    if request.method == "POST" and done(form, act):
        messages.success(request, _("Sesión corregida."))
        return redirect(event_url(session.event))
    return ask(request, form, session.event, title=_("Corregir sesión"))


@requires("activities.edit")
def void(request: HttpRequest, pk: UUID) -> HttpResponse:
    session = queries.session(request.viewer, pk)
    form = ui.ReasonForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: actions.void_session(session, reason=form.cleaned_data["reason"], by=request.viewer)
    ):
        messages.success(request, _("Sesión anulada."))
        return redirect(event_url(session.event))
    return ask(
        request,
        form,
        session.event,
        title=_("Anular la sesión del %(day)s") % {"day": formatting.day(session.day)},
        consequences=[_("Sus horas dejan de contar para quienes asistieron.")],
        submit_label=_("Anular"),
        danger=True,
    )
