"""Behind the vaults: every look is noted, and without the vault there is nothing (404)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cauce.access.guard import requires
from cauce.records.assistance.views import shared as assistance
from cauce.records.protection import actions, forms, queries
from cauce.records.protection.enums import GbvType, OfferedService
from cauce.records.protection.models import Case, GbvDetail
from cauce.records.protection.views.shared import SECTION, case_or_404
from cauce.ui import forms as ui
from cauce.ui.parts import Pair


def _opened(request: HttpRequest, pk: UUID, vault: str) -> Case:
    """The case, with the look at its vault noted; 404 without the vault or where the class does not apply."""
    case = case_or_404(request, pk)
    if vault not in request.viewer.vaults or vault not in case.categories:
        raise Http404
    if request.method == "GET":
        actions.open_vault(case, vault, by=request.viewer)
    return case


@requires("protection.vault")
def incidents(request: HttpRequest, pk: UUID) -> HttpResponse:
    case = _opened(request, pk, "gbv")
    context = {
        "title": _("Incidentes de violencia"),
        "case": case,
        "incidents": [(each, _pairs(each)) for each in queries.incidents(request.viewer, case)],
        "section": SECTION,
        "accent": "protection",
    }
    return _sealed(render(request, "protection/incidents.html", context))


def _pairs(incident: GbvDetail) -> list[Pair]:
    labels = dict(OfferedService.choices)
    told = {True: _("Sí"), False: _("No"), None: _("No se sabe")}
    return [
        Pair(_("Tipo"), GbvType(incident.type).label),
        Pair(_("Fecha del incidente"), incident.incident_on.strftime("%d/%m/%Y") if incident.incident_on else "—"),
        Pair(_("Momento del viaje"), incident.get_stage_display()),
        Pair(_("Tipo de lugar"), incident.get_place_type_display()),
        Pair(_("Personas agresoras"), incident.get_perpetrators_display()),
        Pair(_("Relación"), incident.get_relation_display()),
        Pair(_("Incidentes anteriores"), told[incident.earlier_incidents]),
        Pair(_("Ya lo relató en otra organización"), told[incident.reported_elsewhere]),
        Pair(_("Servicios ofrecidos"), ", ".join(str(labels[each]) for each in incident.offered) or "—"),
        Pair(_("Desea acción legal"), told[incident.wants_legal_action]),
    ]


@requires("protection.vault")
def new_incident(request: HttpRequest, pk: UUID) -> HttpResponse:
    case = _opened(request, pk, "gbv")
    form = forms.IncidentForm(request.POST or None)
    return _page(
        request, case, form, lambda: actions.record_incident(case, by=request.viewer, **form.values()),
        _("Registrar incidente"), reverse("protection:incidents", args=[case.pk]),
    )  # fmt: skip


@requires("protection.vault")
def void_incident(request: HttpRequest, pk: UUID) -> HttpResponse:
    incident = queries.incident(request.viewer, pk)
    if incident is None:
        raise Http404
    case = case_or_404(request, incident.case_id)
    return assistance.void_page(
        request, incident, actions.void_incident, title=_("Anular incidente"),
        back=reverse("protection:incidents", args=[case.pk]), consequence=_("El incidente deja de contarse."),
    )  # fmt: skip


@requires("protection.vault")
def trafficking(request: HttpRequest, pk: UUID) -> HttpResponse:
    case = _opened(request, pk, "trafficking")
    record = queries.trafficking(request.viewer, case)
    form = forms.TraffickingForm(request.POST or None, record=record)
    return _page(
        request, case, form, lambda: actions.record_trafficking(case, by=request.viewer, **form.values()),
        _("Trata de personas"), case.get_absolute_url(),
    )  # fmt: skip


@requires("protection.vault")
def child(request: HttpRequest, pk: UUID) -> HttpResponse:
    case = _opened(request, pk, "child")
    record = queries.child(request.viewer, case)
    form = forms.ChildForm(request.POST or None, record=record)
    return _page(
        request, case, form, lambda: actions.record_child(case, by=request.viewer, **form.values()),
        _("Niñez"), case.get_absolute_url(),
    )  # fmt: skip


def _page(
    request: HttpRequest, case: Case, form: ui.Form, act: Callable[[], Any], title: str, back: str
) -> HttpResponse:
    if request.method == "POST" and assistance.done(form, act):
        return redirect(back)
    return _sealed(
        assistance.form_page(request, form, title, back, lead=case.code, section=SECTION, accent="protection")
    )


def _sealed(response: HttpResponse) -> HttpResponse:
    """What lies in a vault stays in no browser's cache."""
    response["Cache-Control"] = "no-store"
    return response
