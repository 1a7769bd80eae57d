"""Screens of the spreadsheet intake."""

from __future__ import annotations

import io
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_POST

from cauce.access.guard import requires
from cauce.access.queries import names_of
from cauce.capture import actions, permissions, queries, report, shown, worker
from cauce.capture.forms import UploadForm
from cauce.capture.intakes import registry
from cauce.capture.models import Finding
from cauce.exchange import template
from cauce.kernel.problems import Problem
from cauce.records.models import Batch
from cauce.ui import forms as ui
from cauce.ui.formatting import number
from cauce.ui.parts import Pair, Tab
from cauce.ui.tables import Column, Listing
from cauce.ui.templatetags.ui import day_tag

SECTION = "imports"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _address(batch: Batch) -> str:
    return reverse("capture:batch", args=[batch.pk])


BATCHES = [
    Column("filename", lazy("Archivo"), url=_address, note=shown.sheet_labels, sort="filename"),
    Column("state", lazy("Estado"), value=shown.state_of, kind="chip", tone=shown.tone_of),
    Column("good", lazy("Buenas"), value=shown.good_of, kind="number"),
    Column("refused", lazy("Rechazadas"), value=lambda batch: shown.counts_of(batch)["refused"], kind="number"),
    Column("created_at", lazy("Recibido"), kind="moment", sort="created_at"),
    Column("office", lazy("Oficina"), value="office_id"),
]
ROWS = [
    Column(
        "number",
        lazy("Fila"),
        value=lambda finding: _("Fila %(number)s") % {"number": finding.number},
        note=lambda finding: shown.sheet_label(finding.sheet),
    ),
    Column("said", lazy("Qué pasa y qué hacer"), value=lambda finding: " ".join(finding.said)),
]


@requires("capture.import", "capture.withdraw")
@require_GET
def batches(request: HttpRequest) -> HttpResponse:
    """All imports of the viewer's offices, with their state and counts."""
    worker.ensure_running()
    listing = Listing(
        request,
        queries.batches(request.viewer),
        BATCHES,
        key="capture.batches",
        title=_("De todas las oficinas") if request.viewer.offices is None else _("De su oficina"),
        order="-created_at",
    )
    return render(
        request,
        "capture/batches.html",
        {
            "title": _("Importaciones"),
            "listing": listing,
            "section": SECTION,
            "may_import": bool(registry.open_to(request.viewer)),
        },
    )


@requires("capture.import")
def new(request: HttpRequest) -> HttpResponse:
    """Take a file in; the dry run begins at once in the background."""
    sent = request.method == "POST"
    form = UploadForm(request.POST if sent else None, request.FILES if sent else None, viewer=request.viewer)
    if sent and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = actions.receive(file.read(), file.name or "", by=request.viewer, sheets=form.cleaned_data["sheets"])
        except Problem as problem:
            form.refuse(problem)
        else:
            worker.ensure_running()
            return redirect("capture:batch", batch.pk)
    context = {
        "title": _("Importar archivo"),
        "form": form,
        "section": SECTION,
        "intakes": registry.open_to(request.viewer),
    }
    return render(request, "capture/new.html", context, status=ui.status(form))


@requires("capture.import")
@require_GET
def template_file(request: HttpRequest) -> HttpResponseBase:
    """The workbook to fill in, for the sheets asked for (``?sheet=``) or all of one's own."""
    usable = registry.open_to(request.viewer)
    wanted = [intake for intake in usable if intake.key in request.GET.getlist("sheet")] or usable
    if not wanted:
        raise Http404
    out = io.BytesIO()
    template(out, [intake.sheet for intake in wanted])
    out.seek(0)
    name = f"plantilla-{wanted[0].key}.xlsx" if len(wanted) == 1 else "plantilla.xlsx"
    return FileResponse(out, as_attachment=True, filename=name, content_type=XLSX)


