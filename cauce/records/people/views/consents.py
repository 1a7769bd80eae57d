"""Consent: the notice to read aloud, what was said to each purpose, and taking it back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cauce.access.guard import requires
from cauce.records.people import actions, notices, queries
from cauce.records.people.forms import ConsentForm
from cauce.records.people.views.shared import SECTION, done, person_or_404
from cauce.ui import forms as ui


@requires("people.consent", "people.view")
def consents(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every purpose with its answer, the history, and the notice in five languages."""
    person = person_or_404(request, pk)
    actions.open_file(person, by=request.viewer, what=_("Consentimientos"))
    context = {
        "title": _("Consentimiento %(folio)s") % {"folio": person.folio},
        "person": person,
        # What somebody wrote in their own words may tell whose file it is, or why the name is reserved.
        "named": queries.may_name(person, request.viewer),
        "states": queries.consents(person),
        "history": queries.consent_history(person),
        "notices": list(notices.catalogue().values()),
        "may_consent": request.viewer.may("people.consent"),
        "section": SECTION,
    }
    return render(request, "people/consents.html", context)


@requires("people.consent")
def ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note an answer."""
    person = person_or_404(request, pk)
    form = ConsentForm(request.POST or None, initial={"purpose": request.GET.get("para", "")})

    def act() -> object:
        cleaned = form.cleaned_data
        return actions.record_consent(
            person,
            cleaned["purpose"],
            cleaned["given"] == "yes",
            by=request.viewer,
            capture=cleaned["capture"],
            notice=actions.current_notice(cleaned["language"], by=request.viewer),
            **form.values(),
        )

    if request.method == "POST" and done(form, act):
        messages.success(request, _("Respuesta guardada."))
        return redirect("people:consents", pk=person.pk)
    context = {
        "title": _("Anotar consentimiento"),
        "lead": person.folio,
        "form": form,
        "notices": list(notices.catalogue().values()),
        "back_url": f"{person.get_absolute_url()}consentimiento/",
        "submit_label": _("Guardar respuesta"),
        "section": SECTION,
    }
    return render(request, "people/ask_consent.html", context, status=ui.status(form))


@requires("people.consent")
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a consent back, after saying what that does."""
    consent = queries.consent(request.viewer, pk)
    if consent is None:
        raise Http404
    form = ui.ReasonForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: actions.withdraw_consent(consent, reason=form.cleaned_data["reason"], by=request.viewer)
    ):
        messages.success(request, _("Consentimiento retirado."))
        return redirect("people:consents", pk=consent.person_id)
    effects = {
        "service": _("Se cierran las canalizaciones abiertas y no se registran más servicios con sus datos."),
        "referral": _("Se cierran las canalizaciones abiertas."),
        "statistics": _("Deja de contarse por sexo, edad o nacionalidad; los totales de servicios no cambian."),
    }
    context = {
        "title": _("Retirar consentimiento"),
        "lead": f"{consent.person.folio}. {consent.get_purpose_display()}",
        "form": form,
        "consequences": [
            effects.get(consent.purpose, _("Nadie usa más sus datos para esta finalidad.")),
            _("Lo ya registrado se conserva, con la fecha y el motivo del retiro."),
        ],
        "submit_label": _("Retirar consentimiento"),
        "danger": True,
        "back_url": f"{consent.person.get_absolute_url()}consentimiento/",
        "section": SECTION,
    }
    return render(request, "ui/confirm.html", context, status=ui.status(form))
