"""Cells in which a spreadsheet shows an error, or a formula that nobody computed: refused, never taken for empty."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from cauce.exchange.columns import Column
from cauce.exchange.opening import ErrorCell, Table
from cauce.exchange.scanning import UNCOMPUTED
from cauce.kernel.problems import Problem


def refusing(column: Column, read: Callable) -> Callable:
    """The column's reader, for rows that have such a cell; an error may be one of the column's declared nulls."""
    nulls = {word.strip() for word in column.nulls}

    def refuse(cell: Any, mended: list) -> Any:
        if type(cell) is ErrorCell:
            if cell == UNCOMPUTED:
                raise _uncomputed(column)
            if cell not in nulls:
                raise Problem(
                    "exchange.error_cell",
                    _("La celda muestra el error %(error)s de Excel."),
                    fix=_("Corrija la fórmula o escriba el valor."),
                    field=column.key,
                    error=str(cell),
                )
            cell = ""
        return read(cell, mended)

    return refuse


def marked(cells: list[Any], errors: dict[int, str]) -> list[Any]:
    """The row with its errors in place; the reader behind us ends it at the last cell that holds a value."""
    cells = cells + [""] * (max(errors) + 1 - len(cells))
    return [ErrorCell(errors[index]) if index in errors else cell for index, cell in enumerate(cells)]


def rows_of_formulas(table: Table, columns: set[int], last: int) -> list[int]:
    """Rows under the header (numbered from 1) whose formulas in these columns nobody computed."""
    return [
        row + 1
        for row, errors in sorted(table.errors.items())
        if row >= last and any(index in columns and error == UNCOMPUTED for index, error in errors.items())
    ]


def formulas_notice(rows: list[int]) -> Problem:
    """What a person must know of rows that hold nothing but formulas without a result."""
    return Problem(
        "exchange.rows_of_formulas",
        _("No se leyeron, porque solo tienen fórmulas sin resultado guardado: filas %(rows)s."),
        fix=_("Abra el libro en Excel o LibreOffice, guárdelo y envíe esa copia."),
        rows=", ".join(map(str, rows[:20])) + ("…" if len(rows) > 20 else ""),
    )


def _uncomputed(column: Column) -> Problem:
    return Problem(
        "exchange.formula",
        _("La celda tiene una fórmula y el libro no guarda su resultado."),
        fix=_("Abra el libro en Excel o LibreOffice, guárdelo y envíe esa copia; o escriba el valor."),
        field=column.key,
    )
