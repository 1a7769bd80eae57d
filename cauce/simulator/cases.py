"""Protection cases of the year, their services and referrals, and the cases that do not count.

Assisted means that a service or a referral of the case was *delivered* in the year. Around the
assisted ones stand the near misses: opened and never helped, referred and never received, planned,
cancelled, missed, delivered the year before or after.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random

from cauce.simulator.people import Registry
from cauce.simulator.planner import Targets, numbers_for, split
from cauce.simulator.world import OFFICES, YEAR, SimAct, SimCase, SimPerson, soon_after, working_day

# category → needs it comes with, services that answer them, (sex, child) of the people it is about
_SHAPES: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, bool | None]]] = {
    "referral_general": (
        ("legal", "migration_advice", "health", "education", "employment", "asylum", "identity"),
        ("legal_advice", "migration_advice", "psychosocial", "education", "employment", "information"),
        ("", False),
    ),
    "other_crime": (("justice", "safety", "psychosocial"), ("legal_advice", "police", "psychosocial"), ("", False)),
    "gbv": (("safety", "psychosocial", "health"), ("psychosocial", "safe_house", "legal_advice"), ("female", False)),
    "child": (
        ("child_protection", "family_reunification", "identity"),
        ("child_protection", "family_reunification", "psychosocial"),
        ("", True),
    ),
    "prenatal": (("prenatal", "health"), ("prenatal", "information"), ("female", False)),
    "trafficking": (("safety", "justice", "psychosocial"), ("safe_house", "psychosocial", "legal_advice"), ("", False)),
}
# Which other categories may also apply without changing the case's one (precedence of the mission).
_ALSO = {
    "trafficking": ("other_crime", "gbv", "referral_general"),
    "gbv": ("other_crime", "referral_general", "prenatal"),
    "child": ("referral_general",),
    "other_crime": ("referral_general",),
    "prenatal": ("referral_general",),
    "referral_general": (),
}
_CHANNELS = {
    "self": 30,
    "shelter": 34,
    "outreach": 14,
    "government": 8,
    "un": 6,
    "cso": 5,
    "hotline": 2,
    "social_media": 1,
}
_POPULATIONS = {"migrant": 52, "asylum_seeker": 38, "refugee": 4, "returnee": 4, "idp": 2}
_CLOSINGS = {"goal_met": 58, "left_area": 30, "transferred": 7, "withdrew": 5}
# How many deliveries a case had: most one or two.
_DELIVERIES = (0.52, 0.30, 0.12, 0.06)


class CaseBook:
    """Writes the cases of a year. ``cases`` and ``acts`` are what came of it."""

    def __init__(self, registry: Registry, targets: Targets, random: Random, receivers: dict[str, list[str]]) -> None:
        self.registry, self.targets, self.random, self.receivers = registry, targets, random, receivers
        self.cases: list[SimCase] = []
        self.acts: list[SimAct] = []
        self._numbers: Counter[str] = Counter()

    def write(self) -> None:
        """The assisted cases, exactly as many as published, then what surrounds them."""
        numbers = numbers_for(self.targets["protection.cases"], self.targets.shares("protection.cases"), self.random)
        plan = [
            (category, office)
            for category in sorted(numbers)
            for office, count in zip(
                OFFICES, split(numbers[category], [each.weight for each in OFFICES], self.random), strict=True
            )
            for _ in range(count)
        ]
        self.random.shuffle(plan)
        for category, office in plan:
            self._assisted(category, office.code)
        self._near_misses(max(8, len(plan) // 240))

    # One assisted case

    def _assisted(self, category: str, office: str) -> None:
        random = self.random
        first = working_day(random)
        case = self._open(category, office, first - timedelta(days=random.randint(0, 12)))
        for number in range(random.choices((1, 2, 3, 4), weights=_DELIVERIES)[0]):
            day = first if number == 0 else soon_after(random, first, 150)
            if random.random() < 0.42:
                self._referral(case, day, "delivered")
            else:
                self._service(case, day, "delivered")
        self._redundant(case, first)
        self._maybe_close(case)

    def _redundant(self, case: SimCase, first: date) -> None:
        """What happens around a case that counts already and must not change the figure."""
        if self.random.random() < 0.10:
            self._service(
                case, soon_after(self.random, first, 60), self.random.choice(("cancelled", "no_show")), why=""
            )
        if self.random.random() < 0.06:
            self._referral(case, soon_after(self.random, first, 60), self.random.choice(("sent", "declined")))

    def _open(self, category: str, office: str, opened: date, *, why: str = "") -> SimCase:
        random = self.random
        needs, _services, (sex, child) = _SHAPES[category]
        person = self._somebody(office, opened, sex, child)
        self._numbers[office] += 1
        also = tuple(each for each in _ALSO[category] if random.random() < 0.25)
        if category in {"gbv", "trafficking"} and "prenatal" in also and person.sex != "female":
            also = tuple(each for each in also if each != "prenatal")
        case = SimCase(
            code=f"{office}-{YEAR % 100:02d}-C{self._numbers[office]:05d}",
            person=person,
            opened_on=opened,
            categories=(category, *also),
            needs=tuple(random.sample(needs, k=random.randint(1, min(3, len(needs))))),
            risk=random.choices(("low", "medium", "high"), weights=self._risks(category))[0],
            channel=random.choices(list(_CHANNELS), weights=list(_CHANNELS.values()))[0],
            population=random.choices(list(_POPULATIONS), weights=list(_POPULATIONS.values()))[0],
            why=why,
        )
        self.cases.append(case)
        return case

    @staticmethod
    def _risks(category: str) -> tuple[int, int, int]:
        return (10, 35, 55) if category in {"gbv", "trafficking", "child"} else (45, 40, 15)

    def _somebody(self, office: str, opened: date, sex: str, child: bool | None) -> SimPerson:
        """Mostly somebody new; one case in nine is of a person who had one before at this office."""
        known = self.registry.people
        if known and self.random.random() < 0.11:
            for candidate in self.random.sample(known, k=min(20, len(known))):
                fits = candidate.office == office and candidate.registered_on <= opened
                is_child = candidate.age_on(opened) < 18
                grown = candidate.age_on(date(YEAR, 12, 31)) >= 18
                if fits and (not sex or candidate.sex == sex) and is_child == bool(child) and is_child != grown:
                    return candidate
        return self.registry.person(office, opened, sex=sex, child=bool(child))

    def _maybe_close(self, case: SimCase) -> None:
        random = self.random
        days = [act.day for act in self.acts[-8:] if act.values.get("case") == case.code]
        if days and random.random() < 0.62:
            closed = max(days) + timedelta(days=random.randint(3, 40))
            if closed <= date(YEAR, 12, 31):
                case.closed_on = closed
                case.closing = random.choices(list(_CLOSINGS), weights=list(_CLOSINGS.values()))[0]

    # Acts of a case

    def _service(self, case: SimCase, day: date, state: str, *, why: str = "") -> None:
        services = _SHAPES[case.categories[0]][1]
        values = {"folio": case.person.folio, "type": self.random.choice(services), "state": state, "case": case.code}
        self.acts.append(SimAct("services", case.person.office, day, values, why))

    def _referral(self, case: SimCase, day: date, state: str, *, why: str = "") -> None:
        """A referral, with the steps before its state dated in order."""
        random = self.random
        sent = max(case.opened_on, day - timedelta(days=random.randint(1, 9)))
        values = {
            "folio": case.person.folio,
            "organisation": random.choice(self.receivers[case.person.office]),
            "type": random.choice(_SHAPES[case.categories[0]][1]),
            "state": state,
            "sent_on": sent,
            "case": case.code,
        }
        self.acts.append(SimAct("referrals", case.person.office, day, values, why))

    # What must not count

    def _near_misses(self, each: int) -> None:
        for category in sorted(_SHAPES):
            for _ in range(each):
                office = self.random.choices(OFFICES, weights=[office.weight for office in OFFICES])[0].code
                for write in (self._never_helped, self._only_sent, self._not_delivered, self._planned, self._missed):
                    write(category, office)
            for _ in range(max(3, each // 4)):
                office = self.random.choice(OFFICES[:4]).code
                self._year_before(category, office)

    def _never_helped(self, category: str, office: str) -> None:
        self._open(category, office, working_day(self.random), why="opened, nothing delivered")

    def _only_sent(self, category: str, office: str) -> None:
        case = self._open(category, office, working_day(self.random), why="referral sent, not delivered")
        self._referral(case, soon_after(self.random, case.opened_on, 9), "sent", why=case.why)

    def _not_delivered(self, category: str, office: str) -> None:
        case = self._open(category, office, working_day(self.random), why="referral accepted, help not delivered")
        self._referral(case, soon_after(self.random, case.opened_on, 20), "not_delivered", why=case.why)

    def _planned(self, category: str, office: str) -> None:
        case = self._open(category, office, working_day(self.random), why="service planned, not delivered")
        self._service(case, soon_after(self.random, case.opened_on, 20), "planned", why=case.why)

    def _missed(self, category: str, office: str) -> None:
        case = self._open(category, office, working_day(self.random), why="person did not come")
        self._service(case, soon_after(self.random, case.opened_on, 20), "no_show", why=case.why)

    def _year_before(self, category: str, office: str) -> None:
        """Opened and helped in December of the year before: another year's figure."""
        opened = date(YEAR - 1, 12, self.random.randint(1, 18))
        case = self._open(category, office, opened, why="helped in the year before")
        self._service(case, opened + timedelta(days=self.random.randint(0, 12)), "delivered", why=case.why)
