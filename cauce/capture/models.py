"""What a dry run found out about the rows of a file."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from cauce.kernel.privacy import Privacy
from cauce.keys.fields import SealedTextField


class Finding(models.Model):
    """One row that was not simply good, or (``number`` 0) something about the file or a sheet.

    ``detail`` holds the sentences and the original cells, sealed: they say what people wrote.
    """

    class Outcome(models.TextChoices):
        REFUSED = "refused", _("Rechazada")
        DUPLICATE = "duplicate", _("Repetida")
        MENDED = "mended", _("Reparada")
        STOP = "stop", _("Impide leer el archivo")
        NOTICE = "notice", _("Aviso")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    batch = models.ForeignKey("records.Batch", models.CASCADE, related_name="findings")
    sheet = models.CharField(max_length=60, blank=True)
    number = models.PositiveIntegerField(default=0)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    detail = SealedTextField()

    PRIVACY = dict.fromkeys(("id", "batch", "sheet", "number", "outcome"), Privacy.RESTRICTED) | {
        "detail": Privacy.STRICTLY_CONFIDENTIAL
    }

    class Meta:
        ordering = ["sheet", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "sheet", "number"], condition=models.Q(number__gt=0), name="capture_finding_row_once"
            )
        ]
        indexes = [models.Index(fields=["batch", "outcome"], name="capture_finding_outcome")]

    def __str__(self) -> str:
        return f"{self.sheet} {self.number} {self.outcome}"

    @property
    def said(self) -> list[str]:
        """The sentences, as they were said at the time, each with its column where it does not name it itself."""
        return [
            f"{column}: {sentence}" if column and column not in sentence else sentence
            for column, sentence in self._opened()["said"]
        ]

    @property
    def cells(self) -> list[Any]:
        """The original cells of the row, typed as they were."""
        return [_revived(cell["day"]) if isinstance(cell, dict) else cell for cell in self._opened().get("cells", [])]

    def _opened(self) -> dict[str, Any]:
        return json.loads(str(self.detail))


def packed(said: list[tuple[str, str]], cells: Sequence[Any] = ()) -> str:
    """The text sealed in ``detail``; dates keep their type, so that they come back as dates."""
    return json.dumps(
        {
            "said": said,
            "cells": [
                {"day": cell.isoformat()} if isinstance(cell, (date, datetime)) else cell
                if isinstance(cell, (str, int, float, bool, type(None))) else str(cell)
                for cell in cells
            ],
        },
        ensure_ascii=False,
    )  # fmt: skip


def _revived(text: str) -> date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
