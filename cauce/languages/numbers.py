"""How numbers are written: the house styles of missions and the styles of the languages.

Pure: no Django, no settings. Source of the rules: domain.md §2.8. The 2022 document of the Mexico
mission writes 5.772, 17.5 millones and 252 mil; no standard locale does, so a mission may name a
style of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

NBSP = "\u00a0"  # between a number and its word
THIN = "\u202f"  # narrow, no break: between groups of digits, before % in French
MINUS = "\u2212"
NOTHING = "—"

Number = int | float | Decimal


@dataclass(frozen=True, slots=True)
class Word:
    """One step of the compact form: ``252 mil``. ``one`` is for amounts below ``plural_from``."""

    size: int
    one: str
    many: str


# Largest first. "mil" stands for thousands in es and pt; French "million" is singular below 2.
WORDS = {
    "es": (Word(10**6, "millón", "millones"), Word(10**3, "mil", "mil")),
    "en": (
        Word(10**9, "billion", "billion"),
        Word(10**6, "million", "million"),
        Word(10**3, "thousand", "thousand"),
    ),
    "fr": (Word(10**9, "milliard", "milliards"), Word(10**6, "million", "millions"), Word(10**3, "mille", "mille")),
    "pt": (Word(10**6, "milhão", "milhões"), Word(10**3, "mil", "mil")),
    "ht": (Word(10**6, "milyon", "milyon"), Word(10**3, "mil", "mil")),
}


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """How one house or language writes numbers.

    ``group_from`` is the count of integer digits from which groups are set off (Spanish of the
    Academy: 5, so 5772 but 16.921). ``group_with_decimals`` replaces ``group`` in a number that
    has decimals, for styles whose two marks are the same sign.
    """

    key: str
    language: str
    group: str
    decimal: str
    percent: str = "%"
    group_from: int = 4
    group_with_decimals: str = ""

    @property
    def ambiguous(self) -> bool:
        """Whether one sign is both marks, so that an import may not guess it (domain.md §2.8)."""
        return self.group == self.decimal


STYLES = {
    style.key: style
    for style in (
        # 5.772 and 17.5 millones: the dot has two meanings. Inside one number it must not, so
        # the rare large number with decimals is grouped by narrow spaces: 1 234.5.
        NumberStyle("house_mx", "es", ".", ".", group_with_decimals=THIN),
        NumberStyle("es-mx", "es", ",", "."),
        NumberStyle("es", "es", ".", ",", percent=f"{NBSP}%", group_from=5),
        NumberStyle("en", "en", ",", "."),
        NumberStyle("fr", "fr", THIN, ",", percent=f"{THIN}%"),
        NumberStyle("pt", "pt", ".", ","),
        NumberStyle("ht", "ht", THIN, ",", percent=f"{NBSP}%"),
    )
}


def style(key: str) -> NumberStyle:
    """The style of that name; a language tag falls back on its language (``pt-br`` → ``pt``).

    Raises ``KeyError`` naming the known styles.
    """
    wanted = key.lower()
    for name in (wanted, wanted.partition("-")[0]):
        if name in STYLES:
            return STYLES[name]
    raise KeyError(f"no number style {key!r}; there are {', '.join(sorted(STYLES))}")


def format_number(
    value: Number | None, style: NumberStyle, *, compact: bool = False, places: int | None = None, lang: str = ""
) -> str:
    """``value`` as text that never breaks inside; ``None`` is a dash, never 0.

    ``places`` fixes the decimals (rounding half up); left out, the value's own are kept.
    ``compact`` gives 252 mil, 17.5 millones (one decimal at most) with the words of ``lang``
    (default: the style's language); below a thousand it changes nothing.
    """
    if value is None:
        return NOTHING
    number = _decimal(value)
    if compact and abs(number) >= 1000:
        return _compact(number, style, WORDS[lang.partition("-")[0] or style.language])
    if places is not None:
        number = _rounded(number, places)
    return _plain(number, style)


def format_percent(value: Number | None, style: NumberStyle, *, places: int = 0) -> str:
    """A share given in percent (65 → ``65%``), in the style's own form."""
    if value is None:
        return NOTHING
    return _plain(_rounded(_decimal(value), places), style) + style.percent


def parse_number(text: str, style: NumberStyle) -> Decimal:
    """The number that ``format_number`` (not compact) wrote in this style.

    Raises ``ValueError`` when the groups do not fit: "1.23.456" is a mistake, not 123456.
    """
    plain = text.strip().replace(MINUS, "-")
    sign, digits = (-1, plain[1:]) if plain.startswith("-") else (1, plain)
    whole, fraction = _split(digits, style)
    if not re.fullmatch(r"\d+", whole) or not re.fullmatch(r"\d*", fraction):
        raise ValueError(f"{text!r} is not a number in the style {style.key}")
    return sign * Decimal(f"{whole}.{fraction or 0}")


def _split(digits: str, style: NumberStyle) -> tuple[str, str]:
    """Integer digits without groups, and decimals."""
    if style.ambiguous:
        grouped = re.escape(style.group)
        if re.fullmatch(rf"\d{{1,3}}({grouped}\d{{3}})+", digits):
            return digits.replace(style.group, ""), ""
        whole, _, fraction = digits.partition(style.decimal)
        return _ungrouped(whole, style.group_with_decimals), fraction
    whole, _, fraction = digits.partition(style.decimal)
    return _ungrouped(whole, style.group), fraction


def _ungrouped(whole: str, group: str) -> str:
    if group not in whole:
        return whole
    if not re.fullmatch(rf"\d{{1,3}}({re.escape(group)}\d{{3}})+", whole):
        raise ValueError(f"the groups of {whole!r} do not have three digits")
    return whole.replace(group, "")


def _decimal(value: Number) -> Decimal:
    if isinstance(value, Decimal):
        return value
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)


def _rounded(number: Decimal, places: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _plain(number: Decimal, style: NumberStyle) -> str:
    text = f"{abs(number):f}"
    whole, _, fraction = text.partition(".")
    if style.ambiguous and len(fraction) == 3:
        # "0.123" would read as grouped thousands; a fourth decimal says that it is not.
        fraction += "0"
    group = (style.group_with_decimals or style.group) if fraction else style.group
    if len(whole) >= style.group_from:
        whole = _grouped(whole, group)
    sign = MINUS if number < 0 else ""
    return f"{sign}{whole}{style.decimal}{fraction}" if fraction else f"{sign}{whole}"


def _grouped(whole: str, group: str) -> str:
    head = len(whole) % 3
    parts = ([whole[:head]] if head else []) + [whole[i : i + 3] for i in range(head, len(whole), 3)]
    return group.join(parts)


def _compact(number: Decimal, style: NumberStyle, words: tuple[Word, ...]) -> str:
    for index, word in enumerate(words):
        if abs(number) < word.size:
            continue
        amount = _rounded(number / word.size, 1)
        # 999 960 rounds to 1 000.0 thousand: say one million instead.
        if abs(amount) >= 1000 and index and words[index - 1].size == word.size * 1000:
            word, amount = words[index - 1], Decimal(1).copy_sign(number)
        if amount == amount.to_integral_value():
            amount = amount.to_integral_value()
        singular = abs(amount) < 2 if style.language == "fr" or word.one == "milhão" else abs(amount) == 1
        return f"{_plain(amount, style)}{NBSP}{word.one if singular else word.many}"
    return _plain(number, style)
