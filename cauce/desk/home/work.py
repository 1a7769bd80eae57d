"""Work with people: cases, referrals, procedures, services, deliveries, events."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Count, Min, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cauce.access.viewer import Viewer
from cauce.desk.home.parts import SHOWN, Row, Section, counted
from cauce.records.activities import queries as activities
from cauce.records.activities.enums import EventState
from cauce.records.assistance import queries as assistance
from cauce.records.assistance import vocabulary
from cauce.records.assistance.enums import ItemState, ProcedureState, ReferralState, ServiceState, SupportState
from cauce.records.assistance.views.people import SERVICE_ICONS
from cauce.records.assistance.views.shared import title_of, tone
from cauce.records.people.models import Consent
from cauce.records.protection import queries as protection
from cauce.records.protection.models import Case
from cauce.records.protection.rules import ACTIVE
from cauce.records.protection.views.cases import columns as case_columns
from cauce.ui import formatting
from cauce.ui.parts import Tile
from cauce.ui.tables import Listing

CASES = 8


def _mine(viewer: Viewer) -> QuerySet[Case]:
    return protection.cases(viewer).filter(owner=viewer.id, state__in=ACTIVE)


def due_count(viewer: Viewer) -> int | None:
    """The viewer's cases whose next step is due by today: the number beside "Hoy"."""
    if not viewer.may("protection.work"):
        return None
    return _mine(viewer).filter(next_on__lte=timezone.localdate()).count() or None


def _nobodys(viewer: Viewer) -> QuerySet[Case]:
    return protection.cases(viewer).filter(owner="", state__in=ACTIVE)


def case_tiles(viewer: Viewer) -> list[Tile]:
    """Overdue and for today, of the viewer's own cases; those of the office that are nobody's."""
    today, url = timezone.localdate(), reverse("protection:cases")
    counts = (
        _mine(viewer)
        .order_by()
        .aggregate(
            all=Count("pk"),
            late=Count("pk", filter=Q(next_on__lt=today)),
            today=Count("pk", filter=Q(next_on=today)),
            oldest=Min("next_on", filter=Q(next_on__lt=today)),
        )
    )
    tiles = []
    if counts["all"]:
        days = (today - counts["oldest"]).days if counts["oldest"] else 0
        late = ngettext("la más antigua, %(n)s día", "la más antigua, %(n)s días", days) % {"n": days} if days else ""
        mine = f"{url}?f=1&mine=on"
        tiles = [
            Tile(counts["late"], _("Vencidas"), late or _("ninguna: va al día"), mine, "danger"),
            Tile(counts["today"], _("Para hoy"), _("de sus casos"), mine, "primary"),
        ]
    if viewer.offices is not None and (free := _nobodys(viewer).count()):
        tiles.append(Tile(free, _("Casos sin responsable"), _("de su oficina"), url, "navy"))
    return tiles


def service_tiles(viewer: Viewer) -> list[Tile]:
    """Services done today, and those that were to be done by now."""
    today, url = timezone.localdate(), reverse("assistance:services")
    done, planned = (
        Q(state=ServiceState.DELIVERED, delivered_on=today),
        Q(state=ServiceState.PLANNED, planned_on__lte=today),
    )
    counts = (
        assistance.services(viewer)
        .order_by()
        # Asked for first, so that an index answers: the tile is on every home page.
        .filter(done | planned)
        .aggregate(done=Count("pk", filter=done), planned=Count("pk", filter=planned))
    )
    tiles = [Tile(counts["done"], _("Prestados hoy"), _("servicios de su oficina"), url, "primary")]
    if counts["planned"]:
        tiles.append(Tile(counts["planned"], _("Servicios previstos"), _("para hoy o antes"), url, "danger"))
    return tiles


def referral_tiles(viewer: Viewer) -> list[Tile]:
    """Referrals that wait for somebody else's answer."""
    total = assistance.unanswered(viewer).count()
    late = assistance.overdue_referrals(viewer)
    if not total:
        return []
    note = _("%(n)s por preguntar ya") % {"n": formatting.number(late)} if late else _("canalizaciones sin respuesta")
    return [Tile(total, _("En espera de otros"), note, reverse("assistance:referrals"), "slate")]


def support_tiles(viewer: Viewer) -> list[Tile]:
    """Supports to sites: to send, and on their way."""
    url = reverse("assistance:supports")
    counts = (
        assistance.supports(viewer)
        .order_by()
        .aggregate(
            planned=Count("pk", filter=Q(state=SupportState.PLANNED)),
            sent=Count("pk", filter=Q(state=SupportState.DISPATCHED)),
        )
    )
    return [
        Tile(counts["planned"], _("Apoyos previstos"), _("por enviar"), url, "primary"),
        Tile(counts["sent"], _("Apoyos en camino"), _("por recibir con acta"), url, "slate"),
    ]


