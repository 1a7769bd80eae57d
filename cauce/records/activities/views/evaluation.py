"""The evaluation of an event."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from cauce.access.guard import requires
from cauce.records.activities import actions, forms, queries
from cauce.records.activities.views.shared import ask, done, event_url


@requires("activities.edit")
def evaluate(request: HttpRequest, pk: UUID) -> HttpResponse:
    event = queries.event(request.viewer, pk)
    form = forms.EvaluationForm(request.POST or None)
    if request.method == "POST" and done(form, lambda: actions.evaluate(event, by=request.viewer, **form.values())):
        messages.success(request, _("Evaluación registrada."))
        return redirect(event_url(event))
    title = _("Evaluar «%(event)s»") % {"event": event.title}
    return ask(request, form, event, title=title, submit_label=_("Registrar evaluación"))


@requires("activities.edit")
def correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    event = queries.event(request.viewer, pk)
    evaluation = queries.evaluation_of(event)
    if evaluation is None:
        raise Http404
    form = forms.EvaluationCorrection(request.POST or None, evaluation=evaluation)

    def act() -> object:
        return actions.correct_evaluation(
            evaluation, form.changes(), reason=form.cleaned_data["reason"], by=request.viewer
        )

    if request.method == "POST" and done(form, act):
        messages.success(request, _("Evaluación corregida."))
        return redirect(event_url(event))
    return ask(request, form, event, title=_("Corregir evaluación"))
