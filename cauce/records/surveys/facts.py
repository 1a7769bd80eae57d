"""This room as facts: rounds that were carried out, and interviews (design.md §3)."""

from __future__ import annotations

from collections.abc import Iterator

from cauce import keys
from cauce.kernel.facts import Fact
from cauce.kernel.periods import Period
from cauce.records.base import FactSource
from cauce.records.surveys.enums import CARRIED_OUT
from cauce.records.surveys.models import Interview, Round

CHUNK = 2000
COUNTRY = "MEX"


def round_facts(period: Period) -> Iterator[Fact]:
    """One row per round of a tool in a city, dated by its first day; a round in a city is one survey."""
    rows = Round.objects.live().filter(state__in=CARRIED_OUT, starts_on__range=(period.start, period.end))
    for round_ in rows.order_by("starts_on", "pk").iterator(CHUNK):
        yield Fact(
            kind="surveys.round",
            date=round_.starts_on,
            until=round_.ends_on,
            subject=keys.pseudonym(round_.pk, "subject"),
            category=round_.tool,
            office=round_.office_id,
            place=round_.municipality_id,
            state=round_.municipality_id[:2],
            country=COUNTRY,
            source_room="surveys",
            source_id=str(round_.pk),
        )


def interview_facts(period: Period) -> Iterator[Fact]:
    """One row per interview, whatever the size of the group: nothing is expanded, nobody is a person here.

    ``place`` is the municipality, or the state's two digits where the survey names the city by its
    state alone. Answers that say nothing are null (countries) or ``unknown`` (sex, age band).
    """
    rows = Interview.objects.live().filter(date__range=(period.start, period.end))
    for interview in rows.order_by("date", "pk").iterator(CHUNK):
        yield Fact(
            kind="surveys.interview",
            date=interview.date,
            until=interview.date,
            subject=keys.pseudonym(interview.pk, "subject"),
            category=interview.tool,
            topics=tuple(sorted(interview.reasons)),
            sex=interview.sex,
            age_band=str(interview.age_band),
            nationality=interview.nationality or None,
            office=interview.office_id,
            place=interview.municipality_id or interview.state,
            state=interview.state,
            country=COUNTRY,
            origin=interview.origin or None,
            destination=interview.destination or None,
            source_room="surveys",
            source_id=str(interview.pk),
        )


SOURCES = [
    FactSource(kind="surveys.round", tables=("surveys.round",), rows=round_facts),
    FactSource(kind="surveys.interview", tables=("surveys.interview",), rows=interview_facts),
]
