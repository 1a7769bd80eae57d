"""The records behind a figure as a viewer may see them: exactly as many as the figure says.

Reserved records come last and without a date: their place among the others, or their day, would tell
which they are (look.md 3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from cauce.access.viewer import Viewer
from cauce.desk.figures import reading, sources
from cauce.desk.figures.asked import Asked
from cauce.desk.figures.sources import Shown
from cauce.disclosure import RecordList
from cauce.disclosure.insight import RecordRow
from cauce.figures.explain import Standing, Verdict, Why
from cauce.figures.wording import describe_filter
from cauce.mission import Mission
from cauce.mission.definition import FigureDefinition, Filter, How
from cauce.ui.formatting import language, number
from cauce.ui.parts import Page, page_links

PER_PAGE = 25
LOOKED_AT = 200  # records asked for at once, to find the first few a viewer may see
CellOf = tuple[str, tuple[str | None, ...]]


@dataclass(frozen=True, slots=True)
class Line:
    """One record: ``shown`` None is a reserved one. ``counts`` is how much of the figure rests on it."""

    counts: int
    shown: Shown | None = None
    day: date | None = None
    room: str = ""
    source: str = ""

    @property
    def is_reserved(self) -> bool:
        return self.shown is None


@dataclass(frozen=True, slots=True)
class Behind:
    """A page of the records. ``why`` says why there is no list; ``counts`` what all rows sum to."""

    lines: list[Line]
    total: int
    counts: int
    page: Page
    why: str = ""

    @property
    def shows_counts(self) -> bool:
        """Rows that each count one need no column for it."""
        return self.counts != self.total


def of(
    viewer: Viewer, definition: FigureDefinition, asked: Asked, *, cell: CellOf | None = None, number: int = 1
) -> Behind:
    """Page ``number`` of the records behind a figure or behind one cell of it."""
    found = reading.records(definition, asked, cell)
    if found.reason is not None:
        return Behind([], 0, 0, Page(1, 1), str(found.reason.sentence))
    sight = (viewer.offices, viewer.vaults, frozenset(kind.permission for kind in _kinds(viewer, definition)))
    rows = reading.in_order(
        definition, asked, ("order", cell, sight), lambda: _ordered(viewer, definition, found)
    )  # fmt: skip
    last = max(1, -(-len(rows) // PER_PAGE))
    number = min(max(1, number), last)
    return _page(
        viewer, definition, rows, (number - 1) * PER_PAGE, PER_PAGE, Page(number, last, page_links(number, last))
    )


def first(viewer: Viewer, definition: FigureDefinition, asked: Asked, many: int) -> Behind:
    """The latest few the viewer may see; reserved ones where there are not enough of these."""
    found = reading.records(definition, asked, None)
    if found.reason is not None:
        return Behind([], 0, 0, Page(1, 1), str(found.reason.sentence))
    latest = sorted(found.rows, key=_latest, reverse=True)
    chosen: list[RecordRow] = []
    for start in range(0, len(latest), LOOKED_AT):
        chunk = latest[start : start + LOOKED_AT]
        seen = sources.visible(viewer, definition.kinds, {row.source_id for row in chunk})
        chosen += [row for row in chunk if row.source_id in seen]
        if len(chosen) >= many or not _kinds(viewer, definition):
            break
    if len(chosen) < many:
        known = {id(row) for row in chosen}
        chosen += [row for row in latest if id(row) not in known]
    page = _page(viewer, definition, chosen, 0, many, Page(1, 1))
    return replace(page, total=len(latest), counts=sum(row.counts for row in latest))


def _page(
    viewer: Viewer, definition: FigureDefinition, rows: Sequence[RecordRow], start: int, many: int, page: Page
) -> Behind:
    chosen = rows[start : start + many]
    # Asked again for each page: what became reserved since the list was put in order shows nothing.
    shown = sources.look(viewer, definition.kinds, {row.source_id for row in chosen})
    lines = [_line(row, shown.get(row.source_id)) for row in chosen]
    return Behind(lines, len(rows), sum(row.counts for row in rows), page)


def _kinds(viewer: Viewer, definition: FigureDefinition) -> list[sources.Kind]:
    return [kind for kind in sources.kinds_of(definition.kinds) if viewer.may(kind.permission)]


def _latest(row: RecordRow) -> tuple[date, str]:
    return row.date, row.source_id


def _ordered(viewer: Viewer, definition: FigureDefinition, found: RecordList) -> list[RecordRow]:
    """Visible records, the latest first, then the reserved ones in an order that says nothing."""
    seen = sources.visible(viewer, definition.kinds, {row.source_id for row in found.rows})
    open_, closed = [], []
    for row in found.rows:
        (open_ if row.source_id in seen else closed).append(row)
    open_.sort(key=_latest, reverse=True)
    return open_ + sorted(closed, key=lambda row: (row.counts, row.source_id))


def _line(row: RecordRow, shown: Shown | None) -> Line:
    if shown is None:
        return Line(row.counts)
    return Line(row.counts, shown, row.date, row.source_room, row.source_id)


@dataclass(frozen=True, slots=True)
class Judged:
    """Why a record counts, in sentences; ``others`` are records the viewer may see that carry the same thing."""

    counts: bool
    title: str
    sentences: list[str]
    others: list[Shown]


def judged(viewer: Viewer, definition: FigureDefinition, mission: Mission, verdict: Verdict, source: str) -> Judged:
    """A verdict in words. Speaks only of records this viewer may see: others could tell what is reserved."""
    if verdict.standing is Standing.NOT_COUNTED:
        said = [_reason(each, definition, mission) for each in verdict.reasons]
        return Judged(False, _("No cuenta en esta cifra"), said, [])
    carried = [record for _room, record in verdict.carried_by if record != source]
    others = list(sources.look(viewer, definition.kinds, carried).values())
    if others:
        said = _("La cifra sería la misma sin él: de lo que usted puede ver, también la sostienen estos registros.")
        return Judged(True, _("Cuenta, junto con otros"), [said], others)
    if definition.count.how in {How.DISTINCT, How.ELEMENTS}:
        said = _("De los registros que usted puede ver, es el único que sostiene lo que aquí se cuenta una vez.")
    else:
        said = _("Sin este registro, la cifra sería otra.")
    return Judged(True, _("Cuenta"), [said], [])


def _reason(each: Why | Filter, definition: FigureDefinition, mission: Mission) -> str:
    if isinstance(each, Filter):
        return _("No cumple una condición de la regla: %(condition)s") % {
            "condition": describe_filter(each, definition, mission, language())
        }
    return {
        Why.NO_FACT: _("No ha llegado al estado que se cuenta: previsto, enviado, cancelado o anulado no cuenta."),
        Why.DATE: _("Su fecha está fuera del periodo elegido."),
        Why.OFFICE: _("Es de otra oficina que la elegida."),
        Why.NOTHING_TO_COUNT: _("Le falta el dato que esta cifra cuenta."),
        Why.NO_CONSENT: _("La persona no dio su consentimiento para estadísticas."),
    }[each]


def count_words(behind: Behind) -> str:
    """``25 de 5.772``, or the bare total when all are on this page."""
    if behind.page.last == 1:
        return number(behind.total)
    return _("%(shown)s de %(total)s") % {"shown": number(len(behind.lines)), "total": number(behind.total)}
