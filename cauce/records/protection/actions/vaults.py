"""Writing behind the vaults: incidents, trafficking, children. Each needs its role (domain.md R4, §6.5)."""

from __future__ import annotations

from typing import Any, TypeVar

from django.utils import timezone

from cauce.access.viewer import Viewer
from cauce.records import writing
from cauce.records.protection import rules
from cauce.records.protection.actions.working import concerns
from cauce.records.protection.models import Case, ChildDetail, GbvDetail, TraffickingDetail
from cauce.records.protection.permissions import check_class, check_vault

V = TypeVar("V", GbvDetail, TraffickingDetail, ChildDetail)


def record_incident(case: Case, *, by: Viewer, **fields: Any) -> GbvDetail:
    """Add one incident of violence to a case; ``fields`` are those of ``GbvDetail``."""
    rules.check_gbv_dates(fields["reported_on"], fields.get("incident_on"), timezone.localdate())
    return _add(GbvDetail, case, by, fields)


def correct_incident(incident: GbvDetail, *, by: Viewer, reason: str, **changes: Any) -> GbvDetail:
    """Correct an incident; the old values stay, sealed."""
    reported = changes.get("reported_on", incident.reported_on)
    rules.check_gbv_dates(reported, changes.get("incident_on", incident.incident_on), timezone.localdate())
    return _correct(incident, by, reason, changes)


def void_incident(incident: GbvDetail, *, by: Viewer, reason: str) -> GbvDetail:
    check_vault(by, incident.VAULT)
    return writing.void(incident, reason=reason, by=by, concerns=concerns(incident.case))


def record_trafficking(case: Case, *, by: Viewer, reason: str = "", **fields: Any) -> TraffickingDetail:
    """Say what is known of the trafficking; once there is a row it is corrected, with a reason."""
    rules.check_decided(fields["decided_on"], timezone.localdate())
    return _add_or_correct(TraffickingDetail, case, by, reason, fields)


def record_child(case: Case, *, by: Viewer, reason: str = "", **fields: Any) -> ChildDetail:
    """Say what is known of the child's care and best interests; once there is a row it is corrected."""
    rules.check_best_interests(fields.get("best_interests", ""), fields.get("decided_on"), timezone.localdate())
    return _add_or_correct(ChildDetail, case, by, reason, fields)


def _add_or_correct(model: type[V], case: Case, by: Viewer, reason: str, fields: dict[str, Any]) -> V:
    check_vault(by, model.VAULT)
    existing = model.objects.live().filter(case=case).first()
    if existing is None or existing.capture == fields.get("capture"):
        return existing or _add(model, case, by, fields)
    return _correct(existing, by, reason, {name: value for name, value in fields.items() if name != "capture"})


def _add(model: type[V], case: Case, by: Viewer, fields: dict[str, Any]) -> V:
    check_vault(by, model.VAULT)
    check_class(by, case.sensitivity)
    rules.check_active(case.state)
    record = model(office_id=case.office_id, case=case, **fields)
    return writing.add(record, by=by, concerns=concerns(case))


def _correct(record: V, by: Viewer, reason: str, changes: dict[str, Any]) -> V:
    check_vault(by, record.VAULT)
    return writing.correct(record, changes, reason=reason, by=by, concerns=concerns(record.case))
