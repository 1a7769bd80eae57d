"""Recording services, referrals and items within a case: assistance's forms, the case's reference."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from cauce.access.guard import requires
from cauce.records.assistance.forms import ItemForm, ReferralForm, ServiceForm
from cauce.records.assistance.views.referrals import consent_context, said_of
from cauce.records.assistance.views.shared import done, form_page
from cauce.records.protection import actions
from cauce.records.protection.models import Case
from cauce.records.protection.views.shared import SECTION, case_or_404, shown_name
from cauce.ui import forms as ui


def _page(
    request: HttpRequest, case: Case, form: ui.Form, title: str, submit: str, template: str, **context: object
) -> HttpResponse:
    return form_page(
        request,
        form,
        title,
        case.get_absolute_url(),
        template=template,
        submit_label=submit,
        **{
            **context,
            "case": case,
            "name": shown_name(case, request.viewer),
            "section": SECTION,
            "accent": "protection",
        },
    )


@requires("protection.work")
def serve(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record a service of the case; delivered, it makes the case count in that month."""
    case = case_or_404(request, pk)
    request.viewer.require("assistance.serve")
    form = ServiceForm(request.POST or None, viewer=request.viewer)
    if request.method == "POST" and done(form, lambda: actions.serve(case, by=request.viewer, **form.values())):
        messages.success(request, _("Servicio registrado en el caso."))
        return redirect(case)
    return _page(request, case, form, _("Registrar servicio"), _("Registrar servicio"), "protection/act.html")


@requires("protection.work")
def refer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send a referral of the case."""
    case = case_or_404(request, pk)
    request.viewer.require("assistance.refer")
    consent = consent_context(case.person, request.viewer)
    form = ReferralForm(request.POST or None, viewer=request.viewer, has_consent=consent["has_consent"])
    if request.method == "POST" and (
        made := done(form, lambda: actions.refer(case, by=request.viewer, **form.values()))
    ):
        messages.success(request, said_of(made))
        return redirect(case)
    submit = _("Enviar canalización") if consent["has_consent"] else _("Guardar como borrador")
    return _page(request, case, form, _("Canalizar"), submit, "protection/refer.html", **consent)


@requires("protection.work")
def items(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand items to the case's person."""
    case = case_or_404(request, pk)
    request.viewer.require("assistance.items")
    form = ItemForm(request.POST or None, viewer=request.viewer)
    if request.method == "POST" and done(form, lambda: actions.hand_items(case, by=request.viewer, **form.values())):
        messages.success(request, _("Entrega registrada en el caso."))
        return redirect(case)
    return _page(request, case, form, _("Entregar artículos"), _("Registrar entrega"), "protection/act.html")
