"""Charts as SVG with their numbers in words beside them; no script, and a table for screen readers.

All lengths are SVG attributes, since the content security policy refuses inline styles. A slice is
a ``cauce.ui.parts.Slice``: label, value, percent, tone, withheld, url.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from cauce.ui import formatting
from cauce.ui.parts import Slice

RADIUS, WIDTH = 46.0, 19.0  # of the ring, in the donut's own units (100 × 100)
SERIES = 8


def tone(item: Slice, index: int) -> str:
    """The colour class of a slice: its own, or the series' next."""
    return item.tone or f"series-{index % SERIES + 1}"


def amount(item: Slice) -> float:
    """The length of a slice; withheld and missing values have none."""
    return 0.0 if item.withheld or item.value is None else max(0.0, float(item.value))


def donut(slices: Sequence[Slice], *, total: Any = None, unit: Any = "", title: Any = "") -> SafeString:
    """A ring with the total inside and the legend with every number beside it.

    ``total`` left out is the sum, unless something is withheld: then there is none to show, since
    the sum of what is left would be taken for it.
    """
    if total is None and not any(item.withheld for item in slices):
        total = sum(amount(item) for item in slices)
        total = int(total) if float(total).is_integer() else total
    whole = sum(amount(item) for item in slices) or 1.0
    arcs, start = [], 0.0
    for index, item in enumerate(slices):
        part = amount(item) / whole
        if part:
            arcs.append((tone(item, index), _arc(start, start + part)))
        start += part
    ring = format_html_join("", '<path class="fill-{}" d="{}"/>', arcs)
    context = {"rows": _rows(slices), "ring": ring, "total": total, "unit": unit, "title": title}
    return render_to_string("ui/parts/donut.html", context)


def bars(slices: Sequence[Slice], *, title: Any = "") -> SafeString:
    """Horizontal bars, the longest full; a withheld row is hatched over its whole width."""
    longest = max((amount(item) for item in slices), default=0.0) or 1.0
    return render_to_string("ui/parts/bars.html", {"rows": _rows(slices, longest), "title": title})


def columns(slices: Sequence[Slice], *, title: Any = "") -> SafeString:
    """Upright bars in a row (the months of a year), each with its number on top."""
    tallest = max((amount(item) for item in slices), default=0.0) or 1.0
    rows = _rows(slices, tallest)
    for row in rows:
        row["top"] = _number(100 - row["length"])
    return render_to_string("ui/parts/columns.html", {"rows": rows, "title": title})


def share(slices: Sequence[Slice], *, title: Any = "") -> SafeString:
    """One bar split by share; the legend below has every number."""
    whole = sum(amount(item) for item in slices) or 1.0
    rows, start = _rows(slices, whole), 0.0
    for row in rows:
        row["start"] = _number(start)
        start += row["length"]
    return render_to_string("ui/parts/share.html", {"rows": rows, "title": title})


def map_frame(svg: str, slices: Sequence[Slice] = (), *, title: Any = "") -> SafeString:
    """A drawing of ``cauce.ui.maps`` (our own markup, its texts escaped there) with its numbers beside it."""
    longest = max((amount(item) for item in slices), default=0.0) or 1.0
    context = {"svg": mark_safe(svg), "rows": _rows(slices, longest), "title": title}
    return render_to_string("ui/parts/map.html", context)


def _rows(slices: Sequence[Slice], longest: float = 1.0) -> list[dict[str, Any]]:
    return [
        {
            "slice": item,
            "tone": tone(item, index),
            "value": formatting.number(item.value) if not item.withheld else "",
            "percent": formatting.percent(item.percent) if item.percent is not None and not item.withheld else "",
            "length": round(amount(item) / longest * 100, 3),
            "width": _number(amount(item) / longest * 100),
        }
        for index, item in enumerate(slices)
    ]


def _arc(start: float, end: float) -> str:
    """The outline of a ring segment from ``start`` to ``end`` (parts of a turn, clockwise from the top)."""
    if end - start >= 0.9999:
        # An arc from a point to itself is drawn as nothing: a whole ring is two halves.
        return f"{_arc(start, start + 0.5)} {_arc(start + 0.5, start + 0.9998)}"
    large = 1 if end - start > 0.5 else 0
    inner = RADIUS - WIDTH
    outer_from, outer_to = _point(start, RADIUS), _point(end, RADIUS)
    inner_from, inner_to = _point(end, inner), _point(start, inner)
    return (
        f"M{outer_from} A{_number(RADIUS)} {_number(RADIUS)} 0 {large} 1 {outer_to} "
        f"L{inner_from} A{_number(inner)} {_number(inner)} 0 {large} 0 {inner_to} Z"
    )


def _point(turn: float, radius: float) -> str:
    angle = 2 * math.pi * turn
    return f"{_number(50 + radius * math.sin(angle))} {_number(50 - radius * math.cos(angle))}"


def _number(value: float) -> str:
    """A coordinate with a dot, whatever the language of the page."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
