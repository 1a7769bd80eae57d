"""Where a report's blocks stand on paper: ``missions/<mission>/print/<report>.yaml``.

The report itself (``mission.report``) says what is published; this file says how it is arranged:
pages, rows, pictograms, colours, the cover. It is read once when an edition is drafted and frozen
with it, in the edition's language, so that an old edition prints the same for ever.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from cauce.editions.printing import ICONS
from cauce.kernel.problems import Problem, Problems
from cauce.mission.package import Mission
from cauce.mission.report import Report
from cauce.mission.source import Block, Findings, Node, open_yaml
from cauce.mission.texts import read_texts

BASES = ("mexico", "americas")
SHAPES = ("headline", "cards", "donut", "waffle", "bars", "split", "table", "list", "map", "text")


def _number(node: Node) -> float:
    try:
        return float(node.text())
    except ValueError:
        node.wrong("not_a_number", _("«%(value)s» no es un número."), _("Escriba por ejemplo 1.5."), value=node.text())
        return 0.0


def _numbers(node: Node) -> list[float]:
    return [_number(item) for item in node.items()]


def _colour(node: Node) -> str:
    value = node.text()
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", value):
        node.wrong("not_a_colour", _("«%(value)s» no es un color."), _("Escríbalo como «#0033A0»."), value=value)
    return value


def _icon(node: Node) -> str:
    value = node.text()
    if not (ICONS / f"{value}.svg").is_file():
        node.wrong(
            "no_icon",
            _("no hay un pictograma «%(value)s»."),
            _("Los nombres están en cauce/editions/typst/icons."),
            value=value,
        )
    return value


@dataclass
class Reader:
    """Reads one layout in one language; every block, figure and breakdown it names must be in the report."""

    mission: Mission
    report: Report
    language: str
    findings: Findings

    def text(self, node: Node) -> str:
        return read_texts(node).get(self.language)

    def texts(self, node: Node) -> list[str]:
        return [self.text(item) for item in node.items()]

    def chapter(self, node: Node) -> str:
        return node.one_of(self.mission.chapters, _("un capítulo"))

    def figure(self, node: Node) -> str:
        return node.one_of(self.mission.figure_keys, _("una cifra declarada"))

    def cut(self, node: Node) -> str:
        known = [f"{figure.key}/{cut.key}" for figure in self.mission.figures.values() for cut in figure.breakdowns]
        return node.one_of(known, _("un desglose declarado"))

    def file(self, node: Node) -> dict[str, Any]:
        block = node.block(["report", "paper", "density", "cover", "figures", "cuts", "pages"])
        return {
            "paper": block.read("paper", lambda value: value.one_of(("a3", "a4"), _("un tamaño de papel")), "a3"),
            "density": block.read("density", _number, 1.0),
            "cover": self.cover(block.need("cover") or node),
            "figures": self.named(block, "figures", self.figure, self.figure_look),
            "cuts": self.named(block, "cuts", self.cut, self.cut_look),
            "pages": [self.page(item) for item in block.must("pages", Node.items, list[Node]())],
        }

    def named(self, block: Block, key: str, name: Callable[[Node], str], look: Callable[[Node], Any]) -> dict[str, Any]:
        node = block.get(key)
        return {name(each): look(value) for each, value in node.pairs()} if node else {}

    def figure_look(self, node: Node) -> dict[str, Any]:
        block = node.block(["icon", "accent", "words"])
        return {
            "icon": block.read("icon", _icon, ""),
            "accent": block.read("accent", self.chapter, ""),
            "words": block.read("words", self.text, ""),
        }

    def cut_look(self, node: Node) -> dict[str, Any]:
        return {code.text(): self.part_look(value) for code, value in node.pairs()}

    def part_look(self, node: Node) -> dict[str, Any]:
        block = node.block(["icon", "colour", "words"])
        return {
            "icon": block.read("icon", _icon, ""),
            "colour": block.read("colour", _colour, ""),
            "words": block.read("words", self.text, ""),
        }

    def cover(self, node: Node) -> dict[str, Any]:
        block = node.block(
            ["kicker", "top", "main", "lead", "height", "text_share", "top_size", "main_size", "motif", "zoom", "left",
             "rise"]
        )  # fmt: skip
        return {
            **{name: block.must(name, self.text, "") for name in ("kicker", "top", "main", "lead")},
            **{
                name: block.read(name, _number, default)
                for name, default in (
                    ("height", 262.0), ("text_share", 0.5), ("top_size", 38.0), ("main_size", 72.0), ("zoom", 1.12),
                    ("left", 0.47), ("rise", 0.03),
                )
            },
            "motif": block.read("motif", lambda value: value.one_of(BASES, _("un mapa")), ""),
        }  # fmt: skip

    def page(self, node: Node) -> dict[str, Any]:
        block = node.block(["gap", "children"])
        return {"gap": block.read("gap", _number, 16.0), "children": self.children(block)}

    def children(self, block: Block) -> list[dict[str, Any]]:
        return [self.node(item) for item in block.must("children", Node.items, list[Node]())]

    def node(self, node: Node) -> dict[str, Any]:
        """One node: the key that is there says its kind."""
        block = node.block([*KINDS, *OPTIONS, "children"])
        kinds = [kind for kind in KINDS if kind in block.found]
        if len(kinds) != 1:
            node.wrong(
                "no_kind",
                _("un nodo de la página lleva exactamente una de estas claves: %(kinds)s."),
                kinds=", ".join(KINDS),
            )
            return {"kind": "note", "notes": [], "title": ""}
        kind = kinds[0]
        options = {name: how(self, block.found[name]) for name, how in OPTIONS.items() if name in block.found}
        return {"kind": kind, **options, **KINDS[kind](self, block)}

    def known_block(self, node: Node) -> dict[str, Any]:
        keys = [block.key for block in self.report.blocks]
        return {"block": node.one_of(keys, _("un bloque del informe"))}

    def map(self, node: Node) -> dict[str, Any]:
        block = node.block(["base", "shade", "dots"])
        return {
            "base": block.read("base", lambda value: value.one_of(BASES, _("un mapa")), "mexico"),
            "shade": block.read("shade", self.layer, None),
            "dots": [self.layer(item) for item in block.read("dots", Node.items, list[Node]())],
        }

    def layer(self, node: Node) -> dict[str, Any]:
        block = node.block(["cut", "words", "icon", "accent"])
        return {
            "cut": block.must("cut", self.cut, ""),
            "words": block.must("words", self.text, ""),
            "icon": block.read("icon", _icon, ""),
            "accent": block.read("accent", self.chapter, ""),
        }


KINDS: dict[str, Callable[[Reader, Block], dict[str, Any]]] = {
    "kpis": lambda read, block: {"figures": [read.figure(item) for item in block.found["kpis"].items()]},
    "chapter": lambda read, block: {
        "chapter": read.chapter(block.found["chapter"]), "children": read.children(block)
    },
    "row": lambda read, block: {"columns": _numbers(block.found["row"]), "children": read.children(block)},
    "column": lambda read, block: {"children": read.children(block)},
    "block": lambda read, block: read.known_block(block.found["block"]),
    "map": lambda read, block: read.map(block.found["map"]),
    "method": lambda read, block: {"notes": read.texts(block.found["method"])},
    "note": lambda read, block: {"notes": read.texts(block.found["note"])},
}  # fmt: skip

OPTIONS: dict[str, Callable[[Reader, Node], Any]] = {
    "stretch": lambda read, node: _number(node),
    "gap": lambda read, node: _number(node),
    "title": lambda read, node: read.text(node),
    "icon": lambda read, node: _icon(node),
    "text_columns": lambda read, node: node.whole(),
    "label_share": lambda read, node: _number(node),
    "picture": lambda read, node: _number(node),
    "most": lambda read, node: node.whole(),
    "large": lambda read, node: node.flag(),
    "legend_side": lambda read, node: node.one_of(("right", "below"), _("un lado")),
    "as": lambda read, node: node.one_of(SHAPES, _("una forma de mostrar")),
    "cut": lambda read, node: read.cut(node),
    "notes": lambda read, node: read.texts(node),
}


def path_of(mission: Mission, report: str) -> Path:
    return mission.folder / "print" / f"{report}.yaml"


def read_layout(mission: Mission, report: Report, language: str) -> dict[str, Any]:
    """The arrangement of a report as plain data in one language.

    Raises ``Problems`` naming file and line of every mistake, ``Problem`` when there is no file.
    """
    path = path_of(mission, report.key)
    if not path.is_file():
        raise Problem(
            "editions.no_layout",
            _("El informe «%(report)s» no tiene diseño de página en %(file)s."),
            fix=_("Copie el de otro informe de la carpeta «print» y ajústelo."),
            report=report.key,
            file=path.relative_to(mission.folder).as_posix(),
        )
    findings = Findings()
    layout = Reader(mission, report, language, findings).file(open_yaml(path, mission.folder, findings))
    if findings.problems:
        raise Problems(findings.problems)
    return layout


def frozen_report(mission: Mission, report: Report, language: str) -> dict[str, Any]:
    """The report's words in one language: chapters and blocks by key, notes, number style."""
    numbers = mission.numbers
    return {
        "title": report.title.get(language),
        "subtitle": report.subtitle.get(language),
        "notes": report.notes.get(language),
        "credits": report.credits.get(language),
        "introductions": {section.chapter: section.introduction.get(language) for section in report.sections},
        "chapters": {
            chapter.key: {"title": chapter.title.get(language), "accent": chapter.accent, "icon": chapter.icon}
            for chapter in mission.chapters.values()
        },
        "blocks": {
            block.key: {
                "shape": block.layout.value,
                "title": block.title.get(language),
                "text": block.text.get(language),
                "figures": list(block.figures),
                "cut": block.breakdown or "",
                "icon": block.icon,
                "chapter": section.chapter,
            }
            for section in report.sections
            for block in section.blocks
        },
        "numbers": {
            "thousands": numbers.thousands,
            "decimal": numbers.decimal,
            "percent_space": numbers.percent_space,
            "compact_from": numbers.compact_from,
            "million": numbers.million.get(language),
            "millions": numbers.millions.get(language),
            "thousand": numbers.thousand.get(language),
        },
    }
