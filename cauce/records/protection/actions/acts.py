"""What is done within a case: services, referrals and items, recorded by assistance under the case's reference."""

from __future__ import annotations

from typing import Any

from cauce.access.viewer import Viewer
from cauce.records.assistance import actions as assistance
from cauce.records.assistance.models import ItemDelivery, Referral, Service
from cauce.records.protection import rules
from cauce.records.protection.actions.working import process_of
from cauce.records.protection.models import Case
from cauce.records.protection.permissions import check_class


def _within(case: Case, by: Viewer) -> dict[str, Any]:
    """What ties an act to the case; a closed case is reopened first."""
    by.require("protection.work")
    check_class(by, case.sensitivity)
    rules.check_active(case.state)
    return {"person": case.person, "process": process_of(case), "office": case.office_id}


def serve(case: Case, *, by: Viewer, **fields: Any) -> Service:
    """Record a service of the case; ``fields`` are those of ``assistance.new.NewService``."""
    return assistance.record_service(by=by, **{**_within(case, by), **fields})


def refer(case: Case, *, by: Viewer, **fields: Any) -> Referral:
    """Refer the case's person; ``fields`` are those of ``assistance.new.NewReferral``."""
    return assistance.refer(by=by, **{**_within(case, by), **fields})


def hand_items(case: Case, *, by: Viewer, **fields: Any) -> ItemDelivery:
    """Hand items to the case's person; ``fields`` are those of ``assistance.new.NewItem``."""
    return assistance.deliver_item(by=by, **{**_within(case, by), **fields})
