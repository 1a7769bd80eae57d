"""The document's charts as SVG for the public page: attributes only, so that no style is inline."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe

from cauce.editions.document import Map, Part, Point
from cauce.editions.printing import icon_svg

PLAIN = 'aria-hidden="true" focusable="false" xmlns="http://www.w3.org/2000/svg"'


def _svg(width: float, height: float, klass: str, body: str) -> SafeString:
    # Every text put into a drawing here goes through escape(); numbers are our own.
    return mark_safe(f'<svg class="{klass}" viewBox="0 0 {width:g} {height:g}" {PLAIN}>{body}</svg>')


def _at(turn: float, radius: float, centre: float = 100) -> str:
    angle = turn * 2 * math.pi
    return f"{centre + radius * math.sin(angle):.2f} {centre - radius * math.cos(angle):.2f}"


def donut(parts: Sequence[Part]) -> SafeString:
    """A ring of shares; the numbers stand beside it in words and on the slices wide enough."""
    total = sum(part.raw or 0 for part in parts) or 1
    outer, inner, start, body = 98, 58, 0.0, []
    for part in parts:
        # A whole ring would begin and end in the same point and vanish.
        share = min((part.raw or 0) / total, 0.9999)
        end = start + share
        large = int(share > 0.5)
        body.append(
            f'<path fill="{part.colour}" stroke="#fff" stroke-width="1.2" d="M{_at(start, outer)}'
            f"A{outer} {outer} 0 {large} 1 {_at(end, outer)}L{_at(end, inner)}"
            f'A{inner} {inner} 0 {large} 0 {_at(start, inner)}Z"/>'
        )
        if share >= 0.06:
            x, y = _at((start + end) / 2, (outer + inner) / 2).split()
            body.append(
                f'<text x="{x}" y="{y}" dy=".35em" text-anchor="middle" font-size="13" font-weight="800" '
                f'fill="{part.on}">{escape(part.text)}</text>'
            )
        start = end
    return _svg(200, 200, "ring", "".join(body))


def bar(share: float, colour: str) -> SafeString:
    """One bar, ``share`` 0–1 of the longest."""
    width = max(share * 100, 0.8) if share else 0
    body = f'<rect width="{width:.2f}" height="8" fill="{colour}"/>'
    return mark_safe(f'<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" {PLAIN}>{body}</svg>')


def split(parts: Sequence[Part]) -> SafeString:
    total, x, body = sum(part.raw or 0 for part in parts) or 1, 0.0, []
    for part in parts:
        width = (part.raw or 0) * 100 / total
        body.append(f'<rect x="{x:.2f}" width="{width:.2f}" height="10" fill="{part.colour}"/>')
        x += width
    return mark_safe(
        f'<svg class="split-bar" viewBox="0 0 100 10" preserveAspectRatio="none" {PLAIN}>{"".join(body)}</svg>'
    )


def waffle(parts: Sequence[Part], columns: int = 25) -> SafeString:
    """A hundred people, coloured in the order of the parts."""
    names = [f"ed-{name}-{parts[0].key}" if parts else name for name in ("person-2", "person-1")]
    body = [
        f"<defs>{''.join(_symbol(name, each) for name, each in zip(names, ('person-2', 'person-1'), strict=True))}</defs>"
    ]
    index = 0
    for part in parts:
        for _each in range(part.raw or 0):
            x, y = index % columns * 30, index // columns * 56
            body.append(f'<use href="#{escape(names[index % 2])}" x="{x}" y="{y}" fill="{part.colour}"/>')
            index += 1
    return _svg(columns * 30, math.ceil(index / columns) * 56, "waffle", "".join(body))


def _symbol(identifier: str, icon: str) -> str:
    """A pictogram drawn once and used a hundred times; its fill is that of the use."""
    paths = icon_svg(icon).partition(">")[2].rpartition("</svg>")[0]
    return f'<g id="{escape(identifier)}">{paths}</g>'


def map_drawing(node: Map, accents: dict[str, dict[str, str]]) -> SafeString:
    """The base with its routes, dots and names."""
    inner = node.svg[node.svg.index(">") + 1 : node.svg.rindex("</svg>")]
    width, height = node.size
    body = [f'<rect width="{width:g}" height="{height:g}" fill="{node.sea}"/>', inner]
    for path in node.paths:
        (x1, y1), (x2, y2) = path.start, path.end
        cx, cy = (x1 + x2) / 2 + (y2 - y1) * path.bend, (y1 + y2) / 2 - (x2 - x1) * path.bend
        body.append(
            f'<path d="M{x1:g} {y1:g}Q{cx:.1f} {cy:.1f} {x2:g} {y2:g}" fill="none" stroke-linecap="round" '
            f'stroke="{accents[path.accent]["solid"]}" stroke-opacity=".75" stroke-width="{path.weight * 1.4:g}"/>'
        )
    body += [_point(point, accents[point.accent]["solid"]) for point in node.points]
    return _svg(width, height, "map", "".join(body))


def _point(point: Point, colour: str) -> str:
    dot = f'<circle cx="{point.x:g}" cy="{point.y:g}" r="{point.size}" fill="{colour}" stroke="#fff" stroke-width="2"/>'
    if not point.label:
        return dot
    anchor = point.anchor
    side = "start" if "e" in anchor else "end" if "w" in anchor else "middle"
    beside = anchor in {"e", "w"}
    dx = {"start": 14 if beside else -8, "end": -14 if beside else 8, "middle": 0}[side]
    dy = 8 if beside else -16 if "n" in anchor else 32
    words = f"{point.label} {point.text}".strip()
    return (
        f'{dot}<text x="{point.x + dx:g}" y="{point.y + dy:g}" text-anchor="{side}" font-size="24" font-weight="700" '
        f'fill="#17233C" stroke="#fff" stroke-width="5" stroke-linejoin="round" paint-order="stroke">'
        f"{escape(words)}</text>"
    )
