"""Organisations and sites of the mission, the supports they got, and those they did not get."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from cauce.simulator.planner import Targets
from cauce.simulator.world import OFFICES, YEAR, SimAct, working_day

_SHELTERS = ("Casa Luz", "El Camino", "Casa del Puente", "La Esperanza", "Nazaret", "San Juan", "Puerta Abierta", "El Faro",
             "Brisas", "Santa Marta", "Nuevo Amanecer", "Casa del Río", "El Refugio", "Betania", "Tierra Firme", "El Alba")  # fmt: skip
_OTHERS = (
    "Comedor Pan Compartido",
    "Clínica móvil Manos",
    "Centro de día Raíces",
    "Comedor La Vía",
    "Consultorio Buen Paso",
)
_RECEIVERS = (
    ("Clínica jurídica universitaria", "university", "legal_advice"),
    ("Centro de salud", "gov_state", "psychosocial"),
    ("Procuraduría de protección de NNA", "gov_state", "child_protection"),
    ("Fiscalía especializada", "gov_state", "police"),
    ("Bolsa de trabajo municipal", "gov_mun", "employment"),
)
_SHELTER_COUNT = 96


@dataclass(slots=True)
class SimOrganisation:
    name: str
    kind: str
    place: str


@dataclass(slots=True)
class SimSite:
    name: str
    kind: str
    place: str
    office: str
    organisation: str
    capacity: int


class SiteBook:
    """Who operates what where, and the deliveries to them."""

    def __init__(self, targets: Targets, random: Random) -> None:
        self.targets, self.random = targets, random
        self.organisations: list[SimOrganisation] = []
        self.sites: list[SimSite] = []
        self.acts: list[SimAct] = []
        # Office → names of the organisations that receive referrals.
        self.receivers: dict[str, list[str]] = {}

    def write(self) -> None:
        for office in OFFICES:
            for name, kind, _service in _RECEIVERS:
                self._organisation(f"{name}, {office.city} (simulada)", kind, office.place)
            self.receivers[office.code] = [each.name for each in self.organisations[-len(_RECEIVERS) :]]
        others = self.targets["shelters.other_institutions"]
        shelters = [self._site("shelter", number) for number in range(_SHELTER_COUNT)]
        canteens = [self._site("other_service", number) for number in range(others)]
        unsupported = [self._site("other_service", others + number) for number in range(6)]
        for site in shelters[: _SHELTER_COUNT - 9] + canteens:
            for _ in range(self.random.choice((1, 2, 2, 3, 4))):
                self._support(site, working_day(self.random), "received")
        self._near_misses(shelters[_SHELTER_COUNT - 9 :], unsupported)

    def _organisation(self, name: str, kind: str, place: str) -> None:
        self.organisations.append(SimOrganisation(name, kind, place))

    def _site(self, kind: str, number: int) -> SimSite:
        office = self.random.choices(OFFICES, weights=[office.weight + 5 for office in OFFICES])[0]
        pool, first = (_SHELTERS, "Albergue ") if kind == "shelter" else (_OTHERS, "")
        round_of = number // len(pool)
        name = f"{first}{pool[number % len(pool)]}{f' {round_of + 1}' if round_of else ''}, {office.city} (simulado)"
        operator = f"Operadora de {name}"
        self._organisation(operator, "shelter_operator" if kind == "shelter" else "cso", office.place)
        capacity = self.random.randrange(30, 240, 10) if kind == "shelter" else 0
        site = SimSite(name, kind, office.place, office.code, operator, capacity)
        self.sites.append(site)
        return site

    def _support(self, site: SimSite, day: date, state: str, *, why: str = "") -> None:
        kind = self.random.choices(
            ("food", "nfi", "hygiene", "wash", "shelter_equipment"), weights=(34, 30, 18, 10, 8)
        )[0]
        values = {
            "site": site.name,
            "municipality": site.place,
            "item_class": kind,
            "quantity": self.random.randrange(20, 400, 20),
            "state": state,
        }
        self.acts.append(SimAct("site_support", site.office, day, values, why))

    def _near_misses(self, shelters: list[SimSite], canteens: list[SimSite]) -> None:
        """Sites that were to get something in the year and did not, and one of the year before."""
        for site in shelters[:4] + canteens[:3]:
            self._support(site, working_day(self.random), "planned", why="planned, not received")
        for site in shelters[4:7] + canteens[3:5]:
            self._support(site, working_day(self.random, last=date(YEAR, 12, 20)), "dispatched", why="on its way")
        for site in shelters[7:] + canteens[5:]:
            day = date(YEAR - 1, 12, 1) + timedelta(days=self.random.randrange(20))
            self._support(site, day, "received", why="received the year before")
