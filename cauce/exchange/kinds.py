"""The kinds of value a column may hold: how a cell becomes a value and a value becomes a cell.

Every kind gives a reader, made once per file: ``reader(column)`` → ``read(cell, mended) -> value``; it raises
Problem, and appends to ``mended`` a sentence for every repair a declared rule made. Empty cells never reach it.
"""

from __future__ import annotations

import decimal
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from cauce.exchange.dates import ORDERS, read_day
from cauce.exchange.numbers import read_number
from cauce.exchange.wording import clean, closest, looks_damaged, plain, wordings
from cauce.kernel.problems import Problem

if TYPE_CHECKING:
    from cauce.exchange.columns import Column

Reader = Callable[[Any, list], Any]


class Doubt(str):
    """A mark left on a row: this date depends on the declared order (reading.py weighs it for the column)."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What all kinds share; ``empty`` is the value of an empty cell."""

    @property
    def empty(self) -> Any:
        return None

    @property
    def hint(self) -> Any:
        """One sentence for the template's notes."""
        return ""

    def reader(self, column: Column) -> Reader:
        raise NotImplementedError

    def format(self, value: Any, column: Column) -> Any:
        """The value as a cell that ``reader`` reads back."""
        return value


@dataclass(frozen=True, slots=True)
class Text(Kind):
    """Free text of at most ``max`` characters; ``lines`` allows line breaks."""

    max: int = 200
    lines: bool = False

    @property
    def empty(self) -> str:
        return ""

    @property
    def hint(self) -> Any:
        return _("Texto de hasta %(max)s caracteres.") % {"max": self.max}

    def reader(self, column: Column) -> Reader:
        def read(cell: Any, mended: list) -> str:
            text = clean(cell) if isinstance(cell, str) else _as_text(cell)
            if not self.lines and "\n" in text:
                text = " ".join(text.split())
            if looks_damaged(text):
                raise _damaged(text)
            if len(text) > self.max:
                raise Problem(
                    "exchange.too_long",
                    _("El texto tiene %(length)s caracteres; caben %(max)s."),
                    fix=_("Acórtelo."),
                    length=len(text),
                    max=self.max,
                )
            return text

        return read


@dataclass(frozen=True, slots=True)
class Folio(Kind):
    """A code whose every sign matters: leading zeros stay; ``pattern`` is a regular expression it must match."""

    max: int = 60
    pattern: str = ""

    @property
    def empty(self) -> str:
        return ""

    @property
    def hint(self) -> Any:
        return _("Clave: se conserva tal como está escrita, con sus ceros.")

    def reader(self, column: Column) -> Reader:
        matches = re.compile(self.pattern).fullmatch if self.pattern else None

        def read(cell: Any, mended: list) -> str:
            text = " ".join(clean(cell).split()) if isinstance(cell, str) else _code_text(cell)
            if re.fullmatch(r"\d(?:[.,]\d+)?[eE]\+?\d+", text):
                raise _rounded(text)
            if len(text) > self.max or (matches and not matches(text)) or looks_damaged(text):
                raise Problem(
                    "exchange.folio",
                    _("«%(value)s» no tiene la forma de esta clave."),
                    fix=_("Un ejemplo de cómo se escribe: %(example)s") if column.example else _("Revísela."),
                    value=text[:80],
                    example=str(column.example),
                )
            return text

        return read


@dataclass(frozen=True, slots=True)
class Whole(Kind):
    """A whole number within [min, max]; ``style`` is the declared decimal mark, so that its twin means thousands."""

    min: int | None = 0
    max: int | None = None
    style: str | None = None

    @property
    def hint(self) -> Any:
        if self.max is None:
            return _("Número entero.") if self.min is None else _("Número entero desde %(min)s.") % {"min": self.min}
        return _("Número entero de %(min)s a %(max)s.") % {"min": self.min, "max": self.max}

    def reader(self, column: Column) -> Reader:
        def read(cell: Any, mended: list) -> int:
            if type(cell) is float and cell.is_integer():
                number = int(cell)
            else:
                exact = read_number(cell, self.style, whole=True)
                if exact != exact.to_integral_value():
                    raise Problem(
                        "exchange.not_whole",
                        _("«%(value)s» no es un número entero."),
                        fix=_("Escriba un número sin decimales."),
                        value=str(cell).strip(),
                    )
                number = int(exact)
            _check_range(number, self.min, self.max)
            return number

        return read


