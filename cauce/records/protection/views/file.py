"""The case file: head, consent, timeline, referrals, who has seen it."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from cauce.access.guard import requires
from cauce.access.roles import ROLES
from cauce.access.viewer import Viewer
from cauce.records.assistance import queries as assistance
from cauce.records.assistance import vocabulary
from cauce.records.assistance.models import Referral
from cauce.records.assistance.views.people import event_of
from cauce.records.assistance.views.shared import tone
from cauce.records.people import queries as people
from cauce.records.protection import actions, queries, rules
from cauce.records.protection.enums import CaseState
from cauce.records.protection.models import Case
from cauce.records.protection.models.case import PROCESS
from cauce.records.protection.queries import Step
from cauce.records.protection.views.cases import days_open
from cauce.records.protection.views.shared import SECTION, STATES, TONES, case_or_404, hides_name, shown_name
from cauce.ui import formatting
from cauce.ui.parts import Event, Pair, Reading
from cauce.ui.templatetags import ui

VERBS = {
    "open": (lazy("Caso abierto"), "i-folder"),
    "on_hold": (lazy("Caso en pausa"), "i-pause"),
    "closed": (lazy("Caso cerrado"), "i-circle-check"),
    "recategorise": (lazy("Cambio de necesidades o categoría"), "i-layers"),
    "assign": (lazy("Cambio de responsable"), "i-user"),
    "plan": (lazy("Próximo paso"), "i-calendar"),
    "correct": (lazy("Corrección"), "i-edit"),
    "void": (lazy("Caso anulado"), "i-void"),
}
DETAILS = {
    "gbv": (lazy("Incidentes de violencia"), "protection:incidents"),
    "trafficking": (lazy("Trata de personas"), "protection:trafficking"),
    "child": (lazy("Niñez"), "protection:child"),
}


@requires("protection.view")
def case(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every opening of a file is noted in the log and shown on the file itself."""
    found = case_or_404(request, pk)
    actions.open_file(found, by=request.viewer)
    viewer = request.viewer
    acts = assistance.acts_of_process(viewer, PROCESS, found.pk)
    referrals = [act for act in acts if isinstance(act, Referral) and not act.is_void]
    context = {
        "title": found.code,
        "case": found,
        "name": shown_name(found, viewer),
        "hides_name": hides_name(found, viewer),
        "name_url": reverse("people:name", args=[found.person_id]) if viewer.may("people.names") else "",
        "state_tone": STATES[found.state],
        "head": head(found, viewer),
        "consents": people.consents(found.person)[:3],
        "events": timeline(found, acts, viewer),
        "referrals": [(each, vocabulary.label("service_types", each.type), tone(each)) for each in referrals],
        "needs": [vocabulary.label("needs", each) for each in found.needs],
        "why": rules.explain(found.categories),
        "facts": facts(found),
        "readings": [reading(each) for each in queries.readings(found)],
        "reading_count": queries.readings_count(found),
        "details": details(found, viewer),
        "offers": offers(found, viewer),
        "beside": beside(found, viewer),
        "steps": steps(found, viewer),
        "section": SECTION,
        "accent": "protection",
    }
    return render(request, "protection/case.html", context)


def head(found: Case, viewer: Viewer) -> list[Pair]:
    """The line of facts at the head of the file."""
    person, today = found.person, timezone.localdate()
    band, sex = person.band_on(today), person.get_sex_display()
    open_days = days_open(found, today)
    began = formatting.day(found.began_on)
    return [
        Pair(_("Persona"), person.folio, url=person.get_absolute_url()),
        Pair(_("Edad y sexo"), f"{vocabulary.label('age_bands', band.value)}, {str(sex).lower()}"),
        Pair(
            _("Categoría"),
            ui.chip(vocabulary.label(rules.CATEGORIES, found.category), TONES.get(found.category, "grey")),
        ),
        Pair(_("Riesgo"), ui.risk(found.risk)),
        Pair(_("Responsable"), queries.owner_name(found) or _("Sin asignar")),
        Pair(
            _("Abierto") if found.opened_on else _("Identificado"),
            began
            if open_days is None
            else _("%(day)s, %(days)s días") % {"day": began, "days": formatting.number(open_days)},
        ),
    ]


def facts(found: Case) -> list[Pair]:
    """What else stands on the file."""
    pairs = [
        Pair(_("Cómo llegó"), vocabulary.label("channels", found.channel)),
        Pair(_("Población"), vocabulary.label("populations", found.population)),
        Pair(_("Base de licitud"), found.get_legal_basis_display()),
    ]
    if found.basis_reason:
        pairs.append(Pair(_("Por qué sin consentimiento"), found.basis_reason))
    if found.uasc:
        pairs.append(Pair(_("Naciones Unidas"), found.get_uasc_display()))
    if found.law_term:
        pairs.append(Pair(_("Ley mexicana"), found.get_law_term_display()))
    if found.episode > 1:
        pairs.append(Pair(_("Episodio"), found.episode))
    if found.closing:
        label = vocabulary.label("case_closings", found.closing)
        pairs.append(Pair(_("Motivo de cierre"), f"{label}. {found.closing_note}" if found.closing_note else label))
    if found.summary:
        pairs.append(Pair(_("Resumen"), found.summary))
    return pairs


