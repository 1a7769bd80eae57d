"""Open data of an edition: CSV with HXL tags, JSON and a workbook, the same bytes for the same edition."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime

import xlsxwriter
from django.utils.translation import gettext as _

from cauce.editions.values import Values
from cauce.exchange.columns import guard

# Column → HXL tag (hxlstandard.org): what a machine that never heard of Cauce can read.
FIGURE_COLUMNS = {
    "key": "#indicator+code",
    "value": "#indicator+value+num",
    "unit": "#indicator+unit+code",
    "status": "#status+disclosure",
    "reason": "#description+withheld",
    "label": "#indicator+name",
    "chapter": "#sector+name",
    "start": "#date+start",
    "end": "#date+end",
    "edition": "#meta+edition",
    "definition": "#meta+definition+sha256",
}
BREAKDOWN_COLUMNS = {
    "key": "#indicator+code",
    "breakdown": "#group+code",
    "code": "#group+value+code",
    "label": "#group+value+name",
    "value": "#indicator+value+num",
    "percent": "#indicator+value+pct",
    "unit": "#indicator+unit+code",
    "status": "#status+disclosure",
    "reason": "#description+withheld",
    "base": "#indicator+base+num",
    "edition": "#meta+edition",
}

Row = list[str | int]


def figure_rows(values: Values) -> list[Row]:
    """One row for each figure and share, in the order they are declared."""
    start, end = period_of(values)
    return [
        [
            figure.key, "" if figure.value is None else figure.value, figure.unit, figure.status, figure.withheld,
            figure.label, figure.chapter_label, start, end, values.about.name, figure.definition,
        ]
        for figure in values.figures
    ]  # fmt: skip


def breakdown_rows(values: Values) -> list[Row]:
    """One row for each cell; a breakdown withheld whole is one row without a code."""
    rows: list[Row] = []
    for cut in values.breakdowns:
        unit = values.figure(cut.figure).unit
        base = "" if cut.base is None else cut.base
        if cut.withheld:
            rows.append(
                [cut.figure, cut.key, "", cut.label, "", "", unit, "withheld", cut.withheld, "", values.about.name]
            )
        for cell in cut.cells:
            rows.append(
                [
                    cut.figure, cut.key, " > ".join(cell.codes), " > ".join(cell.labels),
                    "" if cell.value is None else cell.value, "" if cell.percent is None else cell.percent, unit,
                    "withheld" if cell.withheld else "released", cell.withheld, base, values.about.name,
                ]
            )  # fmt: skip
    return rows


def period_of(values: Values) -> tuple[str, str]:
    start, _to, end = values.about.period.partition("..")
    return start, end


def _csv(columns: dict[str, str], rows: Iterable[Row]) -> bytes:
    out = io.StringIO(newline="")
    # RFC 4180: with both ends of line known to the writer, a stray one inside a text is quoted.
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerow(columns.values())
    # Text a spreadsheet would take for a formula gets the apostrophe that makes it text.
    writer.writerows([guard(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return out.getvalue().encode("utf-8")


def figures_csv(values: Values) -> bytes:
    """``key,value,unit,…``: plain integers, empty where withheld; the second row is HXL."""
    return _csv(FIGURE_COLUMNS, figure_rows(values))


def breakdowns_csv(values: Values) -> bytes:
    return _csv(BREAKDOWN_COLUMNS, breakdown_rows(values))


def figures_json(values: Values) -> bytes:
    """The same numbers with their sentences and breakdowns, for programs."""
    data = {
        "edition": asdict(values.about),
        "figures": [{**asdict(figure), "status": figure.status} for figure in values.figures],
        "breakdowns": [asdict(cut) for cut in values.breakdowns],
        "sums": [asdict(each) for each in values.sums],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def workbook(values: Values) -> bytes:
    """Figures, breakdowns and definitions as sheets of text and numbers; no formula, no link."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties(
            {
                "title": values.about.title,
                "author": values.about.mission_name,
                # A workbook carries its moment inside; the edition's own keeps the bytes equal.
                "created": datetime.fromisoformat(values.about.frozen_at).replace(tzinfo=None),
            }
        )
        head = book.add_format({"bold": True, "bg_color": "#0B1F4B", "font_color": "#FFFFFF", "text_wrap": True})
        tags = book.add_format({"italic": True, "font_color": "#4A5873"})
        number = book.add_format({"num_format": "#,##0"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        formats = (head, tags, number, wrap)
        _sheet(book, _("Cifras"), FIGURE_COLUMNS, figure_rows(values), (34, 12, 14, 12, 28, 52, 26), formats)
        _sheet(book, _("Desgloses"), BREAKDOWN_COLUMNS, breakdown_rows(values), (34, 18, 18, 46, 12, 10), formats)
        _sheet(book, _("Definiciones"), DEFINITION_COLUMNS, definition_rows(values), (34, 46, 80, 10, 60), formats)
    return out.getvalue()


DEFINITION_COLUMNS = {
    "key": "#indicator+code",
    "label": "#indicator+name",
    "definition": "#indicator+definition",
    "version": "#meta+version",
    "notes": "#description+notes",
}


def definition_rows(values: Values) -> list[Row]:
    return [[f.key, f.label, f.sentence, f.version, f.notes] for f in values.figures]


def _sheet(book, name: str, columns: dict[str, str], rows: Sequence[Row], widths: Sequence[float], formats) -> None:
    head, tags, number, wrap = formats
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(2, 1)
    for index, width in enumerate(widths):
        sheet.set_column(index, index, width)
    sheet.write_row(0, 0, list(columns), head)
    sheet.write_row(1, 0, list(columns.values()), tags)
    for line, row in enumerate(rows, start=2):
        for index, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(line, index, cell, number)
            elif cell == "":
                sheet.write_blank(line, index, None, wrap)
            else:
                # Written as a string, so that no text is ever run as a formula.
                sheet.write_string(line, index, cell, wrap)
    if rows:
        sheet.autofilter(1, 0, len(rows) + 1, len(columns) - 1)
