"""Reading numbers as people in the region write them; what could mean two numbers is refused."""

from __future__ import annotations

import decimal
import math
import re

from django.utils.translation import gettext_lazy as _

from cauce.kernel.problems import Problem

_SPACED = re.compile("[\\s\u00a0\u202f\u2009'’]")
_PLAIN = re.compile(r"[+-]?\d+")
_POINTED = re.compile(r"([+-]?)(\d+)([.,])(\d+)")


def read_number(cell: object, style: str | None, *, whole: bool = False) -> decimal.Decimal:
    """The number in a cell, exactly.

    ``style`` is the declared decimal mark ("," or ".") or None. Without it, ``5.772`` may be five thousand
    or five point seven, and is refused (issue 2); ``5.77``, ``1.234.567`` and ``1.234,5`` can mean one thing
    only. ``whole`` shapes the advice for columns that hold no decimals. Raises Problem.
    """
    if isinstance(cell, bool) or not isinstance(cell, (int, float, str)):
        raise _malformed(cell)
    if isinstance(cell, int):
        return decimal.Decimal(cell)
    if isinstance(cell, float):
        if not math.isfinite(cell):
            raise _malformed(cell)
        # repr is the shortest text that reads back as the same double: 0.1 stays 0.1.
        return decimal.Decimal(repr(cell)).normalize() if cell != int(cell) else decimal.Decimal(int(cell))
    text = _spaces_out(cell.replace("\u2212", "-"))
    if not text.isascii():
        raise _malformed(cell)
    if _PLAIN.fullmatch(text):
        return decimal.Decimal(text)
    return _marked(text, cell, style, whole)


def _spaces_out(text: str) -> str:
    """Spaces and apostrophes between groups of three digits are thousands in every style."""
    parts = [part for part in _SPACED.split(text.strip()) if part]
    if len(parts) > 1:
        head, groups = parts[0].lstrip("+-"), parts[1:]
        whole = [re.split(r"[.,]", group)[0] for group in groups]
        if not (head.isdigit() and len(head) <= 3 and all(len(part) == 3 and part.isdigit() for part in whole)):
            raise _malformed(text)
        if any(not group.isdigit() for group in groups[:-1]):
            raise _malformed(text)
    return "".join(parts)


def _marked(text: str, cell: str, style: str | None, only_whole: bool) -> decimal.Decimal:
    """A number with points or commas in it."""
    marks = re.sub(r"[^.,]", "", text)
    if not marks or not re.fullmatch(r"[+-]?[\d.,]+", text) or not text[-1].isdigit():
        raise _malformed(cell)
    declared = style is not None
    if style is None:
        style = _only_style(text, marks, cell, only_whole)
    thousands = "." if style == "," else ","
    whole, _mark, fraction = text.partition(style)
    if thousands in fraction or style in fraction:
        raise _malformed(cell)
    if thousands in whole and not re.fullmatch(rf"[+-]?\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+", whole):
        raise _wrong_style(cell, style) if declared else _malformed(cell)
    digits = whole.replace(thousands, "")
    if not re.fullmatch(r"[+-]?\d*", digits) or not (digits.strip("+-") or fraction):
        raise _malformed(cell)
    return decimal.Decimal(f"{digits or '0'}.{fraction}" if fraction else digits)


def _only_style(text: str, marks: str, cell: str, only_whole: bool) -> str:
    """The one decimal mark under which the text is a number; refuses when there are two."""
    kinds = set(marks)
    if len(kinds) == 2:
        return marks[-1]
    mark = marks[0]
    other = "," if mark == "." else "."
    if len(marks) > 1:
        return other
    match = _POINTED.fullmatch(text)
    if match is None:
        return mark
    _sign, whole, _m, fraction = match.groups()
    if len(fraction) == 3 and len(whole) <= 3 and not whole.startswith("0"):
        raise Problem(
            "exchange.number_ambiguous",
            _("«%(value)s» puede leerse como %(thousands)s o como %(decimal)s."),
            fix=_("Aquí va un número entero: escriba %(thousands)s, sin separador de miles.")
            if only_whole
            else _("Escriba %(thousands)s sin separador de miles, o %(decimal)s con otro número de decimales."),
            value=cell.strip(),
            thousands=f"{whole}{fraction}",
            # Four decimals cannot be a group of thousands.
            decimal=f"{whole}{mark}{fraction}0",
        )
    return mark


def _malformed(cell: object) -> Problem:
    return Problem(
        "exchange.number",
        _("«%(value)s» no es un número."),
        fix=_("Escriba solo cifras, por ejemplo 1250."),
        value=str(cell).strip(),
    )


def _wrong_style(cell: str, style: str) -> Problem:
    if style == ",":
        fix = _("En esta columna la coma separa los decimales y el punto los miles: 1.250,75 o 1250,75.")
    else:
        fix = _("En esta columna el punto separa los decimales y la coma los miles: 1,250.75 o 1250.75.")
    return Problem("exchange.number_style", _("«%(value)s» no es un número."), fix=fix, value=cell.strip())
