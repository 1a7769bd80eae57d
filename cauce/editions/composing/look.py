"""Colours, words and numbers as an edition prints them; nothing here knows where a value came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cauce.disclosure.released import OTHERS, UNKNOWN
from cauce.editions.document import Cell, Part
from cauce.editions.values import BreakdownValue, CellValue, FigureValue, Values
from cauce.mission.texts import NumberStyle, Texts

# Told apart by hue and lightness, and each always stands beside its number and words (look.md 2).
SERIES = ("#0033A0", "#5C93E6", "#6A3D9A", "#00857A", "#E0552B", "#F5A300", "#38577F", "#A33212", "#3B7A2A", "#8A5200")
DARK_ON = "#17233C"
# Shades of a map, lightest first; land without a value stays the map's own grey.
SHADES = ("#C3D3F2", "#8FAEE8", "#4F7FD6", "#0033A0")
LAST = (OTHERS, UNKNOWN)
LAND = "#D9E1EF"


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mixed(colour: str, other: str, share: float) -> str:
    """``share`` of ``colour`` in ``other``."""
    parts = (round(a * share + b * (1 - share)) for a, b in zip(_rgb(colour), _rgb(other), strict=True))
    return "#" + "".join(f"{part:02X}" for part in parts)


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2): 0 black, 1 white."""
    channels = [value / 255 for value in _rgb(colour)]
    linear = [value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def readable_on(colour: str) -> str:
    """White or ink, whichever has the greater contrast on ``colour``."""
    return "#FFFFFF" if 1.05 / (luminance(colour) + 0.05) >= (luminance(colour) + 0.05) / 0.066 else DARK_ON


def accent_of(solid: str) -> dict[str, str]:
    """An accent's three uses: solid, a tint for grounds, a darker one for text on the tint."""
    return {"solid": solid, "tint": mixed(solid, "#FFFFFF", 0.1), "chip": mixed(solid, "#000000", 0.85)}


def lead_lower(text: str) -> str:
    """A label as it reads after a number: ``Casos …`` → ``casos …``, but ``NNA …`` stays."""
    return text[:1].lower() + text[1:] if not text[1:2].isupper() else text


def joined(items: list[str]) -> str:
    """``a, b y c`` in the language of the edition."""
    if len(items) < 2:
        return "".join(items)
    return _("%(first)s y %(last)s") % {"first": ", ".join(items[:-1]), "last": items[-1]}


@dataclass(frozen=True)
class Look:
    """An edition's values with the words, colours and number style they are printed in."""

    values: Values
    language: str

    @property
    def report(self) -> dict[str, Any]:
        return self.values.layout["report"]

    @property
    def page(self) -> dict[str, Any]:
        return self.values.layout["print"]

    @property
    def numbers(self) -> NumberStyle:
        data = self.report["numbers"]
        words = {name: Texts((("es", data[name]),)) for name in ("million", "millions", "thousand")}
        return NumberStyle(**{**data, **words})

    def number(self, value: int, *, compact: bool = False) -> str:
        return self.numbers.format(value, compact=compact)

    def percent(self, value: int) -> str:
        return self.numbers.percent(value)

    # One number

    def text_of(self, figure: FigureValue, *, compact: bool = False) -> str:
        if figure.value is None:
            return ""
        return self.percent(figure.value) if figure.unit == "percent" else self.number(figure.value, compact=compact)

    def cell(self, key: str, *, compact: bool = False) -> Cell:
        figure = self.values.figure(key)
        return Cell(key=key, text=self.text_of(figure, compact=compact), raw=figure.value, withheld=figure.withheld)

    def words(self, key: str) -> str:
        """What stands after the number: the layout's own short words, or the figure's label."""
        own = self.page["figures"].get(key, {}).get("words", "")
        return own or lead_lower(self.values.figure(key).label)

    def icon(self, key: str) -> str:
        return self.page["figures"].get(key, {}).get("icon", "")

    def accent(self, key: str) -> str:
        return self.page["figures"].get(key, {}).get("accent", "") or self.values.figure(key).chapter

    def sentence(self, key: str) -> str:
        """The figure's sentence with its number, or with the words of a withheld one."""
        figure = self.values.figure(key)
        shown = self.text_of(figure) if figure.value is not None else _("(dato reservado)")
        return figure.sentence.replace("{value}", shown)

    # One breakdown

    def parts(self, cut: BreakdownValue, *, shares: bool, most: int = 0, by_size: bool = False) -> tuple[Part, ...]:
        """A breakdown's cells as parts: integer percentages when ``shares``, else counts.

        ``by_size`` puts the largest first; what was gathered or is not known stays last.
        """
        looks = self.page["cuts"].get(cut.name, {})
        # An empty category of a declared list would be a slice of nothing.
        cells = [cell for cell in cut.cells if cell.withheld or cell.value]
        if by_size:
            cells.sort(key=lambda cell: (cell.codes[0] in LAST, -(cell.value or 0)))
        return tuple(
            self._part(cut.figure, cell, looks.get(cell.codes[0], {}), SERIES[index % len(SERIES)], shares)
            for index, cell in enumerate(cells[:most] if most else cells)
        )

    def cell_words(self, cell: CellValue) -> str:
        """A cell's words; a route is said as a way: ``Honduras a México``."""
        if len(cell.labels) == 2:
            return _("%(origin)s a %(destination)s") % {"origin": cell.labels[0], "destination": cell.labels[1]}
        return ", ".join(cell.labels)

    def share_label(self, figure: str, code: str) -> str:
        """The label of the share a category is printed as; empty when it has none of its own."""
        return next((f.label for f in self.values.figures if f.parent == figure and f.code == code), "")

    def _part(self, figure: str, cell: CellValue, look: dict[str, str], colour: str, shares: bool) -> Part:
        colour = look.get("colour") or colour
        raw = cell.percent if shares else cell.value
        return Part(
            key="/".join(cell.codes),
            words=look.get("words") or self.share_label(figure, cell.codes[0]) or self.cell_words(cell),
            text="" if raw is None else self.percent(raw) if shares else self.number(raw),
            raw=raw,
            withheld=cell.withheld,
            colour=colour,
            on=readable_on(colour),
            icon=look.get("icon", ""),
        )

    def spoken(self, title: str, parts: tuple[Part, ...]) -> str:
        """A chart in words: what a screen reader says in place of the drawing."""
        withheld = _("reservado")
        told = [f"{part.words}: {part.text or withheld}" for part in parts]
        return f"{title.rstrip('.?:')}: {'; '.join(told)}." if title else f"{'; '.join(told)}."
