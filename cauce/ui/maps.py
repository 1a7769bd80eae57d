"""Maps as SVG, made in Python: no tiles, no script, the same drawing on a page and in print.

The outlines (Natural Earth, public domain; NOTICE) were projected once and lie beside the static
files; only points are projected here, with the formulas of the Lambert conformal conic on a sphere.
Mexico uses the parallels and origin of INEGI's national map (17.5, 29.5; 12 N, 102 W).
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "static" / "cauce" / "maps"
EARTH_KM = 6371.0
# Defaults as presentation attributes: print takes them as they are, a page's stylesheet overrides
# them by class, and neither needs the inline style that the security policy refuses.
COLOURS = {
    "neighbour": "#EDF0F5",
    "land": "#D5DFEF",
    "border": "#FFFFFF",
    "dot": "#0033A0",
    "route": "#0033A0",
    "label": "#17233C",
}
# Average width of a letter of Noto Sans as a share of the font size, with some air.
LETTER = 0.56


@dataclass(frozen=True, slots=True)
class Dot:
    """A place on the map, in degrees east and north. ``label`` is drawn beside it; ``name`` is for who cannot see it.

    ``colour`` overrides the default; ``url`` makes it a link, which needs one of the two.
    """

    lon: float
    lat: float
    label: str = ""
    klass: str = ""
    radius: float = 5.0
    colour: str = ""
    url: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """A line between two ends: each an area's key (``HND``, ``07``) or a pair of degrees (lon, lat)."""

    start: str | tuple[float, float]
    end: str | tuple[float, float]
    width: float = 2.0
    klass: str = ""
    colour: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """A projected map: areas by key, land around it, and how degrees become its coordinates."""

    width: float
    height: float
    areas: Mapping[str, str]
    around: Mapping[str, str]
    anchors: Mapping[str, tuple[float, float]]
    parallels: tuple[float, float]
    origin: tuple[float, float]
    scale: float
    shift: tuple[float, float]

    def project(self, lon: float, lat: float) -> tuple[float, float]:
        """Degrees to the viewBox: x to the right, y down."""
        cone, factor = _cone(*self.parallels)
        rho = factor / _stretch(lat) ** cone
        rho_origin = factor / _stretch(self.origin[1]) ** cone
        theta = cone * math.radians(lon - self.origin[0])
        x = EARTH_KM * rho * math.sin(theta)
        y = EARTH_KM * (rho * math.cos(theta) - rho_origin)
        return round(x * self.scale + self.shift[0], 2), round(y * self.scale + self.shift[1], 2)

    def locate(self, end: str | tuple[float, float]) -> tuple[float, float] | None:
        """Where a route ends; None for an area that is not on this map."""
        if isinstance(end, str):
            return self.anchors.get(end)
        return self.project(*end)


def _stretch(lat: float) -> float:
    return math.tan(math.pi / 4 + math.radians(lat) / 2)


@cache
def _cone(first: float, second: float) -> tuple[float, float]:
    cone = math.log(math.cos(math.radians(first)) / math.cos(math.radians(second))) / math.log(
        _stretch(second) / _stretch(first)
    )
    return cone, math.cos(math.radians(first)) * _stretch(first) ** cone / cone


@cache
def outline(name: str) -> Outline:
    """Read ``mexico`` (areas are states by INEGI key) or ``americas`` (countries by ISO alpha-3)."""
    raw = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    on = raw["projection"]
    return Outline(
        width=raw["width"],
        height=raw["height"],
        areas=raw.get("states") or raw["countries"],
        around=raw.get("neighbours", {}),
        anchors={key: (x, y) for key, (x, y) in raw["anchors"].items()},
        parallels=(on["lat_1"], on["lat_2"]),
        origin=(on["lon_0"], on["lat_0"]),
        scale=raw["scale"],
        shift=(raw["dx"], raw["dy"]),
    )


def project(lon: float, lat: float) -> tuple[float, float]:
    """Degrees to the coordinates of Mexico's map."""
    return outline("mexico").project(lon, lat)


def mexico_svg(
    fills: Mapping[str, str] | None = None,
    dots: Iterable[Dot] = (),
    *,
    routes: Iterable[Route] = (),
    title: str = "",
    colours: Mapping[str, str] | None = None,
    text: float = 17.0,
) -> str:
    """Mexico's 32 states among their neighbours.

    ``fills`` gives states (INEGI key) a class or a colour (``#…``); ``text`` is the size of labels in
    units of the viewBox (1000 wide). With a ``title`` the drawing has a name for screen readers,
    without one it is decoration and the numbers must stand beside it.
    """
    return _draw(outline("mexico"), fills or {}, list(dots), list(routes), title, {**COLOURS, **(colours or {})}, text)


def americas_svg(
    fills: Mapping[str, str] | None = None,
    dots: Iterable[Dot] = (),
    *,
    routes: Iterable[Route] = (),
    title: str = "",
    colours: Mapping[str, str] | None = None,
    text: float = 17.0,
) -> str:
    """From the United States to the north of South America, for routes; as ``mexico_svg``, by alpha-3 code."""
    return _draw(
        outline("americas"), fills or {}, list(dots), list(routes), title, {**COLOURS, **(colours or {})}, text
    )


