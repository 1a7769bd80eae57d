"""A figure month by month, and beside other periods and offices.

Each month is counted by itself. Distinct people over a year are fewer than the sum of the months
whenever somebody came back: the months of a trend are never added up.
"""

from __future__ import annotations

from collections.abc import Sequence

from cauce.facts.store import FactStore
from cauce.figures.evaluate import evaluate, evaluate_by_month
from cauce.figures.raw import Raw
from cauce.kernel.periods import Period
from cauce.mission.definition import FigureDefinition


def by_month(
    definition: FigureDefinition, period: Period, *, office: str | None = None, store: FactStore | None = None
) -> tuple[Raw, ...]:
    """One count per calendar month the period touches, each over the days of the month in the period."""
    return evaluate_by_month(definition, period, office=office, store=store)


def by_office(
    definition: FigureDefinition, period: Period, offices: Sequence[str], *, store: FactStore | None = None
) -> tuple[Raw, ...]:
    """One count per office; a person assisted by two counts in both."""
    return tuple(evaluate(definition, period, office=office, store=store) for office in offices)
