"""Named reads of imports; each takes who looks."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from cauce.access.viewer import Viewer
from cauce.capture import permissions
from cauce.capture.actions.leases import WORKABLE, abandoned
from cauce.capture.models import Finding
from cauce.records.models import Batch

Outcome = Finding.Outcome


def batches(viewer: Viewer) -> QuerySet[Batch]:
    """Imports of the viewer's offices, newest first."""
    found = Batch.objects.order_by("-created_at")
    return found if viewer.offices is None else found.filter(office__in=viewer.offices)


def batch(viewer: Viewer, pk: UUID) -> Batch | None:
    return batches(viewer).filter(pk=pk).first()


def rows_found(viewer: Viewer, batch: Batch, *outcomes: str) -> QuerySet[Finding]:
    """Rows of the dry run that were not simply good; nobody but who sent the file reads them."""
    found = Finding.objects.filter(batch=batch, number__gt=0)
    if not permissions.may_read_rows(viewer, batch):
        return found.none()
    return (found.filter(outcome__in=outcomes) if outcomes else found).order_by("sheet", "number")


def said_of_file(viewer: Viewer, batch: Batch, outcome: str) -> list[str]:
    """Sentences about the file as a whole; they may quote it, so they too are for who sent it."""
    if not permissions.may_read_rows(viewer, batch):
        return []
    found = Finding.objects.filter(batch=batch, number=0, sheet="", outcome=outcome)
    return [sentence for finding in found for sentence in finding.said]


def heads(batch: Batch) -> dict[str, tuple[str, list[str]]]:
    """Sheet key → its name in the file and its headers."""
    found = Finding.objects.filter(batch=batch, number=0, outcome=Outcome.NOTICE).exclude(sheet="")
    return {finding.sheet: (finding.cells[0], finding.cells[1:]) for finding in found}


def waiting() -> QuerySet[Batch]:
    """Imports that some process should work on, oldest first."""
    free = Q(leased_by="") | Q(leased_until=None) | Q(leased_until__lt=timezone.now()) | Q(leased_by__in=abandoned())
    return Batch.objects.filter(free, state__in=WORKABLE, stop_requested=False).order_by("created_at")