def timeline(found: Case, acts: list, viewer: Viewer) -> list[Event]:
    """Acts and steps of the case together, latest first; acts out of sight only as their number."""
    dated: list[tuple[datetime, Event]] = [(_at(act.day), event_of(act, viewer)) for act in acts]
    history = queries.steps(found)
    for number, step in enumerate(history):
        first = number == len(history) - 1
        # A case from a sheet was recorded later than it began: its story begins on its own day.
        at = min(step.at, _at(found.identified_on)) if first else step.at
        dated.append((at, step_event(step, first=first, found=found)))
    events = [event for _when, event in sorted(dated, key=lambda pair: pair[0], reverse=True)]
    if missing := assistance.reserved_acts_of_process(viewer, PROCESS, found.pk):
        # Without date or place in the order: either would tell what was done.
        title = _("%(many)s actos reservados") % {"many": missing} if missing > 1 else _("Un acto reservado")
        events.append(Event(title=title, meta=_("Sin detalle para su función"), reserved=True))
    return events


def _at(day: date) -> datetime:
    """An act has a day, a step a moment: at the end of its day the act stands above the step that led to it."""
    return timezone.make_aware(datetime.combine(day, time.max))


def step_event(step: Step, *, first: bool, found: Case) -> Event:
    title, icon = VERBS.get(step.verb, (step.verb, "i-activity"))
    if first:
        words = [formatting.day(found.identified_on), step.who, vocabulary.label("channels", found.channel)]
        return Event(_("Caso registrado"), ". ".join(words), icon=icon, accent="protection")
    if step.verb == "open":
        title = _("Caso abierto de nuevo") if found.episode > 1 else _("Caso abierto")
    meta = ". ".join((formatting.moment(step.at), step.who))
    # Steps that ask for no reason carry their own name as one.
    body = "" if step.reason == str(title) else step.reason
    return Event(title, meta, icon=icon, accent="protection", body=body)


def reading(step: Step) -> Reading:
    roles = ", ".join(str(ROLES[key].name) for key in step.role.split("+") if key in ROLES)
    what = _("expediente") if step.table == Case.table() else _("detalle reservado")
    return Reading(step.at, step.who, roles, what, step.reason)


def details(found: Case, viewer: Viewer) -> list[tuple[str, str]]:
    """(address, label) of the restricted details this viewer may open for this case."""
    if not viewer.may("protection.vault"):
        return []
    applying = set(found.categories)
    return [
        (reverse(url, args=[found.pk]), label)
        for vault, (label, url) in DETAILS.items()
        if vault in viewer.vaults and vault in applying
    ]


def offers(found: Case, viewer: Viewer) -> list[tuple[str, str, str]]:
    """(address, label, class) of what can be recorded within the case."""
    if found.is_void or found.state not in rules.ACTIVE or not viewer.may("protection.work"):
        return []
    possible = [
        ("assistance.refer", "protection:refer", _("Canalizar"), ""),
        ("assistance.items", "protection:items", _("Entregar artículos"), ""),
        ("assistance.serve", "protection:serve", _("Registrar servicio"), "primary"),
    ]
    return [
        (reverse(name, args=[found.pk]), label, look)
        for permission, name, label, look in possible
        if viewer.may(permission)
    ]


def beside(found: Case, viewer: Viewer) -> dict[str, str]:
    """Addresses of the steps that stand in the panel they change: what comes next, the needs, the facts."""
    if found.is_void or not viewer.may("protection.work"):
        return {}
    names = ["correct", *(["plan", "recategorise"] if found.state in rules.ACTIVE else [])]
    return {name: reverse(f"protection:{name}", args=[found.pk]) for name in names}


def steps(found: Case, viewer: Viewer) -> list[tuple[str, str]]:
    """(address, label) of the other steps its state allows this viewer."""
    if found.is_void:
        return []
    work, close = viewer.may("protection.work"), viewer.may("protection.close")
    active = found.state in rules.ACTIVE
    possible = [
        (viewer.may("protection.open") and found.state == CaseState.IDENTIFIED, "begin", _("Abrir el caso")),
        (work and active, "assign", _("Cambiar responsable")),
        (work and found.state == CaseState.OPEN, "hold", _("Pausar")),
        (work and found.state == CaseState.ON_HOLD, "resume", _("Reanudar")),
        (close and active, "close", _("Cerrar caso")),
        (close and not active, "reopen", _("Reabrir caso")),
        (close, "void", _("Anular")),
    ]
    return [(reverse(f"protection:{name}", args=[found.pk]), label) for allowed, name, label in possible if allowed]


@requires("protection.view")
def seen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everybody who has opened the file."""
    found = case_or_404(request, pk)
    context = {
        "title": _("Quién ha visto %(code)s") % {"code": found.code},
        "case": found,
        "readings": [reading(each) for each in queries.readings(found, limit=500)],
        "section": SECTION,
        "accent": "protection",
    }
    return render(request, "protection/seen.html", context)