@dataclass(frozen=True, slots=True)
class Decimal(Kind):
    """A decimal number with at most ``places`` decimals; ``style`` is the decimal mark in text cells."""

    style: str | None = None
    places: int | None = None
    min: decimal.Decimal | int | None = None
    max: decimal.Decimal | int | None = None

    def __post_init__(self) -> None:
        if self.style not in (None, ",", "."):
            raise ValueError('style is "," or "."')

    @property
    def hint(self) -> Any:
        if self.style is None:
            return _("Número, con decimales si hace falta.")
        return _("Número; los decimales se separan con «%(mark)s».") % {"mark": self.style}

    def reader(self, column: Column) -> Reader:
        def read(cell: Any, mended: list) -> decimal.Decimal:
            number = read_number(cell, self.style)
            if self.places is not None:
                rounded = number.quantize(decimal.Decimal(1).scaleb(-self.places))
                # A spreadsheet's own arithmetic leaves dust (0.30000000000000004): that much is forgiven.
                if abs(rounded - number) > (decimal.Decimal("1e-9") if isinstance(cell, float) else 0):
                    raise Problem(
                        "exchange.too_many_places",
                        _("«%(value)s» tiene más de %(places)s decimales."),
                        fix=_("Redondéelo a %(places)s decimales."),
                        value=str(cell).strip(),
                        places=self.places,
                    )
                number = rounded
            _check_range(number, self.min, self.max)
            return number

        return read

    def as_text(self, value: decimal.Decimal) -> str:
        """The number for a text file: by the declared mark, and never so that it could be read two ways."""
        text = f"{value:f}"
        if self.style:
            return text.replace(".", self.style)
        _whole, mark, fraction = text.partition(".")
        return f"{text}0" if mark and len(fraction) == 3 else text


@dataclass(frozen=True, slots=True)
class Day(Kind):
    """A date; ``order`` ("dmy", "ymd" or "mdy") says how text dates are read. ISO dates are always read."""

    order: str = "dmy"

    def __post_init__(self) -> None:
        if self.order not in ORDERS:
            raise ValueError(f"order is one of {', '.join(ORDERS)}")

    @property
    def hint(self) -> Any:
        return {
            "dmy": _("Fecha día/mes/año, por ejemplo 31/12/2022."),
            "mdy": _("Fecha mes/día/año, por ejemplo 12/31/2022."),
            "ymd": _("Fecha año-mes-día, por ejemplo 2022-12-31."),
        }[self.order]

    def reader(self, column: Column) -> Reader:
        known: dict[Any, tuple[date, str]] = {}

        def read(cell: Any, mended: list) -> date:
            found = known.get(cell)
            if found is None:
                found = read_day(cell, self.order)
                if len(known) < 50_000:
                    known[cell] = found
            day, certainty = found
            if certainty == "serial":
                mended.append(_("Número de día de Excel leído como fecha %(day)s.") % {"day": day.isoformat()})
            elif certainty == "doubtful":
                mended.append(Doubt(column.key))
            return day

        return read


_YES = {"si", "s", "yes", "y", "true", "verdadero", "v", "1", "x"}
_NO = {"no", "n", "false", "falso", "f", "0"}


