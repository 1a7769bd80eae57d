"""The log for those who may watch it; who that is, the caller asks (``access`` is a floor above)."""

from __future__ import annotations

from django.db.models import QuerySet

from cauce.audit.models import Entry, Seal


def entries() -> QuerySet[Entry]:
    """Every step, newest first."""
    return Entry.objects.order_by("-pk")


def last_seal() -> Seal | None:
    return Seal.objects.order_by("-number").first()
