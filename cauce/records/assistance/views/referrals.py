"""Referrals: the list, sending one with the consent check shown, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cauce.access.guard import requires
from cauce.access.viewer import Viewer
from cauce.records.assistance import actions, forms, queries
from cauce.records.assistance.enums import ReferralState, SharedField
from cauce.records.assistance.models import Referral
from cauce.records.assistance.views import shared
from cauce.records.people import queries as people
from cauce.records.people.models import Person
from cauce.ui import forms as ui
from cauce.ui.parts import Pair, Step
from cauce.ui.tables import Column, Listing

NO = ("declined", "not_delivered")


def columns(viewer: Viewer) -> list[Column]:
    return [
        Column(
            "to", _("Organización"), value=lambda act: act.to.name, note=shared.title_of,
            url=lambda act: reverse("assistance:referral", args=[act.pk]),
        ),
        shared.who(viewer),
        Column("sort_on", _("Enviada"), kind="day", sort="sort_on"),
        Column("state", _("Estado"), value="get_state_display", kind="chip", tone=shared.tone),
        Column("follow_up_on", _("Preguntar el"), kind="due", value=_ask_on, sort="follow_up_on"),
    ]  # fmt: skip


def _ask_on(act: Referral):
    return act.follow_up_on if act.state == ReferralState.SENT else None


@requires("assistance.view")
def referrals(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request,
        queries.referrals(request.viewer),
        columns(request.viewer),
        key="assistance.referrals",
        title=_("Canalizaciones"),
        filters=forms.ReferralFilter,
        narrow=forms.narrow,
        may_export=True,
        on_export=lambda count: actions.note_export(request.viewer, Referral, count),
        empty=_("Aún no hay canalizaciones. Se envían desde la ficha de la persona o desde su caso."),
    )
    if listing.export:
        return listing.export
    context = {
        "listing": listing,
        "tabs": shared.tabs(request),
        "title": _("Asistencia"),
        "section": shared.SECTION,
    }
    return render(request, "assistance/list.html", context)


def consent_of(person: Person) -> bool:
    """Has the person agreed, as of today, to be referred?"""
    return queries.Consents({person.pk}).standing(person.pk, timezone.localdate()) is not None


def consent_context(person: Person, viewer: Viewer) -> dict[str, object]:
    """What the page that sends a referral shows about consent."""
    return {
        "person": person,
        "name": people.display_name(person, viewer),
        "has_consent": consent_of(person),
        "ask_url": f"{reverse('people:ask', args=[person.pk])}?para=referral",
        "may_ask": viewer.may("people.consent"),
    }


@requires("assistance.refer")
def refer(request: HttpRequest, person: UUID) -> HttpResponse:
    """Send a referral for a person; consent is shown before anything is typed."""
    found = shared.person_or_404(request, person)
    consent = consent_context(found, request.viewer)
    form = forms.ReferralForm(request.POST or None, viewer=request.viewer, has_consent=consent["has_consent"])
    if request.method == "POST" and (
        made := shared.done(form, lambda: actions.refer(by=request.viewer, person=found, **form.values()))
    ):
        messages.success(request, said_of(made))
        return redirect("assistance:referral", pk=made.pk)
    return shared.form_page(
        request,
        form,
        _("Canalizar"),
        found.get_absolute_url(),
        template="assistance/refer.html",
        submit_label=_("Enviar canalización") if consent["has_consent"] else _("Guardar como borrador"),
        **consent,
    )


def said_of(referral: Referral) -> str:
    if referral.state == ReferralState.DRAFT:
        return _("Quedó en borrador: falta el consentimiento, o que otra persona apruebe la excepción.")
    return _("Canalización enviada.")


@requires("assistance.view")
def referral(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = shared.found_or_404(Referral, request, pk)
    labels = dict(SharedField.choices)
    pairs = [
        Pair(_("Persona"), found.person.folio, url=found.person.get_absolute_url()),
        Pair(_("Organización"), found.to, url=found.to.get_absolute_url()),
        Pair(_("Urgencia"), found.get_urgency_display()),
        Pair(_("Se comparte"), ", ".join(str(labels[each]) for each in found.shared)),
        Pair(_("Consentimiento"), _consent_words(found)),
        *shared.under_pairs(found),
    ]
    if found.closing:
        pairs.append(Pair(_("Por qué no"), found.closing_note or found.get_closing_display()))
    context = {
        "title": shared.title_of(found),
        "record": found,
        "name": people.display_name(found.person, request.viewer),
        "tone": shared.tone(found),
        "pairs": pairs,
        "note": found.reason,
        "note_title": _("Motivo"),
        "road": _road(found),
        "list_url": reverse("assistance:referrals"),
        "list_name": _("Canalizaciones"),
        "steps": _steps(found, request.viewer),
        "section": shared.SECTION,
    }
    return render(request, "assistance/record.html", context)


def _consent_words(found: Referral) -> str:
    if found.consent:
        return _("Sí, del %(day)s") % {"day": found.consent.given_on.strftime("%d/%m/%Y")}
    if found.override_by:
        return _("Excepción aprobada por otra persona")
    return _("Falta")


def _road(found: Referral) -> list[Step]:
    """Where the referral stands on its way."""
    ended = found.state in (ReferralState.DECLINED, ReferralState.NOT_DELIVERED, ReferralState.REVOKED)
    stops = [
        (_("Enviada"), found.sent_on),
        (_("Respondida"), found.answered_on),
        (_("Cumplida"), found.delivered_on),
    ]
    road, reached = [], True
    for label, day in stops:
        state = "done" if day else ("current" if reached and not ended else "todo")
        road.append(Step(label, state, note=day.strftime("%d/%m/%Y") if day else ""))
        reached = day is not None
    if ended:
        road.append(Step(found.get_state_display(), "error", note=found.closed_on.strftime("%d/%m/%Y")))
    return road


def _steps(found: Referral, viewer: Viewer) -> list[tuple[str, str, str]]:
    """(address, label, class) of what this viewer can do with it now."""
    if found.is_void or not (viewer.may("assistance.refer") or viewer.may("assistance.override")):
        return []
    labels = {
        "send": (_("Enviar"), "primary"),
        "approve": (_("Aprobar la excepción"), "primary"),
        "accepted": (_("La aceptaron"), "primary"),
        "declined": (_("La rechazaron"), ""),
        "delivered": (_("Se cumplió"), "primary"),
        "not_delivered": (_("No se cumplió"), ""),
        "correct": (_("Corregir"), ""),
        "revoked": (_("Revocar"), "quiet"),
        "void": (_("Anular"), "quiet"),
    }
    return [
        (reverse("assistance:referral_step", args=[found.pk, step]), *labels[step]) for step in _possible(found, viewer)
    ]


def _possible(found: Referral, viewer: Viewer) -> list[str]:
    may = viewer.may("assistance.refer")
    match found.state:
        case ReferralState.DRAFT:
            approves = viewer.may("assistance.override") and found.recorded_by != viewer.id and found.override_reason
            first = ["send"] if may and consent_of(found.person) else ["approve"] if approves else []
            return [*first, *(["revoked", "void"] if may else [])]
        case ReferralState.SENT:
            return ["accepted", "declined", "correct", "revoked", "void"] if may else []
        case ReferralState.ACCEPTED:
            return ["delivered", "not_delivered", "correct", "revoked", "void"] if may else []
    return ["correct", "void"] if may else []


@requires("assistance.refer", "assistance.override")
def step(request: HttpRequest, pk: UUID, to: str) -> HttpResponse:
    """Any step of a referral; which ones there are now, its state says."""
    found = shared.found_or_404(Referral, request, pk)
    back = reverse("assistance:referral", args=[found.pk])
    if to not in _possible(found, request.viewer):
        raise Http404
    if to == "void":
        return shared.void_page(
            request, found, actions.void_referral, title=_("Anular canalización"), back=back,
            consequence=_("Deja de contarse en las cifras, también en las de su caso."),
        )  # fmt: skip
    form, act, title, extra = _form_of(request, found, to)
    return shared.step_page(request, form, act, title=title, back=back, said=_("Anotado."), **extra)


def _form_of(request: HttpRequest, found: Referral, to: str) -> tuple[ui.Form, Callable[[], object], str, dict]:
    """The form of a step, what it does, and what the page is called."""
    viewer, data = request.viewer, request.POST or None
    if to in ("send", "approve"):
        form: ui.Form = ui.Form(data if data is not None else None)
        send = actions.send_draft if to == "send" else actions.approve_override
        sentence = _("Sale a %(to)s con los datos marcados.") % {"to": found.to.name}
        reason = (
            [_("Motivo de la excepción: %(reason)s") % {"reason": found.override_reason}] if to == "approve" else []
        )
        title = _("Enviar canalización") if to == "send" else _("Aprobar la excepción al consentimiento")
        extra = {"template": "ui/confirm.html", "consequences": [sentence, *reason], "submit_label": title}
        return form, lambda: send(found, by=viewer), title, extra
    if to == "correct":
        fixed = forms.ReferralCorrection(data, viewer=viewer, record=found)
        return (
            fixed,
            lambda: actions.correct_referral(found, by=viewer, reason=fixed.cleaned_data["reason"], **fixed.changes()),
            _("Corregir canalización"),
            {},
        )
    if to == "revoked":
        why = ui.ReasonForm(data)
        extra = {"template": "ui/confirm.html", "danger": True, "submit_label": _("Revocar")}
        return (
            why,
            lambda: actions.revoke_referral(found, by=viewer, reason=why.cleaned_data["reason"]),
            _("Revocar canalización"),
            extra,
        )
    dated = forms.ReferralStepForm(data, says_no=to in NO)
    act = {
        "accepted": actions.accept_referral,
        "declined": actions.decline_referral,
        "delivered": actions.deliver_referral,
        "not_delivered": actions.fail_referral,
    }[to]
    title = {
        "accepted": _("La organización aceptó"),
        "declined": _("La organización rechazó"),
        "delivered": _("El servicio se prestó"),
        "not_delivered": _("El servicio no se prestó"),
    }[to]
    return dated, lambda: act(found, by=viewer, **dated.cleaned_data), title, {}
