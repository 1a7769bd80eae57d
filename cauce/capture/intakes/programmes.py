"""Projects: what acts were done under."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import uuid4

from django.utils.translation import gettext_lazy as _

from cauce.access.viewer import Viewer
from cauce.capture.intakes.base import Intake, Seen, capture_of
from cauce.exchange import Row
from cauce.exchange.wording import plain
from cauce.kernel.problems import Problem
from cauce.records.models import Batch
from cauce.records.programmes import actions, columns, queries
from cauce.records.programmes.actions import NewProject

_PROJECT = "programmes.project"


def _check(rows: Sequence[Row], viewer: Viewer, seen: Seen) -> Iterator[Problem]:
    donors = queries.donor_codes(viewer)
    made: list[tuple[Row, NewProject]] = []
    for row in rows:
        try:
            made.append((row, columns.project_from(row.values, donors, capture=uuid4())))
        except Problem as problem:
            yield problem.at(row=row.number)
    refused = {each.row: each for each in actions.project_problems([new for _row, new in made], by=viewer)}
    for position, (row, new) in enumerate(made, start=1):
        if (problem := refused.get(position)) is not None:
            yield problem.at(row=row.number)
        elif not seen.offer(_PROJECT, plain(new.code), row.number):
            yield Problem(
                "programmes.code_repeated",
                _("La clave «%(value)s» ya está en la fila %(first)s."),
                fix=_("Deje un solo renglón por proyecto."),
                field="code",
                row=row.number,
                value=new.code,
                first=seen.row_of(_PROJECT, plain(new.code)),
            )


def _write(rows: Sequence[Row], viewer: Viewer, batch: Batch) -> None:
    donors = queries.donor_codes(viewer)
    new = [
        columns.project_from(row.values, donors, capture=capture_of(batch, row), office=batch.office_id) for row in rows
    ]
    actions.register_projects(new, by=viewer, batch=batch)


INTAKES = [Intake("programmes.projects", columns.PROJECTS, "programmes.edit", _check, _write)]
