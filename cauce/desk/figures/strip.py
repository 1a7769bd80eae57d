"""A few figures as cards with their year by month: for "Hoy"."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cauce.desk.figures import reading, shown
from cauce.desk.figures.asked import Asked
from cauce.disclosure import Trend
from cauce.facts.refresh import refresh
from cauce.mission import Mission
from cauce.mission.definition import FigureDefinition
from cauce.mission.report import Layout
from cauce.ui.formatting import period_short

MOST = 6
HEIGHT, WIDTH, GAP = 28, 8, 2


@dataclass(frozen=True, slots=True)
class Card:
    """A figure in small: its value, the same of the period before, and its months."""

    label: str
    unit: str
    value: shown.Value
    url: str
    accent: str
    compared: shown.Compared
    spark: SafeString
    period: str


def cards(asked: Asked, mission: Mission) -> list[Card]:
    """The headline figures of the mission's first report; the first figures where it declares none."""
    refresh()
    return [_card(definition, asked) for definition in _headlines(mission)]


def _headlines(mission: Mission) -> list[FigureDefinition]:
    keys = [
        key
        for report in mission.reports.values()
        for section in report.sections
        for block in section.blocks
        if block.layout in {Layout.HEADLINE, Layout.DONUT, Layout.WAFFLE, Layout.CARDS}
        for key in block.figures[:1]
    ]
    found = dict.fromkeys(key for key in keys if key in mission.figures)
    return [mission.figures[key] for key in list(found or mission.figures)[:MOST]]


def _card(definition: FigureDefinition, asked: Asked) -> Card:
    before = replace(asked, period=asked.period.previous())
    after = shown.of(reading.value(definition, asked))
    return Card(
        label=shown.text(definition.label),
        unit=shown.unit(definition),
        value=after,
        url=f"{reverse('desk:figure', args=[definition.key])}?{asked.query}",
        accent=shown.accent(definition),
        compared=shown.compared(period_short(before.period), shown.of(reading.value(definition, before)), after),
        spark=spark(reading.trend(definition, asked), shown.accent(definition)),
        period=period_short(asked.period),
    )


def spark(found: Trend, accent: str) -> SafeString:
    """The months as small bars; the numbers stand on the figure's own page. Nothing where they are withheld."""
    values = [point.cell.value for point in found.points]
    if found.reason is not None or not any(values):
        return SafeString("")
    tallest = max(value or 0 for value in values)
    bars = []
    for place, value in enumerate(values):
        height = max(1, round((value or 0) * HEIGHT / tallest))
        bars.append((place * (WIDTH + GAP), HEIGHT - height, WIDTH, height, accent))
    drawn = format_html_join("", '<rect x="{}" y="{}" width="{}" height="{}" rx="1" class="fill-{}"/>', bars)
    width = len(values) * (WIDTH + GAP) - GAP
    return format_html('<svg class="spark" viewBox="0 0 {} {}" aria-hidden="true">{}</svg>', width, HEIGHT, drawn)
