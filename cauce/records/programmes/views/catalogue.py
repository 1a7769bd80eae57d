"""Projects, donors and responses."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from cauce.access.guard import requires
from cauce.records.programmes import actions, forms, queries
from cauce.records.programmes.actions import NewProject
from cauce.records.programmes.enums import ACCENTS, Chapter
from cauce.records.programmes.models import Donor, Project, Response
from cauce.records.programmes.views.shared import (
    SECTION,
    correcting,
    found_or_404,
    may_edit,
    registering,
    tabs,
    voiding,
)
from cauce.ui.formatting import day
from cauce.ui.parts import Pair
from cauce.ui.tables import Column, Listing


def _runs(entry: Project | Response) -> bool:
    today = timezone.localdate()
    return entry.start <= today and (entry.end is None or today <= entry.end)


def _state(entry: Project | Response) -> str:
    if _runs(entry):
        return _("Vigente")
    return _("Terminado") if entry.start <= timezone.localdate() else _("Por iniciar")


def _runs_column() -> Column:
    return Column("state", lazy("Estado"), kind="chip", value=_state, tone=lambda each: "ok" if _runs(each) else "grey")


PROJECTS = [
    Column("code", lazy("Clave"), url=Project.get_absolute_url, sort="code"),
    Column("name", lazy("Proyecto"), sort="name", note=lambda each: ", ".join(each.chapter_labels)),
    Column("donor", lazy("Donante"), sort="donor__name"),
    Column("start", lazy("Inicio"), kind="day", sort="start"),
    Column("end", lazy("Fin"), kind="day", sort="end"),
    _runs_column(),
]
DONORS = [
    Column("name", lazy("Donante"), url=Donor.get_absolute_url, sort="name"),
    Column("short_name", lazy("Siglas")),
    Column("kind", lazy("Tipo"), kind="chip", tone="slate", sort="kind"),
    Column("country", lazy("País")),
]
RESPONSES = [
    Column("code", lazy("Clave"), url=Response.get_absolute_url, sort="code"),
    Column("name", lazy("Respuesta"), value=str, sort="name"),
    Column("start", lazy("Desde"), kind="day", sort="start"),
    Column("end", lazy("Hasta"), kind="day", sort="end"),
    _runs_column(),
]


def _list(request: HttpRequest, listing: Listing, add_url: str, add_label: str) -> HttpResponse:
    context = {
        "title": listing.title,
        "listing": listing,
        "tabs": tabs(request),
        "section": SECTION,
        "add_url": reverse(add_url) if request.viewer.may("programmes.edit") else "",
        "add_label": add_label,
    }
    return render(request, "programmes/list.html", context)


def _file(request: HttpRequest, entry: Project | Donor | Response, pairs: list[Pair], **more: object) -> HttpResponse:
    kind = type(entry)._meta.model_name
    context = {
        "title": str(entry),
        "entry": entry,
        "pairs": [*pairs, Pair(_("Lo mantiene"), entry.office)],
        "back_url": reverse(f"programmes:{kind}s"),
        "back_label": {"project": _("Proyectos"), "donor": _("Donantes"), "response": _("Respuestas")}[str(kind)],
        "correct_url": f"programmes:{kind}-correct",
        "void_url": f"programmes:{kind}-void",
        "may_edit": may_edit(request.viewer, entry),
        "section": SECTION,
        **more,
    }
    return render(request, "programmes/entry.html", context)


# Projects


@requires("programmes.view")
def projects(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request,
        queries.projects(request.viewer),
        PROJECTS,
        key="programmes.projects",
        title=_("Proyectos"),
        filters=forms.ProjectFilter,
        narrow=queries.narrow_projects,
        order="code",
    )
    return _list(request, listing, "programmes:project-new", _("Registrar proyecto"))


@requires("programmes.edit")
def project_new(request: HttpRequest) -> HttpResponse:
    form = forms.ProjectForm(request.POST or None, viewer=request.viewer)
    return registering(
        request,
        form,
        lambda: actions.register_project(NewProject(**form.values()), by=request.viewer),
        title=_("Registrar proyecto"),
        said=_("Proyecto registrado."),
        back="programmes:projects",
    )


@requires("programmes.view")
def project(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = found_or_404(lambda: queries.project(request.viewer, pk))
    donor = found.donor
    pairs = [
        Pair(_("Clave"), found.code),
        Pair(_("Donante"), donor.name if donor else "—", url=donor.get_absolute_url() if donor else ""),
        Pair(_("Inicio"), day(found.start)),
        Pair(_("Fin"), day(found.end)),
        Pair(_("Programas"), ", ".join(found.chapter_labels)),
    ]
    accent = ACCENTS[Chapter(found.chapters[0])] if len(found.chapters) == 1 else ""
    return _file(request, found, pairs, accent=accent)


@requires("programmes.edit")
def project_correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = found_or_404(lambda: queries.project(request.viewer, pk))
    form = forms.ProjectCorrection(request.POST or None, viewer=request.viewer, entry=found)
    return correcting(request, form, found)


@requires("programmes.edit")
def project_void(request: HttpRequest, pk: UUID) -> HttpResponse:
    return voiding(request, found_or_404(lambda: queries.project(request.viewer, pk)), "programmes:projects")


# Donors


@requires("programmes.view")
def donors(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, queries.donors(request.viewer), DONORS, key="programmes.donors", title=_("Donantes"), order="name"
    )
    return _list(request, listing, "programmes:donor-new", _("Registrar donante"))


@requires("programmes.edit")
def donor_new(request: HttpRequest) -> HttpResponse:
    form = forms.DonorForm(request.POST or None)
    return registering(
        request,
        form,
        lambda: actions.register_donor(by=request.viewer, **form.values()),
        title=_("Registrar donante"),
        said=_("Donante registrado."),
        back="programmes:donors",
    )


@requires("programmes.view")
def donor(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = found_or_404(lambda: queries.donor(request.viewer, pk))
    pairs = [
        Pair(_("Siglas"), found.short_name or "—"),
        Pair(_("Tipo"), found.get_kind_display()),
        Pair(_("País"), found.country or "—"),
    ]
    return _file(request, found, pairs, projects=queries.projects(request.viewer).filter(donor=found))


@requires("programmes.edit")
def donor_correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = found_or_404(lambda: queries.donor(request.viewer, pk))
    return correcting(request, forms.DonorCorrection(request.POST or None, entry=found), found)


@requires("programmes.edit")
def donor_void(request: HttpRequest, pk: UUID) -> HttpResponse:
    return voiding(request, found_or_404(lambda: queries.donor(request.viewer, pk)), "programmes:donors")


# Responses


@requires("programmes.view")
def responses(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request,
        queries.responses(request.viewer),
        RESPONSES,
        key="programmes.responses",
        title=_("Respuestas"),
        order="-start",
    )
    return _list(request, listing, "programmes:response-new", _("Registrar respuesta"))


@requires("programmes.edit")
def response_new(request: HttpRequest) -> HttpResponse:
    form = forms.ResponseForm(request.POST or None)
    return registering(
        request,
        form,
        lambda: actions.register_response(by=request.viewer, **form.values()),
        title=_("Registrar respuesta"),
        said=_("Respuesta registrada."),
        back="programmes:responses",
    )


@requires("programmes.view")
def response(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = found_or_404(lambda: queries.response(request.viewer, pk))
    pairs = [
        Pair(_("Clave"), found.code),
        Pair(_("Nombre en inglés"), format_html('<span lang="en">{}</span>', found.name_en) if found.name_en else "—"),
        Pair(_("Desde"), day(found.start)),
        Pair(_("Hasta"), day(found.end)),
    ]
    return _file(request, found, pairs)


@requires("programmes.edit")
def response_correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = found_or_404(lambda: queries.response(request.viewer, pk))
    return correcting(request, forms.ResponseCorrection(request.POST or None, entry=found), found)


@requires("programmes.edit")
def response_void(request: HttpRequest, pk: UUID) -> HttpResponse:
    return voiding(request, found_or_404(lambda: queries.response(request.viewer, pk)), "programmes:responses")
