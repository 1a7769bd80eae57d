"""What the pages of figures share: the question from the address, its filters, the list at the left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from cauce.desk.figures import asked as asking
from cauce.desk.figures import reading, shown
from cauce.desk.figures.asked import Asked
from cauce.facts.refresh import refresh
from cauce.mission.definition import FigureDefinition
from cauce.ui.formatting import period_words

SECTION = "figures"


def definition_or_404(key: str) -> FigureDefinition:
    definition = shown.mission().figures.get(key)
    if definition is None:
        raise Http404
    return definition


def question(request: HttpRequest) -> tuple[Asked, str]:
    """What is asked, over facts that follow every record written so far; and what was not understood."""
    refresh()
    return asking.read(request.GET, request.viewer)


@dataclass(frozen=True, slots=True)
class Item:
    """A figure in the list."""

    key: str
    label: str
    unit: str
    value: shown.Value
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A chapter with its figures."""

    title: str
    accent: str
    icon: str
    items: list[Item]


def groups(asked: Asked, current: str = "") -> list[Group]:
    """Every figure by chapter, each with its value: one release a figure, without breakdowns."""
    found: dict[str, Group] = {}
    for definition in shown.mission().figures.values():
        title = shown.text(shown.mission().chapters[definition.chapter].title)
        group = found.setdefault(definition.chapter, Group(title, shown.accent(definition), shown.icon(definition), []))
        value = shown.of(reading.value(definition, asked))
        url = f"{reverse('desk:figure', args=[definition.key])}?{asked.query}"
        group.items.append(
            Item(
                definition.key,
                shown.text(definition.label),
                shown.unit(definition),
                value,
                url,
                definition.key == current,
            )
        )
    return list(found.values())


def filters(request: HttpRequest, asked: Asked, said: str) -> dict[str, Any]:
    """Context of the filters: what may be chosen, with what is chosen now."""
    return {
        "asked": asked,
        "said": said,
        "filters": {
            "periods": asking.period_options(asked.period),
            "offices": asking.office_options(asked.office),
            "profiles": asking.profile_options(asked.profile),
            "action": request.path,
            "is_interval": not asked.is_calendar,
        },
        "period_words": period_words(asked.period),
        "office_name": next((each.label for each in asking.office_options(asked.office) if each.chosen), ""),
        "section": SECTION,
    }