def event_tiles(viewer: Viewer) -> list[Tile]:
    """Events to settle, and those of the next seven days."""
    today, url = timezone.localdate(), reverse("activities:events")
    coming = activities.events_between(viewer, today, today + timedelta(days=7)).exclude(state=EventState.CANCELLED)
    return [
        Tile(activities.waiting_count(viewer), _("Eventos por cerrar"), _("ya pasó su fecha"), url, "danger"),
        Tile(coming.count(), _("Próximos siete días"), _("eventos"), reverse("activities:calendar"), "primary"),
    ]


def my_cases(request: HttpRequest) -> Section | None:
    """The viewer's open cases, those due first; for who has none, the office's that are nobody's."""
    viewer = request.viewer
    rows, title = _mine(viewer), _("Mis casos")
    if not rows.exists():
        if viewer.offices is None:
            return None  # who looks after every office works no cases unless some are theirs
        rows, title = _nobodys(viewer), _("Casos sin responsable")
    columns = [column for column in case_columns(viewer) if column.key != "state"]
    listing = Listing(
        request, rows, columns, key="desk.cases", title=title, per_page=CASES,
        empty=_("No tiene casos abiertos, y ninguno de su oficina espera responsable."),
    )  # fmt: skip
    return Section("cases", title, listing=listing)


def referrals(request: HttpRequest) -> Section | None:
    """Drafts to send, answers to ask for, accepted ones to note as delivered."""
    today = timezone.localdate()
    rows = assistance.referrals(request.viewer).filter(
        Q(state__in=(ReferralState.DRAFT, ReferralState.ACCEPTED))
        | Q(state=ReferralState.SENT, follow_up_on=None)
        | Q(state=ReferralState.SENT, follow_up_on__lte=today)
    )
    rows = rows.order_by("follow_up_on", "drafted_on", "pk")
    steps = {
        ReferralState.DRAFT: (_("Falta enviarla"), _("Revisar")),
        ReferralState.SENT: (_("Falta la respuesta"), _("Anotar respuesta")),
        ReferralState.ACCEPTED: (_("Falta decir si se cumplió"), _("Anotar entrega")),
    }
    found = []
    for act in rows[:SHOWN]:
        said, action = steps[act.state]
        note = f"{act.to.name}. {act.person.folio}. {said}"
        address = reverse("assistance:referral", args=[act.pk])
        due = act.follow_up_on if act.state == ReferralState.SENT else None
        found.append(
            Row(title_of(act), address, note, SERVICE_ICONS.get(act.type, "o-referral"), "protection",
                (act.get_state_display(), tone(act)), due, action=(action, address))
        )  # fmt: skip
    return Section(
        "referrals", _("Canalizaciones por mover"), found, counted(rows, found), reverse("assistance:referrals"),
        _("Ver todas las canalizaciones"), _("Ninguna espera un paso."), "o-referral",
    )  # fmt: skip


def procedures(request: HttpRequest) -> Section | None:
    """Identity procedures that are not at their end, the oldest first."""
    open_states = [ProcedureState.RECEIVED, ProcedureState.INCOMPLETE, ProcedureState.SUBMITTED, ProcedureState.ISSUED]
    rows = assistance.procedures(request.viewer).filter(state__in=open_states).order_by("received_on", "pk")
    next_step = {
        ProcedureState.RECEIVED: _("Ingresarlo"),
        ProcedureState.INCOMPLETE: _("Completarlo"),
        ProcedureState.SUBMITTED: _("Preguntar si se expidió"),
        ProcedureState.ISSUED: _("Entregarlo"),
    }
    found = [
        Row(title_of(act), reverse("assistance:procedure", args=[act.pk]),
            f"{act.person.folio}. {next_step[act.state]}. {_waited(act.day)}", "o-identity", "protection",
            (act.get_state_display(), tone(act)))
        for act in rows[:SHOWN]
    ]  # fmt: skip
    return Section(
        "procedures", _("Trámites de identidad"), found, counted(rows, found), reverse("assistance:procedures"),
        _("Ver todos los trámites"), _("Ningún trámite en curso."), "o-identity",
    )  # fmt: skip


def _waited(day: date) -> str:
    days = (timezone.localdate() - day).days
    if days > 60:
        return _("Desde el %(day)s") % {"day": formatting.day(day)}
    return _("Desde hoy") if days < 1 else ngettext("Hace %(n)s día", "Hace %(n)s días", days) % {"n": days}


def services(request: HttpRequest) -> Section | None:
    """What was done today in the viewer's offices, after what is still planned for today."""
    today = timezone.localdate()
    rows = assistance.services(request.viewer)
    planned = rows.filter(state=ServiceState.PLANNED, planned_on__lte=today).order_by("planned_on", "pk")
    done = rows.filter(state=ServiceState.DELIVERED, delivered_on=today)
    found = [
        Row(title_of(act), reverse("assistance:service", args=[act.pk]), _of(act), SERVICE_ICONS.get(act.type, "o-health"),
            "protection", (act.get_state_display(), tone(act)), act.planned_on if act.state == "planned" else None)
        for act in [*planned[:SHOWN], *done[:SHOWN]][:SHOWN]
    ]  # fmt: skip
    return Section(
        "services", _("Servicios previstos y de hoy"), found, planned.count() + done.count(), reverse("assistance:services"),
        _("Ver todos los servicios"), _("Aún no hay servicios de hoy en su oficina."), "o-community-engagement",
    )  # fmt: skip


