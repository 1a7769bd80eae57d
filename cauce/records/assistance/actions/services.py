"""Writing services: one from a form, thousands from an import, by the same rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from cauce.access.viewer import Viewer
from cauce.records.assistance import rules, vocabulary
from cauce.records.assistance.actions import common
from cauce.records.assistance.enums import ServiceState
from cauce.records.assistance.models import Service
from cauce.records.assistance.new import NewService
from cauce.records.assistance.permissions import check_serve
from cauce.records.models import Batch


def record_service(*, by: Viewer, **fields: Any) -> Service:
    """Record one service; ``fields`` are those of ``new.NewService``.

    The same ``capture`` sent twice gives the record of the first time. Raises Problems with everything
    that is wrong, PermissionDenied without ``assistance.serve`` (consultations and tests:
    ``assistance.health``) or without the vault of the process.
    """
    return record_services([NewService(**fields)], by=by)[0]


def record_services(rows: Sequence[NewService], *, by: Viewer, batch: Batch | None = None) -> list[Service]:
    """The bulk form: all rows are checked before the first is written."""
    ground = check_services(rows, by=by, batch=batch)
    return common.insert([_service(row, ground) for row in rows], by=by, batch=batch)


def check_services(rows: Sequence[NewService], *, by: Viewer, batch: Batch | None = None) -> common.Ground:
    """Raises Problems for every row that cannot be written; a dry run calls it alone."""
    check_serve(by, {row.type for row in rows})
    ground = common.Ground(rows, by, batch=batch)
    common.check_all(rows, lambda row: _checks(row, ground))
    return ground


def _checks(row: NewService, ground: common.Ground) -> list[Callable[[], None]]:
    return [
        lambda: vocabulary.check("service_types", row.type, field="type"),
        *(lambda kind=kind: vocabulary.check("consultation_kinds", kind, field="kinds") for kind in row.kinds),
        lambda: rules.check_kinds(row.type, row.kinds),
        lambda: rules.check_dates(row, rules.SERVICE_DATES, label=ServiceState(row.state).label),
        lambda: rules.check_quantity(row.quantity),
        lambda: rules.check_result(row.type, row.outcome, row.state),
        *common.common_checks(row, ground, ("delivered_on", "closed_on"), "delivered_on"),
    ]


def _service(row: NewService, ground: common.Ground) -> Service:
    return Service(
        capture=row.capture,
        office_id=ground.office(row),
        person=row.person,
        type=row.type,
        kinds=list(row.kinds),
        state=row.state,
        planned_on=row.planned_on,
        delivered_on=row.delivered_on,
        closed_on=row.closed_on,
        site=row.site,
        provider=row.provider,
        response=row.response,
        projects=list(row.projects),
        quantity=row.quantity,
        outcome=row.outcome,
        note=row.note.strip() or None,
        **common.process_fields(row),
    )


def deliver_service(
    service: Service, *, by: Viewer, on: date | None = None, outcome: str = "", kinds: Sequence[str] = ()
) -> Service:
    """A planned service was delivered on ``on`` (today when left out)."""
    day = on or timezone.localdate()
    check_serve(by, {service.type})
    common.check_step(
        lambda: rules.check_past(day, today=timezone.localdate(), field="delivered_on"),
        lambda: rules.check_born(day, service.person.birth_date, field="delivered_on"),
        lambda: rules.check_kinds(service.type, kinds or service.kinds),
        lambda: rules.check_result(service.type, outcome or service.outcome, ServiceState.DELIVERED),
        lambda: common.check_step_day(service, day, "delivered_on"),
    )
    more = {"outcome": outcome} if outcome else {}
    if kinds:
        more["kinds"] = list(kinds)
    return common.step(service, ServiceState.DELIVERED, by=by, allowed=rules.SERVICE, delivered_on=day, **more)


def cancel_service(service: Service, *, by: Viewer, reason: str, no_show: bool = False) -> Service:
    """A planned service will not take place; ``no_show`` when the person did not come. Needs a reason."""
    check_serve(by, {service.type})
    rules.check_reason(reason)
    to = ServiceState.NO_SHOW if no_show else ServiceState.CANCELLED
    return common.step(service, to, by=by, allowed=rules.SERVICE, reason=reason, closed_on=timezone.localdate())


def correct_service(service: Service, /, *, by: Viewer, reason: str, **changes: Any) -> Service:
    """Correct fields of a service; states change by their steps alone. Old values stay with the reason."""
    common.refuse_state(changes)
    check_serve(by, {service.type, changes.get("type", service.type)})
    row = _as_new(service, changes)
    common.check_all([row], lambda row: _checks(row, common.Ground([row], by, anew=False)))
    return common.amend(service, changes, reason=reason, by=by)


def _as_new(service: Service, changes: dict[str, Any]) -> NewService:
    """The service as it would stand after the correction, for the same checks as a new one."""
    names = (
        "type", "kinds", "planned_on", "delivered_on", "closed_on", "site", "provider", "quantity", "outcome",
        "response", "projects", "state",
    )  # fmt: skip
    stands = {name: getattr(service, name) for name in names}
    return NewService(person=service.person, **{**stands, **{n: v for n, v in changes.items() if n in names}})


def void_service(service: Service, *, by: Viewer, reason: str) -> Service:
    """Take a service out of every count, with the reason."""
    check_serve(by, {service.type})
    return common.strike(service, reason=reason, by=by)
