"""Reading and writing workbooks, CSV and HXL from declared columns."""

from cauce.exchange.columns import COMMON_NULLS, Column, Sheet
from cauce.exchange.kinds import Choice, Day, Decimal, Flag, Folio, Text, Whole
from cauce.exchange.reading import Reading, Row, read

__all__ = [
    "COMMON_NULLS", "Choice", "Column", "Day", "Decimal", "Flag", "Folio", "Reading", "Row", "Sheet", "Text", "Whole",
    "read",
]  # fmt: skip
