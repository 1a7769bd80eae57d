"""A simulated flow-monitoring survey: rounds of the second and third quarter, and anonymous interviews.

They lie before October, so that the real interviews that the DTM published (October 2022 on, imported by
whoever follows the README) are never mixed with invented ones; codes and places say «simulada».
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from cauce.records.surveys.enums import REASONS
from cauce.simulator.world import YEAR

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SimRound:
    """A round of interviews: where, when, how many; ``filed`` False leaves the interviews without a round."""

    code: str
    place: str
    city: str
    state: str
    points: tuple[str, ...]
    first: date
    days: int
    interviews: int
    nations: dict[str, int]
    filed: bool = True


_SOUTH = {"HND": 34, "GTM": 14, "SLV": 12, "HTI": 16, "VEN": 14, "CUB": 5, "NIC": 5}
_NORTH = {"HND": 22, "GTM": 14, "SLV": 12, "HTI": 12, "MEX": 22, "VEN": 10, "NIC": 4, "COL": 4}
ROUNDS = (
    SimRound("SIM-TAP-22-1", "07089", "Tapachula", "Chiapas", ("Parque central (simulado)", "Terminal de autobuses (simulada)"),
             date(YEAR, 5, 9), 12, 190, _SOUTH),
    SimRound("SIM-MEX-22-1", "09015", "Cuauhtémoc", "Ciudad de México", ("Estación de autobuses (simulada)",),
             date(YEAR, 6, 6), 5, 90, _NORTH),
    SimRound("SIM-TIJ-22-1", "02004", "Tijuana", "Baja California", ("Garita (simulada)", "Albergue de paso (simulado)"),
             date(YEAR, 8, 15), 12, 150, _NORTH),
    SimRound("", "27017", "Tenosique", "Tabasco", ("Vía del tren (simulada)",), date(YEAR, 7, 11), 3, 9, _SOUTH, filed=False),
)  # fmt: skip
# Why people left, in percent of those asked; several answers each.
_REASONS = {
    "economic": 62, "insecurity": 48, "safety": 31, "services": 18, "family_reunification": 16, "political": 14,
    "food": 12, "education": 8, "disaster": 5, "conflict": 4, "family_events": 3, "tourism": 1,
}  # fmt: skip
_AGES = ((15, 17, 4), (18, 25, 34), (26, 35, 36), (36, 45, 17), (46, 60, 8), (61, 74, 1))
_FORMER_HOMES = {"HTI": ("CHL", "BRA"), "VEN": ("COL", "PER"), "CUB": ("CUB", "URY")}


def round_rows() -> Iterable[Row]:
    """The rounds as the mission plans them; one of another tool, whose interviews are kept elsewhere."""
    for each in ROUNDS:
        if each.filed:
            yield {
                "code": each.code, "tool": "flow_monitoring_survey", "municipality": each.place,
                "starts_on": each.first, "ends_on": each.first + timedelta(days=each.days - 1),
                "sample_planned": each.interviews + 10, "refusals": each.interviews // 12, "repeats_dropped": 1,
                "questionnaire": "FMS 2022 (simulado)", "state": "closed",
            }  # fmt: skip
    yield {
        "code": "SIM-EMIF-22-3", "tool": "emif", "municipality": "02004", "starts_on": date(YEAR, 7, 1),
        "ends_on": date(YEAR, 9, 30), "sample_planned": 1200, "sample_reported": 1140,
        "questionnaire": "EMIF (simulado)", "state": "closed",
    }  # fmt: skip


def interview_rows(random: Random) -> list[Row]:
    """Interviews by day, with what lists bring: a damaged name, a name spelled otherwise, a line sent twice."""
    rows = [_interview(each, random) for each in ROUNDS for _ in range(each.interviews)]
    rows.sort(key=lambda row: (row["date"], row["adm2_code"]))
    rows[40]["adm2_name"] = rows[40]["adm2_name"].upper().replace("CH", "Ch")
    rows[41]["adm1_name"] = "<null>"
    rows.insert(60, dict(rows[59]))
    return rows


def _interview(each: SimRound, random: Random) -> Row:
    nationality = random.choices(list(each.nations), weights=list(each.nations.values()))[0]
    left = random.choice((nationality, *_FORMER_HOMES.get(nationality, ()), nationality))
    low, high, _weight = random.choices(_AGES, weights=[band[2] for band in _AGES])[0]
    day = each.first + timedelta(days=random.randrange(each.days))
    row: Row = {
        "date": day,
        "country": "MEX",
        "nationality": nationality,
        "from": left,
        "to": random.choices(("USA", "MEX", "CAN"), weights=(82, 16, 2))[0],
        "sex": random.choices(("female", "male", "no_answer"), weights=(40, 59, 1))[0],
        "age": random.randint(low, high),
        "n": random.choices((1, 2, 3, 4, 5, 7), weights=(46, 18, 14, 12, 7, 3))[0],
        "adm1_code": f"MX{each.place[:2]}",
        "adm1_name": each.state,
        "adm2_code": f"MX{each.place}",
        "adm2_name": each.city,
        "location": random.choice(each.points),
    }
    given = [code for code in REASONS if random.random() * 100 < _REASONS[code]]
    row |= {f"reason_{code}": code in (given or ["economic"]) for code in REASONS}
    return row
