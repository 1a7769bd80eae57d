"""Numbers and dates as the screens write them, in the active language."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cauce import mission
from cauce.kernel.periods import Period
from cauce.languages import dates, numbers

Number = numbers.Number


def language() -> str:
    """The active language, without region: ``es``."""
    return (get_language() or settings.LANGUAGE_CODE).partition("-")[0]


def number_style() -> numbers.NumberStyle:
    """The mission's house style in Spanish, the language's own style in the others."""
    active = language()
    return numbers.style(active) if active != "es" and active in numbers.STYLES else house_style()


@cache
def house_style() -> numbers.NumberStyle:
    """The style that the mission package declares, as one of the languages' styles."""
    house = mission.current().numbers
    return numbers.NumberStyle(
        key="house",
        language="es",
        group=house.thousands,
        decimal=house.decimal,
        percent=f"{house.percent_space}%",
        group_with_decimals=numbers.THIN if house.thousands == house.decimal else "",
    )


def number(value: Number | None, *, compact: bool = False, places: int | None = None) -> str:
    """``5.772``, ``17.5 millones``; ``—`` for None."""
    return numbers.format_number(value, number_style(), compact=compact, places=places)


def percent(value: Number | None, *, places: int = 0) -> str:
    """``65%`` from 65."""
    return numbers.format_percent(value, number_style(), places=places)


def day(value: date | None, form: str = "medium") -> str:
    """``14 jun 2022``; a moment is taken in the office's time zone; ``—`` for None."""
    if value is None:
        return numbers.NOTHING
    if isinstance(value, datetime):
        value = local(value).date()
    return dates.format_day(value, language(), form)


def moment(value: datetime | None) -> str:
    """``14 jun, 09:10`` (with the year when it is another one)."""
    if value is None:
        return numbers.NOTHING
    return dates.format_moment(local(value), language(), today=timezone.localdate())


def local(value: datetime) -> datetime:
    """The moment on the office's clock; naive moments are taken as they are."""
    return timezone.localtime(value) if timezone.is_aware(value) else value


def period_words(period: Period) -> str:
    """``año 2022``, ``trimestre 4 de 2022 (oct–dic)``, ``marzo de 2022``, ``15 ene 2022 – 31 mar 2022``."""
    text, start = str(period), period.start
    if ".." in text:
        return f"{day(start)} – {day(period.end)}"
    if "Q" in text:
        months = dates.format_months(start, period.end, language()).rpartition(dates.NBSP)[0]
        return _("trimestre %(number)s de %(year)s (%(months)s)") % {
            "number": text[-1], "year": start.year, "months": months,
        }  # fmt: skip
    if "-" in text:
        return _("%(month)s de %(year)s") % {"month": dates.month_name(start.month, language()), "year": start.year}
    return _("año %(year)s") % {"year": start.year}


def period_short(period: Period) -> str:
    """``2022``, ``oct–dic 2022``, ``mar 2022``: for heads of columns."""
    text = str(period)
    if ".." in text:
        return period_words(period)
    return text if "-" not in text else dates.format_months(period.start, period.end, language())
