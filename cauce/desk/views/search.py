"""The box at the top of every page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cauce.access.guard import requires
from cauce.desk.queries import search as queries
from cauce.desk.queries.search import Hit
from cauce.ui import forms as ui


@dataclass(frozen=True, slots=True)
class Purpose:
    """Why somebody looks for a person: the next page, offered at each person found."""

    permission: str
    title: Any
    label: Any
    url_name: str


PURPOSES = {
    "serve": Purpose(
        "assistance.serve", gettext_lazy("Registrar servicio"), gettext_lazy("Registrar servicio"), "assistance:serve"
    ),
    "case": Purpose("protection.open", gettext_lazy("Abrir caso"), gettext_lazy("Abrir caso"), "protection:open"),
    "items": Purpose(
        "assistance.items", gettext_lazy("Entregar artículos"), gettext_lazy("Entregar"), "assistance:deliver_item"
    ),
}


class SearchForm(ui.Form):
    """One box; what it looks through depends on who looks."""

    q = forms.CharField(
        label=gettext_lazy("Buscar"), max_length=120, required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "autofocus": True}),
    )  # fmt: skip


@requires("desk.search")
def search(request: HttpRequest) -> HttpResponse:
    """Results by kind. Sent with POST from the box, so that no name stands in an address; a GET with ``q`` works too."""
    viewer = request.viewer
    given = request.POST if request.method == "POST" else request.GET
    purpose = PURPOSES.get(given.get("para", ""))
    if purpose is not None and not viewer.may(purpose.permission):
        purpose = None
    form = SearchForm(given if "q" in given else None)
    text = form.cleaned_data["q"] if form.is_bound and form.is_valid() else ""
    found = queries.search(viewer, text, only="people" if purpose else "")
    context = {
        "title": purpose.title if purpose else _("Buscar"),
        "form": form,
        "text": text,
        "is_short": bool(text) and len(text) < queries.SHORTEST,
        "para": given.get("para", "") if purpose else "",
        "found": [(group, [(hit, _action(hit, purpose)) for hit in group.hits]) for group in found],
        "total": sum(group.total for group in found),
        "looks_for": [queries.LOOKS_FOR[key] for key in queries.may_look(viewer)],
        "may_register": viewer.may("people.register"),
    }
    response = render(request, "desk/search.html", context, status=ui.status(form))
    response["Cache-Control"] = "no-store"
    return response


def _action(hit: Hit, purpose: Purpose | None) -> tuple[Any, str] | None:
    if purpose is None or hit.person is None:
        return None
    return purpose.label, reverse(purpose.url_name, args=[hit.person.pk])
