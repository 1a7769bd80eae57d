"""Freezing: from today's facts, through the gate, to values that never change again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

import cauce
from cauce import disclosure
from cauce.disclosure import Released, ReleasedBreakdown
from cauce.editions import facts_file
from cauce.editions.labels import UNITS, Labels
from cauce.editions.layout import frozen_report, read_layout
from cauce.editions.recount import differences
from cauce.editions.values import About, BreakdownValue, CellValue, FigureValue, Sum, Values
from cauce.facts import refresh as facts_refresh
from cauce.facts.store import FactStore, current
from cauce.figures import oracle
from cauce.kernel.facts import Fact
from cauce.kernel.periods import Period
from cauce.kernel.problems import Problem
from cauce.mission.definition import FigureDefinition, When
from cauce.mission.package import Mission
from cauce.mission.report import Report


@dataclass(frozen=True)
class Freeze:
    """What one freezing gives: the values, and the facts they can be recounted from."""

    values: Values
    facts: bytes


def freeze(mission: Mission, report: Report, period: Period, about: About) -> Freeze:
    """Release every figure of a report over a period and keep the facts behind them.

    ``about`` comes without time, hash and software, which are filled here. Raises ``Problem``
    when the facts changed while they were being frozen, or the report has no layout.
    """
    language = about.language
    definitions = [mission.figure(key) for key in dict.fromkeys(_figures(mission, report))]
    layout = read_layout(mission, report, language)
    facts_refresh.refresh()
    store = current()
    before = facts_hash(store, definitions, period)
    facts = facts_behind(store, definitions, period)
    with translation.override(language):
        released = disclosure.release_all(definitions, period, profile=about.profile)
        labels = Labels(mission, language)
        labels.note_offices()
        values = Values(
            about=replace(
                about,
                frozen_at=timezone.localtime().replace(microsecond=0).isoformat(),  # its day is the office's
                facts_hash=before,
                software=cauce.__version__,
            ),
            figures=tuple(value for each in released.values() for value in _values(mission, each, language)),
            breakdowns=tuple(_table(labels, each, cut) for each in released.values() for cut in each.breakdowns),
            sums=tuple(_sums(definitions, language)),
            definitions=tuple(definition.plain() for definition in definitions),
            layout={"report": frozen_report(mission, report, language), "print": layout, "places": labels.places},
        )
    data = facts_file.write(facts, definitions)
    # The two roads to a number meet here: what was released must be what the kept facts give.
    if facts_hash(store, definitions, period) != before or differences(values, facts_file.read(data)):
        raise Problem(
            "editions.moving_facts",
            _("Los registros cambiaron mientras se congelaba la edición; no se guardó nada."),
            fix=_("Espere a que termine la importación en curso y prepare otra vez el borrador."),
        )
    return Freeze(values, data)


def _figures(mission: Mission, report: Report) -> Iterable[str]:
    """The figures a report prints and those its maps and notes rest on, by their own keys."""
    for key in report.figure_keys:
        yield mission.figure(key).key
    for definition in mission.figures.values():
        if definition.chapter in {section.chapter for section in report.sections}:
            yield definition.key


def facts_hash(store: FactStore, definitions: Iterable[FigureDefinition], period: Period) -> str:
    """What the edition was computed from: one hash over the rows of every kind its figures read."""
    parts = [store.content_hash(each.kinds, period, overlapping=each.when is When.OVERLAPPING) for each in definitions]
    return sha256("\n".join(parts).encode()).hexdigest()


def facts_behind(store: FactStore, definitions: list[FigureDefinition], period: Period) -> list[Fact]:
    """The facts that at least one figure counts: nothing else is kept."""
    by_kind: dict[str, list[FigureDefinition]] = defaultdict(list)
    for definition in definitions:
        for kind in set(definition.kinds):
            by_kind[kind].append(definition)
    return [
        fact
        for fact in store.read(sorted(by_kind), period, overlapping=True)
        if any(oracle.counts(definition, fact, period) for definition in by_kind[fact.kind])
    ]


def _values(mission: Mission, released: Released, language: str) -> Iterable[FigureValue]:
    home = released.definition
    common: dict[str, Any] = {
        "chapter": home.chapter,
        "chapter_label": mission.chapters[home.chapter].title.get(language),
        "notes": home.notes.get(language),
        "version": home.version,
        "definition": home.fingerprint,
    }
    yield FigureValue(
        key=home.key,
        unit=home.unit.value,
        unit_label=str(UNITS[home.unit]),
        label=home.label.get(language),
        sentence=home.sentence.get(language),
        value=released.cell.value,
        withheld=str(released.cell.explanation),
        **common,
    )
    for share in released.shares:
        yield FigureValue(
            key=share.key,
            unit=share.share.unit.value,
            unit_label=str(UNITS[share.share.unit]),
            label=share.share.label.get(language),
            sentence=share.share.sentence.get(language) or f"{share.share.label.get(language)}: {{value}}",
            value=share.cell.value,
            withheld=str(share.cell.explanation),
            parent=home.key,
            code=share.share.code,
            **common,
        )


def _table(labels: Labels, released: Released, table: ReleasedBreakdown) -> BreakdownValue:
    cut = table.cut
    return BreakdownValue(
        figure=released.key,
        key=cut.key,
        label=cut.label.get(labels.language),
        columns=cut.columns,
        percent=cut.percent.value,
        base=table.base.value,
        base_label=cut.base_label.get(labels.language),
        withheld=str(table.reason.sentence) if table.reason else "",
        cells=tuple(
            CellValue(
                codes=tuple(cell.key.split("/")),
                labels=labels.of(cut, cell.codes),
                value=cell.cell.value,
                percent=cell.percent.value if cell.percent else None,
                withheld=str(cell.cell.explanation),
            )
            for cell in table.cells
        ),
    )


def _sums(definitions: Iterable[FigureDefinition], language: str) -> Iterable[Sum]:
    for definition in definitions:
        for each in definition.must_hold:
            yield Sum(left=each.left, relation=each.relation, right=each.right, text=each.note.get(language))
