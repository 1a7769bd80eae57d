"""What the sheets of acts refer to: people by folio, cases by code, sites and organisations by name."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from cauce.access.viewer import Viewer
from cauce.capture.intakes.base import Seen
from cauce.exchange import Row
from cauce.exchange.wording import plain
from cauce.kernel.problems import Problem
from cauce.records.assistance.new import Process
from cauce.records.models import Batch
from cauce.records.people.models import Person
from cauce.records.people.queries import ids_by_folio
from cauce.records.places import queries as places
from cauce.records.places.models import Organisation, Site
from cauce.records.places.rules import same_name
from cauce.records.programmes import queries as programmes
from cauce.records.programmes.models import Response
from cauce.records.protection.models.case import PROCESS, STANDARD
from cauce.records.protection.queries import by_codes

FOLIO, CASE = "people.folio", "protection.case"
# What the sheet of people says beside the folio, so that a dry run can already judge: "folio|purpose".
CONSENT = "people.consent"
SITE, ORGANISATION, PROJECT = "places.site", "places.organisation", "programmes.project"


class Lookups:
    """Read once per chunk of rows; catalogues at their first use.

    In a dry run (``seen`` given) a person or case that an earlier sheet of the same file brings is
    there as a stand-in: ``is_to_come`` tells, and what is not known of it is judged when it is written.
    """

    def __init__(
        self, rows: Sequence[Row], viewer: Viewer, *, batch: Batch | None = None, seen: Seen | None = None
    ) -> None:
        self.viewer, self.batch, self.seen = viewer, batch, seen
        ids = ids_by_folio(self._texts(rows, "folio"), viewer, batch)
        self._people = {person.folio: person for person in _persons(list(ids.values()))}
        self._cases = by_codes(self._texts(rows, "case"), viewer, batch)
        self.to_come: set[uuid.UUID] = set()

    @staticmethod
    def _texts(rows: Sequence[Row], key: str) -> set[str]:
        return {text.upper() for row in rows if (text := row.values.get(key) or "")}

    def person(self, folio: str) -> Person:
        """Raises Problem when nobody this viewer may know of has the folio."""
        folio = folio.upper()
        if (person := self._people.get(folio)) is not None:
            return person
        if self.seen is not None and self.seen.knows(FOLIO, folio):
            stand_in = Person(pk=uuid.uuid5(uuid.NAMESPACE_OID, folio), folio=folio)
            self.to_come.add(stand_in.pk)
            self._people[folio] = stand_in
            return stand_in
        raise Problem(
            "capture.no_person",
            _("No hay una persona con el folio %(folio)s en sus oficinas."),
            fix=_("Revise el folio, o registre antes a la persona."),
            field="folio",
            folio=folio,
        )

    def is_to_come(self, person: Person) -> bool:
        """Is this the stand-in of somebody the same file will register?"""
        return person.pk in self.to_come

    def says_yes(self, person: Person, purpose: str) -> bool | None:
        """What the file says about a stand-in's consent; None when its sheet says nothing about consents."""
        if self.seen is None or not self.seen.offered.get(CONSENT):
            return None
        return self.seen.knows(CONSENT, f"{person.folio}|{purpose}")

    def process(self, code: str, person: Person) -> Process | None:
        """The case an act belongs to, "" for none. Raises Problem for another person's case."""
        code = code.upper()
        if not code:
            return None
        case = self._cases.get(code)
        if case is None and self.seen is not None and self.seen.knows(CASE, f"{code}|{person.folio}"):
            return Process(PROCESS, uuid.uuid5(uuid.NAMESPACE_OID, code))
        if case is None:
            raise Problem(
                "capture.no_case",
                _("No hay un caso con la clave %(value)s que usted pueda trabajar."),
                fix=_("Revise la clave; los casos reservados los registra quien tiene su reserva."),
                field="case",
                value=code,
            )
        if case.person_id != person.pk:
            raise Problem(
                "capture.case_of_another",
                _("El caso %(value)s es de otra persona."),
                fix=_("Revise el folio y la clave del caso."),
                field="case",
                value=code,
            )
        return Process(PROCESS, case.pk, "" if case.sensitivity == STANDARD else case.sensitivity)

    @cached_property
    def _sites(self) -> places.Names:
        return places.site_names(self.viewer, self.batch)

    @cached_property
    def _organisations(self) -> places.Names:
        return places.organisation_names(self.viewer, self.batch)

    @cached_property
    def _named_to_come(self) -> dict[str, set[str]]:
        """Names of sites and organisations that earlier sheets of the same file bring."""
        offered = self.seen.offered if self.seen else {}
        return {kind: {key.split("|", 1)[1] for key in offered.get(kind, ())} for kind in (SITE, ORGANISATION)}

    def _comes(self, kind: str, name: str) -> bool:
        return same_name(name) in self._named_to_come[kind]

    def projects(self, codes: Sequence[str]) -> tuple[str, ...]:
        """Project codes to be judged: those the same file registers are judged when they are there."""
        return tuple(code for code in codes if not (self.seen and self.seen.knows(PROJECT, plain(code))))

    @cached_property
    def _responses(self) -> programmes.Codes:
        return programmes.response_codes(self.viewer)

    @cached_property
    def _municipalities(self) -> dict[str, str]:
        return {}

    def site(self, values: dict[str, Any]) -> Site | None:
        """The site a row names, by any of its names; the municipality decides between namesakes."""
        if not values["site"]:
            return None
        where = values.get("municipality") or ""
        if where and where not in self._municipalities:
            self._municipalities[where] = places.municipality_by_name(where).pk
        try:
            return self._sites.find(values["site"], self._municipalities.get(where, ""))
        except Problem:
            if self._comes(SITE, values["site"]):
                return Site(name=values["site"])
            raise

    def organisation(self, name: str, field: str) -> Organisation | None:
        if not name:
            return None
        try:
            return self._organisations.find(name)
        except Problem as problem:
            if self._comes(ORGANISATION, name):
                return Organisation(name=name)
            raise problem.at(field=field) from None

    def response(self, name: str) -> Response | None:
        if not name:
            return None
        return self._responses.find(name)


def _persons(ids: list[uuid.UUID]) -> list[Person]:
    size, found = 800 if connection.vendor == "sqlite" else 10_000, []
    columns = ("id", "folio", "office_id", "sex", "birth_date", "age_estimate", "estimated_on", "reserved")
    for start in range(0, len(ids), size):
        found += Person.objects.filter(pk__in=ids[start : start + size]).only(*columns)
    return found
