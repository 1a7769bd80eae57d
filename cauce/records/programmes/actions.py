"""The only writers of this room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid4, uuid5

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from cauce.access.viewer import Viewer
from cauce.exchange.wording import clean
from cauce.kernel.problems import Problem, Problems
from cauce.records import writing
from cauce.records.models import Batch
from cauce.records.programmes import permissions, rules
from cauce.records.programmes.enums import ClosingState
from cauce.records.programmes.models import Donor, MonthlyClosing, Project, Response


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProject:
    """What is known of a project when it is registered."""

    code: str
    name: str
    start: date
    end: date | None = None
    donor: UUID | None = None
    chapters: Sequence[str] = ()
    office: str = ""
    capture: UUID = field(default_factory=uuid4)


# Projects


def register_project(new: NewProject, *, by: Viewer) -> Project:
    """Register one project. Raises Problem; sending the same capture again returns the same project."""
    by.require("programmes.edit")
    if (existing := Project.objects.filter(capture=new.capture).first()) is not None:
        return existing
    project = _project(new, by)
    _check_project(project, _codes_beside(project))
    return writing.add(project, by=by, verb="register")


def register_projects(new: Sequence[NewProject], *, by: Viewer, batch: Batch | None = None) -> list[Project]:
    """The bulk form: the same checks over all rows first. Raises Problems; nothing is written then."""
    by.require("programmes.edit")
    projects = [_project(each, by) for each in new]
    if problems := _problems(projects):
        raise Problems(problems)
    return writing.add_many(projects, by=by, batch=batch, verb="register")


def project_problems(new: Sequence[NewProject], *, by: Viewer) -> list[Problem]:
    """What ``register_projects`` would refuse, each with the position of its entry from 1; writes nothing."""
    return _problems([_project(each, by) for each in new])


def _problems(projects: Sequence[Project]) -> list[Problem]:
    taken = list(Project.objects.live().values_list("code", flat=True))
    problems: list[Problem] = []
    for number, project in enumerate(projects, start=1):
        try:
            _check_project(project, taken)
        except Problem as problem:
            problems.append(problem.at(row=number))
        else:
            taken.append(project.code)
    return problems


def _project(new: NewProject, by: Viewer) -> Project:
    return Project(
        capture=new.capture,
        office_id=new.office or by.office,
        code=clean(new.code),
        name=clean(new.name),
        donor_id=new.donor,
        start=new.start,
        end=new.end,
        chapters=list(new.chapters),
    )


def _codes_beside(entry: Project | Response) -> list[str]:
    return list(type(entry).objects.live().exclude(pk=entry.pk).values_list("code", flat=True))


def _check_project(project: Project, taken: Sequence[str]) -> None:
    rules.check_code(project.code, taken)
    rules.check_span(project.start, project.end)
    rules.check_chapters(project.chapters)


# Responses and donors


def register_response(
    *,
    by: Viewer,
    code: str,
    name: str,
    start: date,
    end: date | None = None,
    name_en: str = "",
    office: str = "",
    capture: UUID | None = None,
) -> Response:
    """Register what is being answered. Raises Problem; the same capture again returns the same one."""
    by.require("programmes.edit")
    if capture and (existing := Response.objects.filter(capture=capture).first()) is not None:
        return existing
    response = Response(
        capture=capture or uuid4(),
        office_id=office or by.office,
        code=clean(code),
        name=clean(name),
        name_en=clean(name_en),
        start=start,
        end=end,
    )
    _check_response(response)
    return writing.add(response, by=by, verb="register")


def _check_response(response: Response) -> None:
    rules.check_code(response.code, _codes_beside(response))
    rules.check_span(response.start, response.end)


def register_donor(
    *,
    by: Viewer,
    name: str,
    kind: str,
    short_name: str = "",
    country: str = "",
    office: str = "",
    capture: UUID | None = None,
) -> Donor:
    """Register a donor. Raises Problem; the same capture again returns the same one."""
    by.require("programmes.edit")
    if capture and (existing := Donor.objects.filter(capture=capture).first()) is not None:
        return existing
    donor = Donor(
        capture=capture or uuid4(),
        office_id=office or by.office,
        name=clean(name),
        short_name=clean(short_name),
        kind=kind,
        country_id=country or None,
    )
    _check_donor(donor)
    return writing.add(donor, by=by, verb="register")


def _check_donor(donor: Donor) -> None:
    rules.check_name_free(donor.name, Donor.objects.live().exclude(pk=donor.pk).values_list("name", flat=True))


FIELDS = {
    Project: frozenset({"code", "name", "donor_id", "start", "end", "chapters"}),
    Response: frozenset({"code", "name", "name_en", "start", "end"}),
    Donor: frozenset({"name", "short_name", "kind", "country_id"}),
}


def correct(entry: Project | Response | Donor, changes: Mapping[str, Any], *, reason: str, by: Viewer) -> Any:
    """Change what is known of a project, a response or a donor; the old values stay with the reason."""
    _check_can_edit(entry, by)
    if unknown := changes.keys() - FIELDS[type(entry)]:
        raise ValueError(f"not a field that is corrected: {', '.join(sorted(unknown))}")
    after = copy(entry)  # the rules look at what it will be, before anything is written
    for name, value in changes.items():
        setattr(after, name, value)
    if isinstance(after, Project):
        _check_project(after, _codes_beside(after))
    elif isinstance(after, Response):
        _check_response(after)
    else:
        _check_donor(after)
    return writing.correct(entry, changes, reason=reason, by=by)


def void(entry: Project | Response | Donor, *, reason: str, by: Viewer) -> Any:
    """Take an entry that was registered by mistake out of all lists."""
    _check_can_edit(entry, by)
    return writing.void(entry, reason=reason, by=by)


def _check_can_edit(entry: Project | Response | Donor, by: Viewer) -> None:
    by.require("programmes.edit")
    if not by.sees_office(entry.office_id):
        raise PermissionDenied("programmes.edit")


# Months


def submit_month(office: str, month: date, *, by: Viewer) -> MonthlyClosing:
    """The office hands its month in: from now on nothing dated in it can be added. Raises Problem."""
    permissions.check_can_submit(by, office)
    month = rules.month_of(month)
    rules.check_over(month, timezone.localdate())
    with transaction.atomic():
        closing = MonthlyClosing.objects.live().filter(office=office, month=month).first()
        if closing is None:
            # Two people who hand in the same month at once make one row: the capture is the month itself.
            capture = uuid5(NAMESPACE_OID, f"programmes.monthlyclosing/{office}/{month}")
            closing = writing.add(MonthlyClosing(capture=capture, office_id=office, month=month), by=by)
        return writing.transition(
            closing,
            "state",
            ClosingState.SUBMITTED,
            by=by,
            allowed=rules.CLOSING,
            submitted_at=timezone.now(),
            submitted_by=by.id,
        )


def validate_month(closing: MonthlyClosing, *, by: Viewer) -> MonthlyClosing:
    """Another person has looked through the month. Raises Problem."""
    permissions.check_can_validate(by, closing.office_id)
    rules.check_other_person(closing.submitted_by, by.id)
    return writing.transition(
        closing,
        "state",
        ClosingState.VALIDATED,
        by=by,
        allowed=rules.CLOSING,
        validated_at=timezone.now(),
        validated_by=by.id,
    )


def lock_month(closing: MonthlyClosing, *, by: Viewer) -> MonthlyClosing:
    """The month stands; a later change is a new version with its reason. Raises Problem."""
    permissions.check_can_validate(by, closing.office_id)
    return writing.transition(
        closing, "state", ClosingState.LOCKED, by=by, allowed=rules.CLOSING, locked_at=timezone.now(), locked_by=by.id
    )


def reopen_month(closing: MonthlyClosing, *, reason: str, by: Viewer) -> MonthlyClosing:
    """Let the office add to the month again; opening a locked one begins its next version. Raises Problem."""
    permissions.check_can_validate(by, closing.office_id)
    rules.check_reason(reason)
    cleared: dict[str, Any] = {
        f"{step}_{end}": None for step in ("submitted", "validated", "locked") for end in ("at", "by")
    }
    version = closing.version + (closing.state == ClosingState.LOCKED)
    return writing.transition(
        closing, "state", ClosingState.OPEN, by=by, allowed=rules.CLOSING, reason=reason, version=version, **cleared
    )
