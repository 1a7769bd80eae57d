"""Survey rounds, and the interviews of the DTM's file: every line accepted, mended, repeated or refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils import timezone

from cauce.access.viewer import Viewer
from cauce.capture.intakes.base import Intake, Seen, capture_of
from cauce.exchange import Row
from cauce.kernel.problems import Problem
from cauce.records.models import Batch
from cauce.records.places.queries import municipality_by_name
from cauce.records.surveys import actions, columns, lines, permissions, queries, rules
from cauce.records.surveys.models import Interview, Round


def _check_interviews(rows: Sequence[Row], viewer: Viewer, seen: Seen) -> Iterator[Problem]:
    judge = lines.Judge(office=viewer.office, offices=queries.offices_by_place(viewer))
    marks = {row.number: lines.fingerprint(row.values) for row in rows}
    known = queries.known_fingerprints(marks.values())
    for row in rows:
        judged, mark = judge.judge(row), marks[row.number]
        if judged.problems:
            yield from judged.problems
        elif mark in known:
            yield lines.repeats(row.number, first=None)
        elif not seen.offer("surveys.line", str(mark), row.number):
            yield lines.repeats(row.number, first=seen.row_of("surveys.line", str(mark)))
        else:
            row.mended.extend(judged.mends)


def _write_interviews(rows: Sequence[Row], viewer: Viewer, batch: Batch) -> list[Interview]:
    judge = lines.Judge(office=batch.office_id, offices=queries.offices_by_place(viewer))
    interviews = []
    for row in rows:
        judged = judge.judge(row)
        if judged.interview is None:
            raise judged.problems[0]
        judged.interview.capture = capture_of(batch, row)
        interviews.append(judged.interview)
    return actions.record_interviews(interviews, by=viewer, batch=batch)


def _round(row: Row, office: str) -> Round:
    """A row as a round that is not saved. Raises Problem for a municipality that is none."""
    values = dict(row.values)
    place = municipality_by_name(values.pop("municipality"))
    return Round(office_id=office, municipality=place, **values)


def _check_rounds(rows: Sequence[Row], viewer: Viewer, seen: Seen) -> Iterator[Problem]:
    taken = queries.codes_taken(row.values["code"] for row in rows)
    today: date = timezone.localdate()
    for row in rows:
        try:
            rules.check_round(_round(row, viewer.office), today=today)
        except Problem as problem:
            yield problem.at(row=row.number)
            continue
        code = row.values["code"]
        if code in taken or not seen.offer("surveys.round", code, row.number):
            yield actions.code_taken(code).at(row=row.number)


def _write_rounds(rows: Sequence[Row], viewer: Viewer, batch: Batch) -> list[Round]:
    rounds = []
    for row in rows:
        round_ = _round(row, batch.office_id)
        round_.capture = capture_of(batch, row)
        rounds.append(round_)
    return actions.plan_rounds(rounds, by=viewer, batch=batch)


ROUNDS = Intake("surveys.rounds", columns.ROUNDS, permissions.EDIT, _check_rounds, _write_rounds)
INTERVIEWS = Intake(
    "surveys.interviews", columns.INTERVIEWS, permissions.EDIT, _check_interviews, _write_interviews, repeats=True
)
INTAKES = [ROUNDS, INTERVIEWS]
