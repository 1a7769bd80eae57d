"""Services, referrals, identity procedures, items and support to sites, from the sheets offices keep."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from django.utils.translation import gettext_lazy as _

from cauce.access.viewer import Viewer
from cauce.capture.intakes.base import Intake, Seen, capture_of
from cauce.capture.intakes.lookups import Lookups
from cauce.exchange import Row
from cauce.kernel.problems import Problem, Problems
from cauce.records.assistance import actions, columns, queries
from cauce.records.assistance.enums import ItemState, ProcedureState, ReferralState, ServiceState, SupportState, Urgency
from cauce.records.assistance.new import (
    NewAct,
    NewItem,
    NewLine,
    NewProcedure,
    NewReferral,
    NewService,
    NewSupport,
)
from cauce.records.assistance.vocabulary import HEALTH_TYPES
from cauce.records.models import Batch
from cauce.records.people.enums import Purpose

N = TypeVar("N", bound=NewAct)
Build = Callable[[Row, Lookups], N]


def _common(row: Row, known: Lookups) -> dict[str, Any]:
    values = row.values
    return {
        "row": row.number,
        "response": known.response(values["response"]),
        "projects": known.projects(values["projects"]),
        "office": values["office"] or (known.batch.office_id if known.batch else ""),
        **({"capture": capture_of(known.batch, row)} if known.batch else {}),
    }


def _act(row: Row, known: Lookups) -> dict[str, Any]:
    person = known.person(row.values["folio"])
    return {"person": person, "process": known.process(row.values["case"], person), **_common(row, known)}


def _picked(row: Row, *names: str) -> dict[str, Any]:
    return {name: row.values[name] for name in names}


def _service(row: Row, known: Lookups) -> NewService:
    values = row.values
    if values["type"] in HEALTH_TYPES and not known.viewer.may("assistance.health"):
        raise Problem(
            "capture.health_only",
            _("Las consultas y las pruebas las importa personal de salud o de información."),
            fix=_("Quite estos renglones, o pida a esa persona que importe el archivo."),
            field="type",
        )
    return NewService(
        state=columns.state_of(values, columns.SERVICE_STEPS, ServiceState.PLANNED),
        kinds=tuple(values["kinds"]),
        site=known.site(values),
        provider=known.organisation(values["provider"], "provider"),
        quantity=values["quantity"] or 1,
        **_picked(row, "type", "planned_on", "delivered_on", "closed_on", "outcome", "note"),
        **_act(row, known),
    )


def _referral(row: Row, known: Lookups) -> NewReferral:
    values = row.values
    to = known.organisation(values["to"], "to")
    assert to is not None  # the column is required
    return NewReferral(
        to=to,
        shared=tuple(values["shared"]),
        urgency=values["urgency"] or Urgency.ROUTINE,
        state=columns.state_of(values, columns.REFERRAL_STEPS, ReferralState.DRAFT),
        **_picked(
            row, "type", "reason", "sent_on", "answered_on", "delivered_on", "closed_on", "closing", "closing_note"
        ),
        **_act(row, known),
    )


def _procedure(row: Row, known: Lookups) -> NewProcedure:
    return NewProcedure(
        state=columns.state_of(row.values, columns.PROCEDURE_STEPS, ProcedureState.RECEIVED),
        site=known.site(row.values),
        **_picked(
            row, "type", "received_on", "submitted_on", "issued_on", "delivered_on", "refused_on", "refusal",
            "missing", "number",
        ),
        **_act(row, known),
    )  # fmt: skip


def _item(row: Row, known: Lookups) -> NewItem:
    return NewItem(
        state=columns.state_of(row.values, columns.ITEM_STEPS, ItemState.PLANNED),
        site=known.site(row.values),
        quantity=row.values["quantity"] or 1,
        signed=bool(row.values["signed"]),
        **_picked(row, "item_class", "item", "planned_on", "delivered_on", "closed_on"),
        **_act(row, known),
    )


def _support(row: Row, known: Lookups) -> NewSupport:
    site = known.site(row.values)
    assert site is not None  # the column is required
    return NewSupport(
        site=site,
        lines=(NewLine(**_picked(row, "item_class", "item", "quantity", "measure")),),
        state=columns.state_of(row.values, columns.SUPPORT_STEPS, SupportState.PLANNED),
        **_picked(row, "planned_on", "dispatched_on", "received_on", "closed_on", "signed_by", "note_number"),
        **_common(row, known),
    )


def _built(rows: Sequence[Row], known: Lookups, build: Build[N], found: list[Problem]) -> list[N]:
    """Rows as new acts; what a row names and nobody knows is a problem of the row."""
    made = []
    for row in rows:
        try:
            made.append(build(row, known))
        except Problem as problem:
            found.append(problem.at(row=row.number))
    return made


def _intake(key: str, sheet: Any, permission: str, build: Build[N], check: Callable, write: Callable) -> Intake:
    def checked(rows: Sequence[Row], viewer: Viewer, seen: Seen) -> Iterator[Problem]:
        known, found = Lookups(rows, viewer, seen=seen), []
        made = _built(rows, known, build, found)
        try:
            check(made, viewer, seen, known, {row.number: row for row in rows})
        except Problems as problems:
            found += problems
        yield from found

    def written(rows: Sequence[Row], viewer: Viewer, batch: Batch) -> object:
        known, found = Lookups(rows, viewer, batch=batch), []
        made = _built(rows, known, build, found)
        if found:
            raise Problems(found)
        return write(made, by=viewer, batch=batch)

    return Intake(key, sheet, permission, checked, written)


def _check_services(made: list[NewService], by: Viewer, *_rest: Any) -> None:
    actions.check_services(made, by=by)


def _check_referrals(made: list[NewReferral], by: Viewer, _seen: Seen, known: Lookups, _rows: Any) -> None:
    # Whoever the same file registers has said there whether they agree.
    agreed = {each.person.pk for each in made if known.is_to_come(each.person) and _agrees(each, known)}
    actions.check_referrals(made, by=by, agreed=agreed)


def _agrees(row: NewReferral, known: Lookups) -> bool:
    return known.says_yes(row.person, Purpose.REFERRAL) is not False


def _check_procedures(made: list[NewProcedure], by: Viewer, *_rest: Any) -> None:
    actions.check_procedures(made, by=by)


def _check_items(made: list[NewItem], by: Viewer, seen: Seen, *_rest: Any) -> None:
    # Kits of the file's earlier chunks count too.
    actions.check_items(made, by=by, earlier=seen.tally("assistance.kits"))


def _check_supports(made: list[NewSupport], by: Viewer, _seen: Seen, _known: Lookups, rows: dict[int, Row]) -> None:
    actions.check_supports(made, by=by)
    for twin in queries.twins(made):
        if twin.row.row in rows:
            rows[twin.row.row].mended.append(_("Aviso: %(what)s") % {"what": twin.problem.sentence})


SERVICES = _intake(
    "assistance.services", columns.SERVICES, "assistance.serve", _service, _check_services, actions.record_services
)
REFERRALS = _intake(
    "assistance.referrals", columns.REFERRALS, "assistance.refer", _referral, _check_referrals, actions.refer_many
)
PROCEDURES = _intake(
    "assistance.procedures", columns.PROCEDURES, "assistance.identity", _procedure, _check_procedures,
    actions.receive_procedures,
)  # fmt: skip
ITEMS = _intake("assistance.items", columns.ITEMS, "assistance.items", _item, _check_items, actions.deliver_items)
SUPPORTS = _intake(
    "assistance.site_support", columns.SUPPORTS, "assistance.site_support", _support, _check_supports,
    actions.support_sites,
)  # fmt: skip
INTAKES = [SERVICES, REFERRALS, PROCEDURES, ITEMS, SUPPORTS]
