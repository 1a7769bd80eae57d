"""What is about to be recorded, one frozen value per act; forms and imports hand the same to the actions."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from cauce.records.assistance.enums import ItemState, ProcedureState, ReferralState, ServiceState, SupportState, Urgency
from cauce.records.people.models import Person
from cauce.records.places.models import Organisation, Site
from cauce.records.programmes.models import Response


@dataclass(frozen=True, slots=True)
class Process:
    """The process an act belongs to, opaque here: ``kind`` names its table, ``vault`` who may see its acts."""

    kind: str
    id: uuid.UUID
    vault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAct:
    """What every act says. ``office`` is the viewer's own when empty; ``projects`` are codes; ``row`` a sheet's line."""

    office: str = ""
    response: Response | None = None
    projects: Sequence[str] = ()
    capture: uuid.UUID = field(default_factory=uuid.uuid4)
    row: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewService(NewAct):
    """A service, planned or delivered; a consultation has its ``kinds``."""

    person: Person
    type: str
    kinds: Sequence[str] = ()
    state: str = ServiceState.DELIVERED
    planned_on: date | None = None
    delivered_on: date | None = None
    closed_on: date | None = None
    site: Site | None = None
    provider: Organisation | None = None
    quantity: int = 1
    outcome: str = ""
    note: str = ""
    process: Process | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReferral(NewAct):
    """A referral in any state of its machine; ``override_reason`` asks to send it without consent."""

    person: Person
    to: Organisation
    type: str
    shared: Sequence[str] = ()
    reason: str = ""
    urgency: str = Urgency.ROUTINE
    override_reason: str = ""
    state: str = ReferralState.SENT
    drafted_on: date | None = None
    sent_on: date | None = None
    answered_on: date | None = None
    delivered_on: date | None = None
    closed_on: date | None = None
    closing: str = ""
    closing_note: str = ""
    follow_up_on: date | None = None
    process: Process | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProcedure(NewAct):
    """An application for a document of identity, as far as it has come."""

    person: Person
    type: str
    state: str = ProcedureState.RECEIVED
    received_on: date
    submitted_on: date | None = None
    issued_on: date | None = None
    delivered_on: date | None = None
    refused_on: date | None = None
    refusal: str = ""
    missing: str = ""
    number: str = ""
    site: Site | None = None
    event_id: uuid.UUID | None = None
    process: Process | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewItem(NewAct):
    """Items of one class for one person (the mother, for a kit)."""

    person: Person
    item_class: str
    item: str = ""
    quantity: int = 1
    state: str = ItemState.DELIVERED
    planned_on: date | None = None
    delivered_on: date | None = None
    closed_on: date | None = None
    site: Site | None = None
    signed: bool = False
    process: Process | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLine:
    """One line of a delivery note."""

    item_class: str
    quantity: int
    item: str = ""
    measure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSupport(NewAct):
    """A delivery to a site with at least one line; ``signed_by`` is a function, never a name."""

    site: Site
    lines: Sequence[NewLine]
    state: str = SupportState.RECEIVED
    planned_on: date | None = None
    dispatched_on: date | None = None
    received_on: date | None = None
    closed_on: date | None = None
    signed_by: str = ""
    note_number: str = ""
    note: str = ""
