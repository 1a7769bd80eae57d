"""How dates are written and read in the five languages; pure, without Django.

Django's own formats give "14 de Junio de 2022" a comma here and a capital there, and know no
Haitian Creole; the forms below are those of the mission's screens and documents.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime

NBSP = "\u00a0"

_SHORT = {
    "es": "ene feb mar abr may jun jul ago sep oct nov dic",
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    "pt": "jan fev mar abr mai jun jul ago set out nov dez",
    "ht": "janv fev mas avr me jen jiy out sept okt nov des",
}
_LONG = {
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "ht": "janvye fevriye mas avril me jen jiyè out septanm oktòb novanm desanm",
}
_DAYS = {
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "pt": "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
    "ht": "lendi madi mèkredi jedi vandredi samdi dimanch",
}
LANGUAGES = tuple(_SHORT)


def _known(lang: str) -> str:
    language = lang.lower().partition("-")[0]
    return language if language in _SHORT else "es"


def month_name(month: int, lang: str = "es", *, short: bool = False) -> str:
    """The name of month 1–12, in lower case where the language writes it so."""
    return (_SHORT if short else _LONG)[_known(lang)].split()[month - 1]


def format_day(day: date, lang: str = "es", form: str = "medium") -> str:
    """A date as text that does not break between number and month.

    ``form``: ``short`` 14 jun · ``medium`` 14 jun 2022 · ``long`` 14 de junio de 2022 · ``full``
    martes 14 de junio de 2022. Raises ``ValueError`` for another form.
    """
    language = _known(lang)
    if form in {"short", "medium"}:
        text = f"{_ordinal(day.day, language, long=False)}{NBSP}{month_name(day.month, language, short=True)}"
        return text if form == "short" else f"{text}{NBSP}{day.year}"
    if form not in {"long", "full"}:
        raise ValueError(f"no date form {form!r}; there are short, medium, long and full")
    number, month = _ordinal(day.day, language, long=True), month_name(day.month, language)
    text = (
        f"{number}{NBSP}de {month} de {day.year}" if language in {"es", "pt"} else f"{number}{NBSP}{month} {day.year}"
    )
    if form == "long":
        return text
    weekday = _DAYS[language].split()[day.weekday()]
    return f"{weekday}, {text}" if language == "pt" else f"{weekday} {text}"


def format_moment(moment: datetime, lang: str = "es", *, today: date | None = None) -> str:
    """``14 jun, 09:10``; with the year when it is not the year of ``today``."""
    form = "short" if today is not None and moment.year == today.year else "medium"
    return f"{format_day(moment.date(), lang, form)}, {moment:%H:%M}"


def format_months(first: date, last: date, lang: str = "es") -> str:
    """A span of months: ``ene–dic 2022``, ``nov 2021–feb 2022``, ``jun 2022``."""
    start, end = month_name(first.month, lang, short=True), month_name(last.month, lang, short=True)
    if (first.year, first.month) == (last.year, last.month):
        return f"{start}{NBSP}{first.year}"
    if first.year == last.year:
        return f"{start}–{end}{NBSP}{last.year}"
    return f"{start}{NBSP}{first.year}–{end}{NBSP}{last.year}"


def _ordinal(day: int, language: str, *, long: bool) -> str:
    return "1er" if day == 1 and language == "fr" and long else str(day)


_NUMERIC = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_COMPACT = re.compile(r"(\d{2})(\d{2})(\d{4})")
_WORDS = re.compile(r"(?:[^\W\d]+(?:-feira)?,? )?(\d{1,2})(?:er)? (?:de )?([^\W\d]+)\.?,? (?:de )?(\d{4})")


def parse_day(text: str, lang: str = "es") -> date:
    """A date as people type it: 14/06/2022, 14-6-2022, 14062022, 2022-06-14, 14 jun 2022, 14 de junio de 2022.

    The day always comes before the month; a year has four digits ("03/04/22" could be three
    dates). Months are read in ``lang`` or in Spanish, no further: "out" is October in Portuguese
    and August in Haitian Creole. Raises ``ValueError`` for anything else and for days that do not exist.
    """
    plain = _bare(text)
    if match := _ISO.fullmatch(plain):
        year, month, day = (int(part) for part in match.groups())
    elif match := (_NUMERIC.fullmatch(plain) or _COMPACT.fullmatch(plain)):
        day, month, year = (int(part) for part in match.groups())
    elif match := _WORDS.fullmatch(plain):
        day, month, year = int(match[1]), _month_number(match[2], _known(lang)), int(match[3])
    else:
        raise ValueError(f"{text!r} is not a date")
    return date(year, month, day)


def _bare(text: str) -> str:
    """Lower case, without accents, with single plain spaces."""
    spaced = " ".join(text.replace(NBSP, " ").lower().split())
    return "".join(char for char in unicodedata.normalize("NFD", spaced) if not unicodedata.combining(char))


def _month_number(name: str, language: str) -> int:
    for names in (_SHORT[language], _LONG[language], _SHORT["es"], _LONG["es"]):
        for number, known in enumerate(names.split(), start=1):
            if _bare(known).rstrip(".") == name:
                return number
    if name in {"sept", "set"}:  # how many write the month that Spanish shortens to "sep"
        return 9
    raise ValueError(f"{name!r} is not a month")
