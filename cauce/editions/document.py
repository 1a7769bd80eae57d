"""The print document: the one JSON that the infographic, the report and the public page are made of.

It carries words and released numbers only. Every number is a :class:`Cell` made from a Released
cell of ``cauce.disclosure``: its printed text and its integer, or the words that say why it is
withheld. Nothing downstream of this file can see a raw count, a definition or a record.

Lengths are in units of one point at the document's ``density``; coordinates of maps are those of
the map's own drawing. Colours are ``#RRGGBB``; accents are names of :attr:`Document.accents`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, ClassVar

SCHEMA = "cauce.print/1"


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """One number as it is printed: ``text`` and ``raw``, or the reason it is ``withheld``."""

    key: str
    text: str = ""
    raw: int | None = None
    withheld: str = ""

    def __post_init__(self) -> None:
        if bool(self.withheld) == (self.raw is not None):
            raise ValueError(f"{self.key}: a cell is either a number or withheld")


@dataclass(frozen=True, kw_only=True, slots=True)
class Stat:
    """A number with its words and its pictogram."""

    cell: Cell
    words: str
    icon: str = ""
    accent: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One category of a breakdown: a share or a count, with the words and colour it is drawn in."""

    key: str
    words: str
    text: str = ""
    raw: int | None = None
    withheld: str = ""
    colour: str
    on: str = "#FFFFFF"
    icon: str = ""


@dataclass(frozen=True, kw_only=True)
class Node:
    """Anything that stands on a page. ``stretch`` is its weight in sharing out free height."""

    kind: ClassVar[str] = ""
    stretch: float = 0
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class Row(Node):
    kind: ClassVar[str] = "row"
    columns: tuple[float, ...]
    children: tuple[Node, ...]
    gap: float = 12


@dataclass(frozen=True, kw_only=True)
class Column(Node):
    kind: ClassVar[str] = "column"
    children: tuple[Node, ...]
    gap: float = 12


@dataclass(frozen=True, kw_only=True)
class Chapter(Node):
    """A titled panel in its programme's accent."""

    kind: ClassVar[str] = "chapter"
    accent: str
    icon: str = ""
    children: tuple[Node, ...]
    gap: float = 12


@dataclass(frozen=True, kw_only=True)
class Kpis(Node):
    """The strip of headline numbers that overlaps the cover."""

    kind: ClassVar[str] = "kpis"
    stats: tuple[Stat, ...]


