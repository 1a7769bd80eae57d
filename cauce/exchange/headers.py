"""Finding the header of a sheet and telling which column is which."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.utils.translation import gettext_lazy as _

from cauce.exchange.columns import Column, Sheet
from cauce.exchange.opening import Table
from cauce.exchange.scanning import column_letters
from cauce.exchange.wording import clean, closest, plain
from cauce.kernel.problems import Problem

# A title, a logo's caption, a watermark and a few blank rows may stand above the header.
_LOOK = 30
# Columns that our own errors workbook adds, and that may come back with it.
PROBLEMS_HEADER, ROW_HEADER = _("Problemas"), _("Fila del archivo")
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_OWN = {"problemas", "problems", "fila del archivo", "row in the file"}


@dataclass(slots=True)
class Heading:
    """The header of one sheet: its row (from 1), its last row (HXL tags included), and the column at each position."""

    row: int
    last: int
    titles: list[str]
    columns: dict[int, Column]
    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)


def find_heading(table: Table, sheet: Sheet) -> Heading:
    """The row among the first ones that names most declared columns, with what is wrong in it."""
    rows = [[_text(cell) for cell in row] for row in islice(table.rows(), _LOOK)]
    if not any(any(row) for row in rows):
        problem = Problem(
            "exchange.empty_sheet",
            _("La hoja «%(sheet)s» está vacía."),
            fix=_("Escriba los datos debajo de los encabezados de la plantilla."),
            sheet=table.name or sheet.label,
        )
        return Heading(0, 0, [], {}, [problem])
    known = sheet.headers()
    tags = _tags(sheet)
    scores = [_score(row, known, tags) for row in rows]
    best = max(range(len(rows)), key=lambda index: (scores[index], -index))
    if scores[best] == 0:
        return Heading(0, 0, [], {}, [_no_header(table, sheet, rows)])
    above = rows[best - 1] if best else []
    below = rows[best + 1] if best + 1 < len(rows) else []
    if _is_hxl(rows[best]):
        # The tags name more columns than the titles above them do.
        heading = Heading(best if any(above) else best + 1, best + 1, above if any(above) else rows[best], {})
        hashtags = rows[best]
    else:
        hashtags = below if _is_hxl(below) else []
        heading = Heading(best + 1, best + 2 if hashtags else best + 1, rows[best], {})
    _place(heading, sheet, known, tags, hashtags)
    _report(heading, sheet)
    _report_untitled(heading, rows)
    return heading


def _text(cell: Any) -> str:
    return clean(cell) if isinstance(cell, str) else ("" if cell is None else str(cell))


def _tags(sheet: Sheet) -> dict[str, Column]:
    return {_tag(column.hxl): column for column in sheet.columns if column.hxl}


def _tag(text: str) -> str:
    """``#adm1 +code`` and ``#Adm1+code`` are the same tag; attributes have no order."""
    name, *attributes = text.lower().replace(" ", "").split("+")
    return "+".join([name, *sorted(attributes)])


def _is_hxl(row: list[str]) -> bool:
    filled = [cell for cell in row if cell]
    return len(filled) > 0 and all(cell.startswith("#") and len(cell) > 1 and cell[1].isalpha() for cell in filled)


def _score(row: list[str], known: dict[str, Column], tags: dict[str, Column]) -> int:
    if _is_hxl(row):
        return len({tags[_tag(cell)].key for cell in row if cell and _tag(cell) in tags})
    return len({column.key for cell in row if (column := _named(cell, known))})


def _named(title: str, known: dict[str, Column]) -> Column | None:
    """The column a header names, with or without its remark in brackets: ``Fecha (dd/mm/aaaa)``."""
    if not title:
        return None
    return known.get(plain(title)) or known.get(plain(_BRACKETS.sub("", title)) or "-")


