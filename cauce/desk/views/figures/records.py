"""The records behind a figure, and why one of them counts."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cauce import disclosure
from cauce.access.guard import requires
from cauce.desk.figures import behind, reading, shown, sources
from cauce.desk.figures.asked import Asked
from cauce.desk.figures.behind import CellOf
from cauce.desk.views.figures import shared
from cauce.disclosure import ReleasedCell
from cauce.mission.definition import FigureDefinition


@requires("figures.records")
@require_GET
def records(request: HttpRequest, key: str) -> HttpResponse:
    """As many rows as the figure says; reserved ones say only that they count. Of the internal profile alone."""
    definition = shared.definition_or_404(key)
    asked, said = shared.question(request)
    cell = _cell(request, definition, asked)
    page = request.GET.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 8 else 1
    is_open = asked.is_internal and reading.offered(definition, asked)
    found = behind.of(request.viewer, definition, asked, cell=cell, number=number) if is_open else None
    context = {
        "title": _("Registros detrás de la cifra"),
        "definition": definition,
        "label": shown.text(definition.label),
        "value": shown.of(reading.value(definition, asked)),
        "unit": shown.unit(definition),
        "cell_label": _cell_label(definition, asked, cell) if cell else "",
        "behind": found,
        "count": behind.count_words(found) if found else "",
        "figure_url": f"{reverse('desk:figure', args=[key])}?{asked.query}",
        "back_url": f"{reverse('desk:figure', args=[key])}?{asked.query}",
        "accent": shown.accent(definition),
        **shared.filters(request, asked, said),
    }
    return render(request, "desk/figure_records.html", context)


def _cell(request: HttpRequest, definition: FigureDefinition, asked: Asked) -> CellOf | None:
    """The cell asked for; 404 for a cut or a cell that is not shown on the figure's page."""
    cut, codes = request.GET.get("corte", ""), request.GET.get("celda", "")
    if not cut:
        return None
    if cut not in reading.cuts(definition, asked):
        raise Http404
    wanted = tuple(None if code == "-" else code for code in codes.split("/"))
    if _row(definition, asked, (cut, wanted)) is None:
        raise Http404
    return cut, wanted


def _row(definition: FigureDefinition, asked: Asked, cell: CellOf) -> ReleasedCell | None:
    released = reading.whole(definition, asked)
    if released is None:
        return None
    return next((row for row in released.breakdown(cell[0]).cells if row.codes == cell[1]), None)


def _cell_label(definition: FigureDefinition, asked: Asked, cell: CellOf) -> str:
    released, row = reading.whole(definition, asked), _row(definition, asked, cell)
    if released is None or row is None:
        return ""
    table = released.breakdown(cell[0])
    return f"{shown.text(table.cut.label)}: {shown.cell_label(table, row)}"


@requires("figures.records")
@require_GET
def why(request: HttpRequest, key: str, room: str, pk: UUID) -> HttpResponse:
    """What one record is to a figure. A record out of the viewer's sight does not exist: 404."""
    definition = shared.definition_or_404(key)
    asked, said = shared.question(request)
    shown_record = sources.look(request.viewer, definition.kinds, [str(pk)]).get(str(pk))
    if shown_record is None or not asked.is_internal or not reading.offered(definition, asked):
        raise Http404
    verdict = disclosure.judge(
        definition, asked.period, room, str(pk), viewer_vaults=asked.vaults, office=asked.office
    )  # fmt: skip
    context = {
        "title": _("Por qué cuenta"),
        "definition": definition,
        "label": shown.text(definition.label),
        "record": shown_record,
        "judged": behind.judged(request.viewer, definition, shown.mission(), verdict, str(pk)) if verdict else None,
        "figure_url": f"{reverse('desk:figure', args=[key])}?{asked.query}",
        "records_url": f"{reverse('desk:figure_records', args=[key])}?{asked.query}",
        "rule_url": f"{reverse('desk:figure_rule', args=[key])}?{asked.query}",
        "accent": shown.accent(definition),
        **shared.filters(request, asked, said),
    }
    return render(request, "desk/figure_why.html", context)
