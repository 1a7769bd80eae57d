"""From cases to facts: a case is assisted on the day a service or a referral of it is delivered.

Not when it is opened, and not when a referral is merely sent (counting rules). Every row carries the
case's present primary category.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from django.db import connection

from cauce import keys
from cauce.kernel.facts import Fact
from cauce.kernel.periods import Period
from cauce.records.assistance.facts import Where
from cauce.records.assistance.queries import Delivered, delivered_of
from cauce.records.base import FactSource
from cauce.records.people.queries import for_facts
from cauce.records.protection.models import Case
from cauce.records.protection.models.case import PROCESS

CHUNK = 2000


def case_facts(period: Period) -> Iterator[Fact]:
    """One row per delivered service or referral of a standing case; the case is the subject."""
    where, deliveries = Where.read(), delivered_of(PROCESS, period)
    while chunk := list(islice(deliveries, CHUNK)):
        cases = _cases({each.process for each in chunk})
        people = for_facts(person for person, _category in cases.values())
        for delivered in chunk:
            if (case := cases.get(delivered.process)) is not None:
                person, category = case
                yield _fact(delivered, category, people[person].columns(delivered.day), where)


def _cases(ids: set) -> dict:
    """Standing cases among these ids → (person, present category)."""
    wanted, size, found = sorted(ids), 800 if connection.vendor == "sqlite" else 10_000, {}
    for start in range(0, len(wanted), size):
        rows = Case.objects.live().filter(pk__in=wanted[start : start + size])
        found.update(
            {pk: (person, category) for pk, person, category in rows.values_list("pk", "person_id", "category")}
        )
    return found


def _fact(delivered: Delivered, category: str, person: dict, where: Where) -> Fact:
    return Fact(
        kind="protection.case_assisted",
        date=delivered.day,
        until=delivered.day,
        subject=keys.pseudonym(delivered.process, "subject"),
        category=category,
        office=delivered.office,
        response=where.responses.get(delivered.response),
        projects=tuple(sorted(delivered.projects)),
        source_room="protection",
        source_id=str(delivered.process),
        **person,
        **where.columns(delivered.office, delivered.site),
    )


SOURCES = [
    FactSource(
        kind="protection.case_assisted",
        tables=("protection.case", "assistance.service", "assistance.referral"),
        rows=case_facts,
    )
]
