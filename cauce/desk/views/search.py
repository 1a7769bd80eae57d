"""The box at the top of every page."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.signing import BadSignature, dumps, loads
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cauce import keys
from cauce.access.guard import requires
from cauce.access.viewer import Viewer
from cauce.desk.queries import search as queries
from cauce.desk.queries.search import Hit
from cauce.kernel.problems import Problem
from cauce.ui import forms as ui

PURPOSE = "desk.search"
VALID = timedelta(hours=12)  # a working day: the page may stay open
LONGEST = 120


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
        label=gettext_lazy("Buscar"), max_length=LONGEST, required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "autofocus": True}),
    )  # fmt: skip


@requires("desk.search")
def search(request: HttpRequest) -> HttpResponse:
    """Results by kind.

    The box is sent with POST and answered with an address in which the text is sealed: no name stands
    in an address, a history or a server's log, and "back" works. A GET with ``q`` is answered too.
    """
    viewer = request.viewer
    if request.method == "POST":
        return redirect(_sealed(request.POST, viewer))
    given = {"q": _opened(request.GET["b"], viewer)} if "b" in request.GET else request.GET
    purpose = PURPOSES.get(request.GET.get("para", ""))
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
        "para": request.GET.get("para", "") if purpose else "",
        "found": [(group, [(hit, _action(hit, purpose)) for hit in group.hits]) for group in found],
        "total": sum(group.total for group in found),
        "looks_for": [queries.LOOKS_FOR[key] for key in queries.may_look(viewer)],
        "may_register": viewer.may("people.register"),
    }
    response = render(request, "desk/search.html", context, status=ui.status(form))
    response["Cache-Control"] = "no-store"
    return response


def _sealed(given: Mapping[str, str], viewer: Viewer) -> str:
    """The address of the results; what was typed is in it, for this viewer alone and for a while."""
    sealed = keys.encrypt(given.get("q", "")[:LONGEST].encode(), PURPOSE)
    token = dumps([base64.urlsafe_b64encode(sealed).decode(), viewer.id], salt=PURPOSE)
    para = {"para": given["para"]} if given.get("para") else {}
    return f"{reverse('desk:search')}?{urlencode({'b': token, **para})}"


def _opened(token: str, viewer: Viewer) -> str:
    """What was typed; nothing for a token that is old, another's or made up."""
    try:
        sealed, owner = loads(token, salt=PURPOSE, max_age=VALID)
        return keys.decrypt(base64.urlsafe_b64decode(sealed), PURPOSE).decode() if owner == viewer.id else ""
    except (BadSignature, ValueError, TypeError, Problem):
        return ""


def _action(hit: Hit, purpose: Purpose | None) -> tuple[Any, str] | None:
    if purpose is None or hit.person is None:
        return None
    return purpose.label, reverse(purpose.url_name, args=[hit.person.pk])
