"""Projects with their donors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import uuid4

from cauce.access.viewer import Viewer
from cauce.capture.intakes.base import Intake, Seen, capture_of
from cauce.exchange import Row
from cauce.kernel.problems import Problem
from cauce.records.models import Batch
from cauce.records.programmes import actions, columns, queries, rules
from cauce.records.programmes.models import Project


def _check(rows: Sequence[Row], viewer: Viewer, seen: Seen) -> Iterator[Problem]:
    donors = queries.donor_codes(viewer)
    known = set(queries.projects(viewer).values_list("code", flat=True))
    for row in rows:
        try:
            project = columns.project_from(row.values, donors, capture=uuid4())
            repeated = not seen.offer("programmes.project", project.code, row.number)
            rules.check_code(project.code, {*known, project.code} if repeated else known)
            rules.check_span(project.start, project.end)
        except Problem as problem:
            yield problem.at(row=row.number)


def _write(rows: Sequence[Row], viewer: Viewer, batch: Batch) -> list[Project]:
    donors = queries.donor_codes(viewer)
    new = [
        columns.project_from(row.values, donors, capture=capture_of(batch, row), office=batch.office_id) for row in rows
    ]
    return actions.register_projects(new, by=viewer, batch=batch)


PROJECTS = Intake("projects", columns.PROJECTS, "programmes.edit", check=_check, write=_write)
INTAKES = [PROJECTS]
