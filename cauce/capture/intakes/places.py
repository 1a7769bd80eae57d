"""Organisations and sites. Sites name organisations that are already registered, or stand in a file before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import uuid4

from cauce.access.viewer import Viewer
from cauce.capture.intakes.base import Intake, Seen, capture_of
from cauce.exchange import Row
from cauce.kernel.problems import Problem
from cauce.records.models import Batch
from cauce.records.places import actions, columns, queries, rules
from cauce.records.places.models import Organisation, Site


def _check_names(row: Row, known: dict[str, str], seen: Seen, kind: str) -> None:
    """Raises Problem for a name that another entry already has, here or earlier in the file."""
    for name in (row.values["name"], *(row.values["aliases"] or ())):
        same = rules.same_name(name)
        repeated = not seen.offer(kind, same, row.number)
        rules.check_name_free(name, {*known, same} if repeated else known, known.get(same, ""))


def _check_organisations(rows: Sequence[Row], viewer: Viewer, seen: Seen) -> Iterator[Problem]:
    known = queries.names_in_use(queries.organisations(viewer))
    for row in rows:
        try:
            columns.organisation_from(row.values, capture=uuid4())
            _check_names(row, known, seen, "places.organisation")
        except Problem as problem:
            yield problem.at(row=row.number)


def _write_organisations(rows: Sequence[Row], viewer: Viewer, batch: Batch) -> list[Organisation]:
    new = [
        columns.organisation_from(row.values, capture=capture_of(batch, row), office=batch.office_id) for row in rows
    ]
    return actions.register_organisations(new, by=viewer, batch=batch)


def _check_sites(rows: Sequence[Row], viewer: Viewer, seen: Seen) -> Iterator[Problem]:
    organisations = queries.organisation_names(viewer)
    near: dict[str, dict[str, str]] = {}
    for row in rows:
        try:
            town = columns.site_from(row.values, organisations, capture=uuid4()).municipality
            # The same name may stand in two towns, not twice in one.
            if town not in near:
                near[town] = queries.names_in_use(queries.sites(viewer).filter(municipality=town))
            _check_names(row, near[town], seen, f"places.site.{town}")
        except Problem as problem:
            yield problem.at(row=row.number)


def _write_sites(rows: Sequence[Row], viewer: Viewer, batch: Batch) -> list[Site]:
    organisations = queries.organisation_names(viewer)
    new = [
        columns.site_from(row.values, organisations, capture=capture_of(batch, row), office=batch.office_id)
        for row in rows
    ]
    return actions.register_sites(new, by=viewer, batch=batch)


ORGANISATIONS = Intake(
    "organisations", columns.ORGANISATIONS, "places.edit", check=_check_organisations, write=_write_organisations
)
SITES = Intake("sites", columns.SITES, "places.edit", check=_check_sites, write=_write_sites)
INTAKES = [ORGANISATIONS, SITES]
