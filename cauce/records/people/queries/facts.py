"""What facts of all rooms say about a person: pseudonymous and derived at the date of the act."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from cauce import keys
from cauce.kernel.ages import band_on
from cauce.records.people.models import Person


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A person as facts know them: no id, no name. ``consented`` is False after a "no" to statistics."""

    pseudonym: str
    sex: str
    birth_date: date | None
    age_estimate: int | None
    estimated_on: date | None
    nationality: str | None
    consented: bool

    def band(self, day: date) -> str:
        """The age band on the day of the act, as ``Fact.age_band`` holds it."""
        return band_on(day, birth=self.birth_date, estimate=self.age_estimate, estimated_on=self.estimated_on).value

    def columns(self, day: date) -> dict[str, object]:
        """The personal columns of a ``Fact`` dated ``day``: ``Fact(**columns, kind=…, …)``."""
        return {
            "person": self.pseudonym,
            "sex": self.sex,
            "age_band": self.band(day),
            "nationality": self.nationality,
            "consented": self.consented,
        }


_COLUMNS = ("id", "sex", "birth_date", "age_estimate", "estimated_on", "nationality", "in_statistics")


def for_facts(person_ids: Iterable[UUID]) -> dict[UUID, PersonFacts]:
    """id → what facts say, in a few queries for any number of ids. Voided persons are included.

    A person voided by mistake must not silently take acts out of the figures: the acts are voided themselves.
    """
    wanted = list({each for each in person_ids if each is not None})
    size = 800 if connection.vendor == "sqlite" else 10_000
    found: dict[UUID, PersonFacts] = {}
    for start in range(0, len(wanted), size):
        rows = Person.objects.filter(pk__in=wanted[start : start + size]).values_list(*_COLUMNS)
        for id, sex, birth, estimate, estimated_on, nationality, counted in rows.iterator(chunk_size=2000):
            found[id] = PersonFacts(
                keys.pseudonym(id, "person"), sex, birth, estimate, estimated_on, nationality or None, counted
            )
    return found
