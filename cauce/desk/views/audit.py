"""The log for the focal point: who wrote and read what, and proof that nobody touched it."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cauce.access.guard import requires
from cauce.access.queries import names_of, open_offices
from cauce.audit import log
from cauce.audit.verification import verify
from cauce.desk.queries import audit
from cauce.desk.sentences import role_name, sentence
from cauce.ui import forms as ui
from cauce.ui.parts import Tile
from cauce.ui.tables import Column, Listing


class AuditFilter(ui.FilterForm):
    """What to look for in the log."""

    q = ui.forms.CharField(label=gettext_lazy("Registro, cuenta o motivo"), max_length=120)
    kind = ui.forms.ChoiceField(
        label=gettext_lazy("Qué"),
        choices=[
            ("", gettext_lazy("Todo")),
            ("sensitive", gettext_lazy("Lecturas y actos sensibles")),
            ("writes", gettext_lazy("Escrituras")),
        ],
    )
    office = ui.forms.ChoiceField(
        label=gettext_lazy("Oficina"),
        choices=lambda: [("", gettext_lazy("Todas")), *((office.code, office.name) for office in open_offices())],
    )
    since = ui.DayField(label=gettext_lazy("Desde"))
    until = ui.DayField(label=gettext_lazy("Hasta"))


def _columns(names: dict[str, str]) -> list[Column]:
    offices = {office.code: office.name for office in open_offices()}
    return [
        Column("at", gettext_lazy("Cuándo"), kind="moment"),
        Column("what", gettext_lazy("Qué"), value=sentence, note=lambda entry: entry.reason),
        Column(
            "who",
            gettext_lazy("Quién"),
            value=lambda entry: names.get(entry.actor, entry.actor),
            note=lambda entry: role_name(entry.role),
        ),
        Column("office", gettext_lazy("Oficina"), value=lambda entry: offices.get(entry.office, entry.office)),
        Column("record", gettext_lazy("Registro"), kind="code"),
    ]


@requires("audit.view")
def audit_log(request: HttpRequest) -> HttpResponse:
    """The log, newest first, with filters."""
    rows = audit.entries(request.viewer)
    names = names_of(audit.actors(request.viewer))
    listing = Listing(
        request, rows, _columns(names), key="desk.audit", title=_("Bitácora"), filters=AuditFilter, narrow=audit.narrow
    )
    counts = audit.counts(request.viewer)
    tiles = [
        Tile(counts["all"], _("Pasos"), _("en siete días"), tone="primary"),
        Tile(counts["reads"], _("Lecturas sensibles"), _("en siete días"), tone="navy"),
        Tile(counts["glass"], _("Nombres reservados abiertos"), _("en siete días"), tone="danger"),
        Tile(counts["elevations"], _("Sesiones elevadas"), _("en siete días"), tone="slate"),
    ]
    context = {
        "listing": listing,
        "title": _("Bitácora"),
        "tiles": tiles,
        "seal": audit.last_seal(request.viewer),
        "section": "audit",
    }
    return render(request, "desk/audit.html", context)


@requires("audit.verify")
@require_POST
def verify_log(request: HttpRequest) -> HttpResponse:
    """Walk every chain and say what does not hold; the check itself is a step of the log."""
    findings = verify()
    with transaction.atomic():
        viewer = request.viewer
        log.record(viewer.actor, "verify", "audit.entry", "all", viewer.office, reason=f"{len(findings)}")
        log.seal_heads()
    return render(
        request, "desk/audit_verified.html", {"findings": findings, "title": _("Comprobación"), "section": "audit"}
    )