@dataclass(frozen=True, kw_only=True)
class Card(Node):
    kind: ClassVar[str] = "card"
    stats: tuple[Stat, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Breakdown(Node):
    """Common to the charts: parts, what they say without being seen, or why they are withheld."""

    parts: tuple[Part, ...]
    alt: str
    withheld: str = ""
    accent: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Donut(Breakdown):
    kind: ClassVar[str] = "donut"
    cell: Cell
    words: str


@dataclass(frozen=True, kw_only=True)
class Waffle(Breakdown):
    """A hundred people; ``parts`` are integer percentages that sum to 100."""

    kind: ClassVar[str] = "waffle"
    cell: Cell
    words: str
    columns: int = 2


@dataclass(frozen=True, kw_only=True)
class Bars(Breakdown):
    kind: ClassVar[str] = "bars"
    label_share: float = 0.36
    gap: float = 6.5


@dataclass(frozen=True, kw_only=True)
class Split(Breakdown):
    """One bar of the whole, cut into its parts."""

    kind: ClassVar[str] = "split"
    columns: int = 2


@dataclass(frozen=True, kw_only=True)
class Chips(Node):
    kind: ClassVar[str] = "chips"
    cell: Cell | None = None
    chips: tuple[str, ...]
    accent: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Headline(Node):
    kind: ClassVar[str] = "headline"
    cell: Cell
    words: str
    accent: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Note(Node):
    kind: ClassVar[str] = "note"
    notes: tuple[str, ...]
    columns: int = 1
    boxed: bool = True


@dataclass(frozen=True, kw_only=True)
class Table(Node):
    kind: ClassVar[str] = "table"
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Badge:
    icon: str
    accent: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """A place on a map; ``anchor`` (n, e, s, w, ne, se, sw, nw) is the side its name stands at."""

    x: float
    y: float
    label: str = ""
    text: str = ""
    accent: str
    size: float = 8
    anchor: str = "e"
    badges: tuple[Badge, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Path:
    """A route; ``bend`` is how far the arc leaves the straight line, as a share of its length."""

    start: tuple[float, float]
    end: tuple[float, float]
    weight: float = 1
    bend: float = 0.16
    accent: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Legend:
    """A line of a map's legend: a pictogram or a colour (``hatch`` for withheld), number, words."""

    words: str
    text: str = ""
    icon: str = ""
    accent: str = ""
    colour: str = ""


@dataclass(frozen=True, kw_only=True)
class Map(Node):
    """``svg`` is the base with its shading, ``size`` its width and height; names are drawn on top."""

    kind: ClassVar[str] = "map"
    svg: str
    size: tuple[float, float]
    sea: str = "#E4ECF8"
    points: tuple[Point, ...] = ()
    paths: tuple[Path, ...] = ()
    legend: tuple[Legend, ...] = ()
    legend_side: str = "right"
    shrink: float = 1
    picture: float = 0.6
    notes: tuple[str, ...] = ()
    alt: str


@dataclass(frozen=True, kw_only=True)
class Motif:
    """The cover's picture: a map drawing with dots and dotted ways, placed in shares of the cover."""

    svg: str = ""
    size: tuple[float, float] = (1, 1)
    zoom: float = 1
    left: float = 0.45
    top: float = 0
    points: tuple[tuple[float, float], ...] = ()
    paths: tuple[Path, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Cover:
    kicker: str
    top: str
    main: str
    lead: str
    height: float = 270
    overlap: float = 44
    text_share: float = 0.42
    top_size: float = 33
    main_size: float = 62
    motif: Motif = field(default_factory=Motif)


@dataclass(frozen=True, kw_only=True)
class Page:
    children: tuple[Node, ...]
    gap: float = 16


@dataclass(frozen=True, kw_only=True)
class Document:
    """Everything a printed edition needs, and nothing a reader may not have."""

    title: str
    author: str
    keywords: tuple[str, ...] = ()
    language: str
    region: str
    paper: str = "a3"
    density: float = 1
    running: str
    footer: str
    simulated: str = ""
    words: dict[str, str]
    accents: dict[str, dict[str, str]]
    cover: Cover
    pages: tuple[Page, ...]
    schema: str = SCHEMA

    def to_json(self) -> str:
        """Canonical JSON: sorted keys, no blanks that vary, so that equal documents are equal bytes."""
        return json.dumps(plain(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


# ``from`` is a word of Python and the template's own name for a route's start.
_RENAMED = {"start": "from", "end": "to"}


def plain(value: Any) -> Any:
    """Dataclasses as dictionaries, with the kind of every node; tuples as lists."""
    if is_dataclass(value) and not isinstance(value, type):
        renamed = _RENAMED if isinstance(value, Path) else {}
        out = {renamed.get(each.name, each.name): plain(getattr(value, each.name)) for each in fields(value)}
        if isinstance(value, Node):
            out["kind"] = value.kind
        return out
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value


def cells(document: Document) -> list[Cell]:
    """Every number of the document with a figure's key, in reading order: what the tests compare."""
    found: list[Cell] = []

    def walk(value: Any) -> None:
        if isinstance(value, Cell):
            found.append(value)
        elif is_dataclass(value) and not isinstance(value, type):
            for each in fields(value):
                walk(getattr(value, each.name))
        elif isinstance(value, list | tuple):
            for each in value:
                walk(each)

    walk(document.pages)
    return found


__all__ = [
    "Badge", "Bars", "Breakdown", "Card", "Cell", "Chapter", "Chips", "Column", "Cover", "Document", "Donut",
    "Headline", "Kpis", "Legend", "Map", "Motif", "Node", "Note", "Page", "Part", "Path", "Point", "Row", "Split",
    "Stat", "Table", "Waffle", "cells", "plain",
]  # fmt: skip
