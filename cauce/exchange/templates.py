"""The workbook people fill in: headers with notes, drop-downs, an example, and instructions in front."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cauce.exchange.columns import Column, Sheet
from cauce.exchange.kinds import Day, Flag, Whole
from cauce.exchange.scanning import column_letters
from cauce.exchange.writing import BLUE, INK, LINE, MUTED, NAVY, TINT, Book, Target, _number_format, _widths

_LAST_ROW = 1_048_575


def template(target: Target, sheets: Sequence[Sheet], *, title: object = "") -> None:
    """Write an empty workbook for these sheets in the active language.

    The reader ignores the sheets "Instrucciones" and "Listas" and the example row.
    """
    with Book(target, title or " · ".join(str(sheet.label) for sheet in sheets)) as book:
        guide = book.add(_("Instrucciones"))
        _guide(book, guide, sheets, title)
        pages = [(declared, book.add(declared.label)) for declared in sheets]
        lists = book.add(_("Listas"))
        ranges = _lists(book, lists, sheets)
        lists.hide()
        for declared, page in pages:
            _page(book, page, declared, ranges)
        guide.activate()


def _page(book: Book, page: Any, declared: Sheet, ranges: dict[tuple[str, str], str]) -> None:
    columns = declared.columns
    _widths(book, page, columns)
    book.header(page, 0, columns)
    # The notes first: the book is written as a stream and takes no note for a row already left.
    for index, column in enumerate(columns):
        note = "\n".join(_notes(column))
        if note:
            page.write_comment(0, index, note, {"x_scale": 2, "y_scale": 1 + note.count("\n") * 0.3, "font_size": 9})
    look = {"italic": True, "font_color": MUTED, "bg_color": TINT}
    for index, column in enumerate(columns):
        value = _example(column)
        if index == 0:
            value = _("Ejemplo: %(value)s") % {"value": f"{value:%d/%m/%Y}" if isinstance(value, date) else value}
        book.cell(page, 1, index, value, book.format(**look, **_number_format(column)))
        _validate(page, index, column, ranges.get((declared.key, column.key)))


def _validate(page: Any, index: int, column: Column, source: str | None) -> None:
    area = (1, index, _LAST_ROW, index)
    if source:
        page.data_validation(
            *area,
            {
                "validate": "list",
                "source": source,
                # Several values in one cell are typed, so the list only helps.
                "show_error": not column.many,
                "error_title": _("No está en la lista"),
                "error_message": _("Elija un valor de la lista desplegable."),
            },
        )
    elif isinstance(column.kind, Whole) and not column.many:
        low = column.kind.min if column.kind.min is not None else -(10**9)
        high = column.kind.max if column.kind.max is not None else 10**9
        page.data_validation(
            *area,
            {
                "validate": "integer",
                "criteria": "between",
                "minimum": low,
                "maximum": high,
                "error_title": _("Número entero"),
                "error_message": str(column.kind.hint),
            },
        )


def _lists(book: Book, page: Any, sheets: Sequence[Sheet]) -> dict[tuple[str, str], str]:
    """Write every list of choices into its own column of the hidden sheet; gives the range of each."""
    wanted: list[tuple[tuple[str, str], list[str]]] = []
    for declared in sheets:
        for column in declared.columns:
            labels = [_("sí"), _("no")] if isinstance(column.kind, Flag) else list(map(str, column.options().values()))
            if labels:
                wanted.append(((declared.key, column.key), labels))
    ranges = {}
    # Row by row: the book is written as a stream.
    for row in range(max((len(labels) for _key, labels in wanted), default=0)):
        for index, (_key, labels) in enumerate(wanted):
            if row < len(labels):
                book.cell(page, row, index, labels[row])
    for index, (key, labels) in enumerate(wanted):
        letters = column_letters(index)
        ranges[key] = f"='{page.get_name()}'!${letters}$1:${letters}${len(labels)}"
    return ranges


def _notes(column: Column) -> list[str]:
    """What to write in a column: the kind's own sentence, the declared note, and how to write several."""
    parts = [str(column.kind.hint), str(column.note)]
    if column.many:
        parts.append(_("Si son varios, sepárelos con punto y coma (;)."))
    return [part for part in parts if part]


def _example(column: Column) -> Any:
    if column.example not in ("", None):
        return column.example
    options = column.options()
    if options:
        return str(next(iter(options.values())))
    if isinstance(column.kind, Flag):
        return _("sí")
    if isinstance(column.kind, Day):
        return date(2022, 12, 31)
    return ""


def _guide(book: Book, page: Any, sheets: Sequence[Sheet], title: object) -> None:
    page.set_column(0, 0, 34)
    page.set_column(1, 1, 14)
    page.set_column(2, 2, 64)
    page.set_column(3, 3, 30)
    page.hide_gridlines(2)
    line = 0

    def put(text: str, **look: Any) -> None:
        nonlocal line
        book.cell(page, line, 0, text, book.format(**look))
        line += 1

    put(str(title) or _("Plantilla de captura"), bold=True, font_size=18, font_color=NAVY)
    put(_("Cómo llenar este libro"), bold=True, font_size=12, font_color=BLUE)
    for number, step in enumerate(_steps(), start=1):
        put(f"{number}. {step}")
    for declared in sheets:
        line += 1
        put(str(declared.label), bold=True, font_size=14, font_color=NAVY)
        if declared.note:
            put(str(declared.note), font_color=MUTED)
        for index, text in enumerate((_("Columna"), _("Obligatoria"), _("Qué se escribe"), _("Ejemplo"))):
            book.cell(page, line, index, text, book.format(bold=True, bg_color=TINT, bottom=1, bottom_color=LINE))
        line += 1
        for column in declared.columns:
            _guide_line(book, page, line, column)
            line += 1


def _guide_line(book: Book, page: Any, line: int, column: Column) -> None:
    wrapped = book.format(text_wrap=True, bottom=1, bottom_color=LINE, font_color=INK)
    strong = book.format(bold=column.required, text_wrap=True, bottom=1, bottom_color=LINE)
    book.cell(page, line, 0, str(column.label), strong)
    book.cell(page, line, 1, _("sí") if column.required else "", wrapped)
    book.cell(page, line, 2, " ".join(_notes(column)), wrapped)
    example = _example(column)
    book.cell(page, line, 3, f"{example:%d/%m/%Y}" if isinstance(example, date) else str(example), wrapped)


def _steps() -> list[str]:
    return [
        _("Escriba una fila por registro debajo de los encabezados. No combine celdas."),
        _("Las columnas azules con asterisco son obligatorias; las demás pueden quedar vacías."),
        _("Donde hay lista desplegable, elija un valor de la lista."),
        _("Los números van sin separador de miles: 5772, no 5.772 ni 5,772."),
        _("Las fechas llevan el año con cuatro cifras: 31/12/2022."),
        _("La fila que empieza con «Ejemplo:» no se importa; puede borrarla."),
        _("Puede cambiar el orden de las columnas, pero no sus nombres."),
        _("Al subir el libro verá una revisión fila por fila antes de que se guarde nada."),
    ]
