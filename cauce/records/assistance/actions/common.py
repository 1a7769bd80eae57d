"""What all writers of this room share: checks before anything is written, then one way to write."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cauce.access.viewer import Viewer
from cauce.audit import log
from cauce.kernel.problems import Problem, Problems
from cauce.records import writing
from cauce.records.assistance import rules
from cauce.records.assistance.models.acts import Act, Tagged
from cauce.records.assistance.new import NewAct
from cauce.records.assistance.permissions import check_vault
from cauce.records.assistance.queries.checks import Consents
from cauce.records.base import Record
from cauce.records.models import Batch
from cauce.records.people.enums import Purpose
from cauce.records.programmes.models import Project
from cauce.records.programmes.queries import closed_months
from cauce.records.programmes.rules import check_open, check_within

N = TypeVar("N", bound=NewAct)
R = TypeVar("R", bound=Record)
# The dates a record's facts lie on, by field name.
FACT_DATES = ("delivered_on", "issued_on", "received_on")


class Ground:
    """What checks ask of the rooms below, read once for all rows of a call.

    ``anew`` is False for a correction: a month handed in takes no new records, but may be corrected.
    """

    def __init__(self, rows: Sequence[NewAct], by: Viewer, *, anew: bool = True, batch: Batch | None = None) -> None:
        self.by = by
        self.today = timezone.localdate()
        self.projects = projects_named({code for row in rows for code in row.projects}, batch)
        people = {person.pk for row in rows if (person := getattr(row, "person", None)) is not None}
        # Correcting what stands needs no new yes.
        self.consents = Consents(people if anew else (), Purpose.SERVICE)
        self.closed = {
            office: closed_months(office) if anew else frozenset() for office in {self.office(row) for row in rows}
        }

    def office(self, row: NewAct) -> str:
        return row.office or self.by.office

    def check_open(self, row: NewAct, field: str) -> None:
        day, office = getattr(row, field), self.office(row)
        if day is not None:
            placed(lambda: check_open(day, self.closed[office], office), field)

    def check_consent(self, row: NewAct, field: str) -> None:
        day = getattr(row, field) or self.today
        rules.check_not_refused(self.consents.refused(row.person.pk, day))

    def check_project(self, code: str, day: date | None, field: str) -> None:
        check_project(self.projects.get(code), code, day, field)


def placed(check: Callable[[], None], field: str) -> None:
    """Run a check of another room; its refusal is shown at our field."""
    try:
        check()
    except Problem as problem:
        raise problem.at(field=field) from None


def projects_named(codes: Collection[str], batch: Batch | None = None) -> dict[str, Project]:
    """Code → project: those that stand, and those the same import has written."""
    if not codes:
        return {}
    named = Project.objects.filter(code__in=codes, voided_at=None)
    standing = (
        named.complete() if batch is None else named.filter(Q(pk__in=named.complete().values("pk")) | Q(batch=batch))
    )
    return {each.code: each for each in standing}


def check_project(project: Project | None, code: str, day: date | None, field: str) -> None:
    """The project exists, and the act lies within it (domain.md §6.1)."""
    if project is None:
        raise Problem(
            "assistance.no_project",
            _("No hay un proyecto con la clave «%(value)s»."),
            fix=_("Revise la clave en Proyectos."),
            field="projects",
            value=code,
        )
    if day is not None:
        check_within(str(project), project.start, project.end, day, field)


def check_step_day(record: Tagged, day: date, field: str) -> None:
    """A step that makes something count: its month is still open, its projects and response are running."""
    placed(lambda: check_open(day, closed_months(record.office_id), record.office_id), field)
    known = projects_named(record.projects)
    for code in record.projects:
        check_project(known.get(code), code, day, field)
    if record.response is not None:
        check_within(str(record.response), record.response.start, record.response.end, day, field)


def problems_of(row: NewAct, checks: Iterable[Callable[[], None]]) -> Iterator[Problem]:
    """Run checks one by one and yield every refusal, placed in the row."""
    for check in checks:
        try:
            check()
        except Problem as problem:
            yield problem.at(row=row.row)


def check_all(rows: Sequence[N], checks: Callable[[N], Iterable[Callable[[], None]]]) -> None:
    """Raises Problems with everything that is wrong in any row; nothing was written then."""
    if found := [problem for row in rows for problem in problems_of(row, checks(row))]:
        raise Problems(found)


def check_step(*checks: Callable[[], None]) -> None:
    """Raises Problems with everything a step is refused for."""
    found = []
    for check in checks:
        try:
            check()
        except Problem as problem:
            found.append(problem)
    if found:
        raise Problems(found)


def concerns(act: Act) -> list[object]:
    return [act.person_id, act.process_id]


def fact_dates(record: Record) -> list[date]:
    """The dates whose months the record's facts lie in."""
    return [day for name in FACT_DATES if (day := getattr(record, name, None)) is not None]


