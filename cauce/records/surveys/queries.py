"""Named reads. Those for screens take a viewer; those for actions say what stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncMonth
from django.shortcuts import get_object_or_404

from cauce.access.models import Office
from cauce.access.viewer import Viewer
from cauce.records.models import Batch
from cauce.records.places.models import State
from cauce.records.surveys.enums import RoundState
from cauce.records.surveys.models import Interview, Round

# ---- for screens ---------------------------------------------------------------------------------------------


def rounds(viewer: Viewer) -> QuerySet[Round]:
    """The viewer's rounds, newest first, each with how many interviews are filed under it."""
    done = Count("interviews", filter=Q(interviews__voided_at=None))
    return Round.objects.visible_to(viewer).select_related("municipality__state").annotate(done=done)


def round_(viewer: Viewer, pk: UUID | str) -> Round:
    """One round; 404 for a stranger's."""
    return get_object_or_404(rounds(viewer), pk=pk)


def narrow_rounds(rows: QuerySet[Round], values: dict[str, Any]) -> QuerySet[Round]:
    if wanted := values.get("tool"):
        rows = rows.filter(tool=wanted)
    if wanted := values.get("state"):
        rows = rows.filter(state=wanted)
    if wanted := values.get("municipality"):
        rows = rows.filter(municipality=wanted)
    return rows


def interviews(viewer: Viewer) -> QuerySet[Interview]:
    """The viewer's interviews; ``state_label`` names the place of those a survey gives by their state alone."""
    state = State.objects.filter(pk=OuterRef("state")).values("name")[:1]
    rows = Interview.objects.visible_to(viewer).select_related("municipality__state", "round")
    return rows.annotate(state_label=Subquery(state))


def interview(viewer: Viewer, pk: UUID | str) -> Interview:
    return get_object_or_404(interviews(viewer), pk=pk)


def narrow_interviews(rows: QuerySet[Interview], values: dict[str, Any]) -> QuerySet[Interview]:
    if wanted := values.get("since"):
        rows = rows.filter(date__gte=wanted)
    if wanted := values.get("until"):
        rows = rows.filter(date__lte=wanted)
    if wanted := values.get("place"):
        rows = rows.filter(Q(municipality=wanted) | Q(municipality=None, state=wanted))
    if values.get("unfiled"):
        rows = rows.filter(round=None)
    return rows


def by_day(round_: Round) -> list[tuple[date, int]]:
    """(day, interviews) of a round, in order."""
    rows = round_.interviews.live().values("date").annotate(number=Count("pk")).order_by("date")
    return [(row["date"], row["number"]) for row in rows]


def by_month(rows: QuerySet[Interview]) -> list[tuple[date, int]]:
    """(first of the month, interviews) of any interviews, in order."""
    found = rows.order_by().annotate(month=TruncMonth("date")).values("month").annotate(number=Count("pk"))
    return [(row["month"], row["number"]) for row in found.order_by("month")]


def fitting_unfiled(viewer: Viewer, round_: Round) -> QuerySet[Interview]:
    """Interviews without a round that belong to this one: its tool, its city, its dates."""
    return Interview.objects.visible_to(viewer).filter(
        round=None,
        tool=round_.tool,
        municipality=round_.municipality_id,
        date__range=(round_.starts_on, round_.ends_on),
    )


def open_rounds(viewer: Viewer) -> QuerySet[Round]:
    """Rounds that take interviews now."""
    return (
        Round.objects.visible_to(viewer)
        .filter(state=RoundState.COLLECTING)
        .select_related("municipality__state")
        .order_by("code")
    )


def unfiled_count(viewer: Viewer) -> int | None:
    return Interview.objects.visible_to(viewer).filter(round=None).count() or None


def offices_by_place(viewer: Viewer) -> dict[str, str]:
    """INEGI key of the municipality → code of the open office there, for offices the viewer works in."""
    rows = Office.objects.filter(open=True).exclude(place="").order_by("-code").values_list("place", "code")
    return {place: code for place, code in rows if viewer.sees_office(code)}


# ---- for actions and intake: what stands ----------------------------------------------------------------------


def codes_taken(codes: Iterable[str]) -> set[str]:
    return set(Round.objects.live().filter(code__in=list(codes)).values_list("code", flat=True))


def last_number(prefix: str) -> int:
    """The last running number given under a prefix, void rounds included."""
    codes = Round.objects.filter(code__startswith=prefix).values_list("code", flat=True)
    return max((int(rest) for code in codes if (rest := code.removeprefix(prefix)).isdigit()), default=0)


def standing_rounds(viewer: Viewer, batch: Batch | None = None) -> list[Round]:
    """Rounds an interview may be filed under: those that collect or are closed, and those of the same import."""
    wanted = Q(pk__in=Round.objects.visible_to(viewer).values("pk"))
    if batch is not None:
        wanted |= Q(batch=batch, voided_at=None)
    return list(Round.objects.filter(wanted, state__in=(RoundState.COLLECTING, RoundState.CLOSED)))


def known_fingerprints(fingerprints: Iterable[int], batch: Batch | None = None) -> set[int]:
    """Those of the imported lines that are already a live interview, or were written before by the same import."""
    wanted = sorted(set(fingerprints))
    found: set[int] = set()
    for start in range(0, len(wanted), 800):
        rows = Interview.objects.filter(fingerprint__in=wanted[start : start + 800])
        stands = Q(pk__in=rows.live().values("pk"))
        if batch is not None:
            stands |= Q(batch=batch, voided_at=None)
        found.update(rows.filter(stands).values_list("fingerprint", flat=True))
    return found
