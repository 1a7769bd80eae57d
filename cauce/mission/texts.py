"""Texts in several languages, and how a mission writes its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from cauce.languages.locales import COMPLETE, LANGUAGES
from cauce.mission.source import Node

LANGUAGE_CODES = tuple(code for code, _name in LANGUAGES)
_MILLION, _THOUSAND = 1_000_000, 1_000


@dataclass(frozen=True, slots=True)
class Texts:
    """One text in several languages; Spanish is always there once a mission was read."""

    by_language: tuple[tuple[str, str], ...] = ()

    def get(self, language: str = "es") -> str:
        """The text in ``language``, or in Spanish: a screen is never left empty."""
        found = dict(self.by_language)
        return found.get(language.split("-")[0]) or found.get("es", "")

    def has(self, language: str) -> bool:
        return language in dict(self.by_language)

    @property
    def mapping(self) -> Mapping[str, str]:
        return MappingProxyType(dict(self.by_language))

    def __bool__(self) -> bool:
        return bool(self.by_language)

    def __str__(self) -> str:
        return self.get()


def read_texts(node: Node) -> Texts:
    """A block of ``language: text``; the complete languages (es, en) must be there."""
    block = node.block(LANGUAGE_CODES)
    found = tuple((code, block.found[code].text()) for code in LANGUAGE_CODES if code in block.found)
    for code in COMPLETE:
        if not dict(found).get(code):
            node.wrong(
                "no_language", _("falta el texto en «%(language)s»."), _("Los textos van en es y en en."), language=code
            )
    return Texts(found)


NO_TEXT = Texts()


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """How a mission prints numbers (design.md §5: 5.772, 17.5 millones and 252 mil).

    ``thousands`` parts groups of three; ``decimal`` stands before tenths of a compact number;
    ``compact_from`` is the first value printed with a word (millions with one decimal, thousands
    without); ``percent_space`` goes between a number and its %.
    """

    thousands: str = "."
    decimal: str = "."
    percent_space: str = ""
    compact_from: int = 100_000
    million: Texts = NO_TEXT
    millions: Texts = NO_TEXT
    thousand: Texts = NO_TEXT

    def format(self, value: int, language: str = "es", *, compact: bool = False) -> str:
        """``value`` as printed: every digit, or in words from ``compact_from`` on when ``compact``."""
        if compact and abs(value) >= self.compact_from:
            return self._in_words(value, language)
        return f"{value:,}".replace(",", self.thousands)

    def percent(self, value: int) -> str:
        return f"{value}{self.percent_space}%"

    def _in_words(self, value: int, language: str) -> str:
        if abs(value) >= _MILLION:
            tenths = _round_half_up(value * 10, _MILLION)
            whole, rest = divmod(abs(tenths), 10)
            number = f"{'-' if value < 0 else ''}{self.format(whole)}" + (f"{self.decimal}{rest}" if rest else "")
            return f"{number} {(self.million if tenths == 10 else self.millions).get(language)}"
        return f"{self.format(_round_half_up(value, _THOUSAND))} {self.thousand.get(language)}"


def _round_half_up(value: int, unit: int) -> int:
    sign = -1 if value < 0 else 1
    return sign * ((abs(value) * 2 + unit) // (unit * 2))