def insert(records: Sequence[R], *, by: Viewer, batch: Batch | None) -> list[R]:
    """Write checked records: one by one from a form (a second sending gives the first), in bulk from an import."""
    seen = concerns if records and isinstance(records[0], Act) else (lambda _record: ())
    if batch is None and len(records) == 1:
        record = records[0]
        return [writing.add(record, by=by, dates=fact_dates(record), concerns=seen(record))]
    return writing.add_many(records, by=by, batch=batch, dates=fact_dates, concerns=seen)


def step(record: R, to: str, *, by: Viewer, allowed: dict, reason: str = "", **also_set: Any) -> R:
    """Take one step of a state machine, with the dates before and after in the audit entry."""
    if isinstance(record, Act):
        check_vault(by, record.vault)
    dates = [*fact_dates(record), *(also_set[name] for name in FACT_DATES if also_set.get(name))]
    seen = concerns(record) if isinstance(record, Act) else ()
    return writing.transition(
        record, "state", to, by=by, allowed=allowed, reason=reason, dates=dates, concerns=seen, **also_set
    )


def refuse_state(changes: dict[str, Any]) -> None:
    """Raises ValueError: a correction never changes a state."""
    if "state" in changes:
        raise ValueError("a state changes by its steps, not by a correction")


def amend(record: R, changes: dict[str, Any], *, reason: str, by: Viewer) -> R:
    """Correct fields that were checked; the audit entry names the months before and after."""
    if isinstance(record, Act):
        check_vault(by, record.vault)
    dates = [*fact_dates(record), *(changes[name] for name in FACT_DATES if changes.get(name))]
    seen = concerns(record) if isinstance(record, Act) else ()
    return writing.correct(record, changes, reason=reason, by=by, dates=dates, concerns=seen)


def strike(record: R, *, reason: str, by: Viewer) -> R:
    """Void a record; what rested on it is recounted."""
    if isinstance(record, Act):
        check_vault(by, record.vault)
    seen = concerns(record) if isinstance(record, Act) else ()
    return writing.void(record, reason=reason, by=by, dates=fact_dates(record), concerns=seen)


def common_checks(row: NewAct, ground: Ground, days: Sequence[str], main: str) -> list[Callable[[], None]]:
    """Checks of every act: nothing in the future, inside its projects, and for whom it is, after birth.

    ``days`` are dates of things that have happened; ``main`` the one a project is asked about.
    """
    checks: list[Callable[[], None]] = [
        lambda name=name: rules.check_past(getattr(row, name), today=ground.today, field=name) for name in days
    ]
    person, process = getattr(row, "person", None), getattr(row, "process", None)
    if person is not None:
        checks.append(lambda: ground.check_consent(row, main))
        checks += [
            lambda name=name: rules.check_born(getattr(row, name), person.birth_date, field=name) for name in days
        ]
    if process is not None:
        checks.append(lambda: check_vault(ground.by, process.vault))
    checks.append(lambda: ground.check_open(row, main))
    checks += [lambda code=code: ground.check_project(code, getattr(row, main), main) for code in row.projects]
    if row.response is not None and (day := getattr(row, main)) is not None:
        response = row.response
        checks.append(lambda: check_within(str(response), response.start, response.end, day, main))
    return checks


def process_fields(row: NewAct) -> dict[str, Any]:
    """The columns that name the process an act belongs to."""
    process = getattr(row, "process", None)
    if process is None:
        return {}
    return {"process_kind": process.kind, "process_id": process.id, "vault": process.vault}


def note_export(by: Viewer, model: type[Record], count: int) -> None:
    """Note that a list was taken out as a file: who, which table, how many rows (domain.md R13)."""
    with transaction.atomic():
        log.record(by.actor, "export", model.table(), "list", by.office, reason=str(count))
