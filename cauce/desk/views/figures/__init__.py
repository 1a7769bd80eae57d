"""The explorer of figures: the list, one figure, its records, why one counts, its rule, its table."""

from cauce.desk.views.figures.listed import figures, interval
from cauce.desk.views.figures.one import figure, rule, table
from cauce.desk.views.figures.records import records, why

__all__ = ["figure", "figures", "interval", "records", "rule", "table", "why"]
