"""The log as the data-protection focal point reads it (domain.md R13)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from cauce.access.viewer import Viewer
from cauce.audit import reading
from cauce.audit.models import Entry, Seal

SENSITIVE = ("read", "break_glass", "elevate", "export", "grant", "end_grant")


def entries(viewer: Viewer) -> QuerySet[Entry]:
    """All steps, newest first; nothing without the permission."""
    found = reading.entries()
    return found if viewer.may("audit.view") else found.none()


def narrow(rows: QuerySet[Entry], values: dict[str, Any]) -> QuerySet[Entry]:
    """What the filters of the screen ask for."""
    if kind := values.get("kind"):
        rows = rows.filter(verb__in=SENSITIVE) if kind == "sensitive" else rows.exclude(verb__in=SENSITIVE)
    if office := values.get("office"):
        rows = rows.filter(office=office)
    if values.get("since"):
        rows = rows.filter(at__date__gte=values["since"])
    if values.get("until"):
        rows = rows.filter(at__date__lte=values["until"])
    if text := (values.get("q") or "").strip():
        rows = rows.filter(Q(record=text) | Q(reason__icontains=text) | Q(actor=text) | Q(verb=text))
    return rows


def counts(viewer: Viewer) -> dict[str, int]:
    """What happened in the last seven days, for the tiles."""
    week = entries(viewer).filter(at__gte=timezone.now() - timedelta(days=7))
    return {
        "all": week.count(),
        "reads": week.filter(verb="read").count(),
        "glass": week.filter(verb="break_glass").count(),
        "elevations": week.filter(verb="elevate").count(),
    }


def last_seal(viewer: Viewer) -> Seal | None:
    return reading.last_seal() if viewer.may("audit.view") else None


def of_record(viewer: Viewer, table: str, record: object) -> QuerySet[Entry]:
    """Every step about one record, for those who watch the log."""
    return entries(viewer).filter(table=table, record=str(record))


def actors(viewer: Viewer) -> list[str]:
    """The accounts that ever wrote a step, to show their names."""
    return list(entries(viewer).order_by().values_list("actor", flat=True).distinct())
