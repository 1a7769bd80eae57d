"""Writing the good rows through the rooms' bulk actions, a few hundred a transaction, resumable at any moment."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from django.db import connection, transaction
from django.utils import timezone

from cauce.access.viewer import Viewer
from cauce.audit import log
from cauce.capture import files
from cauce.capture import rows as order
from cauce.capture.actions.checking import finding
from cauce.capture.actions.leases import Interrupted, Lease
from cauce.capture.actions.receiving import TABLE
from cauce.capture.intakes.base import Intake
from cauce.capture.models import Finding
from cauce.exchange import Row
from cauce.kernel.problems import Problem, Problems
from cauce.records.models import Batch

Progress = Callable[[int, int], None]
Outcome = Finding.Outcome
# SQLite has one writer at a time and those who wait look again every so often: leave them a door open.
_PAUSE = 0.02


class _Rollback(Exception):
    """Undo a trial."""


def write(batch: Batch, lease: Lease, *, by: Viewer, progress: Progress = lambda _done, _total: None) -> None:
    """Write from the cursor on; at the end all records appear at once.

    The cursor counts rows read, refused ones included, and moves in the transaction that writes them: a process
    killed at any point leaves whole chunks. Raises Interrupted when it was stopped or taken over.
    """
    left_out = _left_out(batch)
    reading = order.reading_of(batch)
    position = 0
    for intake, found in order.sheets_of(batch, reading):
        for chunk in order.chunks(found.rows()):
            position += len(chunk)
            if position <= batch.cursor:
                continue
            good = [row for row in chunk if (row.sheet, row.number) not in left_out]
            _write_chunk(batch, lease, intake, good, by, position)
            progress(position, batch.total)
            if connection.vendor == "sqlite":
                time.sleep(_PAUSE)
    _complete(batch, lease, by)


def _left_out(batch: Batch) -> set[tuple[str, int]]:
    bad = Finding.objects.filter(batch=batch, number__gt=0, outcome__in=[Outcome.REFUSED, Outcome.DUPLICATE])
    return set(bad.values_list("sheet", "number"))


def _write_chunk(batch: Batch, lease: Lease, intake: Intake, good: list[Row], by: Viewer, position: int) -> None:
    """One transaction: rows, audit and cursor. Rows refused since the dry run are left out or stop the import."""
    while True:
        try:
            bad = [row for row in good if row.problems]
            if bad:
                raise Problems([problem.at(row=row.number) for row in bad for problem in row.problems])
            ready = intake.prepare(good, by, batch) if good else None
            with transaction.atomic():
                lease.move(Batch.State.WRITING, cursor=position)
                if good:
                    intake.write(ready, by, batch)
            return
        except (Problem, Problems) as problem:
            refused = _culprits(batch, intake, good, by, problem)
        _note_late(batch, lease, refused)
        good = [row for row in good if row not in refused]


def _culprits(batch: Batch, intake: Intake, good: Sequence[Row], by: Viewer, problem: Problem | Problems) -> list[Row]:
    """The rows a refusal is about: by the rows it names, else by trying each alone and undoing it."""
    by_number = {row.number: row for row in good}
    problems = list(problem) if isinstance(problem, Problems) else [problem]
    if all(each.row in by_number for each in problems):
        for each in problems:
            row = by_number[each.row or 0]
            if each not in row.problems and not any(old.code == each.code for old in row.problems):
                row.problems.append(each)
        return [row for row in good if row.problems]
    for row in good:
        try:
            with transaction.atomic():
                intake.write(intake.prepare([row], by, batch), by, batch)
                raise _Rollback
        except _Rollback:
            continue
        except Problem as alone:
            row.problems.append(alone.at(row=row.number))
        except Problems as several:
            row.problems.extend(each.at(row=row.number) for each in several)
    refused = [row for row in good if row.problems]
    if not refused:
        # Each is good alone but not together: the person must see the refusal itself.
        good[0].problems.extend(each.at(row=good[0].number) for each in problems)
        refused = [good[0]]
    return refused


def _note_late(batch: Batch, lease: Lease, refused: Sequence[Row]) -> None:
    """Note rows that were good in the dry run and are no longer. Without leave to skip them, stop here."""
    with transaction.atomic():
        numbers = [row.number for row in refused]
        Finding.objects.filter(batch=batch, sheet=refused[0].sheet, number__in=numbers).delete()
        Finding.objects.bulk_create([finding(batch, row, Outcome.REFUSED) for row in refused])
        locked = Batch.objects.select_for_update().get(pk=batch.pk)
        counts = locked.summary.setdefault("counts", {})
        counts["refused"] = counts.get("refused", 0) + len(refused)
        counts["accepted"] = counts.get("accepted", 0) - len(refused)
        locked.summary["late"] = locked.summary.get("late", 0) + len(refused)
        if not locked.only_good:
            locked.summary["halt"] = "late"
        lease.move(Batch.State.WRITING, summary=locked.summary, stop_requested=not locked.only_good)
    if not locked.only_good:
        raise Interrupted


def _complete(batch: Batch, lease: Lease, by: Viewer) -> None:
    with transaction.atomic():
        lease.move(
            Batch.State.WRITING,
            state=Batch.State.COMPLETE,
            completed_at=timezone.now(),
            cursor=batch.total,
        )
        log.record(by.actor, "complete", TABLE, batch.pk, batch.office_id)
        log.seal_heads()
        transaction.on_commit(lambda: files.remove(batch.pk))
