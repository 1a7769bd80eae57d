"""A case about to be opened; forms and imports hand the same value to the actions."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from cauce.records.people.models import Person
from cauce.records.protection.enums import CaseState, LegalBasis


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """A case in any state of its machine.

    ``categories`` are those somebody marked; the ones that follow from needs and from the child's
    situation are added. ``code`` is brought by an import, empty it is given by the office.
    ``office`` and ``owner`` are the viewer's own when empty.
    """

    person: Person
    needs: Sequence[str]
    channel: str
    population: str
    categories: Sequence[str] = ()
    state: str = CaseState.OPEN
    identified_on: date | None = None
    opened_on: date | None = None
    closed_on: date | None = None
    closing: str = ""
    closing_note: str = ""
    risk: str = ""
    uasc: str = ""
    law_term: str = ""
    legal_basis: str = LegalBasis.CONSENT
    basis_reason: str = ""
    summary: str = ""
    code: str = ""
    office: str = ""
    owner: str = ""
    capture: uuid.UUID = field(default_factory=uuid.uuid4)
    row: int | None = None
