"""The dry run: every row is read and checked by its room's rules; only what was found is written."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cauce.access.viewer import Viewer
from cauce.audit import log
from cauce.capture import files
from cauce.capture import rows as order
from cauce.capture.actions.leases import Lease
from cauce.capture.actions.receiving import TABLE
from cauce.capture.intakes import registry
from cauce.capture.intakes.base import Intake, Seen
from cauce.capture.models import Finding, packed
from cauce.exchange import Row
from cauce.exchange.reading import FoundSheet
from cauce.kernel.problems import Problem, Problems
from cauce.records.models import Batch

Progress = Callable[[int, int], None]
Outcome = Finding.Outcome


@dataclass(slots=True)
class _Tally:
    """Counts of one sheet; every row read is in exactly one of accepted, mended, refused, duplicate."""

    key: str
    name: str
    titles: list[str]
    rows: Counter[str] = field(default_factory=Counter)
    fields: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    seen: set[bytes] = field(default_factory=set)

    def as_summary(self) -> dict[str, Any]:
        return {
            "key": self.key,
            # Names of sheets and headers are not values, but people write anything: they stay with the findings.
            "counts": dict(self.rows),
            "fields": dict(self.fields.most_common(12)),
            "codes": dict(self.codes.most_common(12)),
        }


def check(batch: Batch, lease: Lease, *, by: Viewer, progress: Progress = lambda _done, _total: None) -> None:
    """Run the dry run from the beginning; the batch ends checked, or refused when it cannot be read at all.

    Raises Interrupted when it was stopped; then it can simply be run again.
    """
    _begin(batch, lease)
    try:
        reading = order.reading_of(batch)
        if reading.problems:
            raise Problems(reading.problems)
        total = reading.total
        seen, tallies, notices, done = Seen(), [], list(reading.notices), 0
        for intake, found in order.sheets_of(batch, reading):
            tally = _Tally(found.sheet.key, found.name, found.heading.titles)
            for chunk in order.chunks(found.rows()):
                findings = _check_chunk(batch, intake, chunk, by, seen, tally)
                done += len(chunk)
                with transaction.atomic():
                    lease.move(Batch.State.CHECKING, cursor=done, total=total)
                    Finding.objects.bulk_create(findings)
                progress(done, total)
            _afterthoughts(batch, found, tally)
            notices += [*found.notices, *found.late_notices()]
            tallies.append(tally)
        if not done:
            raise Problems([_no_rows(), *(notice for notice in notices if notice.code in _WHY_NO_ROWS)])
    except (Problem, Problems) as problem:
        _refuse(batch, lease, by, problem)
        return
    _finish(batch, lease, by, tallies, notices)


# Notices that explain why a file seems to have no rows.
_WHY_NO_ROWS = ("exchange.rows_skipped", "exchange.rows_of_formulas", "exchange.sheet_hidden")


def _no_rows() -> Problem:
    return Problem(
        "capture.no_rows",
        _("El archivo no tiene ninguna fila de datos debajo de los encabezados."),
        fix=_("Revise que sea el archivo correcto."),
    )


def _begin(batch: Batch, lease: Lease) -> None:
    if batch.state == Batch.State.UPLOADED:
        lease.move(Batch.State.UPLOADED, state=Batch.State.CHECKING)
    with transaction.atomic():
        lease.move(Batch.State.CHECKING, cursor=0, summary={})
        Finding.objects.filter(batch=batch).delete()


def _check_chunk(
    batch: Batch, intake: Intake, chunk: Sequence[Row], by: Viewer, seen: Seen, tally: _Tally
) -> list[Finding]:
    """Sort the rows of one chunk into accepted, mended, refused and duplicate; gives what to note."""
    twins = {row.number for row in chunk if not intake.repeats and not row.problems and _known(row, tally)}
    fresh = [row for row in chunk if not row.problems and row.number not in twins]
    by_number = {row.number: row for row in fresh}
    for problem in problems_of(intake, fresh, by, seen) if fresh else ():
        by_number[problem.row or 0].problems.append(problem)
    findings = []
    for row in chunk:
        outcome = Outcome.DUPLICATE if row.number in twins else outcome_of(row)
        tally.rows[outcome or "accepted"] += 1
        if outcome:
            tally.fields.update({problem.field for problem in row.problems if problem.field})
            tally.codes.update({problem.code for problem in row.problems})
            findings.append(finding(batch, row, outcome))
    return findings


def problems_of(intake: Intake, fresh: Sequence[Row], by: Viewer, seen: Seen) -> list[Problem]:
    """What the room says about rows that read well, each problem with its row."""
    try:
        return list(intake.check(fresh, by, seen))
    except Problems as several:
        return list(several)
    except Problem as problem:
        return [problem]


def outcome_of(row: Row) -> str | None:
    """What a row came to; None when it is simply good."""
    if row.problems:
        repeated = all(problem.code.endswith(".duplicate") for problem in row.problems)
        return Outcome.DUPLICATE if repeated else Outcome.REFUSED
    return Outcome.MENDED if row.mended else None


def finding(batch: Batch, row: Row, outcome: str) -> Finding:
    said = [(column_label(row.sheet, problem.field), str(problem)) for problem in row.problems]
    said += [("", str(sentence)) for sentence in row.mended]
    return Finding(
        batch=batch,
        sheet=row.sheet,
        number=row.number,
        outcome=outcome,
        # A mended or repeated row is not sent back: what was said is enough.
        detail=packed(said, row.cells if outcome == Outcome.REFUSED else ()),
    )


def column_label(sheet: str, field: str | None) -> str:
    """A column in words; empty for what is no column of the sheet."""
    intake = registry.of_sheet(sheet)
    return next((str(each.label) for each in intake.sheet.columns if each.key == field), "") if intake else ""


def _known(row: Row, tally: _Tally) -> bool:
    """True when an earlier row of the sheet holds exactly the same values."""
    mark = hashlib.blake2b(repr(list(row.values.values())).encode(), digest_size=12).digest()
    if mark in tally.seen:
        return True
    tally.seen.add(mark)
    return False


def _afterthoughts(batch: Batch, found: FoundSheet, tally: _Tally) -> None:
    """Rows that the sheet as a whole casts doubt on; they need the original cells, hence a second reading."""
    doubts: dict[int, list[Problem]] = {}
    for number, problem in found.afterthoughts():
        doubts.setdefault(number, []).append(problem)
    if not doubts:
        return
    noted = dict(Finding.objects.filter(batch=batch, sheet=found.sheet.key).values_list("number", "outcome"))
    findings = []
    for row in found.rows():
        before = noted.get(row.number)
        if row.number not in doubts or before in (Outcome.REFUSED, Outcome.DUPLICATE):
            continue
        row.problems.extend(doubts[row.number])
        tally.rows[before or "accepted"] -= 1
        tally.rows[Outcome.REFUSED] += 1
        tally.fields.update(problem.field for problem in doubts[row.number] if problem.field)
        tally.codes.update(problem.code for problem in doubts[row.number])
        findings.append(finding(batch, row, Outcome.REFUSED))
    with transaction.atomic():
        Finding.objects.filter(
            batch=batch, sheet=found.sheet.key, number__in=[each.number for each in findings]
        ).delete()
        Finding.objects.bulk_create(findings)


def _notes(batch: Batch, outcome: str, problems: Sequence[Problem]) -> list[Finding]:
    return [Finding(batch=batch, outcome=outcome, detail=packed([("", str(problem))])) for problem in problems]


def _refuse(batch: Batch, lease: Lease, by: Viewer, problem: Problem | Problems) -> None:
    """The file cannot be read: it is kept no longer, what is wrong with it is."""
    problems = list(problem) if isinstance(problem, Problems) else [problem]
    with transaction.atomic():
        Finding.objects.filter(batch=batch).delete()
        Finding.objects.bulk_create(_notes(batch, Outcome.STOP, problems))
        codes = Counter(each.code for each in problems)
        lease.move(Batch.State.CHECKING, state=Batch.State.REFUSED, summary={"codes": dict(codes)})
        log.record(by.actor, "refuse", TABLE, batch.pk, batch.office_id)
        transaction.on_commit(lambda: files.remove(batch.pk))


def _finish(batch: Batch, lease: Lease, by: Viewer, tallies: list[_Tally], notices: list[Problem]) -> None:
    counts: Counter[str] = Counter()
    for tally in tallies:
        counts.update(tally.rows)
    total = counts.total()
    summary = {"counts": dict(counts), "sheets": [tally.as_summary() for tally in tallies]}
    heads = [
        Finding(batch=batch, sheet=tally.key, outcome=Outcome.NOTICE, detail=packed([], [tally.name, *tally.titles]))
        for tally in tallies
    ]
    with transaction.atomic():
        Finding.objects.bulk_create([*heads, *_notes(batch, Outcome.NOTICE, notices)])
        lease.move(Batch.State.CHECKING, state=Batch.State.CHECKED, cursor=0, total=total, summary=summary)
        log.record(by.actor, "check", TABLE, batch.pk, batch.office_id)
