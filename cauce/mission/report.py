"""The report: chapters with their colours, and the editions that are printed from them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from cauce.mission.source import Node
from cauce.mission.texts import NO_TEXT, Texts, read_texts


class Layout(StrEnum):
    """How a block is drawn; the printing house decides what each looks like."""

    HEADLINE = "headline"
    CARDS = "cards"
    DONUT = "donut"
    WAFFLE = "waffle"
    BARS = "bars"
    TABLE = "table"
    LIST = "list"
    MAP = "map"
    TEXT = "text"


class Span(StrEnum):
    """The length of time a report is about."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A programme area: ``accent`` is its colour, ``icon`` the name of a sign in the project."""

    key: str
    title: Texts
    accent: str
    icon: str


@dataclass(frozen=True, slots=True)
class Block:
    """Figures shown together. ``breakdown`` is ``figure/breakdown`` for drawings of parts."""

    key: str
    layout: Layout
    title: Texts = NO_TEXT
    text: Texts = NO_TEXT
    figures: tuple[str, ...] = ()
    breakdown: str | None = None
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter as one report prints it."""

    chapter: str
    introduction: Texts
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A publication: what it is called, the time it is about, its sections in order."""

    key: str
    title: Texts
    subtitle: Texts
    span: Span
    sections: tuple[Section, ...]
    notes: Texts = NO_TEXT
    credits: Texts = NO_TEXT

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(block for section in self.sections for block in section.blocks)

    @property
    def figure_keys(self) -> tuple[str, ...]:
        """Every figure (and share) it prints, once, in the order they are printed."""
        found = [key for block in self.blocks for key in block.figures]
        found += [block.breakdown.split("/")[0] for block in self.blocks if block.breakdown]
        return tuple(dict.fromkeys(found))


def read_chapters(node: Node) -> list[Chapter]:
    return [_read_chapter(item) for item in node.items()]


def _read_chapter(node: Node) -> Chapter:
    block = node.block(["key", "title", "accent", "icon"])
    return Chapter(
        key=block.must("key", Node.code, ""),
        title=block.must("title", read_texts, NO_TEXT),
        accent=block.must("accent", _colour, ""),
        icon=block.read("icon", Node.text, ""),
    )


def _colour(node: Node) -> str:
    value = node.text()
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", value):
        node.wrong("not_a_colour", _("«%(value)s» no es un color."), _("Escríbalo como «#0033A0»."), value=value)
    return value


def read_report(node: Node, chapters: Iterable[str], figures: Iterable[str], cuts: Iterable[str]) -> Report:
    """One report; every chapter, figure and breakdown it names must exist."""
    known = (list(chapters), list(figures), list(cuts))
    block = node.block(["key", "title", "subtitle", "span", "sections", "notes", "credits"])
    sections = block.must_items("sections")
    return Report(
        key=block.must("key", Node.code, ""),
        title=block.must("title", read_texts, NO_TEXT),
        subtitle=block.read("subtitle", read_texts, NO_TEXT),
        span=block.must("span", lambda value: value.member(Span, _("un lapso")), Span.YEAR),
        sections=tuple(_read_section(item, *known) for item in sections),
        notes=block.read("notes", read_texts, NO_TEXT),
        credits=block.read("credits", read_texts, NO_TEXT),
    )


def _read_section(node: Node, chapters: list[str], figures: list[str], cuts: list[str]) -> Section:
    block = node.block(["chapter", "introduction", "blocks"])
    return Section(
        chapter=block.must("chapter", lambda value: value.one_of(chapters, _("un capítulo")), ""),
        introduction=block.read("introduction", read_texts, NO_TEXT),
        blocks=tuple(_read_block(item, figures, cuts) for item in block.must_items("blocks")),
    )


def _read_block(node: Node, figures: list[str], cuts: list[str]) -> Block:
    block = node.block(["key", "layout", "title", "text", "figures", "breakdown", "icon"])
    return Block(
        key=block.must("key", Node.code, ""),
        layout=block.must("layout", lambda value: value.member(Layout, _("una forma de mostrar")), Layout.CARDS),
        title=block.read("title", read_texts, NO_TEXT),
        text=block.read("text", read_texts, NO_TEXT),
        figures=tuple(item.one_of(figures, _("una cifra declarada")) for item in block.items("figures")),
        breakdown=block.read("breakdown", lambda value: value.one_of(cuts, _("un desglose declarado")), None),
        icon=block.read("icon", Node.text, ""),
    )
