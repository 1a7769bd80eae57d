"""Named reads of this room; those for screens take a viewer."""

from cauce.records.protection.queries.cases import (
    active_count,
    by_codes,
    case_choices,
    cases,
    colleagues,
    deliveries,
    find,
    has_consent,
    of_person,
    owner_name,
    reserved_codes,
)
from cauce.records.protection.queries.history import Step, readings, readings_count, steps
from cauce.records.protection.queries.vaults import child, incident, incidents, trafficking

__all__ = [
    "Step",
    "active_count",
    "by_codes",
    "case_choices",
    "cases",
    "child",
    "colleagues",
    "deliveries",
    "find",
    "has_consent",
    "incident",
    "incidents",
    "of_person",
    "owner_name",
    "readings",
    "readings_count",
    "reserved_codes",
    "steps",
    "trafficking",
]
