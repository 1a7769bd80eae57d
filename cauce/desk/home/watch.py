"""Work with what others recorded: imports, months, figures, editions, the log, accounts."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cauce import mission
from cauce.access.queries import accounts, names_of
from cauce.access.viewer import Viewer
from cauce.capture import queries as capture
from cauce.capture import shown as capture_shown
from cauce.desk.figures import strip
from cauce.desk.figures.asked import Asked
from cauce.desk.home.parts import SHOWN, Row, Section, counted
from cauce.desk.queries import audit
from cauce.desk.sentences import sentence
from cauce.editions import queries as editions
from cauce.editions import rules
from cauce.editions.enums import State
from cauce.records.models import Batch
from cauce.records.programmes import queries as programmes
from cauce.records.programmes.enums import ClosingState
from cauce.records.surveys import queries as surveys
from cauce.ui import formatting
from cauce.ui.formatting import period_words
from cauce.ui.parts import Tile

UNDER_WAY = (Batch.State.UPLOADED, Batch.State.CHECKING, Batch.State.CHECKED, Batch.State.WRITING)
EDITION_TONES = {
    State.DRAFT: "draft", State.IN_REVIEW: "waiting", State.APPROVED: "blue", State.PUBLISHED: "ok",
    State.SUPERSEDED: "grey", State.WITHDRAWN: "danger",
}  # fmt: skip
NEXT = {
    State.DRAFT: gettext_lazy("Pedir revisión"), State.IN_REVIEW: gettext_lazy("Revisar"),
    State.APPROVED: gettext_lazy("Publicar"),
}  # fmt: skip


def log_tiles(viewer: Viewer) -> list[Tile]:
    """What the log saw in seven days."""
    counts, url = audit.counts(viewer), reverse("desk:audit")
    sensitive = f"{url}?f=1&kind=sensitive"
    return [
        Tile(counts["glass"], _("Nombres abiertos"), _("en siete días"), sensitive, "danger"),
        Tile(counts["elevations"], _("Sesiones elevadas"), _("en siete días"), sensitive, "navy"),
        Tile(counts["reads"], _("Lecturas sensibles"), _("en siete días"), sensitive, "slate"),
        Tile(counts["all"], _("Pasos de la bitácora"), _("en siete días"), url, "primary"),
    ]


def account_tiles(viewer: Viewer) -> list[Tile]:
    """Accounts that can sign in."""
    rows = [user for user in accounts(viewer) if user.is_active]
    url = reverse("access:accounts")
    return [
        Tile(len(rows), _("Cuentas abiertas"), _("de todas las oficinas"), url, "primary"),
        Tile(sum(not user.live_grants for user in rows), _("Sin función"), _("entran y no pueden nada"), url, "danger"),
        Tile(
            sum(user.must_change_password for user in rows), _("Primera contraseña"), _("aún sin cambiar"), url, "slate"
        ),
    ]


def imports(request: HttpRequest) -> Section | None:
    """Files that are not at their end; one's own, or all of the offices one looks after."""
    viewer = request.viewer
    rows = capture.batches(viewer).filter(state__in=UNDER_WAY)
    if viewer.offices is not None:
        rows = rows.filter(by=viewer.id)
    found = []
    for batch in rows[:SHOWN]:
        address = reverse("capture:batch", args=[batch.pk])
        action = (_("Decidir"), address) if batch.state == Batch.State.CHECKED else None
        note = ". ".join(filter(None, (capture_shown.sheet_labels(batch), batch.office_id)))
        chip = (capture_shown.state_of(batch), capture_shown.tone_of(batch))
        found.append(
            Row(batch.filename, address, note, "i-file-spreadsheet", "", chip, at=batch.created_at, action=action)
        )
    if not found and viewer.offices is not None:
        return None
    return Section(
        "imports", _("Importaciones en curso"), found, counted(rows, found), reverse("capture:batches"),
        _("Ver todas las importaciones"), _("Ninguna en curso."), "i-file-spreadsheet",
    )  # fmt: skip


def headline(request: HttpRequest) -> Section | None:
    """The figures of the report's headlines, each with its year by month."""
    cards = strip.cards(Asked.default(request.viewer), mission.current())
    if not cards:
        return None
    return Section(
        "figures", _("Cifras de %(period)s") % {"period": cards[0].period}, cards=cards, url=reverse("desk:figures"),
        link=_("Ver todas las cifras"), icon="i-bar-chart",
    )  # fmt: skip


