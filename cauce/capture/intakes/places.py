"""Organisations and sites: what the sheets of acts name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext_lazy as _

from cauce.access.viewer import Viewer
from cauce.capture.intakes.base import Intake, Seen, capture_of
from cauce.exchange import Row
from cauce.kernel.problems import Problem
from cauce.records.models import Batch
from cauce.records.places import actions, columns, queries, rules
from cauce.records.places.actions import NewOrganisation, NewSite

_ORGANISATION, _SITE = "places.organisation", "places.site"


def _names(new: NewSite | NewOrganisation) -> list[str]:
    return list(dict.fromkeys(rules.same_name(each) for each in (new.name, *new.aliases)))


def _judge(
    rows: Sequence[Row], seen: Seen, kind: str, make: Callable[[Row], Any], problems_of: Callable[[list], list[Problem]]
) -> Iterator[Problem]:
    """Problems of rows that cannot be read as an entry, of entries refused, and of names an earlier row brought."""
    made: list[tuple[Row, Any]] = []
    for row in rows:
        try:
            made.append((row, make(row)))
        except Problem as problem:
            yield problem.at(row=row.number)
    refused = {problem.row: problem for problem in problems_of([new for _row, new in made])}
    for position, (row, new) in enumerate(made, start=1):
        if (problem := refused.get(position)) is not None:
            yield problem.at(row=row.number)
            continue
        place = new.municipality if kind == _SITE else ""
        known = [name for name in _names(new) if not seen.offer(kind, f"{place}|{name}", row.number)]
        if known:
            earlier = seen.row_of(kind, f"{place}|{known[0]}")
            yield _repeated(new.name, earlier).at(row=row.number)


def _repeated(name: str, earlier: int) -> Problem:
    return Problem(
        "places.repeated",
        _("«%(name)s» ya está en la fila %(earlier)s."),
        fix=_("Deje un solo renglón; los demás nombres van en «otros nombres»."),
        field="name",
        name=name,
        earlier=earlier,
    )


# Organisations


def _check_organisations(rows: Sequence[Row], viewer: Viewer, seen: Seen) -> Iterator[Problem]:
    return _judge(
        rows,
        seen,
        _ORGANISATION,
        lambda row: columns.organisation_from(row.values, capture=uuid4()),
        lambda new: actions.organisation_problems(new, by=viewer),
    )


def _write_organisations(rows: Sequence[Row], viewer: Viewer, batch: Batch) -> None:
    new = [
        columns.organisation_from(row.values, capture=capture_of(batch, row), office=batch.office_id) for row in rows
    ]
    actions.register_organisations(new, by=viewer, batch=batch)


# Sites


def _check_sites(rows: Sequence[Row], viewer: Viewer, seen: Seen) -> Iterator[Problem]:
    organisations = queries.organisation_names(viewer)

    def make(row: Row) -> NewSite:
        values = dict(row.values)
        if seen.knows(_ORGANISATION, f"|{rules.same_name(values['organisation'])}"):
            values["organisation"] = ""  # an earlier sheet of the same file brings it
        return columns.site_from(values, organisations, capture=uuid4())

    return _judge(rows, seen, _SITE, make, lambda new: actions.site_problems(new, by=viewer))


def _write_sites(rows: Sequence[Row], viewer: Viewer, batch: Batch) -> None:
    organisations = queries.organisation_names(viewer, batch)
    new = [
        columns.site_from(row.values, organisations, capture=capture_of(batch, row), office=batch.office_id)
        for row in rows
    ]
    actions.register_sites(new, by=viewer, batch=batch)


ORGANISATIONS = Intake(
    "places.organisations", columns.ORGANISATIONS, "places.edit", _check_organisations, _write_organisations
)
SITES = Intake("places.sites", columns.SITES, "places.edit", _check_sites, _write_sites)
INTAKES = [ORGANISATIONS, SITES]
