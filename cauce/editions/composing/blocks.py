"""Each block of a report as a node of the page, in the shape its report or its layout asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from cauce.editions import document as doc
from cauce.editions.composing.geography import routes_map
from cauce.editions.composing.look import Look, joined
from cauce.editions.values import BreakdownValue

Spec = dict[str, Any]
NO_CUT = BreakdownValue(figure="", key="", label="", columns=(), percent="none", base=None)


def block_node(look: Look, node: Spec) -> doc.Node:
    """A block of the report (``{"block": key, …}``) in its shape; options of the node override."""
    block = {**look.report["blocks"][node["block"]]}
    block["title"] = node.get("title") or block["title"]
    block["cut"] = node.get("cut") or block["cut"]
    block["notes"] = [*([block["text"]] if block["text"] else []), *node.get("notes", [])]
    shape = node.get("as") or block["shape"]
    return SHAPES[shape](look, block, node)


def _common(node: Spec) -> dict[str, Any]:
    return {"stretch": node.get("stretch", 0)}


def _stat(look: Look, key: str, words: str = "") -> doc.Stat:
    return doc.Stat(cell=look.cell(key), words=words or look.words(key), icon=look.icon(key), accent=look.accent(key))


def _main_figures(look: Look, block: Spec) -> list[str]:
    """The block's figures without the shares, which its breakdown shows."""
    return [key for key in block["figures"] if not look.values.figure(key).parent]


def _cut(look: Look, block: Spec) -> BreakdownValue:
    return look.values.breakdown(block["cut"]) if block["cut"] else NO_CUT


def _why(cut: BreakdownValue) -> str:
    return _("%(label)s: %(reason)s") % {"label": cut.label, "reason": cut.withheld} if cut.withheld else ""


def headline(look: Look, block: Spec, node: Spec) -> doc.Node:
    """One large number; the block's other figures are its parts and are said in its note, never added."""
    first, *others = _main_figures(look, block)
    words = look.words(first) + ("*" if others else "")
    notes = [*block["notes"], *("* " + look.sentence(key) for key in others)]
    if node.get("as") or not node.get("large"):
        return doc.Card(title=block["title"], stats=(_stat(look, first, words),), notes=tuple(notes), **_common(node))
    return doc.Headline(
        cell=look.cell(first), words=words, accent=look.accent(first), notes=tuple(notes), **_common(node)
    )


def cards(look: Look, block: Spec, node: Spec) -> doc.Node:
    """Numbers with pictograms; a breakdown is listed in the words of the first: ``Mexicali (3) y …``."""
    stats = []
    cut = _cut(look, block)
    for index, key in enumerate(_main_figures(look, block)):
        words = look.words(key)
        told = [f"{cell.labels[0]} ({look.number(cell.value)})" for cell in cut.cells if cell.value]
        if index == 0 and told:
            words = f"{words}: {joined(told)}"
        stats.append(_stat(look, key, words))
    return doc.Card(title=block["title"], stats=tuple(stats), notes=tuple(block["notes"]), **_common(node))


def _chart(look: Look, block: Spec, node: Spec, *, shares: bool, by_size: bool = False) -> dict[str, Any]:
    cut = _cut(look, block)
    parts = look.parts(cut, shares=shares, most=node.get("most", 0), by_size=by_size)
    return {
        "title": block["title"],
        "parts": parts,
        "alt": look.spoken(block["title"] or cut.label, parts),
        "withheld": _why(cut),
        "accent": block["chapter"],
        "notes": tuple(block["notes"]),
        **_common(node),
    }


def donut(look: Look, block: Spec, node: Spec) -> doc.Node:
    key = block["cut"].split("/")[0]
    return doc.Donut(cell=look.cell(key), words=look.words(key), **_chart(look, block, node, shares=True, by_size=True))


def waffle(look: Look, block: Spec, node: Spec) -> doc.Node:
    key = block["cut"].split("/")[0]
    words = look.words(key)
    if not _cut(look, block).withheld:
        words = _("%(words)s. De cada 100:") % {"words": words}
    return doc.Waffle(cell=look.cell(key), words=words, **_chart(look, block, node, shares=True, by_size=True))


def bars(look: Look, block: Spec, node: Spec) -> doc.Node:
    cut = _cut(look, block)
    chart = _chart(look, block, node, shares=cut.percent != "none")
    colour = look.report["chapters"][block["chapter"]]["accent"]
    looks = look.page["cuts"].get(cut.name, {})
    # Bars of one measure are one colour: length says the number, colour would say nothing.
    chart["parts"] = tuple(
        doc.Part(**{**doc.plain(part), "colour": looks.get(part.key, {}).get("colour") or colour})
        for part in chart["parts"]
    )
    return doc.Bars(label_share=node.get("label_share", 0.36), gap=node.get("gap", 6.5), **chart)


def split(look: Look, block: Spec, node: Spec) -> doc.Node:
    return doc.Split(**_chart(look, block, node, shares=True))


def listed(look: Look, block: Spec, node: Spec) -> doc.Node:
    """The elements of a breakdown as chips: what was covered, not how often."""
    key, cut = _main_figures(look, block)[0], _cut(look, block)
    notes = (*block["notes"], *([_why(cut)] if cut.withheld else []))
    return doc.Chips(
        title=look.words(key),
        cell=look.cell(key),
        chips=tuple(cell.labels[0] for cell in cut.cells if cell.withheld or cell.value),
        accent=block["chapter"],
        notes=notes,
        **_common(node),
    )


def table(look: Look, block: Spec, node: Spec) -> doc.Node:
    cut = _cut(look, block)
    rows = []
    for cell in cut.cells[: node.get("most") or None]:
        if cell.value == 0:
            continue
        value = _("reservado") if cell.value is None else look.number(cell.value)
        percent = "—" if cell.percent is None else look.percent(cell.percent)
        rows.append((look.cell_words(cell), value, percent))
    notes = [*block["notes"], *([_why(cut)] if cut.withheld else [])]
    unit = look.values.figure(cut.figure).unit_label
    return doc.Table(
        title=block["title"],
        head=(cut.label, unit[:1].upper() + unit[1:], _("Porcentaje")),
        rows=tuple(rows),
        widths=(2.2, 1, 0.9),
        notes=tuple(notes),
        **_common(node),
    )


def text(look: Look, block: Spec, node: Spec) -> doc.Node:
    return doc.Note(title=block["title"], notes=tuple(block["notes"]), **_common(node))


SHAPES: dict[str, Callable[[Look, Spec, Spec], doc.Node]] = {
    "headline": headline,
    "cards": cards,
    "donut": donut,
    "waffle": waffle,
    "bars": bars,
    "split": split,
    "list": listed,
    "table": table,
    "map": routes_map,
    "text": text,
}
