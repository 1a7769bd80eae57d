"""Opening cases: one after a search, or thousands from an import, by the same rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cauce.access.viewer import Viewer
from cauce.records import writing
from cauce.records.assistance import vocabulary
from cauce.records.assistance.actions.common import check_all
from cauce.records.assistance.queries import Consents
from cauce.records.models import Batch
from cauce.records.people import actions as people
from cauce.records.people.enums import Purpose
from cauce.records.protection import rules
from cauce.records.protection.actions import codes
from cauce.records.protection.enums import CaseState, Risk
from cauce.records.protection.models import Case
from cauce.records.protection.new import NewCase
from cauce.records.protection.permissions import check_class

PURPOSES = (Purpose.INTERNAL_CASE, Purpose.SERVICE)


def open_case(*, by: Viewer, **fields: Any) -> Case:
    """Open one case; ``fields`` are those of ``new.NewCase``.

    The same ``capture`` sent twice gives the case of the first time. Raises Problems with everything
    that is wrong; Problem ``protection.restricted`` when the case's class is not the viewer's.
    """
    new = NewCase(**fields)
    existing = Case.objects.filter(capture=new.capture).first()
    return existing or open_cases([new], by=by)[0]


def open_cases(rows: Sequence[NewCase], *, by: Viewer, batch: Batch | None = None) -> list[Case]:
    """The bulk form: all rows are checked before the first is written; names of restricted cases are reserved."""
    check_cases(rows, by=by)
    offices = [row.office or by.office for row in rows]
    with transaction.atomic():
        given = codes.give(rows, offices)
        cases = [
            _case(row, office, code, by, timezone.localdate(), batch)
            for row, office, code in zip(rows, offices, given, strict=True)
        ]
        writing.add_many(cases, by=by, batch=batch, verb="open", concerns=lambda case: [case.person_id, case.pk])
        hidden = {case.person_id: case for case in cases if case.is_sensitive}
        for row in rows:
            if (case := hidden.pop(row.person.pk, None)) is not None:
                people.reserve(row.person, case.sensitivity, by=by)
    return cases


class Answers:
    """What people said to services and to case management, read at once.

    ``coming`` are people the same file will register (a dry run): person → purpose → answer, as far
    as the file says; of somebody of whom it says nothing, nothing is judged yet.
    """

    def __init__(self, people: set[UUID], coming: Mapping[UUID, Mapping[str, bool]]) -> None:
        self.coming = coming
        self._said = {purpose: Consents(people - set(coming), purpose) for purpose in PURPOSES}

    def is_coming(self, person: UUID) -> bool:
        return person in self.coming

    def says_nothing(self, person: UUID) -> bool:
        return person in self.coming and not self.coming[person]

    def answer(self, person: UUID, sensitivity: str, day: date) -> bool | None:
        """To case management for the classes that need it; to services or case management otherwise."""
        to_case = self._one(person, Purpose.INTERNAL_CASE, day)
        if to_case or sensitivity in rules.NEED_ANSWER:
            return to_case
        return self._one(person, Purpose.SERVICE, day)

    def _one(self, person: UUID, purpose: str, day: date) -> bool | None:
        if person in self.coming:
            return self.coming[person].get(purpose)
        return self._said[purpose].answer(person, day)


def check_cases(
    rows: Sequence[NewCase], *, by: Viewer, coming: Mapping[UUID, Mapping[str, bool]] | None = None
) -> None:
    """Raises Problems for every row that cannot be opened; a dry run calls it alone (``coming``: see Answers)."""
    by.require("protection.open")
    answers = Answers({row.person.pk for row in rows}, coming or {})
    today = timezone.localdate()
    held, _dead = codes.taken(row.code for row in rows)
    check_all(rows, lambda row: [lambda: codes.check_free(row.code, held), *_checks(row, answers, today, by)])


def preview(*, by: Viewer, **fields: Any) -> list[str]:
    """The categories that would apply, first the one the case is counted in; raises what opening would raise."""
    row = NewCase(**fields)
    check_cases([row], by=by)
    return applying_of(row)


def applying_of(row: NewCase) -> list[str]:
    return rules.applicable(row.categories, row.needs, uasc=row.uasc, law_term=row.law_term)


def _began(row: NewCase, today: date) -> date:
    return row.opened_on or row.identified_on or today


def _opened(row: NewCase, today: date) -> date | None:
    """A case opened from a form is opened today; an imported one says when."""
    return row.opened_on or (today if row.state in (CaseState.OPEN, CaseState.ON_HOLD) else None)


def _checks(row: NewCase, answers: Answers, today: date, by: Viewer) -> list[Callable[[], None]]:
    listed = [
        *(("needs", need, "needs") for need in row.needs),
        *((rules.CATEGORIES, category, "categories") for category in row.categories),
        ("channels", row.channel, "channel"),
        ("populations", row.population, "population"),
        *([("case_closings", row.closing, "closing")] if row.closing or row.state == CaseState.CLOSED else []),
    ]
    unknown = any(code not in vocabulary.listed(key) for key, code, _field in listed)
    checks: list[Callable[[], None]] = [
        *(lambda key=key, code=code, field=field: vocabulary.check(key, code, field=field)
          for key, code, field in listed),
        lambda: rules.check_needs(row.needs),
        lambda: codes.check_form(row.code),
        lambda: rules.check_state(state=row.state, opened=_opened(row, today), closed=row.closed_on),
        lambda: rules.check_dates(
            identified=row.identified_on or _began(row, today), opened=_opened(row, today), closed=row.closed_on,
            today=today,
        ),
    ]  # fmt: skip
    if not answers.is_coming(row.person.pk):
        age = row.person.age_on(_began(row, today))
        checks.append(lambda: rules.check_child(uasc=row.uasc, law_term=row.law_term, age=age))
    return checks if unknown else [*checks, *_class_checks(row, answers, today, by)]


def _class_checks(row: NewCase, answers: Answers, today: date, by: Viewer) -> list[Callable[[], None]]:
    """Checks that follow from the category: who may, who it is for, on what it rests."""
    applying, person = applying_of(row), row.person
    sensitivity = rules.sensitivity_of(rules.primary(applying))
    checks: list[Callable[[], None]] = [lambda: check_class(by, sensitivity)]
    if not answers.is_coming(person.pk):
        identity = person.gender_identity if person.sex == "male" else None
        checks.append(lambda: rules.check_pregnant(applying=applying, sex=person.sex, gender_identity=identity))
    if not answers.says_nothing(person.pk):
        answer = answers.answer(person.pk, sensitivity, _began(row, today))
        checks.append(
            lambda: rules.check_basis(
                sensitivity=sensitivity, answer=answer, legal_basis=row.legal_basis, reason=row.basis_reason
            )
        )
    return checks


def _case(row: NewCase, office: str, code: str, by: Viewer, today: date, batch: Batch | None) -> Case:
    applying = applying_of(row)
    category = rules.primary(applying)
    return Case(
        capture=row.capture,
        office_id=office,
        code=code,
        person=row.person,
        state=row.state,
        identified_on=row.identified_on or _began(row, today),
        opened_on=_opened(row, today),
        closed_on=row.closed_on,
        closing=row.closing,
        closing_note=row.closing_note.strip() or None,
        channel=row.channel,
        population=row.population,
        category=category,
        categories=applying,
        needs=list(row.needs),
        risk=row.risk if row.risk in Risk.values else "",
        uasc=row.uasc,
        law_term=row.law_term,
        sensitivity=rules.sensitivity_of(category),
        # Whoever imports a sheet is not thereby responsible for its cases.
        owner=row.owner or ("" if batch else by.id),
        legal_basis=row.legal_basis,
        basis_reason=row.basis_reason.strip() or None,
        summary=row.summary.strip() or None,
    )
