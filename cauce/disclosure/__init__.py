"""Thresholds, suppression: the only road from a raw count to a published one.

from cauce import disclosure, mission
released = disclosure.release(mission.current().figure("protection.cases"), Period.year(2022), profile="public")
released.cell.value, released.shares, released.breakdown("category").cells
"""

from cauce.disclosure.insight import (
    Comparison,
    RecordList,
    Trend,
    check_sums,
    compare,
    compare_offices,
    judge,
    records,
    trend,
)
from cauce.disclosure.labels import label
from cauce.disclosure.profiles import Profile
from cauce.disclosure.release import ALL, release, release_all
from cauce.disclosure.released import Caution, Cell, Reason, Released, ReleasedBreakdown, ReleasedCell, ReleasedShare

__all__ = [
    "ALL",
    "Caution",
    "Cell",
    "Comparison",
    "Profile",
    "Reason",
    "RecordList",
    "Released",
    "ReleasedBreakdown",
    "ReleasedCell",
    "ReleasedShare",
    "Trend",
    "check_sums",
    "compare",
    "compare_offices",
    "judge",
    "label",
    "records",
    "release",
    "release_all",
    "trend",
]
