"""Writing workbooks, CSV and templates from declared columns, in the house's look and safe to open.

No cell is ever written as a formula; text that a spreadsheet could take for one gets an apostrophe in front, which
the reader takes off again. Workbooks are written row by row through temporary files of the operating system's user.
"""

from __future__ import annotations

import codecs
import csv
import decimal
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter
from django.utils.translation import gettext as _

from cauce.exchange.columns import Column, Sheet, guard
from cauce.exchange.headers import PROBLEMS_HEADER, ROW_HEADER
from cauce.exchange.kinds import Choice, Day, Decimal, Flag, Folio, Text, Whole

Target = str | Path | BinaryIO
Rows = Iterable[Mapping[str, Any]]

NAVY, BLUE, INK, MUTED, TINT, STOP, STOP_TINT, LINE = (
    "#0B1F4B", "#0033A0", "#17233C", "#4A5873", "#E6EDFA", "#8E1414", "#FDF0F0", "#D5DFEF",
)  # fmt: skip
_FONT = {"font_name": "Noto Sans", "font_size": 10, "font_color": INK, "valign": "top"}
MAX_CELL = 32_767  # characters, Excel's own limit


def sheet_name(label: object) -> str:
    """A label as Excel allows it for a sheet: without []:*?/\\ and at most 31 characters."""
    return re.sub(r"[\[\]:*?/\\]", " ", str(label)).strip(" '")[:31] or "Datos"


class Book:
    """A workbook being written, with the formats of the house."""

    def __init__(self, target: Target, title: object = "", watermark: str = "") -> None:
        self.out = str(target) if isinstance(target, Path) else target
        self.book = xlsxwriter.Workbook(
            self.out,
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "default_date_format": "dd/mm/yyyy",
                "remove_timezone": True,
            },
        )
        self.book.set_properties({"title": str(title), "comments": watermark, "author": "Cauce"})
        self._formats: dict[tuple, Any] = {}

    def __enter__(self) -> Book:
        return self

    def __exit__(self, kind: object, *_exc: object) -> None:
        # A half-written export is closed all the same: its temporary files must not stay.
        self.book.close()

    def format(self, **look: Any) -> Any:
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(_FONT | look)
        return self._formats[key]

    def add(self, name: object) -> Any:
        """A new sheet; a second one of the same name gets a number."""
        wanted, number = sheet_name(name), 1
        while any(sheet.get_name().lower() == wanted.lower() for sheet in self.book.worksheets()):
            number += 1
            wanted = f"{sheet_name(name)[:27]} {number}"
        sheet = self.book.add_worksheet(wanted)
        sheet.set_paper(9)
        sheet.hide_gridlines(0)
        return sheet

    def header(self, sheet: Any, row: int, columns: Sequence[Column]) -> None:
        """The header row: navy, required columns blue with an asterisk; frozen, with filters."""
        for index, column in enumerate(columns):
            look = {"bold": True, "font_color": "#FFFFFF", "bg_color": BLUE if column.required else NAVY}
            text = f"{column.label} *" if column.required else str(column.label)
            sheet.write_string(
                row, index, text, self.format(**look, text_wrap=True, valign="vcenter", border_color=LINE)
            )
        sheet.set_row(row, 34)
        sheet.freeze_panes(row + 1, 1)

    def cell(self, sheet: Any, row: int, index: int, value: Any, look: Any = None) -> None:
        """One value, typed: dates as dates, numbers as numbers, everything else as guarded text."""
        if value is None or value == "":
            if look is not None:
                sheet.write_blank(row, index, None, look)
        elif isinstance(value, bool):
            sheet.write_boolean(row, index, value, look)
        elif isinstance(value, (datetime, date)):
            sheet.write_datetime(row, index, value, look or self.format(num_format="dd/mm/yyyy"))
        elif isinstance(value, (int, float, decimal.Decimal)) and -(10**15) < value < 10**15:
            sheet.write_number(row, index, value, look)
        else:
            sheet.write_string(row, index, guard(str(value))[:MAX_CELL], look)


def write(
    target: Target,
    sheets: Iterable[tuple[Sheet, Rows]],
    *,
    title: object = "",
    watermark: str = "",
    hxl: bool = False,
    only: Callable[[Column], bool] = lambda _column: True,
) -> int:
    """Write rows (column key → value) of one or several sheets as a workbook; gives the number of rows written.

    ``watermark`` (who, when, what for) stands above every header; ``only`` leaves out columns (by privacy).
    """
    written = 0
    with Book(target, title, watermark) as book:
        for declared, rows in sheets:
            columns = [column.settled() for column in declared.columns if only(column)]
            sheet = book.add(declared.label)
            _widths(book, sheet, columns)
            top = _above(book, sheet, title, watermark)
            book.header(sheet, top, columns)
            if hxl:
                top += 1
                for index, column in enumerate(columns):
                    book.cell(sheet, top, index, column.hxl, book.format(font_color=MUTED, italic=True))
            looks = [book.format(**_number_format(column)) for column in columns]
            last = top
            for last, values in enumerate(rows, start=top + 1):
                for index, column in enumerate(columns):
                    if (value := values.get(column.key)) is not None:
                        book.cell(sheet, last, index, _cell(column, value), looks[index])
            written += last - top
    return written