@requires("capture.import", "capture.withdraw")
@require_GET
def batch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One import: its progress while it works, its report when it was checked, what can be done with it."""
    found = _found(request, pk)
    worker.ensure_running()
    viewer = request.viewer
    wanted = request.GET.get("ver", "")
    outcome = wanted if wanted in ("refused", "mended", "duplicate") else "refused"
    counts = shown.counts_of(found)
    gone = shown.rows_gone(found)
    rows = Listing(
        request,
        queries.rows_found(viewer, found, outcome),
        ROWS,
        key=f"capture.rows.{outcome}",
        title=_("Filas"),
        empty=gone or _("No hay filas en este grupo."),
    )
    context = {
        "title": found.filename, "batch": found, "section": SECTION, "state": shown.state_of(found), "tone": shown.tone_of(found),
        "running": shown.is_running(found), "stopped": shown.is_stopped(found), "progress": shown.progress_of(found),
        "progress_url": reverse("capture:progress", args=[found.pk]), "halt": shown.halt_of(found),
        "checked": "counts" in found.summary, "tiles": shown.tiles_of(found), "counts": counts,
        "good": shown.good_of(found), "good_text": number(shown.good_of(found)), "pairs": _pairs(found),
        "late": found.summary.get("halt") == "late",
        "stops": queries.said_of_file(viewer, found, Finding.Outcome.STOP),
        "notices": queries.said_of_file(viewer, found, Finding.Outcome.NOTICE),
        "slices": shown.columns_with_problems(found), "listing": rows, "tabs": _tabs(found, counts, outcome),
        "may_decide": permissions.may_decide(viewer, found), "may_withdraw": permissions.may_withdraw(viewer, found),
        "gone": gone, "may_read_rows": permissions.may_read_rows(viewer, found),
    }  # fmt: skip
    return render(request, "capture/batch.html", context)


def _pairs(found: Batch) -> list[Pair]:
    pairs = [
        Pair(_("Hojas"), shown.sheet_labels(found) or "—"),
        Pair(_("Recibido"), day_tag(found.created_at)),
        Pair(_("Quién lo subió"), names_of([found.by]).get(found.by, found.by)),
        Pair(_("Oficina"), found.office.name),
    ]
    if found.completed_at:
        pairs.append(Pair(_("Completado"), day_tag(found.completed_at)))
    if until := shown.rows_until(found):
        pairs.append(Pair(_("Las filas de este reporte se borran"), day_tag(until)))
    return pairs


def _tabs(found: Batch, counts: dict[str, int], current: str) -> list[Tab]:
    labels = {"refused": _("Rechazadas"), "mended": _("Reparadas"), "duplicate": _("Repetidas")}
    return [
        Tab(label, f"{_address(found)}?ver={key}", key == current, counts[key])
        for key, label in labels.items()
        if counts[key] or key == "refused"
    ]


@requires("capture.import", "capture.withdraw")
@require_GET
def progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far it is; when it is no longer running the page is asked to load itself again."""
    found = _found(request, pk)
    if shown.is_running(found):
        worker.ensure_running()
    context = {"progress": shown.progress_of(found), "url": request.path}
    answer = render(request, "ui/parts/progress.html", context)
    if not shown.is_running(found):
        answer["HX-Refresh"] = "true"
    return answer


@requires("capture.import")
@require_POST
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _decided(request, pk, actions.confirm, only_good="only_good" in request.POST)


@requires("capture.import")
@require_POST
def stop(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _decided(request, pk, actions.stop)


@requires("capture.import")
@require_POST
def resume(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _decided(request, pk, actions.resume, only_good="only_good" in request.POST)


def _decided(request: HttpRequest, pk: UUID, act, **more: bool) -> HttpResponse:
    """Do what was decided and show the import again; a refusal is shown on its page."""
    found = _found(request, pk)
    try:
        act(found, by=request.viewer, **more)
    except Problem as problem:
        context = {
            "title": found.filename,
            "batch": found,
            "section": SECTION,
            "problem": problem,
            "url": _address(found),
        }
        return render(request, "capture/refused.html", context, status=409)
    worker.ensure_running()
    return redirect("capture:batch", pk)


@requires("capture.withdraw")
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the whole import back, with the reason."""
    found = _found(request, pk)
    form = ui.ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.withdraw(found, reason=form.cleaned_data["reason"], by=request.viewer)
        return redirect("capture:batch", pk)
    consequences = [
        _("Sus registros dejan de verse en listas, búsquedas y cifras."),
        _("Las cifras que los contaban se calculan de nuevo; las ediciones publicadas no cambian."),
        _("El archivo y las filas del reporte se borran; queda en la bitácora quién lo retiró y por qué."),
    ]
    if found.state != Batch.State.COMPLETE:
        consequences = [_("No se importa nada de este archivo."), consequences[2]]
    context = {
        "form": form, "section": SECTION, "title": _("Retirar la importación"), "lead": found.filename,
        "consequences": consequences, "submit_label": _("Retirar"), "danger": True, "back_url": _address(found),
    }  # fmt: skip
    return render(request, "ui/confirm.html", context, status=ui.status(form))


@requires("capture.import")
@require_GET
def errors(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The refused rows as a workbook, to be mended and sent again."""
    found = _found(request, pk)
    if not permissions.may_read_rows(request.viewer, found):
        raise Http404
    out = io.BytesIO()
    rows = report.errors_workbook(out, found, request.viewer)
    if not rows:
        raise Http404
    actions.note_export(found, by=request.viewer, rows=rows)
    out.seek(0)
    name = f"errores-{found.filename.rpartition('.')[0] or found.filename}.xlsx"
    return FileResponse(out, as_attachment=True, filename=name, content_type=XLSX)


def _found(request: HttpRequest, pk: UUID) -> Batch:
    found = queries.batch(request.viewer, pk)
    if found is None:
        raise Http404
    return found
