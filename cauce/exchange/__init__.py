"""Reading and writing workbooks, CSV and HXL from declared columns."""

from cauce.exchange.columns import COMMON_NULLS, Column, Sheet, guard
from cauce.exchange.kinds import Choice, Day, Decimal, Flag, Folio, Text, Whole
from cauce.exchange.reading import Reading, Row, read
from cauce.exchange.templates import template
from cauce.exchange.writing import write, write_csv, write_errors

__all__ = [
    "COMMON_NULLS", "Choice", "Column", "Day", "Decimal", "Flag", "Folio", "Reading", "Row", "Sheet", "Text", "Whole",
    "guard", "read", "template", "write", "write_csv", "write_errors",
]  # fmt: skip
