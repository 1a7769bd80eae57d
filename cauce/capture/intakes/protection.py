"""Protection cases from a sheet. Restricted ones are imported by who holds their vault."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from cauce.access.models import User
from cauce.access.viewer import Viewer
from cauce.capture.intakes.base import Intake, Seen, capture_of
from cauce.capture.intakes.lookups import CASE, Lookups
from cauce.exchange import Row
from cauce.kernel.problems import Problem, Problems
from cauce.records.assistance.columns import state_of
from cauce.records.models import Batch
from cauce.records.protection import actions, columns
from cauce.records.protection.actions.opening import PURPOSES
from cauce.records.protection.enums import CaseState, LegalBasis
from cauce.records.protection.new import NewCase


def _owners(rows: Sequence[Row]) -> dict[str, str]:
    """User name → account id, for the responsible colleagues a sheet names."""
    named = {row.values["owner"].casefold() for row in rows if row.values["owner"]}
    if not named:
        return {}
    return {
        name.casefold(): str(pk)
        for name, pk in User.objects.filter(is_active=True).values_list("username", "pk")
        if name.casefold() in named
    }


def _case(row: Row, known: Lookups, owners: dict[str, str]) -> NewCase:
    values = row.values
    owner = values["owner"].casefold()
    if owner and owner not in owners:
        raise Problem(
            "capture.no_user",
            _("No hay una cuenta activa con el nombre de usuario «%(name)s»."),
            fix=_("Revíselo, o deje la celda vacía."),
            field="owner",
            name=values["owner"],
        )
    names = (
        "identified_on", "opened_on", "closed_on", "closing", "closing_note", "risk", "channel", "population", "uasc",
        "law_term", "basis_reason",
    )  # fmt: skip
    return NewCase(
        person=known.person(values["folio"]),
        code=values["code"].upper(),
        state=state_of(values, columns.STEPS, CaseState.IDENTIFIED),
        categories=tuple(values["categories"]),
        needs=tuple(values["needs"]),
        legal_basis=values["legal_basis"] or LegalBasis.CONSENT,
        owner=owners.get(owner, ""),
        office=values["office"] or (known.batch.office_id if known.batch else ""),
        row=row.number,
        **({"capture": capture_of(known.batch, row)} if known.batch else {}),
        **{name: values[name] for name in names},
    )


def _built(rows: Sequence[Row], known: Lookups) -> tuple[list[NewCase], list[Problem]]:
    owners, made, found = _owners(rows), [], []
    for row in rows:
        try:
            made.append(_case(row, known, owners))
        except Problem as problem:
            found.append(problem.at(row=row.number))
    return made, found


def _check(rows: Sequence[Row], viewer: Viewer, seen: Seen) -> Iterator[Problem]:
    known = Lookups(rows, viewer, seen=seen)
    made, found = _built(rows, known)
    coming = {case.person.pk: _said(case, known) for case in made if known.is_to_come(case.person)}
    try:
        actions.check_cases(made, by=viewer, coming=coming)
    except Problems as problems:
        found += problems
    wrong = {problem.row for problem in found}
    for case in made:
        if case.row in wrong or not case.code:
            continue
        if not seen.offer("protection.code", case.code, case.row or 0):
            yield _twice(case.code).at(row=case.row)
        else:
            seen.offer(CASE, f"{case.code}|{case.person.folio}", case.row or 0)
    yield from found


def _said(case: NewCase, known: Lookups) -> dict[str, bool]:
    """What the sheet of people says this person answered, by purpose; empty when it says nothing."""
    answers = {purpose: known.says_yes(case.person, purpose) for purpose in PURPOSES}
    return {purpose: yes for purpose, yes in answers.items() if yes is not None}


def _twice(code: str) -> Problem:
    return Problem(
        "capture.case_code_twice",
        _("La clave %(value)s está dos veces en el archivo."),
        fix=_("Cada caso va en un solo renglón."),
        field="code",
        value=code,
    )


def _write(rows: Sequence[Row], viewer: Viewer, batch: Batch) -> object:
    made, found = _built(rows, Lookups(rows, viewer, batch=batch))
    if found:
        raise Problems(found)
    return actions.open_cases(made, by=viewer, batch=batch)


CASES = Intake("protection.cases", columns.CASES, "protection.open", _check, _write)
INTAKES = [CASES]
