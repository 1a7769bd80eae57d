"""The base of every record: where it came from, whose office it is, and whether it still stands."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from cauce.access.viewer import Viewer
from cauce.kernel.facts import Fact
from cauce.kernel.periods import Period
from cauce.kernel.privacy import Privacy
from cauce.records.models import Batch


class RecordQuerySet(models.QuerySet):
    """Sight: whose office, whether its import is complete, whether it was voided."""

    def complete(self) -> Self:
        """Without records of an import that is under way, refused or withdrawn."""
        hidden = Batch.objects.exclude(state=Batch.State.COMPLETE).values("pk")
        return self.filter(models.Q(batch=None) | ~models.Q(batch__in=hidden))

    def live(self) -> Self:
        """What counts: complete and not void."""
        return self.complete().filter(voided_at=None)

    def in_offices_of(self, viewer: Viewer) -> Self:
        return self if viewer.offices is None else self.filter(office__in=viewer.offices)

    def visible_to(self, viewer: Viewer) -> Self:
        """What this viewer may know exists. Rooms with vaults narrow it further."""
        return self.live().in_offices_of(viewer)

    def visible_with_void_to(self, viewer: Viewer) -> Self:
        """As ``visible_to``, with voided records (a file shows them struck through, with the reason)."""
        return self.complete().in_offices_of(viewer)


class Record(models.Model):
    """One thing that happened or is worked on. Never deleted: voided or corrected, with the reason."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Made where the record was captured; sending it twice records it once.
    capture = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    office = models.ForeignKey("access.Office", models.PROTECT, verbose_name=_("oficina"), related_name="+")
    batch = models.ForeignKey("records.Batch", models.PROTECT, null=True, editable=False, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.CharField(max_length=40, editable=False)
    voided_at = models.DateTimeField(null=True, editable=False)
    voided_by = models.CharField(max_length=40, null=True, editable=False)
    void_reason = models.TextField(null=True, editable=False)

    objects = RecordQuerySet.as_manager()

    PRIVACY = dict.fromkeys(
        ("id", "capture", "office", "batch", "recorded_at", "recorded_by", "voided_at", "voided_by"),
        Privacy.RESTRICTED,
    ) | {"void_reason": Privacy.CONFIDENTIAL}

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(voided_at=None, voided_by=None, void_reason=None)
                | models.Q(voided_at__isnull=False, voided_by__isnull=False, void_reason__isnull=False),
                name="%(app_label)s_%(class)s_void_together",
            )
        ]

    @property
    def is_void(self) -> bool:
        return self.voided_at is not None

    @classmethod
    def table(cls) -> str:
        """The name the audit log and the facts know this table by."""
        return cls._meta.label_lower


@dataclass(frozen=True, slots=True)
class FactSource:
    """How a room yields one kind of fact.

    ``rows(period)`` yields the facts whose ``date`` falls in the period, from live records, always
    in the same order; ``tables`` are the audit tables whose entries touch this kind.
    """

    kind: str
    tables: tuple[str, ...]
    rows: Callable[[Period], Iterator[Fact]]