@dataclass(frozen=True, slots=True)
class Flag(Kind):
    """Yes or no; empty is None, which is neither."""

    @property
    def hint(self) -> Any:
        return _("Escriba sí o no.")

    def reader(self, column: Column) -> Reader:
        def read(cell: Any, mended: list) -> bool:
            if isinstance(cell, bool):
                return cell
            word = plain(f"{cell:g}" if isinstance(cell, float) else str(cell))
            if word in _YES or word in _NO:
                return word in _YES
            raise Problem(
                "exchange.flag",
                _("«%(value)s» no es sí ni no."),
                fix=_("Escriba sí o no."),
                value=str(cell).strip(),
            )

        return read

    def format(self, value: Any, column: Column) -> Any:
        return "" if value is None else (_("sí") if value else _("no"))


@dataclass(frozen=True, slots=True)
class Choice(Kind):
    """One of the column's choices, by code or by label in Spanish or English; the value is the code."""

    @property
    def empty(self) -> str:
        return ""

    @property
    def hint(self) -> Any:
        return _("Elija de la lista.")

    def reader(self, column: Column) -> Reader:
        options = column.options()
        codes = lookup(options)

        def read(cell: Any, mended: list) -> str:
            word = clean(cell) if isinstance(cell, str) else _as_text(cell)
            code = codes.get(word) or codes.get(plain(word))
            if code:
                return code
            guess = closest(word, [*map(str, options.values())]) or closest(word, options)
            raise Problem(
                "exchange.choice",
                _("«%(value)s» no está en la lista de esta columna."),
                fix=_("¿Quiso decir «%(guess)s»?")
                if guess
                else _("Valores posibles: %(options)s.")
                if len(options) <= 12
                else _("Copie el valor de la lista de la plantilla."),
                value=word,
                guess=guess,
                options="; ".join(map(str, options.values())) if len(options) <= 12 else "",
            )

        return read

    def format(self, value: Any, column: Column) -> Any:
        if not value:
            return ""
        known = column.choices if isinstance(column.choices, dict) else column.options()
        return known.get(value, value)


def lookup(options: Mapping[str, Any]) -> dict[str, str]:
    """Every wording of a choice → its code. Codes win over labels; a label of two codes stands for neither."""
    found: dict[str, str] = {}
    shared: set[str] = set()
    for code, label in options.items():
        for wording in wordings(label):
            word = plain(wording)
            if found.setdefault(word, code) != code:
                shared.add(word)
    for word in shared:
        del found[word]
    for form in (plain, str):
        found |= {form(code): code for code in options}
    found.pop("", None)
    return found


def _as_text(cell: Any) -> str:
    """A cell that Excel holds as something else than text."""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    return str(cell)


def _code_text(cell: Any) -> str:
    if isinstance(cell, (date, time, timedelta)):
        raise Problem(
            "exchange.folio_date",
            _("Excel convirtió esta clave en una fecha u hora («%(value)s») y lo escrito se perdió."),
            fix=_("Dé a la columna formato de texto y escriba la clave otra vez."),
            value=_as_text(cell),
        )
    if isinstance(cell, float) and (not cell.is_integer() or abs(cell) >= 1e15):
        raise _rounded(f"{cell:g}")
    return _as_text(cell)


def _rounded(text: str) -> Problem:
    # Excel keeps fifteen digits of a number: the last ones of a longer code are gone.
    return Problem(
        "exchange.folio_rounded",
        _("Excel convirtió esta clave en el número %(value)s y pudo perder cifras."),
        fix=_("Dé a la columna formato de texto y escriba la clave otra vez."),
        value=text,
    )


def _damaged(text: str) -> Problem:
    return Problem(
        "exchange.damaged_text",
        _("El texto llegó dañado: «%(value)s»."),
        fix=_("Vuelva a exportar el archivo con codificación UTF-8, o corrija esta celda."),
        value=text[:80],
    )


def _check_range(number: Any, low: Any, high: Any) -> None:
    if low is not None and number < low:
        raise Problem("exchange.too_small", _("%(value)s es menos que %(min)s."), value=number, min=low)
    if high is not None and number > high:
        raise Problem("exchange.too_large", _("%(value)s es más que %(max)s."), value=number, max=high)
