"""What all rooms share: batches of an import, and the old values that corrections keep."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from cauce.kernel.privacy import Privacy
from cauce.keys.fields import SealedTextField


class Batch(models.Model):
    """One import. Its records exist for everybody at once, when it is complete (design.md, intake)."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("Recibido")
        CHECKING = "checking", _("En revisión")
        CHECKED = "checked", _("Revisado")
        WRITING = "writing", _("Escribiendo")
        COMPLETE = "complete", _("Completo")
        REFUSED = "refused", _("Rechazado")
        WITHDRAWN = "withdrawn", _("Retirado")

    # A file counts as sent while its import is on its way or done.
    HOLDING = (State.UPLOADED, State.CHECKING, State.CHECKED, State.WRITING, State.COMPLETE)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("access.Office", models.PROTECT, verbose_name=_("oficina"), related_name="+")
    state = models.CharField(_("estado"), max_length=12, choices=State.choices, default=State.UPLOADED)
    filename = models.CharField(_("archivo"), max_length=200)
    content_hash = models.CharField(max_length=64)
    by = models.CharField(_("quién"), max_length=40)
    created_at = models.DateTimeField(auto_now_add=True)
    completed_at = models.DateTimeField(null=True)
    # What is being read, how far it is, and what came of it (counts only, never values).
    sheets = models.JSONField(default=list)
    total = models.PositiveIntegerField(default=0)
    cursor = models.PositiveIntegerField(default=0)
    summary = models.JSONField(default=dict)
    only_good = models.BooleanField(default=False)
    stop_requested = models.BooleanField(default=False)
    leased_by = models.CharField(max_length=64, blank=True)
    leased_until = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=40, null=True)
    withdraw_reason = models.TextField(null=True)

    PRIVACY = dict.fromkeys(
        (
            "id", "office", "state", "filename", "content_hash", "by", "created_at", "completed_at", "sheets", "total",
            "cursor", "summary", "only_good", "stop_requested", "leased_by", "leased_until", "withdrawn_at",
            "withdrawn_by", "withdraw_reason",
        ),
        Privacy.RESTRICTED,
    )  # fmt: skip

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None, withdrawn_by=None, withdraw_reason=None)
                | models.Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, withdraw_reason__isnull=False),
                name="records_batch_withdrawn_together",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="withdrawn") | models.Q(withdrawn_at__isnull=False),
                name="records_batch_withdrawn_says_who",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="complete") | models.Q(completed_at__isnull=False),
                name="records_batch_complete_says_when",
            ),
            # Two people who send the same file at the same moment both find that nobody has: only the table knows.
            models.UniqueConstraint(
                fields=["content_hash"],
                condition=models.Q(state__in=["uploaded", "checking", "checked", "writing", "complete"]),
                name="records_batch_file_once",
            ),
        ]


class Correction(models.Model):
    """The old value of a field that was corrected; readable by those who may read the record."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    table = models.CharField(max_length=60)
    record = models.CharField(max_length=36)
    field = models.CharField(max_length=60)
    old = SealedTextField()
    reason = models.TextField(_("motivo"))
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    PRIVACY = {
        "id": Privacy.RESTRICTED,
        "table": Privacy.RESTRICTED,
        "record": Privacy.RESTRICTED,
        "field": Privacy.RESTRICTED,
        "old": Privacy.STRICTLY_CONFIDENTIAL,
        "reason": Privacy.CONFIDENTIAL,
        "by": Privacy.RESTRICTED,
        "at": Privacy.RESTRICTED,
    }

    class Meta:
        indexes = [models.Index(fields=["table", "record"], name="records_correction_record")]
