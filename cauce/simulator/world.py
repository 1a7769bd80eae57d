"""What the simulated year is made of, before it becomes rows of sheets.

Plain objects with the keys of the sheets' columns in ``row()``; the writers only put them in order.
``why`` says, for a near miss, the reason it must not be counted: the tests read it, no figure does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

YEAR = 2022


@dataclass(frozen=True, slots=True)
class Office:
    """An office, its municipality, and how much of the protection work it does."""

    code: str
    place: str
    city: str
    weight: float


OFFICES = (
    Office("TIJ", "02004", "Tijuana", 36),
    Office("CJS", "08037", "Ciudad Juárez", 24),
    Office("TAP", "07089", "Tapachula", 19),
    Office("MXL", "02002", "Mexicali", 8),
    Office("MTY", "19039", "Monterrey", 5),
    Office("TEN", "27017", "Tenosique", 4),
    Office("MEX", "09015", "Ciudad de México", 2.5),
    Office("NOG", "26043", "Nogales", 1.5),
)
BY_CODE = {office.code: office for office in OFFICES}

# Who came, by office: the north receives more Mexican, the south more Central American and Haitian people.
_NATIONS = {
    "north": {
        "HND": 27,
        "GTM": 12,
        "SLV": 11,
        "HTI": 15,
        "MEX": 13,
        "VEN": 9,
        "NIC": 5,
        "CUB": 4,
        "COL": 2,
        "BRA": 1,
        "ECU": 1,
    },
    "south": {"HND": 30, "GTM": 10, "SLV": 12, "HTI": 19, "VEN": 13, "CUB": 6, "NIC": 5, "COL": 2, "BRA": 1, "ECU": 2},
}
_SOUTH = {"TAP", "TEN"}


@dataclass(slots=True)
class SimPerson:
    """An invented person; ``folio`` is the identity the sheets use."""

    folio: str
    office: str
    given_names: str
    first_surname: str
    second_surname: str
    sex: str
    nationality: str
    registered_on: date
    birth_date: date | None = None
    age_estimate: int | None = None
    statistics: bool = True
    group: str = ""

    def age_on(self, day: date) -> int:
        if self.birth_date is None:
            return self.age_estimate or 0
        passed = (day.month, day.day) >= (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - (not passed)


@dataclass(slots=True)
class SimCase:
    """A protection case and the acts that were (or were not) delivered for it."""

    code: str
    person: SimPerson
    opened_on: date
    categories: tuple[str, ...]
    needs: tuple[str, ...]
    risk: str
    channel: str
    population: str
    closed_on: date | None = None
    closing: str = ""
    why: str = ""


@dataclass(slots=True)
class SimAct:
    """One service, referral, item, procedure, support or participation: values by column key."""

    sheet: str
    office: str
    day: date
    values: dict[str, Any] = field(default_factory=dict)
    why: str = ""


def nationality_for(random: Random, office: str) -> str:
    weights = _NATIONS["south" if office in _SOUTH else "north"]
    return random.choices(list(weights), weights=list(weights.values()))[0]


# How busy each month was: the southern border's spring, the autumn after 12 October.
_MONTHS = (7.0, 7.3, 8.0, 7.6, 8.5, 8.9, 8.8, 9.2, 8.6, 9.1, 8.8, 8.2)


def working_day(random: Random, *, first: date = date(YEAR, 1, 3), last: date = date(YEAR, 12, 30)) -> date:
    """A day of the year on which people work, busy months more often; never outside [first, last]."""
    months = [number for number in range(1, 13) if first <= date(YEAR, number, 28) and date(YEAR, number, 1) <= last]
    month = random.choices(months, weights=[_MONTHS[number - 1] for number in months])[0]
    for _ in range(40):
        day = date(YEAR, month, 1) + timedelta(days=random.randrange(28 if month == 2 else 30))
        if day.weekday() < 6 and first <= day <= last:
            return day
    return max(first, min(last, date(YEAR, month, 15)))


def soon_after(random: Random, day: date, days: int, *, last: date = date(YEAR, 12, 30)) -> date:
    """A day within ``days`` after ``day``, not after ``last`` and not before ``day``."""
    return max(day, min(last, day + timedelta(days=random.randint(0, days))))
