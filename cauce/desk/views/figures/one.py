"""One figure: its value and what it counts, its breakdowns, months and comparisons; its rule; its table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cauce.access.guard import requires
from cauce.desk.figures import behind, published, reading, shown
from cauce.desk.figures.asked import Asked
from cauce.desk.views.figures import shared
from cauce.disclosure import Released
from cauce.figures.wording import Explanation, explain
from cauce.mission.definition import FigureDefinition, MustHold
from cauce.ui import export
from cauce.ui.formatting import language, period_short
from cauce.ui.parts import Pair

FIRST_RECORDS = 6


@requires("figures.view")
@require_GET
def figure(request: HttpRequest, key: str) -> HttpResponse:
    """Everything that may be said of a figure over the period, for the office and the reader asked for."""
    definition = shared.definition_or_404(key)
    asked, said = shared.question(request)
    released = reading.whole(definition, asked)
    listed = asked.is_internal and request.viewer.may("figures.records")
    url_of = _cell_url(definition, asked) if listed else _no_url
    tables = (
        [shown.cut_of(released, cut, url_of) for cut in released.breakdowns if cut.key != "month"] if released else []
    )
    context = {
        "title": shown.text(definition.label),
        "definition": definition,
        "chapters": shared.groups(asked, key),
        "value": shown.of(released),
        "unit": shown.unit(definition),
        "words": _words(definition, asked),
        "columns": shown.columns(tables),
        "months": shown.months_of(reading.trend(definition, asked)) if released else None,
        "compared": _compared(definition, asked, released),
        "sums": _sums(definition, asked),
        "never_add": _never_add(definition, asked),
        "cautions": _cautions(definition, asked, released),
        "behind": behind.first(request.viewer, definition, asked, FIRST_RECORDS) if listed and released else None,
        "accent": shown.accent(definition),
        "back_url": f"{reverse('desk:figures')}?{asked.query}",
        **shared.filters(request, asked, said),
    }
    return render(request, "desk/figure.html", context)


def _words(definition: FigureDefinition, asked: Asked) -> Explanation:
    return explain(definition, shown.mission(), language(), office=asked.office)


def _no_url(_cut: str, _codes: Sequence[str | None]) -> str:
    return ""


def _cell_url(definition: FigureDefinition, asked: Asked) -> Callable[[str, Sequence[str | None]], str]:
    """The address of a cell's records; codes that are not known are written "-"."""
    base = reverse("desk:figure_records", args=[definition.key])

    def url(cut: str, codes: Sequence[str | None]) -> str:
        cell = "/".join(code or "-" for code in codes)
        return f"{base}?{asked.query}&{urlencode({'corte': cut, 'celda': cell})}"

    return url


def _compared(definition: FigureDefinition, asked: Asked, released: Released | None) -> list[shown.Compared]:
    """The value beside the last published edition's and beside the period before."""
    after = shown.of(released)
    found = []
    said = published.last(definition, asked) if released else None
    if said is not None:
        found.append(
            shown.compared(
                _edition(said), said.value, after,
                note=_("La edición publicada no cambia."), url=_public(said), link=_("Ver la edición"),
            )
        )  # fmt: skip
    before = asked.over(asked.period.previous())
    found.append(
        shown.compared(
            period_short(before.period).capitalize(), shown.of(reading.value(definition, before)), after,
            url=f"{reverse('desk:figure', args=[definition.key])}?{before.query}", link=_("Ver ese periodo"),
        )
    )  # fmt: skip
    return found


def _edition(said: published.Said) -> str:
    """``México en cifras 2022``; a later edition says which."""
    name = f"{said.edition.title} {period_short(said.edition.period)}"
    return (
        name
        if said.edition.sequence == 1
        else _("%(name)s, %(n)s.ª edición") % {"name": name, "n": said.edition.sequence}
    )


def _public(said: published.Said) -> str:
    return reverse("editions:public", args=[said.edition.name])


@dataclass(frozen=True, slots=True)
class Held:
    """A declared sum: the sentence, and whether it holds (None: a part is not known)."""

    sentence: str
    holds: bool | None


def _sums(definition: FigureDefinition, asked: Asked) -> list[Held]:
    """The sums that must hold with this figure, checked over the counts themselves."""
    figures = shown.mission().figures
    about = [
        (owner, sum_)
        for owner in figures.values()
        for sum_ in owner.must_hold
        if definition.key in {name.partition("/")[0] for name in (*sum_.left, *sum_.right)}
    ]
    if not about or asked.office or not asked.is_internal:
        return []  # the sums are declared of the whole mission
    names = {name.partition("/")[0] for _owner, sum_ in about for name in (*sum_.left, *sum_.right)}
    known = [figures[name] for name in sorted(names | {owner.key for owner, _sum in about}) if name in figures]
    failed = {(each.key, each.rule): each.checked for each in reading.broken(known, asked)}
    found = []
    for owner, sum_ in about:
        checked = failed.get((owner.key, sum_))
        found.append(Held(_sum_words(sum_), True if checked is None else (False if checked else None)))
    return found


