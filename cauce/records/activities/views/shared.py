"""What the screens of this room share."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cauce.records.activities import vocabularies
from cauce.records.activities.enums import EventState
from cauce.records.activities.models import Event
from cauce.records.places.views.shared import done
from cauce.ui import forms as ui
from cauce.ui.parts import Tab

__all__ = ["ACCENT", "SECTION", "TONES", "ask", "done", "event_url", "tabs", "type_label"]

SECTION, ACCENT = "activities", "strengthening"
TONES = {
    EventState.PLANNED: "blue",
    EventState.HELD: "waiting",
    EventState.EVALUATED: "waiting",
    EventState.VALIDATED: "ok",
    EventState.CANCELLED: "grey",
}


def tabs(request: HttpRequest) -> list[Tab]:
    pages = ((_("Lista"), reverse("activities:events")), (_("Calendario"), reverse("activities:calendar")))
    return [Tab(label, url, current=request.path == url) for label, url in pages]


def event_url(event: Event) -> str:
    return reverse("activities:event", args=[event.pk])


def type_label(event: Event) -> str:
    return vocabularies.labels("event_types", [event.type])[0]


def ask(request: HttpRequest, form: Any, event: Event, **context: Any) -> HttpResponse:
    """A page that is one form about an event; ``consequences`` makes it a confirmation."""
    template = "ui/confirm.html" if "consequences" in context else "ui/form.html"
    context = {"back_url": event_url(event), "section": SECTION, "accent": ACCENT, "form": form} | context
    return render(request, template, context, status=ui.status(form))
