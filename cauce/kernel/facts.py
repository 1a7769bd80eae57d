"""The fact: one act, in the same words for every room (design.md §3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as day


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Who did what, where, when, for whom, how many.

    ``date`` is the day the act happened or the interval began; ``until`` is the day it ended:
    equal to ``date`` for an act of one day, ``None`` while an interval is still open.
    ``subject`` is the keyed id of the thing counted, ``person`` the keyed pseudonym of the
    resolved person; neither can be turned back into a record. ``category`` is the kind's own
    primary class; ``within`` the class of the parent (the event's type on a participation).
    ``source_room`` and ``source_id`` name the record inside the mission and never leave it.
    Codes are the mission's vocabulary keys; places are INEGI codes, countries ISO 3166-1 alpha-3.
    """

    kind: str
    date: day
    subject: str
    office: str
    source_room: str
    source_id: str
    until: day | None = None
    within: str | None = None
    category: str | None = None
    topics: tuple[str, ...] = ()
    role: str | None = None
    outcome: str | None = None
    person: str | None = None
    sex: str | None = None
    age_band: str | None = None
    nationality: str | None = None
    response: str | None = None
    projects: tuple[str, ...] = ()
    site: str | None = None
    site_kind: str | None = None
    place: str | None = None
    state: str | None = None
    country: str | None = None
    organisation: str | None = None
    organisation_kind: str | None = None
    origin: str | None = None
    destination: str | None = None
    quantity: int = 1
    consented: bool = True


# Columns in their canonical order: what the fact store writes and the content hash reads.
TEXT_COLUMNS = (
    "kind", "subject", "within", "category", "role", "outcome", "person", "sex", "age_band",
    "nationality", "office", "response", "site", "site_kind", "place", "state", "country",
    "organisation", "organisation_kind", "origin", "destination", "source_room", "source_id",
)  # fmt: skip
LIST_COLUMNS = ("topics", "projects")
DATE_COLUMNS = ("date", "until")
ALL_COLUMNS = tuple(sorted((*TEXT_COLUMNS, *LIST_COLUMNS, *DATE_COLUMNS, "quantity", "consented")))

# Attributes that describe a person: a breakdown by one of them leaves out rows without consent
# for statistics (design.md §3).
PERSONAL_COLUMNS = frozenset({"sex", "age_band", "nationality", "origin", "destination"})
