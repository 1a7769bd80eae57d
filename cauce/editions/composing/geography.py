"""Maps of an edition: shaded states, dots for what was done in a place, lines for routes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from cauce.editions import document as doc
from cauce.editions.composing.look import LAND, SHADES, Look, joined
from cauce.editions.values import BreakdownValue
from cauce.ui import maps

HOME = "MEX"
COLOURS = {"land": LAND, "neighbour": "#EEF2F9", "border": "#FFFFFF"}
DRAWINGS = {"mexico": maps.mexico_svg, "americas": maps.americas_svg}
# How wide a letter of a label is, in units of the map, for keeping labels apart.
LETTER, LINE = 15.5, 30.0


def place_map(look: Look, node: dict[str, Any]) -> doc.Map:
    """``shade`` one breakdown by state and ``dots`` for others by municipality, each with its legend."""
    outline = maps.outline(node["base"])
    fills, legend, spoken = _shading(look, node["shade"])
    points: dict[str, doc.Point] = {}
    dots = []
    withheld = _("reservado")
    for layer in node["dots"]:
        cut = look.values.breakdown(layer["cut"])
        told = _add_dots(look, outline, points, layer, cut)
        total = look.values.figure(cut.figure)
        dots.append(
            doc.Legend(
                words=layer["words"], text=look.text_of(total), icon=layer["icon"], accent=_accent(look, layer, cut)
            )
        )
        spoken.append(f"{layer['words']}: {joined(told) if told else withheld}")
    return doc.Map(
        title=node.get("title", ""),
        svg=DRAWINGS[node["base"]](fills, colours=COLOURS),
        size=(outline.width, outline.height),
        points=tuple(placed(points.values(), outline.width)),
        legend=(*dots, *legend),
        legend_side=node.get("legend_side", "right"),
        picture=node.get("picture", 0.62),
        notes=tuple(node.get("notes", ())),
        alt=_("Mapa. %(told)s.") % {"told": "; ".join(spoken)},
        **_room(node),
    )


def _room(node: dict[str, Any]) -> dict[str, Any]:
    """A map that may stretch asks for little and grows into the height that is left."""
    stretch = node.get("stretch", 0)
    return {"stretch": stretch, "shrink": 0.55 if stretch else 1.0}


def _accent(look: Look, layer: dict[str, Any], cut: BreakdownValue) -> str:
    return layer["accent"] or look.values.figure(cut.figure).chapter


def _add_dots(
    look: Look,
    outline: maps.Outline,
    points: dict[str, doc.Point],
    layer: dict[str, Any],
    cut: BreakdownValue,
) -> list[str]:
    """Mark every place of the breakdown; a place marked before gets one badge more."""
    told = []
    accent = _accent(look, layer, cut)
    for cell in cut.cells:
        place = look.values.layout["places"].get(cell.codes[0])
        if not place or place["lon"] is None or not cell.value:
            continue
        told.append(f"{cell.labels[0]} {look.number(cell.value)}")
        x, y = outline.project(place["lon"], place["lat"])
        badge = (doc.Badge(icon=layer["icon"], accent=accent),) if layer["icon"] else ()
        before = points.get(cell.codes[0])
        points[cell.codes[0]] = doc.Point(
            x=x,
            y=y,
            label=cell.labels[0],
            # With one layer the number may stand alone; with several it would not say what it counts.
            text=look.number(cell.value) if before is None else "",
            accent=before.accent if before else accent,
            badges=(*(before.badges if before else ()), *badge),
        )
    return told


def _shading(look: Look, layer: dict[str, Any] | None) -> tuple[dict[str, str], list[doc.Legend], list[str]]:
    """Fills by state, the legend of the classes, and the same in words."""
    if layer is None:
        return {}, [], []
    cut = look.values.breakdown(layer["cut"])
    valued = {cell.codes[0]: cell for cell in cut.cells if cell.value and cell.codes[0].isdigit()}
    if cut.withheld or not valued:
        nothing = _("sin datos")
        told = f"{layer['words']}: {cut.withheld or nothing}"
        return {}, [doc.Legend(words=told, colour="hatch")], [told]
    bounds = _bounds([cell.value or 0 for cell in valued.values()])
    fills = {code: SHADES[_class(cell.value or 0, bounds)] for code, cell in valued.items()}
    legend = [
        doc.Legend(words=_range_words(look, bounds, index, layer["words"]), colour=SHADES[index])
        for index in reversed(range(len(bounds)))
    ]
    for cell in cut.cells:
        if not cell.codes[0].isdigit() and cell.value:
            words = f"{cell.labels[0]}: {look.number(cell.value)}"
            legend.append(doc.Legend(words=words, colour=LAND))
        elif cell.withheld:
            withheld = _("reservado")
            legend.append(doc.Legend(words=f"{cell.labels[0]}: {withheld}", colour="hatch"))
    most = sorted(valued.values(), key=lambda cell: -(cell.value or 0))
    told = joined([f"{cell.labels[0]} {look.number(cell.value or 0)}" for cell in most])
    return fills, legend, [f"{layer['words']}: {told}"]


def _bounds(amounts: list[int]) -> list[int]:
    """Lower bounds of up to four classes at round numbers: 1, 50, 250, 1000 for amounts up to 2000."""
    most = max(amounts)
    found = [1]
    for share in (0.05, 0.2, 0.5):
        step = 10 ** max(0, len(str(int(most * share))) - 1)
        bound = max(1, int(most * share) // step * step)
        if bound > found[-1] and any(found[-1] <= amount < bound for amount in amounts):
            found.append(bound)
    return found


def _class(amount: int, bounds: list[int]) -> int:
    """The class an amount falls in; with fewer classes than shades the darkest are used."""
    return max(index for index, bound in enumerate(bounds) if amount >= bound)


def _range_words(look: Look, bounds: list[int], index: int, words: str) -> str:
    if index == len(bounds) - 1:
        return _("%(low)s o más %(words)s") % {"low": look.number(bounds[index]), "words": words}
    return _("%(low)s a %(high)s") % {
        "low": look.number(bounds[index]),
        "high": look.number(bounds[index + 1] - 1),
    }


def placed(points: Iterable[doc.Point], width: float) -> list[doc.Point]:
    """Each label on the side where it covers nothing: east first, away from the map's edge."""
    boxes = [(p.x - 6, p.y - 6, p.x + 6, p.y + 6) for p in points]
    out = []
    for point in points:
        long = LETTER * (len(point.label) + len(point.text)) + 30 * len(point.badges) + 14
        sides = _sides(point, long)
        inside = {side: box for side, box in sides.items() if box[0] >= 0 and box[2] <= width and box[1] >= 0} or sides
        side = min(inside, key=lambda side: sum(_overlap(sides[side], other) for other in boxes))
        boxes.append(sides[side])
        out.append(doc.Point(**{**doc.plain(point), "badges": point.badges, "anchor": side}))
    return out


