"""Invented people: names, ages, travel groups, and the folio their sheets know them by."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random

from cauce.simulator import names
from cauce.simulator.world import YEAR, SimPerson, nationality_for

# Age bands of those who seek help, in percent.
_ADULT_AGES = ((18, 25, 34), (26, 35, 36), (36, 45, 18), (46, 59, 9), (60, 78, 3))
_CHILD_AGES = ((0, 4, 30), (5, 11, 38), (12, 17, 32))


class Registry:
    """Gives folios office by office and keeps everybody made so far."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.people: list[SimPerson] = []
        self._numbers: Counter[str] = Counter()

    def person(
        self,
        office: str,
        day: date,
        *,
        sex: str = "",
        child: bool | None = None,
        nationality: str = "",
        group: str = "",
    ) -> SimPerson:
        """A new person, registered on ``day`` at ``office``."""
        random = self.random
        sex = sex or random.choices(("female", "male"), weights=(46, 54))[0]
        nationality = nationality or nationality_for(random, office)
        if child is None:
            child = random.random() < 0.17
        given, first, second = names.full(random, sex, nationality)
        self._numbers[office] += 1
        person = SimPerson(
            folio=f"{office}-{YEAR % 100:02d}-{self._numbers[office]:06d}",
            office=office,
            given_names=given,
            first_surname=first,
            second_surname=second,
            sex=sex,
            nationality=nationality,
            registered_on=day,
            statistics=random.random() > 0.03,
            group=group,
        )
        self._give_age(person, day, child)
        self.people.append(person)
        return person

    def _give_age(self, person: SimPerson, day: date, child: bool) -> None:
        """A birth date for most; an estimated age where there is no document."""
        random = self.random
        bands = _CHILD_AGES if child else _ADULT_AGES
        low, high, _weight = random.choices(bands, weights=[band[2] for band in bands])[0]
        age = random.randint(low, high)
        if random.random() < 0.08:
            person.age_estimate = age
            return
        # A child of this age on the day, and still a child at the end of the year.
        birth = day - timedelta(days=age * 365 + age // 4 + random.randint(1, 360))
        if child and person_age(birth, date(YEAR, 12, 31)) > 17:
            birth = date(YEAR - 17, 1, 2) + timedelta(days=random.randint(0, 360))
        if not child and person_age(birth, day) < 18:
            birth = birth.replace(year=birth.year - 1, day=min(birth.day, 28))
        person.birth_date = birth


def person_age(birth: date, day: date) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