def _of(act) -> str:
    return ". ".join(filter(None, (act.person.folio, act.site.name if act.site else "")))


def supports(request: HttpRequest) -> Section | None:
    """Supports to sites that are planned or on their way."""
    rows = assistance.supports(request.viewer).filter(state__in=(SupportState.PLANNED, SupportState.DISPATCHED))
    rows = rows.order_by("planned_on", "dispatched_on", "pk")
    found = []
    for act in rows[:SHOWN]:
        address = reverse("assistance:support", args=[act.pk])
        lines = [vocabulary.label("item_classes", line.item_class) for line in act.lines.all()]
        action = _("Anotar envío") if act.state == SupportState.PLANNED else _("Anotar recepción")
        due = act.planned_on if act.state == SupportState.PLANNED else None
        found.append(
            Row(act.site.name, address, ", ".join(dict.fromkeys(lines)), "o-relief-goods", "emergencies",
                (act.get_state_display(), tone(act)), due, action=(action, address))
        )  # fmt: skip
    return Section(
        "supports", _("Apoyos a sitios"), found, counted(rows, found), reverse("assistance:supports"),
        _("Ver todos los apoyos"), _("Nada previsto ni en camino."), "o-shelter",
    )  # fmt: skip


def planned_items(request: HttpRequest) -> Section | None:
    """Items that somebody is waiting for."""
    rows = assistance.items(request.viewer).filter(state=ItemState.PLANNED).order_by("planned_on", "pk")
    found = [
        Row(title_of(act), reverse("assistance:item", args=[act.pk]), _of(act), "o-nfi", "emergencies", None, act.planned_on)
        for act in rows[:SHOWN]
    ]  # fmt: skip
    if not found:
        return None
    return Section(
        "items", _("Artículos por entregar"), found, counted(rows, found), reverse("assistance:items"), _("Ver todas las entregas"),
        icon="o-nfi",
    )  # fmt: skip


def events_to_settle(request: HttpRequest) -> Section | None:
    """Events whose day has passed without a word, and held ones nobody is noted at."""
    today = timezone.localdate()
    rows = activities.events(request.viewer)
    late = rows.filter(state=EventState.PLANNED, ends_on__lt=today).order_by("ends_on", "code")
    bare = rows.filter(state=EventState.HELD, people=0).order_by("starts_on", "code")
    found = [
        Row(event.title, reverse("activities:event", args=[event.pk]), _when(event), "o-training", "strengthening",
            (_("¿Se realizó?"), "waiting"), action=(_("Anotar"), reverse("activities:event", args=[event.pk])))
        for event in late[:SHOWN]
    ]  # fmt: skip
    found += [
        Row(event.title, reverse("activities:event", args=[event.pk]), _when(event), "o-training", "strengthening",
            (_("Sin asistencia"), "waiting"),
            action=(_("Tomar asistencia"), reverse("activities:attendance", args=[event.pk])))
        for event in bare[:SHOWN]
    ]  # fmt: skip
    return Section(
        "events", _("Eventos por cerrar"), found, late.count() + bare.count(), reverse("activities:events"),
        _("Ver todos los eventos"), _("Todos los eventos tienen su asistencia."), "o-training",
    )  # fmt: skip


def coming_events(request: HttpRequest) -> Section | None:
    """Events of today and of the next four weeks."""
    today = timezone.localdate()
    rows = activities.events_between(request.viewer, today, today + timedelta(days=28)).exclude(
        state=EventState.CANCELLED
    )
    found = [
        Row(event.title, reverse("activities:event", args=[event.pk]), _when(event), "i-calendar", "strengthening",
            None, event.starts_on)
        for event in rows[:SHOWN]
    ]  # fmt: skip
    return Section(
        "coming", _("Próximos eventos"), found, counted(rows, found), reverse("activities:calendar"), _("Ver el calendario"),
        _("Ninguno en las próximas cuatro semanas."), "i-calendar",
    )  # fmt: skip


def _when(event) -> str:
    place = event.municipality.name if event.municipality else ""
    return ". ".join(filter(None, (event.code, formatting.day(event.starts_on), place)))


def consents(request: HttpRequest) -> Section | None:
    """Consents that end within a week: to be asked again before they do."""
    today = timezone.localdate()
    ending = Consent.objects.visible_to(request.viewer).filter(
        given=True, withdrawn_at=None, expires_on__range=(today, today + timedelta(days=7))
    )
    rows = ending.select_related("person").order_by("expires_on", "pk")
    found = [
        Row(each.person.folio, reverse("people:consents", args=[each.person_id]), each.get_purpose_display(),
            "i-clipboard-check", "", None, each.expires_on)
        for each in rows[:SHOWN]
    ]  # fmt: skip
    return Section("consents", _("Consentimientos que vencen"), found, counted(rows, found)) if found else None
