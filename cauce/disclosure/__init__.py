"""Thresholds, suppression: the only road from a raw count to a published one.

from cauce import disclosure, mission
released = disclosure.release(mission.current().figure("protection.cases"), Period.year(2022), profile="public")
released.cell.value, released.shares, released.breakdown("category").cells
"""

from cauce.disclosure.profiles import Profile
from cauce.disclosure.release import ALL, release, release_all
from cauce.disclosure.released import Cell, Reason, Released, ReleasedBreakdown, ReleasedCell, ReleasedShare

__all__ = [
    "ALL",
    "Cell",
    "Profile",
    "Reason",
    "Released",
    "ReleasedBreakdown",
    "ReleasedCell",
    "ReleasedShare",
    "release",
    "release_all",
]
