"""Reading dates: the order of day and month is declared by the column, never guessed from the value."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from cauce.exchange.wording import plain
from cauce.kernel.problems import Problem

ORDERS = ("dmy", "mdy", "ymd")
_SHAPES = {"dmy": _("día/mes/año, por ejemplo 31/12/2022"), "mdy": _("mes/día/año, por ejemplo 12/31/2022"),
           "ymd": _("año-mes-día, por ejemplo 2022-12-31")}  # fmt: skip
_ISO = re.compile(
    r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
)
_NUMERIC = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})(?: \d{1,2}:\d{2}(?::\d{2})?)?")
_WORDED = re.compile(r"(?:\w+,? )?(\d{1,2})[ /.-]+(?:de )?([^\W\d]+)\.?[ /.,-]+(?:del? )?(\d{4}|\d{2})")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "enero ene january jan", "febrero feb february", "marzo mar march", "abril abr april apr", "mayo may",
            "junio jun june", "julio jul july", "agosto ago august aug",
            "septiembre setiembre sep sept set september", "octubre oct october", "noviembre nov november",
            "diciembre dic december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
FIRST, LAST = date(1900, 1, 1), date(2100, 12, 31)
# Excel counts days from 1899-12-30 (its 1900 system, after its phantom 29 February 1900).
_EPOCH = date(1899, 12, 30)


def read_day(cell: object, order: str) -> tuple[date, str]:
    """The day in a cell, and how sure the text was: "sure", "serial" (a bare Excel day number) or
    "doubtful" (read by the declared order, but another order would read another day).

    Raises Problem: not a date, two-digit year, a month 13 under the declared order, outside 1900–2100.
    """
    if isinstance(cell, datetime):
        return _within(cell.date(), cell), "sure"
    if isinstance(cell, date):
        return _within(cell, cell), "sure"
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _from_serial(cell, order)
    if not isinstance(cell, str):
        raise _not_a_date(cell, order)
    text = cell.strip()
    if match := _ISO.fullmatch(text):
        return _made(int(match[1]), int(match[3]), int(match[4]), text, order), "sure"
    if match := _NUMERIC.fullmatch(text):
        return _from_numeric(match, text, order)
    if match := _WORDED.fullmatch(text):
        month = _MONTHS.get(plain(match[2]))
        if month is not None:
            _four_digits(match[3], text)
            return _made(int(match[3]), month, int(match[1]), text, order), "sure"
    if re.fullmatch(r"\d{8}", text) and order == "ymd":
        return _made(int(text[:4]), int(text[4:6]), int(text[6:]), text, order), "sure"
    raise _not_a_date(cell, order)


def _from_numeric(match: re.Match[str], text: str, order: str) -> tuple[date, str]:
    first, second, year = int(match[1]), int(match[3]), match[4]
    _four_digits(year, text)
    if order == "ymd":
        raise _not_a_date(text, order)
    day, month = (first, second) if order == "dmy" else (second, first)
    if month > 12 >= day >= 1:
        raise Problem(
            "exchange.date_order",
            _("«%(value)s» no existe: esta columna se lee %(shape)s, y no hay mes %(month)s."),
            fix=_("Revise si el día y el mes están al revés en esta fila y en las demás del archivo."),
            value=text,
            shape=_SHAPES[order],
            month=month,
        )
    doubtful = first <= 12 and second <= 12 and first != second
    return _made(int(year), month, day, text, order), "doubtful" if doubtful else "sure"


def _from_serial(cell: float, order: str) -> tuple[date, str]:
    """A day number without date format. Anything that could be a year is not taken for one."""
    if FIRST.year <= cell <= LAST.year:
        raise Problem(
            "exchange.date_year_only",
            _("«%(value)s» parece un año, no una fecha."),
            fix=_("Escriba la fecha completa: %(shape)s."),
            value=f"{cell:g}",
            shape=_SHAPES[order],
        )
    if not LAST.year < cell <= (LAST - _EPOCH).days:
        raise _not_a_date(f"{cell:g}", order)
    return _EPOCH + timedelta(days=int(cell)), "serial"


def _made(year: int, month: int, day: int, text: str, order: str) -> date:
    try:
        return _within(date(year, month, day), text)
    except ValueError:
        raise Problem(
            "exchange.date_impossible",
            _("«%(value)s» no existe en el calendario."),
            fix=_("Escriba la fecha así: %(shape)s."),
            value=text,
            shape=_SHAPES[order],
        ) from None


def _within(day: date, cell: object) -> date:
    if FIRST <= day <= LAST:
        return day
    raise Problem(
        "exchange.date_range",
        _("«%(value)s» está fuera de los años 1900 a 2100."),
        fix=_("Revise el año."),
        value=str(cell),
    )


def _four_digits(year: str, text: str) -> None:
    if len(year) == 2:
        raise Problem(
            "exchange.date_short_year",
            _("«%(value)s» tiene el año con dos cifras: puede ser 19%(year)s o 20%(year)s."),
            fix=_("Escriba el año con cuatro cifras."),
            value=text,
            year=year,
        )


def _not_a_date(cell: object, order: str) -> Problem:
    return Problem(
        "exchange.date",
        _("«%(value)s» no es una fecha."),
        fix=_("Escriba la fecha así: %(shape)s."),
        value=str(cell).strip(),
        shape=_SHAPES[order],
    )
