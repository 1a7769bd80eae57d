"""What a list shows, as a file. Formula-like text is neutralised: a name may begin with "=" or "@"."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter
from django.http import HttpResponse, StreamingHttpResponse

from cauce.ui.formatting import local

KINDS = ("csv", "xlsx")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def response(kind: str, name: str, labels: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A download ``name.csv`` or ``name.xlsx``; CSV is streamed, with the mark Excel needs for accents."""
    if kind == "csv":
        answer: Any = StreamingHttpResponse(_csv(labels, rows), content_type="text/csv; charset=utf-8")
    else:
        answer = HttpResponse(
            _xlsx(labels, rows), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        )
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    answer["Cache-Control"] = "no-store"
    return answer


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _csv(labels: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    buffer = StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow([harmless(label) for label in labels])
    for row in rows:
        writer.writerow([_text(value) for value in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    if buffer.tell():
        yield buffer.getvalue()


def _text(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{local(value):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return harmless(value) if isinstance(value, str) else value


def _xlsx(labels: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        sheet = book.add_worksheet()
        bold, on, at = (
            book.add_format({"bold": True}),
            book.add_format({"num_format": "dd/mm/yyyy"}),
            book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
        )
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(0, len(labels) - 1), 18)
        for column, label in enumerate(labels):
            sheet.write_string(0, column, label, bold)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, datetime):
                    sheet.write_datetime(number, column, local(value).replace(tzinfo=None), at)
                elif isinstance(value, date):
                    sheet.write_datetime(number, column, value, on)
                elif value is not None:
                    sheet.write(number, column, value)
    return target.getvalue()
