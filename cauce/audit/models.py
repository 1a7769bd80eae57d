"""Tables of the log. They have no foreign key: history outlives what it speaks of."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cauce.kernel.privacy import Privacy


class Head(models.Model):
    """The end of one office's chain; locked while a step is added."""

    office = models.CharField(max_length=20, primary_key=True)
    number = models.PositiveBigIntegerField(default=0)
    mac = models.CharField(max_length=64)

    PRIVACY = {"office": Privacy.RESTRICTED, "number": Privacy.RESTRICTED, "mac": Privacy.RESTRICTED}


class Entry(models.Model):
    """One step: who did (or read) what, when; personal values only as keyed digests."""

    office = models.CharField(_("oficina"), max_length=20)
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField(_("cuándo"))
    actor = models.CharField(_("cuenta"), max_length=40)
    role = models.CharField(_("función"), max_length=60)
    verb = models.CharField(_("acto"), max_length=40)
    table = models.CharField(_("tabla"), max_length=60)
    record = models.CharField(_("registro"), max_length=64)
    concerns = models.JSONField(default=list)
    dates = models.JSONField(default=list)
    changes = models.JSONField(default=dict)
    reason = models.TextField(_("motivo"), blank=True)
    batch = models.CharField(max_length=36, blank=True)
    mac = models.CharField(max_length=64)

    PRIVACY = dict.fromkeys(
        ("id", "office", "number", "at", "actor", "role", "verb", "table", "dates", "batch", "mac"), Privacy.RESTRICTED
    ) | dict.fromkeys(("record", "concerns", "changes", "reason"), Privacy.CONFIDENTIAL)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "number"], name="audit_entry_once_in_chain")]
        indexes = [
            models.Index(fields=["table", "record"], name="audit_entry_record"),
            models.Index(fields=["batch"], name="audit_entry_batch", condition=~models.Q(batch="")),
            models.Index(fields=["at"], name="audit_entry_at"),
            # Who watches the log asks for the rare verbs of the last days among everybody's work.
            models.Index(fields=["verb", "at"], name="audit_entry_verb"),
        ]


class Seal(models.Model):
    """All heads at one moment, sealed together and chained: no office's chain can be cut alone."""

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    heads = models.JSONField()
    mac = models.CharField(max_length=64)

    PRIVACY = dict.fromkeys(("number", "at", "heads", "mac"), Privacy.RESTRICTED)