def waiting_editions(request: HttpRequest) -> Section | None:
    """Editions whose next step is the viewer's; for who only reads, the last published."""
    viewer = request.viewer
    turns = [state for state, permission in rules.TURN.items() if permission and viewer.may(permission)]
    rows = editions.editions(viewer)
    if not turns:
        return _published(rows.filter(state=State.PUBLISHED))
    waiting = [
        edition
        for edition in rows.filter(state__in=turns)
        if not (edition.state == State.IN_REVIEW and viewer.id in {edition.requested_by, edition.recorded_by})
    ]
    found = [
        Row(edition.title, edition.get_absolute_url(), period_words(edition.period), "i-file", "",
            (edition.get_state_display(), EDITION_TONES[edition.state]), at=edition.requested_at or edition.frozen_at,
            action=(NEXT[edition.state], edition.get_absolute_url()))
        for edition in waiting[:SHOWN]
    ]  # fmt: skip
    title = _("Esperan su aprobación") if turns and viewer.may("editions.approve") else _("Ediciones por mover")
    return Section(
        "editions", title, found, len(waiting), reverse("editions:desk"), _("Ver todas las ediciones"),
        _("Ninguna edición espera un paso suyo."), "i-file",
    )  # fmt: skip


def _published(rows) -> Section:
    found = [
        Row(edition.title, edition.get_absolute_url(), period_words(edition.period), "i-file", at=edition.published_at)
        for edition in rows[:SHOWN]
    ]
    return Section(
        "editions", _("Ediciones publicadas"), found, len(found), reverse("editions:desk"),
        _("Ver todas las ediciones"), _("Aún no hay ediciones publicadas."), "i-file",
    )  # fmt: skip


def months(request: HttpRequest) -> Section | None:
    """Months that are over and wait: to be handed in, or to be validated by who may."""
    viewer, today = request.viewer, timezone.localdate()
    validates = viewer.may("programmes.validate")
    wanted = {ClosingState.SUBMITTED, ClosingState.VALIDATED} if validates else {ClosingState.OPEN}
    every = [*programmes.months(viewer, today.year), *programmes.months(viewer, today.year - 1)]
    rows = [month for month in every if month.over and month.state in wanted]
    found = [
        Row(f"{month.name}, {month.office.name}", reverse("programmes:month", args=[month.office.pk, month.key]),
            "", "i-calendar", "", (month.label, "waiting"))
        for month in rows[:SHOWN]
    ]  # fmt: skip
    if not found:
        return None
    title = _("Meses por validar") if validates else _("Meses por entregar")
    return Section(
        "months", title, found, len(rows), reverse("programmes:months"), _("Ver los meses"), icon="i-calendar"
    )


def unfiled(request: HttpRequest) -> Section | None:
    """Interviews that no round has."""
    many = surveys.unfiled_count(request.viewer)
    if not many:
        return None
    title = _("%(n)s entrevistas sin ronda") % {"n": formatting.number(many)}
    row = Row(title, reverse("surveys:interviews"), _("Asígnelas a su ronda, o planee la que falta."), "o-assessment")
    return Section("unfiled", _("Encuestas"), [row], many, icon="o-assessment")


def watched(request: HttpRequest) -> Section | None:
    """Reserved names opened and elevated sessions of the last seven days."""
    since = timezone.now() - timedelta(days=7)
    rows = audit.entries(request.viewer).filter(at__gte=since, verb__in=("break_glass", "elevate"))
    entries = list(rows[:SHOWN])
    names = names_of(entry.actor for entry in entries)
    found = [
        Row(names.get(entry.actor, entry.actor), reverse("desk:audit"),
            _("%(done)s. «%(reason)s»") % {"done": sentence(entry), "reason": entry.reason},
            "i-eye" if entry.verb == "break_glass" else "i-key", "", (entry.office, "slate"), at=entry.at)
        for entry in entries
    ]  # fmt: skip
    return Section(
        "watched", _("Nombres abiertos y sesiones elevadas"), found, counted(rows, found),
        f"{reverse('desk:audit')}?f=1&kind=sensitive", _("Ver la bitácora"),
        _("Ninguno en los últimos siete días."), "i-eye",
    )  # fmt: skip


def idle_accounts(request: HttpRequest) -> Section | None:
    """Accounts that can sign in and may do nothing."""
    rows = [user for user in accounts(request.viewer).filter(is_active=True) if not user.live_grants]
    found = [
        Row(user.full_name, reverse("access:account_page", args=[user.pk]), f"{user.username}. {user.office}", "i-user",
            "", (_("Sin función"), "waiting"))
        for user in rows[:SHOWN]
    ]  # fmt: skip
    return Section(
        "accounts", _("Cuentas sin función"), found, len(rows), reverse("access:accounts"), _("Ver todas las cuentas"),
        _("Todas las cuentas tienen una función."), "i-key",
    )  # fmt: skip
