"""The list of people and the search over all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from cauce.access.guard import requires
from cauce.access.viewer import Viewer
from cauce.records.people import actions, queries
from cauce.records.people.countries import name_of
from cauce.records.people.forms import PersonFilter
from cauce.records.people.models import Person
from cauce.records.people.views.registering import card
from cauce.records.people.views.shared import SECTION
from cauce.ui import forms as ui
from cauce.ui.tables import Column, Listing


class SearchForm(ui.Form):
    """One box: a name in any order, a folio, a document's or a phone's number."""

    q = forms.CharField(label=lazy("Nombre, folio, documento o teléfono"), max_length=120)


def columns(viewer: Viewer) -> list[Column]:
    """Reserved people show their folio alone: other values would tell who they are."""
    today = timezone.localdate()

    def hidden(person: Person) -> bool:
        return not queries.may_name(person, viewer)

    def open_to(value: Callable[[Person], Any]) -> Callable[[Person], Any]:
        return lambda person: None if hidden(person) else value(person)

    return [
        Column("folio", lazy("Folio"), url=Person.get_absolute_url, sort="folio"),
        Column(
            "name",
            lazy("Nombre"),
            value=lambda person: queries.display_name(person, viewer),
            reserved=hidden,
            exported=False,
        ),
        Column("sex", lazy("Sexo"), value=open_to(lambda person: person.get_sex_display())),
        Column("age", lazy("Edad"), value=open_to(lambda person: person.age_on(today)), kind="number"),
        Column("nationality", lazy("Nacionalidad"), value=open_to(lambda person: name_of(person.nationality))),
        Column("registered_on", lazy("Registro"), kind="day", sort="registered_on"),
        Column("office", lazy("Oficina"), value="office"),
    ]


@requires("people.view")
def people(request: HttpRequest) -> HttpResponse:
    viewer = request.viewer
    listing = Listing(
        request,
        queries.persons(viewer),
        columns(viewer),
        key="people.people",
        title=_("Personas"),
        filters=PersonFilter,
        narrow=lambda rows, values: queries.narrow(rows, values, viewer),
        order="-registered_on",
        empty=_("Aún no hay personas registradas en su oficina."),
        may_export=viewer.may("people.correct"),
        on_export=lambda count: actions.note_export(count, by=viewer),
        filename="personas",
    )
    if listing.export:
        return listing.export
    context = {
        "title": _("Personas"),
        "listing": listing,
        "search": SearchForm(),
        "may_register": viewer.may("people.register"),
        "may_search": viewer.may("people.search"),
        "section": SECTION,
    }
    return render(request, "people/people.html", context)


@requires("people.search")
def search(request: HttpRequest) -> HttpResponse:
    """Sent with POST, so that no name stands in an address."""
    if request.method != "POST":
        return redirect("people:people")
    form = SearchForm(request.POST)
    found = actions.look_for(form.cleaned_data["q"], by=request.viewer) if form.is_valid() else []
    context = {
        "title": _("Buscar personas"),
        "search": form,
        "typed": form.data.get("q", ""),
        "cards": [card(match, request) for match in found],
        "may_register": request.viewer.may("people.register"),
        "section": SECTION,
    }
    return render(request, "people/search.html", context, status=ui.status(form))
