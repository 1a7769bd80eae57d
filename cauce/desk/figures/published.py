"""What the last published edition said of a figure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from cauce.desk.figures.asked import Asked
from cauce.desk.figures.shown import Value
from cauce.disclosure import Profile
from cauce.editions import queries
from cauce.editions.build import values_of
from cauce.editions.models import Edition
from cauce.mission.definition import FigureDefinition


@dataclass(frozen=True, slots=True)
class Said:
    """A figure's value in a published edition."""

    edition: Edition
    value: Value


def last(definition: FigureDefinition, asked: Asked) -> Said | None:
    """The published edition of the same period that prints this figure; None for one office or when there is none."""
    if asked.office is not None or asked.profile is Profile.PARTNER:
        return None
    same = queries.published().filter(start=asked.period.start, end=asked.period.end)
    for edition in same.order_by("-published_at"):
        known = _values(edition.pk, edition.frozen_hash)
        if definition.key in known:
            found = known[definition.key]
            return Said(edition, Value(found[0], found[1], found[1]))
    return None


@lru_cache(maxsize=16)
def _values(pk: UUID, _frozen_hash: str) -> dict[str, tuple[int | None, str]]:
    """key → (value, why withheld) of an edition; what was frozen never changes."""
    edition = queries.published().select_related("frozen").get(pk=pk)
    return {figure.key: (figure.value, figure.withheld) for figure in values_of(edition).figures}
