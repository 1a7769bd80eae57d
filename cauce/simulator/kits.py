"""Pre- and postnatal kits and birth certificates of the year, with what does not count."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from cauce.simulator.people import Registry
from cauce.simulator.planner import Targets
from cauce.simulator.world import OFFICES, YEAR, SimAct, SimPerson, soon_after, working_day

_PLACES = OFFICES[:6]


def _office(random: Random) -> str:
    return random.choices(_PLACES, weights=[office.weight for office in _PLACES])[0].code


def kits(registry: Registry, targets: Targets, random: Random) -> list[SimAct]:
    """Kits to pregnant and postpartum people: some got a prenatal one and later a postnatal one."""
    people, items = targets["protection.perinatal_people"], targets["protection.perinatal_kits"]
    if not people <= items <= 2 * people:
        raise ValueError(f"{items} kits cannot be given to {people} people, one or two each")
    acts = []
    again = random.sample(range(people), k=items - people)
    # Mothers of twins got two kits in one delivery, others a second one later.
    twins, twice = set(again[: len(again) // 4]), set(again[len(again) // 4 :])
    for number in range(people):
        office = _office(random)
        first = working_day(random, last=date(YEAR, 9, 30) if number in twice else date(YEAR, 12, 30))
        mother = _mother(registry, office, first)
        kind = "prenatal_kit" if number in twice or random.random() < 0.6 else "postnatal_kit"
        acts.append(_item(mother, first, kind, quantity=2 if number in twins else 1))
        if number in twice:
            acts.append(_item(mother, soon_after(random, first + timedelta(days=40), 40), "postnatal_kit"))
    return acts + _other_items(registry, random)


def _mother(registry: Registry, office: str, day: date) -> SimPerson:
    """Somebody of the register between 17 and 42, or somebody new."""
    random = registry.random
    for candidate in random.sample(registry.people, k=min(30, len(registry.people))):
        fits = candidate.sex == "female" and candidate.office == office and candidate.registered_on <= day
        if fits and 18 <= candidate.age_on(day) <= 42 and not candidate.group.startswith("kit"):
            candidate.group = f"kit{candidate.group}"
            return candidate
    person = registry.person(office, day, sex="female", child=False)
    person.birth_date, person.age_estimate = date(YEAR - random.randint(19, 40), random.randint(1, 12), 15), None
    person.group = "kit"
    return person


def _item(
    person: SimPerson, day: date, kind: str, *, state: str = "delivered", quantity: int = 1, why: str = ""
) -> SimAct:
    values = {"folio": person.folio, "item_class": kind, "quantity": quantity, "state": state}
    return SimAct("items", person.office, day, values, why)


def _other_items(registry: Registry, random: Random) -> list[SimAct]:
    """Kits that were not handed over, of another year, and other things handed over."""
    acts = []
    for why, state, year in (("planned", "planned", YEAR), ("not collected", "not_delivered", YEAR)):
        for _ in range(9):
            office = _office(random)
            day = working_day(random).replace(year=year)
            acts.append(_item(_mother(registry, office, day), day, "prenatal_kit", state=state, why=why))
    for _ in range(6):
        day = date(YEAR - 1, 12, random.randint(1, 20))
        person = registry.person(_office(random), day, sex="female", child=False)
        acts.append(_item(person, day, "postnatal_kit", why="delivered the year before"))
    for _ in range(900):
        office = _office(random)
        day = working_day(random)
        known = [person for person in random.sample(registry.people, k=40) if person.office == office]
        known = [person for person in known if person.registered_on <= day]
        if known:
            kind = random.choices(("hygiene", "nfi", "food", "medicine"), weights=(40, 30, 20, 10))[0]
            acts.append(_item(known[0], day, kind, quantity=random.randint(1, 3), why="another class of item"))
    return acts


def certificates(registry: Registry, targets: Targets, random: Random) -> list[SimAct]:
    """Birth certificates issued to children, and the applications that did not come so far."""
    acts = []
    children = [
        registry.person(_office(random), working_day(random, last=date(YEAR, 11, 30)), child=True)
        for _ in range(targets["protection.birth_certificates"])
    ]
    for child in children:
        child.statistics = True  # of a vault's class: without consent for statistics nobody is counted (R9)
        received = child.registered_on
        issued = min(date(YEAR, 12, 28), received + timedelta(days=random.randint(1, 60)))
        state = random.choices(("issued", "delivered"), weights=(20, 80))[0]
        acts.append(_procedure(child, received, state, issued=issued))
    for child in random.sample(children, k=7):
        # The same certificate reissued: one child, counted once.
        acts.append(_procedure(child, date(YEAR, 12, 1), "issued", issued=date(YEAR, 12, 20), why="reissued"))
    return acts + _other_procedures(registry, random)


def _procedure(
    person: SimPerson,
    received: date,
    state: str,
    *,
    issued: date | None = None,
    kind: str = "birth_certificate",
    why: str = "",
) -> SimAct:
    values = {"folio": person.folio, "type": kind, "state": state, "issued_on": issued}
    return SimAct("procedures", person.office, received, values, why)


def _other_procedures(registry: Registry, random: Random) -> list[SimAct]:
    acts = []
    for state, count in (("received", 12), ("incomplete", 14), ("submitted", 21), ("refused", 6)):
        for _ in range(count):
            day = working_day(random)
            child = registry.person(_office(random), day, child=True)
            acts.append(_procedure(child, day, state, why=f"{state}, not issued"))
    for _ in range(11):
        day = working_day(random, last=date(YEAR, 11, 30))
        grown = registry.person(_office(random), day, child=False)
        acts.append(_procedure(grown, day, "issued", issued=day + timedelta(days=20), why="not a child"))
    for _ in range(8):
        day = date(YEAR - 1, 11, random.randint(1, 28))
        child = registry.person(_office(random), day, child=True)
        acts.append(_procedure(child, day, "delivered", issued=day + timedelta(days=15), why="issued the year before"))
    for _ in range(7):
        day = working_day(random, last=date(YEAR, 11, 30))
        child = registry.person(_office(random), day, child=True)
        child.statistics = False
        acts.append(_procedure(child, day, "issued", issued=day + timedelta(days=9), why="no consent for statistics"))
    for _ in range(60):
        day = working_day(random, last=date(YEAR, 11, 30))
        person = registry.person(_office(random), day)
        kind = random.choice(("curp", "consular_id", "tvrh"))
        acts.append(
            _procedure(person, day, "issued", issued=day + timedelta(days=15), kind=kind, why="another document")
        )
    return acts
