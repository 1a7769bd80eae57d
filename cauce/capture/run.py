"""Running imports: the steps that the command line and the web's worker share."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, close_old_connections, connection
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from cauce.access.models import User
from cauce.access.queries import viewer_for
from cauce.access.viewer import Viewer
from cauce.capture import actions
from cauce.capture.actions.leases import Interrupted, Lease
from cauce.capture.actions.receiving import unfinished
from cauce.kernel import disk
from cauce.kernel.ids import is_uuid
from cauce.kernel.problems import Problem
from cauce.records.models import Batch

logger = logging.getLogger(__name__)
# (what: "check" or "write", rows done, rows in all)
Progress = Callable[[str, int, int], None]


def run_batch(
    batch_id: UUID, *, viewer: Viewer | None = None, progress: Progress = lambda _what, _done, _total: None
) -> Batch | None:
    """Do what an import waits for (dry run or writing), from where it stands, in this thread.

    Gives the import as it is afterwards; None when another process works on it or nothing waits. What goes wrong is
    noted on the import and raised: Problem for what a person can mend, other exceptions as they are.
    """
    lease = actions.claim(batch_id)
    if lease is None:
        return None
    try:
        batch = Batch.objects.get(pk=batch_id)
        viewer = viewer or _sender(batch)
        with translation.override(viewer.language):
            _step(batch, lease, viewer, progress)
    except Interrupted:
        pass
    except Exception as error:
        _halt(batch_id, lease, error)
        raise
    finally:
        lease.release()
    done = Batch.objects.get(pk=batch_id)
    if done.state == Batch.State.COMPLETE:
        learn_sizes()
    return done


def learn_sizes() -> None:
    """Let SQLite look at its tables (a tenth of a second): without statistics it reads a whole vault for eight cases."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit=400")
            cursor.execute("ANALYZE")


def _step(batch: Batch, lease: Lease, viewer: Viewer, progress: Progress) -> None:
    if batch.state == Batch.State.WRITING:
        actions.write(batch, lease, by=viewer, progress=lambda done, total: progress("write", done, total))
    else:
        actions.check(batch, lease, by=viewer, progress=lambda done, total: progress("check", done, total))


def _sender(batch: Batch) -> Viewer:
    """Who sent the file, with the rights they have now."""
    user = (
        User.objects.select_related("office").filter(pk=batch.by, is_active=True).first() if is_uuid(batch.by) else None
    )
    if user is None:
        raise Problem(
            "capture.sender_gone",
            _("Quien subió el archivo ya no tiene una cuenta abierta."),
            fix=_("Retire la importación y suba el archivo con otra cuenta."),
        )
    return viewer_for(user)


def _halt(batch_id: UUID, lease: Lease, error: Exception) -> None:
    """Note why work stopped, by a code without personal data, so that no worker tries again until somebody says so."""
    if isinstance(error, Problem):
        reason = error.code
    elif isinstance(error, PermissionDenied):
        reason = "permission"
    elif isinstance(error, (DatabaseError, OSError)) and disk.is_full(error):
        reason = "disk"
    else:
        reason = "unexpected"
    logger.error("import %s stopped: %s (%s)", batch_id, reason, type(error).__name__)
    try:
        if not connection.in_atomic_block:
            # A connection that the error broke is opened anew.
            close_old_connections()
        actions.halt(batch_id, lease, reason)
    except DatabaseError:
        # The disk is full or the database gone: the lease runs out by itself and the import goes on then.
        logger.exception("import %s: the reason could not be noted", batch_id)


def import_file(
    path: str | Path,
    viewer: Viewer,
    *,
    sheets: Sequence[str] = (),
    only_good: bool = False,
    filename: str = "",
    progress: Progress = lambda _what, _done, _total: None,
) -> Batch:
    """Check a file and, when it is good (or ``only_good``), write it; for the command line and the demonstration.

    The same file again goes on with the import that was interrupted. Gives the import: complete; or checked, with
    rows to mend; or refused. Raises Problem when the file was imported before, or is being imported now.
    """
    path = Path(path)
    data = path.read_bytes()
    batch = unfinished(data, by=viewer) or actions.receive(data, filename or path.name, by=viewer, sheets=sheets)
    if batch.stop_requested:
        batch = actions.resume(batch, by=viewer, only_good=only_good)
    if batch.state in (Batch.State.UPLOADED, Batch.State.CHECKING):
        batch = _ran(batch, viewer, progress)
    if batch.state == Batch.State.CHECKED and _can_go_on(batch, only_good):
        batch = actions.confirm(batch, by=viewer, only_good=only_good)
    if batch.state == Batch.State.WRITING:
        batch = _ran(batch, viewer, progress)
    return batch


def _can_go_on(batch: Batch, only_good: bool) -> bool:
    counts = batch.summary.get("counts", {})
    good = counts.get("accepted", 0) + counts.get("mended", 0)
    return bool(good) and (only_good or not counts.get("refused", 0))


def _ran(batch: Batch, viewer: Viewer, progress: Progress) -> Batch:
    done = run_batch(batch.pk, viewer=viewer, progress=progress)
    if done is None:
        raise Problem(
            "capture.busy",
            _("Otro proceso está trabajando en esta importación."),
            fix=_("Espere a que termine; puede seguirla en la lista de importaciones."),
        )
    return done