def _draw(
    on: Outline,
    fills: Mapping[str, str],
    dots: list[Dot],
    routes: list[Route],
    title: str,
    colours: Mapping[str, str],
    text: float,
) -> str:
    # A picture has no parts one can go to: with links it is a group instead.
    role = "group" if any(dot.url for dot in dots) else "img"
    name = f'role="{role}" aria-label="{escape(title)}"' if title else 'aria-hidden="true"'
    parts = [f'<svg class="map" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {on.width:g} {on.height:g}" {name}>']
    border = f'stroke="{colours["border"]}" stroke-width="1.2" stroke-linejoin="round"'
    parts.append(f'<g class="map-around" fill="{colours["neighbour"]}" {border}>')
    parts += [f'<path d="{d}"/>' for d in on.around.values()]
    parts.append(f'</g><g class="map-areas" fill="{colours["land"]}" {border}>')
    parts += [_area(key, d, fills.get(key, "")) for key, d in on.areas.items()]
    parts.append("</g>")
    parts += [_route(on, route, colours) for route in routes]
    points = [on.project(dot.lon, dot.lat) for dot in dots]
    parts += [_dot(dot, point, colours) for dot, point in zip(dots, points, strict=True)]
    parts += _labels(on, dots, points, colours, text)
    parts.append("</svg>")
    return "".join(parts)


def _area(key: str, d: str, fill: str) -> str:
    if fill.startswith("#"):
        return f'<path data-key="{key}" d="{d}" fill="{escape(fill)}"/>'
    return f'<path data-key="{key}" d="{d}"{f" class={chr(34)}{escape(fill)}{chr(34)}" if fill else ""}/>'


def _dot(dot: Dot, point: tuple[float, float], colours: Mapping[str, str]) -> str:
    x, y = point
    klass = f"map-dot {dot.klass}".strip()
    mark = (
        f'<circle class="{escape(klass)}" cx="{x:g}" cy="{y:g}" r="{dot.radius:g}" '
        f'fill="{escape(dot.colour or colours["dot"])}" stroke="{colours["border"]}" stroke-width="1.5"/>'
    )
    # The label drawn apart is decoration; the dot itself carries the name.
    name = escape(dot.name or dot.label)
    if dot.url:
        return f'<a href="{escape(dot.url)}" aria-label="{name}">{mark}</a>'
    return f"<g>{f'<title>{name}</title>' if name else ''}{mark}</g>"


def _route(on: Outline, route: Route, colours: Mapping[str, str]) -> str:
    start, end = on.locate(route.start), on.locate(route.end)
    if start is None or end is None:
        return ""
    (x1, y1), (x2, y2) = start, end
    # A gentle bow to one side keeps routes that share an end apart.
    bend_x, bend_y = (x1 + x2) / 2 + (y2 - y1) * 0.16, (y1 + y2) / 2 - (x2 - x1) * 0.16
    klass = f"map-route {route.klass}".strip()
    name = f"<title>{escape(route.label)}</title>" if route.label else ""
    return (
        f'<path class="{escape(klass)}" d="M{x1:g} {y1:g}Q{bend_x:.1f} {bend_y:.1f} {x2:g} {y2:g}" fill="none" '
        f'stroke="{escape(route.colour or colours["route"])}" stroke-width="{route.width:g}" '
        f'stroke-linecap="round" stroke-opacity="0.75">{name}</path>'
    )


Box = tuple[float, float, float, float]


def _labels(
    on: Outline, dots: list[Dot], points: list[tuple[float, float]], colours: Mapping[str, str], text: float
) -> list[str]:
    """Labels beside their dots, each on the first side where nothing else lies; none is ever cut or left out."""
    taken: list[Box] = [
        (x - d.radius, y - d.radius, x + d.radius, y + d.radius) for d, (x, y) in zip(dots, points, strict=True)
    ]
    drawn = []
    for dot, point in zip(dots, points, strict=True):
        if not dot.label:
            continue
        choices = list(_places(dot, point, text))
        inside = [each for each in choices if _fits(each[0], on)] or choices
        box, x, y, anchor = min(inside, key=lambda each: sum(_overlap(each[0], other) for other in taken))
        taken.append(box)
        drawn.append(
            f'<text class="map-label" aria-hidden="true" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" '
            f'font-family="Noto Sans" font-size="{text:g}" font-weight="600" fill="{colours["label"]}" '
            f'stroke="#FFFFFF" stroke-width="{text / 5:g}" stroke-linejoin="round" paint-order="stroke">'
            f"{escape(dot.label)}</text>"
        )
    return drawn


def _places(dot: Dot, point: tuple[float, float], text: float) -> Iterable[tuple[Box, float, float, str]]:
    """The eight places a label may stand, best first: right, left, above, below, and the corners."""
    x, y = point
    wide, gap = len(dot.label) * text * LETTER, dot.radius + text * 0.35
    for dx, dy in ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -0.9), (-1, -0.9), (1, 0.9), (-1, 0.9)):
        left = x + gap if dx > 0 else x - gap - wide if dx < 0 else x - wide / 2
        base = y + text * 0.35 + dy * (gap + text * (0.35 if dx == 0 else 0.1))
        anchor = {1: "start", -1: "end", 0: "middle"}[dx]
        at = left if dx > 0 else left + wide if dx < 0 else x
        yield (left - 2, base - text * 0.9, left + wide + 2, base + text * 0.35), at, base, anchor


def _fits(box: Box, on: Outline) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= on.width and box[3] <= on.height


def _overlap(one: Box, other: Box) -> float:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return max(wide, 0) * max(high, 0)