def _place(
    heading: Heading, sheet: Sheet, known: dict[str, Column], tags: dict[str, Column], hashtags: list[str]
) -> None:
    """Fill ``heading.columns``: by title, else by the HXL tag under it."""
    positions: dict[str, int] = {}
    for index, title in enumerate(heading.titles):
        tag = hashtags[index] if index < len(hashtags) else ""
        column = _named(title, known) or (tags.get(_tag(tag)) if tag else None)
        if column is None:
            continue
        if column.key in positions:
            heading.problems.append(
                Problem(
                    "exchange.column_twice",
                    _("La columna «%(column)s» está dos veces: en %(first)s y en %(second)s."),
                    fix=_("Deje solo una."),
                    field=column.key,
                    column=column.label,
                    first=column_letters(positions[column.key]),
                    second=column_letters(index),
                )
            )
            continue
        positions[column.key] = index
        heading.columns[index] = column


def _report(heading: Heading, sheet: Sheet) -> None:
    """Unknown and missing columns, by name. A missing one that is required, or seems misspelled, stops the sheet."""
    found = {column.key for column in heading.columns.values()}
    missing = {str(column.label): column for column in sheet.columns if column.key not in found}
    unknown = []
    placed = {plain(heading.titles[index]) for index in heading.columns}
    for index, title in enumerate(heading.titles):
        if not title or index in heading.columns or plain(title) in _OWN | placed:
            continue
        guess = closest(title, missing)
        if guess is None:
            unknown.append(f"{title} ({column_letters(index)})")
            continue
        del missing[guess]
        heading.problems.append(
            Problem(
                "exchange.column_misspelled",
                _("No hay una columna «%(title)s»."),
                fix=_("¿Quiso decir «%(guess)s»? Cambie el encabezado."),
                title=title,
                guess=guess,
            )
        )
    if unknown:
        heading.notices.append(
            Problem(
                "exchange.columns_unknown",
                _("No se importan, porque no son de esta plantilla: %(columns)s."),
                columns=", ".join(unknown),
            )
        )
    _report_missing(heading, list(missing.values()))


def _report_untitled(heading: Heading, rows: list[list[str]]) -> None:
    """Columns that hold data but have no header are not read; saying so is better than losing them in silence."""
    titles = heading.titles
    data = rows[heading.last :]
    width = max((len(row) for row in data), default=0)
    untitled = [
        column_letters(index)
        for index in range(width)
        if index not in heading.columns
        and not (titles[index] if index < len(titles) else "")
        and any(len(row) > index and row[index] for row in data)
    ]
    if untitled:
        heading.notices.append(
            Problem(
                "exchange.columns_untitled",
                _("Tienen datos pero no encabezado, y no se leen: columnas %(columns)s."),
                columns=", ".join(untitled[:12]),
            )
        )


def _report_missing(heading: Heading, missing: list[Column]) -> None:
    for column in missing:
        if column.required:
            heading.problems.append(
                Problem(
                    "exchange.column_missing",
                    _("Falta la columna obligatoria «%(column)s»."),
                    fix=_("Agréguela con ese encabezado, o copie los datos a la plantilla."),
                    field=column.key,
                    column=column.label,
                )
            )
    if absent := [str(column.label) for column in missing if not column.required]:
        heading.notices.append(
            Problem(
                "exchange.columns_absent",
                _("No están en el archivo y se dejan vacías: %(columns)s."),
                columns=", ".join(absent),
            )
        )


def _no_header(table: Table, sheet: Sheet, rows: list[list[str]]) -> Problem:
    titles = next(([cell for cell in row if cell] for row in rows if sum(map(bool, row)) > 1), [])
    expected = [str(column.label) for column in sheet.columns if column.required] or [
        str(column.label) for column in sheet.columns[:5]
    ]
    return Problem(
        "exchange.no_header",
        _("En la hoja «%(sheet)s» no se encontró ninguna columna de la plantilla. Las primeras que hay: %(titles)s."),
        fix=_("Ponga en una fila los encabezados de la plantilla: %(expected)s…"),
        sheet=table.name or sheet.label,
        titles=", ".join(titles[:6]) or "–",
        expected=", ".join(expected[:6]),
    )
