"""What happened to a case and who has seen it, from the audit log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from cauce.access.queries import names_of
from cauce.audit.models import Entry
from cauce.records.protection.models import DETAIL, Case

READ_TABLES = (Case.table(), *DETAIL.values())


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of the log about a case, with the name of who did it."""

    at: datetime
    verb: str
    who: str
    role: str
    table: str
    reason: str


def readings(case: Case, limit: int = 6) -> list[Step]:
    """Who has opened the file or its restricted detail, latest first."""
    return _named(_reads(case).order_by("-at", "-number")[:limit])


def readings_count(case: Case) -> int:
    return _reads(case).count()


def steps(case: Case) -> list[Step]:
    """What was done to the case itself, latest first."""
    entries = Entry.objects.filter(table=Case.table(), record=str(case.pk)).exclude(verb="read")
    return _named(entries.order_by("-at", "-number"))


def _reads(case: Case) -> QuerySet[Entry]:
    return Entry.objects.filter(table__in=READ_TABLES, record=str(case.pk), verb="read")


def _named(entries: QuerySet[Entry]) -> Sequence[Step]:
    rows = list(entries)
    names = names_of({each.actor for each in rows})
    return [
        Step(each.at, each.verb, names.get(each.actor, each.actor), each.role, each.table, each.reason) for each in rows
    ]
