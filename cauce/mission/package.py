"""A mission package as one frozen object, read from a folder once and kept.

    mission.yaml            name, country, languages, number style, offices, folio, quick facts
    vocabularies/*.yaml     code lists
    report/chapters.yaml    programme areas; report/<edition>.yaml what is printed
    figures/*.yaml          definitions
    terms/*.yaml            words the mission uses, in its languages

``reference/`` holds published values. It is never read here: a figure must not know its target
(design.md §9).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cauce.kernel.problems import Problems
from cauce.mission.definition import Breakdown, FigureDefinition, Share
from cauce.mission.figures import Lists, check_references, read_figures
from cauce.mission.report import Chapter, Report, read_chapters, read_report
from cauce.mission.source import Findings, Node, open_yaml
from cauce.mission.texts import LANGUAGE_CODES, NO_TEXT, NumberStyle, Texts, read_texts
from cauce.mission.vocabulary import Vocabulary, read_vocabularies

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class OfficeInfo:
    """An office of the mission; ``place`` is the INEGI key of its municipality."""

    code: str
    name: Texts
    place: str


@dataclass(frozen=True, slots=True)
class QuickFact:
    """A sentence about the mission that is not a figure (its introduction)."""

    key: str
    text: Texts


@dataclass(frozen=True)
class Mission:
    """Everything that is this mission's and not the program's. Read-only."""

    key: str
    name: Texts
    short_name: Texts
    country: str
    time_zone: str
    languages: tuple[str, ...]
    numbers: NumberStyle
    folio: str
    offices: tuple[OfficeInfo, ...]
    quick_facts: tuple[QuickFact, ...]
    vocabularies: Mapping[str, Vocabulary] = field(repr=False)
    chapters: Mapping[str, Chapter] = field(repr=False)
    figures: Mapping[str, FigureDefinition] = field(repr=False)
    reports: Mapping[str, Report] = field(repr=False)
    terms: Mapping[str, Texts] = field(repr=False)
    folder: Path = field(compare=False, repr=False)

    def vocabulary(self, key: str) -> Vocabulary:
        """A code list; KeyError when the mission has none of that name."""
        return self.vocabularies[key]

    def figure(self, key: str) -> FigureDefinition:
        """The definition that ``key`` (a figure's or one of its shares') rests on."""
        if key in self.figures:
            return self.figures[key]
        for figure in self.figures.values():
            if key in figure.keys:
                return figure
        raise KeyError(f"no figure {key!r} is declared in {self.key}")

    def share(self, key: str) -> Share | None:
        """The share a key names, or None when it names a figure."""
        figure = self.figure(key)
        return None if key == figure.key else figure.share(key)

    @property
    def figure_keys(self) -> tuple[str, ...]:
        """Every printed key: figures and shares, in the order of declaration."""
        return tuple(key for figure in self.figures.values() for key in figure.keys)

    def code_label(self, cut: Breakdown, code: str, language: str = "es") -> str:
        """The label of a breakdown's code out of its list; the code itself without one."""
        vocabulary = self.vocabularies.get(cut.vocabulary or "")
        return vocabulary.text(code, language) if vocabulary else code

    def office(self, code: str) -> OfficeInfo:
        for office in self.offices:
            if office.code == code:
                return office
        raise KeyError(f"no office {code!r} in {self.key}")

    def make_folio(self, *, office: str, year: int, number: int) -> str:
        """A folio by the mission's pattern, e.g. ``TIJ-22-004711``."""
        return self.folio.format(office=office.upper(), year=year, yy=year % 100, number=number)


def current() -> Mission:
    """The installation's mission (``settings.MISSION``), read once per process.

    Raises ``Problems`` with every mistake of the package.
    """
    return load(settings.MISSION)


@cache
def load(folder: Path) -> Mission:
    """Read and check the package in ``folder``. Raises ``Problems``: all mistakes, each with its line."""
    mission, findings = read(Path(folder))
    if findings.problems:
        raise Problems(findings.problems)
    return mission


def read(folder: Path) -> tuple[Mission, Findings]:
    """The package as far as it can be read, and the mistakes found."""
    findings = Findings()
    head = open_yaml(folder / "mission.yaml", folder, findings)
    vocabularies = _collect(folder, "vocabularies", findings, read_vocabularies, lambda item: item.key)
    chapters_file = folder / "report" / "chapters.yaml"
    chapter_list = read_chapters(open_yaml(chapters_file, folder, findings))
    chapters = {chapter.key: chapter for chapter in chapter_list}
    lists = Lists(vocabularies, tuple(chapters))
    figures = _collect(folder, "figures", findings, lambda node: read_figures(node, lists), lambda item: item.key)
    # In the order of the report: chapters, then as declared.
    order = list(chapters)
    figures = dict(
        sorted(
            figures.items(), key=lambda item: order.index(item[1].chapter) if item[1].chapter in order else len(order)
        )
    )
    places = {figure.key: Node(None, *_place_of(figure), findings) for figure in figures.values()}
    check_references(figures, places.__getitem__)
    keys = [key for figure in figures.values() for key in figure.keys]
    cuts = [f"{figure.key}/{cut.key}" for figure in figures.values() for cut in figure.breakdowns]
    reports = _collect(
        folder,
        "report",
        findings,
        lambda node: [read_report(node, chapters, keys, cuts)],
        lambda item: item.key,
        skip=chapters_file,
    )
    terms = _collect(folder, "terms", findings, _read_terms, lambda item: item[0])
    mission = _read_head(
        head,
        vocabularies=MappingProxyType(vocabularies),
        chapters=MappingProxyType(chapters),
        figures=MappingProxyType(figures),
        reports=MappingProxyType(reports),
        terms=MappingProxyType(dict(terms.values())),
        folder=folder,
    )
    return mission, findings


