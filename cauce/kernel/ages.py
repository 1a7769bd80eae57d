"""Ages and age bands. A band is derived at the date of the service, never typed (domain.md §6.2)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum


class AgeBand(StrEnum):
    """The sector's bands (domain.md §1.7)."""

    INFANT = "0-4"
    CHILD = "5-11"
    ADOLESCENT = "12-17"
    ADULT = "18-59"
    OLDER = "60+"
    UNKNOWN = "unknown"


def age_on(birth: date, day: date) -> int:
    """Completed years on ``day``; a person born on 29 February turns older on 1 March."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def band_of(age: int | None) -> AgeBand:
    """The band of an age in completed years; unknown for none or an impossible age."""
    if age is None or not 0 <= age <= 120:
        return AgeBand.UNKNOWN
    if age <= 4:
        return AgeBand.INFANT
    if age <= 11:
        return AgeBand.CHILD
    if age <= 17:
        return AgeBand.ADOLESCENT
    return AgeBand.ADULT if age <= 59 else AgeBand.OLDER


def band_on(
    day: date, *, birth: date | None = None, estimate: int | None = None, estimated_on: date | None = None
) -> AgeBand:
    """The band at ``day`` from a birth date, or from an age estimated on a day."""
    if birth is not None:
        return band_of(age_on(birth, day))
    if estimate is None or estimated_on is None:
        return AgeBand.UNKNOWN
    # An estimated age grows by whole years from the day it was estimated.
    grown = (day - estimated_on).days // 365 if day >= estimated_on else 0
    return band_of(estimate + grown)