def _above(book: Book, sheet: Any, title: object, watermark: str) -> int:
    """Title and watermark over the header; gives the header's row."""
    row = 0
    for text, look in ((str(title), {"bold": True, "font_size": 14}), (watermark, {"font_color": MUTED})):
        if text:
            book.cell(sheet, row, 0, text, book.format(**look))
            row += 1
    return row


def _cell(column: Column, value: Any) -> Any:
    cell = column.format(value)
    return str(cell) if not isinstance(cell, (int, float, decimal.Decimal, date)) else cell


def _number_format(column: Column) -> dict[str, Any]:
    if isinstance(column.kind, Day):
        return {"num_format": "dd/mm/yyyy"}
    if isinstance(column.kind, Decimal):
        return {"num_format": "0." + "0" * column.kind.places if column.kind.places else "General"}
    # Text format keeps leading zeros and stops Excel from turning "3-4" into a date.
    return {"num_format": "0"} if isinstance(column.kind, Whole) else {"num_format": "@", "text_wrap": True}


def _widths(book: Book, sheet: Any, columns: Sequence[Column]) -> None:
    for index, column in enumerate(columns):
        longest_word = max((len(word) for word in str(column.label).split()), default=0)
        natural = {Day: 12, Whole: 10, Decimal: 12, Flag: 8, Folio: 16, Choice: 24}.get(type(column.kind), 22)
        if isinstance(column.kind, Text) and column.kind.max > 200:
            natural = 48
        sheet.set_column(index, index, max(natural, longest_word + 3), book.format(**_number_format(column)))


def write_csv(
    target: Target,
    declared: Sheet,
    rows: Rows,
    *,
    watermark: str = "",
    hxl: bool = False,
    keys: bool = False,
    only: Callable[[Column], bool] = lambda _column: True,
) -> int:
    """Write one sheet as CSV (UTF-8 with mark, commas, ISO dates); gives the number of rows written.

    ``keys`` writes column keys and choice codes instead of labels; ``hxl`` adds the row of HXL tags.
    """
    columns = [column.settled() for column in declared.columns if only(column)]
    written = 0
    with _text_target(target) as stream:
        writer = csv.writer(stream, quoting=csv.QUOTE_NONNUMERIC)
        if watermark:
            writer.writerow([guard(watermark)])
        writer.writerow([column.key if keys else guard(str(column.label)) for column in columns])
        if hxl:
            writer.writerow([column.hxl for column in columns])
        for values in rows:
            writer.writerow([_csv_cell(column, values.get(column.key), keys) for column in columns])
            written += 1
    return written


def _csv_cell(column: Column, value: Any, keys: bool) -> Any:
    if isinstance(value, decimal.Decimal) and isinstance(column.kind, Decimal):
        # Only numbers that cannot be taken for formulas stay without quotes.
        return guard(column.kind.as_text(value)) if value >= 0 else column.kind.as_text(value)
    if keys and isinstance(column.kind, Choice):
        return guard("; ".join(value or ()) if column.many else str(value or ""))
    cell = column.format(value)
    if isinstance(cell, (datetime, date)):
        return cell.isoformat()
    return cell if isinstance(cell, (int, float)) else guard(str(cell))


class _text_target:  # noqa: N801 - used like contextlib's functions
    """A text stream with the UTF-8 mark over a path or a binary stream; the caller's stream stays open."""

    def __init__(self, target: Target) -> None:
        self.target, self.own = target, isinstance(target, (str, Path))

    def __enter__(self) -> io.TextIOWrapper:
        binary: Any = Path(self.target).open("wb") if self.own else self.target  # type: ignore[arg-type]
        binary.write(codecs.BOM_UTF8)
        self.stream = io.TextIOWrapper(binary, encoding="utf-8", newline="", write_through=True)
        return self.stream

    def __exit__(self, *_exc: object) -> None:
        self.stream.flush()
        if self.own:
            self.stream.close()
        else:
            self.stream.detach()


def write_errors(
    target: Target, sheets: Iterable[tuple[str, Sequence[str], Iterable[tuple[int, Sequence[Any], Sequence[str]]]]]
) -> int:
    """The refused rows as they came, with a column "Problemas", to be mended and sent again; gives their number.

    ``sheets``: (name of the sheet, its headers, rows as (row number, original cells, sentences)).
    """
    written = 0
    with Book(target, _("Filas con problemas")) as book:
        problem_look = book.format(font_color=STOP, bg_color=STOP_TINT, text_wrap=True)
        head = {"bold": True, "font_color": "#FFFFFF", "text_wrap": True}
        for name, titles, rows in sheets:
            sheet = book.add(name)
            # Text format: a folio mended by hand keeps its zeros.
            sheet.set_column(0, max(len(titles) - 1, 0), 18, book.format(num_format="@"))
            sheet.set_column(len(titles), len(titles), 70)
            for index, title in enumerate(titles):
                book.cell(sheet, 0, index, title, book.format(**head, bg_color=NAVY))
            book.cell(sheet, 0, len(titles), str(PROBLEMS_HEADER), book.format(**head, bg_color=STOP))
            book.cell(sheet, 0, len(titles) + 1, str(ROW_HEADER), book.format(**head, bg_color=NAVY))
            sheet.freeze_panes(1, 0)
            for line, (number, cells, sentences) in enumerate(rows, start=1):
                for index, cell in enumerate(cells[: len(titles)]):
                    book.cell(sheet, line, index, cell)
                book.cell(sheet, line, len(titles), "\n".join(sentences), problem_look)
                book.cell(sheet, line, len(titles) + 1, number)
                written += 1
    return written