Box = tuple[float, float, float, float]


def _sides(point: doc.Point, long: float) -> dict[str, Box]:
    """The boxes a label of this length may take, best first; the same as the template draws."""
    x, y, gap = point.x, point.y, 8
    return {
        "e": (x + gap, y - LINE / 2, x + gap + long, y + LINE / 2),
        "w": (x - gap - long, y - LINE / 2, x - gap, y + LINE / 2),
        "n": (x - long / 2, y - gap - LINE, x + long / 2, y - gap),
        "s": (x - long / 2, y + gap, x + long / 2, y + gap + LINE),
        "ne": (x - gap, y - gap - LINE, x - gap + long, y - gap),
        "se": (x - gap, y + gap, x - gap + long, y + gap + LINE),
        "nw": (x + gap - long, y - gap - LINE, x + gap, y - gap),
        "sw": (x + gap - long, y + gap, x + gap, y + gap + LINE),
    }


def _overlap(one: Box, other: Box) -> float:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return max(wide, 0) * max(high, 0)


def routes_map(look: Look, block: dict[str, Any], node: dict[str, Any]) -> doc.Map:
    """Origin → Mexico → destination: the thickness of a line is the number of respondents on it.

    Only released routes are drawn; what was gathered into "others" or withheld is said in a note.
    """
    cut = look.values.breakdown(block["cut"])
    outline = maps.outline("americas")
    coming: dict[str, int] = defaultdict(int)
    going: dict[str, int] = defaultdict(int)
    names: dict[str, str] = {}
    undrawn = 0
    for cell in cut.cells:
        ends = cell.codes
        if not cell.value:
            continue
        if len(ends) != 2 or any(outline.locate(end) is None for end in ends):
            undrawn += cell.value
            continue
        names.update(zip(ends, cell.labels, strict=True))
        coming[ends[0]] += cell.value
        going[ends[1]] += cell.value
    most = max([*coming.values(), *going.values()], default=1)
    paths = [*_lines(outline, coming, most, inward=True), *_lines(outline, going, most, inward=False)]
    points = [
        doc.Point(x=at[0], y=at[1], label=names.get(code, ""), accent=accent, size=9)
        for code, accent in _ends(coming, going)
        if (at := outline.locate(code))
    ]
    legend = (
        (doc.Legend(words=cut.withheld, colour="hatch"),)
        if cut.withheld
        else (
            doc.Legend(words=_("país de origen"), colour="#0033A0"),
            doc.Legend(words=_("país de destino"), colour="#C03A17"),
        )
    )
    notes = list(block["notes"])
    if undrawn:
        share = _("No se dibujan las rutas agrupadas o fuera del mapa (%(count)s entrevistas).")
        notes.append(share % {"count": look.number(undrawn)})
    told = joined([f"{look.cell_words(cell)} {look.number(cell.value)}" for cell in cut.cells[:8] if cell.value])
    return doc.Map(
        title=block["title"],
        svg=maps.americas_svg({HOME: "#B9CBEF"}, colours=COLOURS),
        size=(outline.width, outline.height),
        points=tuple(placed(points, outline.width)),
        paths=tuple(paths),
        legend=legend,
        legend_side=node.get("legend_side", "below"),
        picture=node.get("picture", 0.62),
        notes=tuple(notes),
        alt=_("Mapa de rutas. %(told)s.") % {"told": told or cut.withheld},
        **_room(node),
    )


def _ends(coming: dict[str, int], going: dict[str, int]) -> list[tuple[str, str]]:
    """Countries to mark, origins first; one that is both keeps the accent of the greater number."""
    codes = dict.fromkeys([*sorted(coming, key=lambda c: -coming[c]), *going])
    return [(code, "statistics" if coming.get(code, 0) >= going.get(code, 0) else "emergency") for code in codes]


def _lines(outline: maps.Outline, counts: dict[str, int], most: int, *, inward: bool) -> list[doc.Path]:
    home = outline.anchors[HOME]
    lines = []
    for code, count in sorted(counts.items(), key=lambda item: item[1]):
        at = outline.locate(code)
        if at is None or code == HOME:
            continue
        start, end = (at, home) if inward else (home, at)
        lines.append(
            doc.Path(
                start=start,
                end=end,
                weight=round(0.8 + 7 * (count / most), 2),
                bend=0.12,
                accent="statistics" if inward else "emergency",
            )
        )
    return lines
