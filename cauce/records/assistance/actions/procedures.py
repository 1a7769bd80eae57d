"""Writing identity procedures: from the application to the document in the person's hands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from cauce.access.viewer import Viewer
from cauce.records.assistance import rules, vocabulary
from cauce.records.assistance.actions import common
from cauce.records.assistance.enums import ProcedureState
from cauce.records.assistance.models import IdentityProcedure
from cauce.records.assistance.new import NewProcedure
from cauce.records.models import Batch

ORDER = ("received_on", "submitted_on", "issued_on", "delivered_on")


def receive_procedure(*, by: Viewer, **fields: Any) -> IdentityProcedure:
    """Record one application; ``fields`` are those of ``new.NewProcedure``."""
    return receive_procedures([NewProcedure(**fields)], by=by)[0]


def receive_procedures(
    rows: Sequence[NewProcedure], *, by: Viewer, batch: Batch | None = None
) -> list[IdentityProcedure]:
    """The bulk form: rows may already be issued, delivered or refused."""
    ground = check_procedures(rows, by=by, batch=batch)
    return common.insert([_procedure(row, ground) for row in rows], by=by, batch=batch)


def check_procedures(rows: Sequence[NewProcedure], *, by: Viewer, batch: Batch | None = None) -> common.Ground:
    """Raises Problems for every row that cannot be written."""
    by.require("assistance.identity")
    ground = common.Ground(rows, by, batch=batch)
    common.check_all(rows, lambda row: _checks(row, ground))
    return ground


def _checks(row: NewProcedure, ground: common.Ground) -> list[Callable[[], None]]:
    checks = [
        lambda: vocabulary.check("identity_procedures", row.type, field="type"),
        lambda: rules.check_dates(row, rules.PROCEDURE_DATES, label=ProcedureState(row.state).label),
        lambda: rules.check_order(row, ORDER),
        lambda: rules.check_order(row, ("received_on", "refused_on")),
        *common.common_checks(row, ground, (*ORDER, "refused_on"), "issued_on"),
    ]
    if row.state == ProcedureState.REFUSED:
        checks.append(lambda: rules.check_said_why(row.refusal, row.missing, field="refusal"))
    return checks


def _procedure(row: NewProcedure, ground: common.Ground) -> IdentityProcedure:
    return IdentityProcedure(
        capture=row.capture,
        office_id=ground.office(row),
        person=row.person,
        type=row.type,
        state=row.state,
        received_on=row.received_on,
        submitted_on=row.submitted_on,
        issued_on=row.issued_on,
        delivered_on=row.delivered_on,
        refused_on=row.refused_on,
        refusal=row.refusal,
        missing=row.missing.strip() or None,
        number=row.number.strip() or None,
        site=row.site,
        event_id=row.event_id,
        response=row.response,
        projects=list(row.projects),
        **common.process_fields(row),
    )


def advance_procedure(
    procedure: IdentityProcedure,
    to: str,
    *,
    by: Viewer,
    on: date | None = None,
    missing: str = "",
    number: str = "",
    refusal: str = "",
) -> IdentityProcedure:
    """Take the next step on ``on`` (today when left out).

    ``missing`` says what lacks (incomplete) or the other reason (refused); ``number`` is the
    document's (issued); ``refusal`` a code of ``RefusalReason``.
    """
    by.require("assistance.identity")
    day = on or timezone.localdate()
    field = {"submitted": "submitted_on", "issued": "issued_on", "delivered": "delivered_on", "refused": "refused_on"}
    more: dict[str, Any] = {}
    if missing.strip():
        more["missing"] = missing.strip()
    if number.strip():
        more["number"] = number.strip()
    if (name := field.get(to)) is not None:
        more[name] = day
        common.check_step(
            lambda: rules.check_past(day, today=timezone.localdate(), field=name),
            lambda: rules.check_not_before(day, last_date(procedure), field=name),
            lambda: common.check_step_day(procedure, day, name) if to == ProcedureState.ISSUED else None,
        )
    if to == ProcedureState.REFUSED:
        rules.check_said_why(refusal, missing, field="refusal")
        more["refusal"] = refusal
    return common.step(procedure, to, by=by, allowed=rules.PROCEDURE, **more)


def last_date(procedure: IdentityProcedure) -> date:
    """The date of the step taken last."""
    return max(day for name in ORDER if (day := getattr(procedure, name)) is not None)


def correct_procedure(procedure: IdentityProcedure, /, *, by: Viewer, reason: str, **changes: Any) -> IdentityProcedure:
    """Correct dates, type or number; the state changes by its steps alone."""
    common.refuse_state(changes)
    by.require("assistance.identity")
    names = ("type", "state", "received_on", "submitted_on", "issued_on", "delivered_on", "refused_on", "refusal",
             "site", "response", "projects", "missing")  # fmt: skip
    stands = {name: getattr(procedure, name) for name in names}
    stands["missing"] = stands["missing"] or ""
    row = NewProcedure(person=procedure.person, **{**stands, **{n: v for n, v in changes.items() if n in names}})
    common.check_all([row], lambda row: _checks(row, common.Ground([row], by, anew=False)))
    return common.amend(procedure, changes, reason=reason, by=by)


def void_procedure(procedure: IdentityProcedure, *, by: Viewer, reason: str) -> IdentityProcedure:
    """Take a procedure out of every count, with the reason."""
    by.require("assistance.identity")
    return common.strike(procedure, reason=reason, by=by)
