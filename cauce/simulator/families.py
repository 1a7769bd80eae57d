"""Travel groups: children of the year with the adults they came with, and companions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from random import Random

from cauce.simulator.people import Registry
from cauce.simulator.world import SimPerson

_GROUPS = 220


@dataclass(slots=True)
class Families:
    """Folio → the key of the group in the sheet, and the folios of those who head one."""

    groups: dict[str, str] = field(default_factory=dict)
    heads: set[str] = field(default_factory=set)


def families(registry: Registry, random: Random) -> Families:
    """Some of the children with a compatriot of the same office registered within a few days, and a sibling."""
    found = Families()
    adults: dict[tuple[str, str], list[SimPerson]] = defaultdict(list)
    for person in registry.people:
        if person.age_on(person.registered_on) >= 18:
            adults[person.office, person.nationality].append(person)
    children = [person for person in registry.people if person.age_on(person.registered_on) < 18]
    random.shuffle(children)
    for child in children:
        near = [
            adult
            for adult in adults[child.office, child.nationality]
            if abs((adult.registered_on - child.registered_on).days) <= 6
        ]
        if not near:
            continue
        head = min(near, key=lambda adult: (abs((adult.registered_on - child.registered_on).days), adult.folio))
        if head.folio in found.groups and head.folio not in found.heads:
            continue
        if head.folio not in found.heads and len(found.heads) >= _GROUPS:
            continue
        key = found.groups.setdefault(head.folio, f"{head.office}-G{len(found.heads) + 1:04d}")
        found.heads.add(head.folio)
        found.groups[child.folio] = key
    return found
