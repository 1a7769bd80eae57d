"""The months of each office: open, handed in, validated, locked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST

from cauce.access.guard import requires
from cauce.kernel.problems import Problem
from cauce.records.programmes import actions, forms, permissions, queries
from cauce.records.programmes.enums import ClosingState
from cauce.records.programmes.models import MonthlyClosing
from cauce.records.programmes.queries import Month
from cauce.records.programmes.views.shared import SECTION, done, tabs
from cauce.ui import forms as ui
from cauce.ui.tables import Column, Listing

TONES = {
    ClosingState.OPEN: "draft",
    ClosingState.SUBMITTED: "waiting",
    ClosingState.VALIDATED: "blue",
    ClosingState.LOCKED: "ok",
}
PER_PAGE = 60


def _address(month: Month) -> str:
    return reverse("programmes:month", args=[month.office.pk, month.key])


COLUMNS = [
    Column("month", lazy("Mes"), value=lambda row: row.name, url=_address),
    Column("office", lazy("Oficina")),
    Column("state", lazy("Estado"), kind="chip", value="label", tone=lambda row: TONES[row.state]),
    Column("version", lazy("Versión"), kind="number", value=lambda row: row.closing.version if row.closing else 1),
    Column("submitted", lazy("Entregado"), kind="moment", value="closing.submitted_at"),
    Column("locked", lazy("Cerrado"), kind="moment", value="closing.locked_at"),
]


@requires("programmes.view")
def months(request: HttpRequest) -> HttpResponse:
    year = forms.YearFilter(request.GET).chosen()
    listing = Listing(
        request,
        queries.months(request.viewer, year),
        COLUMNS,
        key="programmes.months",
        title=_("Meses de %(year)s") % {"year": year},
        per_page=PER_PAGE,
        empty=_("Ese año aún no empieza."),
    )
    context = {
        "title": _("Cierre mensual"),
        "listing": listing,
        "tabs": tabs(request),
        "section": SECTION,
        "before": year - 1,
        "after": year + 1 if year < timezone.localdate().year else None,
    }
    return render(request, "programmes/months.html", context)


def _month_or_404(request: HttpRequest, office: str, month: str) -> tuple[date, Month]:
    """The month of an office the viewer sees; anything else does not exist."""
    first = forms.month_from(month)
    if first is None or not request.viewer.sees_office(office):
        raise Http404
    found = [
        row for row in queries.months(request.viewer, first.year) if row.office.pk == office and row.month == first
    ]
    if not found:
        raise Http404
    return first, found[0]


@requires("programmes.view")
def month(request: HttpRequest, office: str, month: str) -> HttpResponse:
    _first, found = _month_or_404(request, office, month)
    viewer = request.viewer
    mine = found.closing is not None and found.closing.submitted_by == viewer.id
    context = {
        "title": f"{found.name} · {found.office}",
        "month": found,
        "closing": found.closing,
        "tone": TONES[found.state],
        "may_submit": viewer.may("programmes.close") and found.state == ClosingState.OPEN and found.over,
        "may_validate": viewer.may("programmes.validate") and found.state == ClosingState.SUBMITTED and not mine,
        "own": viewer.may("programmes.validate") and found.state == ClosingState.SUBMITTED and mine,
        "may_lock": viewer.may("programmes.validate") and found.state == ClosingState.VALIDATED,
        "may_reopen": viewer.may("programmes.validate") and found.state != ClosingState.OPEN,
        "section": SECTION,
    }
    return render(request, "programmes/month.html", context)


def _step(
    request: HttpRequest, office: str, month: str, act: Callable[[date, Month], object], said: str
) -> HttpResponse:
    first, found = _month_or_404(request, office, month)
    try:
        act(first, found)
    except Problem as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, said)
    return redirect("programmes:month", office, month)


def _closing(month: Month) -> MonthlyClosing:
    """The row of a month that was handed in; a month nobody handed in has no further steps."""
    if month.closing is None:
        raise Http404
    return month.closing


@requires("programmes.close")
@require_POST
def submit(request: HttpRequest, office: str, month: str) -> HttpResponse:
    return _step(
        request,
        office,
        month,
        lambda first, _found: actions.submit_month(office, first, by=request.viewer),
        _("Mes entregado. Ya no admite registros nuevos."),
    )


@requires("programmes.validate")
@require_POST
def validate(request: HttpRequest, office: str, month: str) -> HttpResponse:
    return _step(
        request,
        office,
        month,
        lambda _first, found: actions.validate_month(_closing(found), by=request.viewer),
        _("Mes validado."),
    )


@requires("programmes.validate")
@require_POST
def lock(request: HttpRequest, office: str, month: str) -> HttpResponse:
    return _step(
        request,
        office,
        month,
        lambda _first, found: actions.lock_month(_closing(found), by=request.viewer),
        _("Mes cerrado."),
    )


@requires("programmes.validate")
def reopen(request: HttpRequest, office: str, month: str) -> HttpResponse:
    _first, found = _month_or_404(request, office, month)
    closing = _closing(found)
    permissions.check_can_validate(request.viewer, office)
    form = ui.ReasonForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: actions.reopen_month(closing, reason=form.cleaned_data["reason"], by=request.viewer)
    ):
        messages.success(request, _("Mes abierto de nuevo."))
        return redirect("programmes:month", office, month)
    locked = found.state == ClosingState.LOCKED
    context = {
        "form": form,
        "title": _("Reabrir %(month)s de %(office)s") % {"month": found.name, "office": found.office},
        "consequences": [
            _("La oficina podrá agregar registros con fecha de ese mes."),
            *([_("El mes estaba cerrado: empieza una versión nueva.")] if locked else []),
        ],
        "submit_label": _("Reabrir mes"),
        "back_url": _address(found),
        "section": SECTION,
    }
    return render(request, "ui/confirm.html", context, status=ui.status(form))
