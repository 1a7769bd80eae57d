"""The public page: the print document again, for screens, with every figure's definition.

One template for both places: served by the application (linked style sheet) and written as a file
that stands alone (``index.html``: style inside, nothing fetched, no script, nothing that tracks).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from cauce.editions import document as doc
from cauce.editions.composing.look import Look, mixed
from cauce.editions.drawings import bar, donut, map_drawing, split, waffle
from cauce.editions.printing import icon_svg
from cauce.editions.values import BreakdownValue, FigureValue, Values

STYLE = Path(__file__).resolve().parent / "static" / "editions" / "public.css"


@dataclass(frozen=True)
class Entry:
    """A figure as the page explains it: its sentence with the number, notes, tables, shares."""

    figure: FigureValue
    shown: str
    sentence: str
    cuts: tuple[dict[str, Any], ...]
    shares: tuple[FigureValue, ...]


def context(values: Values, document: doc.Document, **more: Any) -> dict[str, Any]:
    """What the template needs. ``more``: ``links`` (label, address, note), ``standing``, ``notice``."""
    look = Look(values, values.about.language)
    return {
        "values": values,
        "about": values.about,
        "document": document,
        "cover": document.cover,
        "nodes": [view(node, document) for page in document.pages for node in page.children],
        "chapters": _chapters(look),
        "sums": values.sums,
        **more,
    }


def standalone(values: Values, document: doc.Document, **more: Any) -> bytes:
    """The whole page as one file."""
    with translation.override(values.about.language):
        page = render_to_string(
            "editions/standalone.html",
            # Our own style sheet, not user input; it holds no «</style».
            {
                **context(values, document, **more),
                "style": mark_safe(STYLE.read_text(encoding="utf-8") + colours(document)),
            },
        )
    return page.encode()


def colours(document: doc.Document) -> str:
    """The classes of the mission's accents: data, so that they cannot stand in the style sheet."""
    rules = []
    for key, accent in sorted(document.accents.items()):
        solid, tint, chip = accent["solid"], accent["tint"], accent["chip"]
        bright = mixed(solid, "#FFFFFF", 0.45)
        rules.append(
            f".ed-band.ed-{key}{{background:{solid}}}.ed-text-{key}{{color:{solid}}}"
            f".ed-edge-{key}{{border-top-color:{solid}}}.ed-tint-{key}{{background:{tint};color:{chip}}}"
            f"@media (prefers-color-scheme:dark){{.ed-text-{key}{{color:{bright}}}"
            f".ed-edge-{key}{{border-top-color:{bright}}}}}"
        )
    return "\n".join(rules)


def view(node: doc.Node, document: doc.Document) -> dict[str, Any]:
    """A node with its template, its drawing and its children's views."""
    children = [view(child, document) for child in getattr(node, "children", ())]
    data: dict[str, Any] = {"node": node, "template": f"editions/page/{node.kind}.html", "children": children}
    accent = getattr(node, "accent", "")
    if accent:
        data["accent"] = document.accents[accent]
    if isinstance(node, doc.Chapter) and node.icon:
        data["icon"] = icon(node.icon)
    if isinstance(node, doc.Row):
        data["wide"] = len(node.columns)
    if isinstance(node, doc.Kpis | doc.Card):
        data["stats"] = [
            {"stat": stat, "accent": document.accents[stat.accent], "icon": icon(stat.icon)} for stat in node.stats
        ]
    if isinstance(node, doc.Breakdown) and not node.withheld:
        data |= _drawing(node)
    if isinstance(node, doc.Map):
        data["drawing"] = map_drawing(node, document.accents)
        data["legend"] = [
            {
                "item": item,
                "icon": icon(item.icon),
                "colour": item.colour or document.accents.get(item.accent, {}).get("solid", ""),
            }
            for item in node.legend
        ]
    return data


def _drawing(node: doc.Breakdown) -> dict[str, Any]:
    if isinstance(node, doc.Donut):
        return {"drawing": donut(node.parts), "rows": [{"part": p, "icon": icon(p.icon)} for p in node.parts]}
    if isinstance(node, doc.Waffle):
        return {"drawing": waffle(node.parts)}
    if isinstance(node, doc.Split):
        return {"drawing": split(node.parts)}
    longest = max((part.raw or 0 for part in node.parts), default=1) or 1
    return {"rows": [{"part": part, "bar": bar((part.raw or 0) / longest, part.colour)} for part in node.parts]}


def icon(name: str) -> SafeString:
    """A pictogram as inline SVG, decoration beside its words; empty without a name."""
    if not name:
        return mark_safe("")
    svg = icon_svg(name).replace("<svg ", '<svg class="icon" aria-hidden="true" focusable="false" ', 1)
    return mark_safe(svg)


def _chapters(look: Look) -> list[dict[str, Any]]:
    """The figures chapter by chapter, each with its tables; shares stand under their parent."""
    found: dict[str, dict[str, Any]] = {}
    for figure in look.values.figures:
        if figure.parent:
            continue
        chapter = found.setdefault(figure.chapter, {"title": figure.chapter_label, "entries": []})
        chapter["entries"].append(
            Entry(
                figure=figure,
                shown=look.text_of(figure),
                sentence=look.sentence(figure.key),
                cuts=tuple(_table(look, cut) for cut in look.values.breakdowns if cut.figure == figure.key),
                shares=tuple(each for each in look.values.figures if each.parent == figure.key),
            )
        )
    return list(found.values())


def _table(look: Look, cut: BreakdownValue) -> dict[str, Any]:
    rows = [
        {
            "words": look.cell_words(cell),
            "value": "" if cell.value is None else look.number(cell.value),
            "percent": "" if cell.percent is None else look.percent(cell.percent),
            "withheld": cell.withheld,
        }
        for cell in cut.cells
    ]
    return {
        "cut": cut,
        "rows": rows,
        "has_percent": any(cell.percent is not None for cell in cut.cells),
        "base": "" if cut.base is None else look.number(cut.base),
    }