def _sum_words(sum_: MustHold) -> str:
    sign = "=" if sum_.relation == "equal" else "≤"
    sides = (" + ".join(_name(name) for name in side) for side in (sum_.left, sum_.right))
    return f" {sign} ".join(sides) + (f". {shown.text(sum_.note)}" if sum_.note else "")


def _name(name: str) -> str:
    key, _slash, cut = name.partition("/")
    figures = shown.mission().figures
    if key not in figures:
        return name
    label = shown.text(figures[key].label)
    if not cut:
        return label
    return _("%(label)s, sumadas por %(cut)s") % {
        "label": label, "cut": shown.text(figures[key].breakdown(cut).label).lower(),
    }  # fmt: skip


def _never_add(definition: FigureDefinition, asked: Asked) -> list[Pair]:
    """Figures of the same line in other units: shown beside it, never added to it."""
    figures = shown.mission().figures
    keys = dict.fromkeys(
        [*definition.never_add, *(each.key for each in figures.values() if definition.key in each.never_add)]
    )
    return [
        Pair(shown.text(figures[key].label), key, f"{reverse('desk:figure', args=[key])}?{asked.query}")
        for key in keys
        if key in figures
    ]


def _cautions(definition: FigureDefinition, asked: Asked, released: Released | None) -> list[str]:
    """What a reader must know before repeating the number."""
    if released is None:
        return []
    said = []
    if asked.period.end >= timezone.localdate():
        said.append(_("El periodo no ha terminado: la cifra todavía crece."))
    if released.without_consent.value:
        template = (
            _("%(n)s sin consentimiento para estadísticas no cuentan.")
            if definition.consented_only
            else _("%(n)s sin consentimiento para estadísticas cuentan aquí, y no en los desgloses por persona.")
        )
        said.append(template % {"n": released.without_consent.value})
    if len(reading.cuts(definition, asked)) < len(definition.breakdowns):
        said.append(str(_("Los desgloses con protección especial se muestran por año, trimestre o mes.")))
    return said


@requires("figures.view")
@require_GET
def rule(request: HttpRequest, key: str) -> HttpResponse:
    """The definition in words: what is counted, on what conditions, when, how guarded, since which version."""
    definition = shared.definition_or_404(key)
    asked, _said = shared.question(request)
    chapter = shown.mission().chapters[definition.chapter]
    context = {
        "title": _("Regla de la cifra"),
        "definition": definition,
        "label": shown.text(definition.label),
        "words": _words(definition, asked),
        "pairs": [
            Pair(_("Clave"), definition.key),
            Pair(_("Unidad"), shown.unit(definition)),
            Pair(_("Capítulo"), shown.text(chapter.title)),
            Pair(_("Versión de la regla"), definition.version),
        ],
        "changes": shown.text(definition.changes),
        "sums": [_sum_words(each) for each in definition.must_hold],
        "never_add": _never_add(definition, asked),
        "figure_url": f"{reverse('desk:figure', args=[key])}?{asked.query}",
        "asked": asked,
        "accent": shown.accent(definition),
        "section": shared.SECTION,
    }
    return render(request, "desk/figure_rule.html", context)


@requires("figures.view")
@require_GET
def table(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """The released cells as CSV or Excel; a withheld one says so and has no number."""
    definition = shared.definition_or_404(key)
    if kind not in export.KINDS:
        raise Http404
    asked, _said = shared.question(request)
    released = reading.whole(definition, asked)
    labels = [_("Cifra"), _("Desglose"), _("Categoría"), _("Clave"), _("Valor"), _("Porcentaje"), _("Reservado")]
    name = f"{key.replace('.', '-')}-{asked.period}"
    return export.response(kind, name, labels, _table_rows(definition, released))


def _table_rows(definition: FigureDefinition, released: Released | None) -> Iterator[list[Any]]:
    label, total = shown.text(definition.label), shown.of(released)
    yield [label, "", _("Total"), definition.key, total.value, None, total.why]
    if released is None:
        return
    for cut in released.breakdowns:
        heading = shown.text(cut.cut.label)
        if cut.reason is not None:
            yield [label, heading, "", "", None, None, str(cut.reason.sentence)]
        for row in cut.cells:
            cell = shown.of_cell(row.cell)
            percent = row.percent.value if row.percent is not None else None
            yield [label, heading, shown.cell_label(cut, row), row.key, cell.value, percent, cell.why]
