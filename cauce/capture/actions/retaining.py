"""What an import may keep only for a while: the rows it refused, files nobody decided on, files left by a dead process.

Counts, and who did what when, stay; what people wrote in their sheets goes (CAUCE_FINDINGS_DAYS).
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cauce.audit import log
from cauce.capture import files
from cauce.capture.actions.receiving import TABLE
from cauce.capture.models import Finding
from cauce.kernel.actors import SYSTEM
from cauce.kernel.ids import is_uuid
from cauce.records.models import Batch

State = Batch.State
# Nothing of these was written yet: taking them back loses nothing that the sender does not have.
_UNDECIDED = (State.UPLOADED, State.CHECKING, State.CHECKED)
_NEEDS_ITS_FILE = (*_UNDECIDED, State.WRITING)
# A file is sealed a moment before its import is in the table.
_STRAY_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class Tidied:
    """How many rows were removed, imports taken back and stray files removed."""

    rows: int
    imports: int
    files: int


def tidy() -> Tidied:
    """Remove what has been kept long enough. Each import is a transaction of its own, with its step in the log.

    Safe to run in several processes at once, and to be killed at any moment.
    """
    limit = timezone.now() - timedelta(days=settings.CAUCE_FINDINGS_DAYS)
    return Tidied(_forget_rows(limit), _take_back(limit), _remove_strays())


def _forget_rows(limit: datetime) -> int:
    ended = Q(state=State.COMPLETE, completed_at__lt=limit) | Q(state=State.REFUSED, created_at__lt=limit)
    kept = Batch.objects.filter(ended, Exists(Finding.objects.filter(batch=OuterRef("pk"))))
    total = 0
    for pk in list(kept.values_list("pk", flat=True)):
        with transaction.atomic():
            batch = Batch.objects.select_for_update().get(pk=pk)
            rows, _by_model = Finding.objects.filter(batch=batch).delete()
            if rows:
                log.record(SYSTEM, "expire", TABLE, batch.pk, batch.office_id, reason=f"{rows}")
        total += rows
    return total


def _take_back(limit: datetime) -> int:
    waiting = Batch.objects.filter(state__in=_UNDECIDED, created_at__lt=limit)
    taken = 0
    for pk in list(waiting.values_list("pk", flat=True)):
        with transaction.atomic(), translation.override("es"):
            batch = Batch.objects.select_for_update().get(pk=pk)
            if batch.state not in _UNDECIDED:
                continue
            reason = _("No se decidió en %(days)s días.") % {"days": settings.CAUCE_FINDINGS_DAYS}
            batch.state, batch.withdrawn_at = State.WITHDRAWN, timezone.now()
            batch.withdrawn_by, batch.withdraw_reason = SYSTEM.id, reason
            batch.leased_by, batch.leased_until = "", None
            batch.save()
            batch.findings.all().delete()
            log.record(SYSTEM, "withdraw", TABLE, batch.pk, batch.office_id, reason=reason)
            transaction.on_commit(lambda pk=pk: files.remove(pk))
        taken += 1
    return taken


def _remove_strays() -> int:
    """Files whose import ended, or never began, because the process died between the disk and the table."""
    old = time.time() - _STRAY_SECONDS
    needed = {str(pk) for pk in Batch.objects.filter(state__in=_NEEDS_ITS_FILE).values_list("pk", flat=True)}
    removed = 0
    for path in Path(settings.CAUCE_UPLOADS).glob("*"):
        ours = path.suffix in (".sealed", ".partial") and is_uuid(path.stem)
        if ours and path.stem not in needed and path.stat().st_mtime < old:
            path.unlink(missing_ok=True)
            removed += 1
    return removed