def _collect(
    folder: Path,
    name: str,
    findings: Findings,
    how: Callable[[Node], list[K]],
    key: Callable[[K], str],
    skip: Path | None = None,
) -> dict[str, K]:
    """Every entry of the files in a sub-folder; a key in two files is a mistake."""
    found: dict[str, K] = {}
    for path in sorted((folder / name).glob("*.yaml")):
        if path == skip:
            continue
        node = open_yaml(path, folder, findings)
        for entry in how(node) if node.raw is not None else []:
            if key(entry) in found:
                node.wrong(
                    "declared_twice",
                    _("«%(key)s» se declara dos veces en la misión."),
                    _("Deje una sola declaración o cambie la clave."),
                    key=key(entry),
                )
            found[key(entry)] = entry
    return found


def _place_of(figure: FigureDefinition) -> tuple[str, int]:
    file, _colon, line = figure.place.rpartition(":")
    return file, int(line)


def _read_head(node: Node, **rest: object) -> Mission:
    block = node.block(
        ["key", "name", "short_name", "country", "time_zone", "languages", "numbers", "folio", "offices", "quick_facts"]
    )
    return Mission(
        key=block.must("key", Node.code, ""),
        name=block.must("name", read_texts, NO_TEXT),
        short_name=block.must("short_name", read_texts, NO_TEXT),
        country=block.must("country", _country, ""),
        time_zone=block.must("time_zone", Node.text, ""),
        languages=tuple(
            item.one_of(LANGUAGE_CODES, _("un idioma de la interfaz")) for item in block.must_items("languages")
        ),
        numbers=block.must("numbers", _read_numbers, NumberStyle()),
        folio=block.must("folio", _folio, ""),
        offices=tuple(_read_office(item) for item in block.must_items("offices")),
        quick_facts=tuple(_read_quick_fact(item) for item in block.items("quick_facts")),
        **rest,  # type: ignore[arg-type]  # the parts read before, by name
    )


def _country(node: Node) -> str:
    value = node.text()
    if not re.fullmatch(r"[A-Z]{3}", value):
        node.wrong("not_a_country", _("«%(value)s» no es un país."), _("Escriba tres letras, como MEX."), value=value)
    return value


def _folio(node: Node) -> str:
    pattern = node.text()
    try:
        sample = pattern.format(office="TIJ", year=2022, yy=22, number=1)
        other = pattern.format(office="TIJ", year=2022, yy=22, number=2)
    except (KeyError, IndexError, ValueError):
        sample = other = ""
    if sample == other:
        node.wrong(
            "bad_folio",
            _("el patrón de folio «%(pattern)s» no sirve."),
            _("Use {office}, {year} o {yy} y, siempre, {number}: por ejemplo «{office}-{yy}-{number:06d}»."),
            pattern=pattern,
        )
    return pattern


def _read_numbers(node: Node) -> NumberStyle:
    block = node.block(["thousands", "decimal", "percent_space", "compact_from", "million", "millions", "thousand"])
    return NumberStyle(
        # Read raw: a separator may be a space.
        thousands=block.must("thousands", lambda value: str(value.raw.value) if value.raw else "", "."),
        decimal=block.must("decimal", Node.text, "."),
        percent_space=block.read("percent_space", lambda value: str(value.raw.value) if value.raw else "", ""),
        compact_from=block.read("compact_from", Node.whole, 100_000),
        million=block.must("million", read_texts, NO_TEXT),
        millions=block.must("millions", read_texts, NO_TEXT),
        thousand=block.must("thousand", read_texts, NO_TEXT),
    )


def _read_office(node: Node) -> OfficeInfo:
    block = node.block(["code", "name", "place"])
    return OfficeInfo(
        code=block.must("code", _office_code, ""),
        name=block.must("name", read_texts, NO_TEXT),
        place=block.must("place", Node.text, ""),
    )


def _office_code(node: Node) -> str:
    value = node.text()
    if not re.fullmatch(r"[A-Z]{2,5}", value):
        node.wrong(
            "not_an_office",
            _("«%(value)s» no es un código de oficina."),
            _("Use de dos a cinco mayúsculas, como TIJ: es el principio de los folios."),
            value=value,
        )
    return value


def _read_quick_fact(node: Node) -> QuickFact:
    block = node.block(["key", "text"])
    return QuickFact(block.must("key", Node.code, ""), block.must("text", read_texts, NO_TEXT))


def _read_terms(node: Node) -> list[tuple[str, Texts]]:
    return [(key.code(), read_texts(value)) for key, value in node.pairs()]
