"""From records to facts: services, referrals, items, supports to sites, certificates (design.md §3).

Only what happened yields a fact: delivered, received, issued. Planned, sent, cancelled and void
records yield none. The provider is never the organisation of a fact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any
from uuid import UUID

from cauce import keys
from cauce.access.models import Office
from cauce.kernel.facts import Fact
from cauce.kernel.periods import Period
from cauce.records.assistance.enums import ItemState, ProcedureState, ReferralState, ServiceState, SupportState
from cauce.records.assistance.models import IdentityProcedure, ItemDelivery, Referral, Service, SiteSupport, SupportLine
from cauce.records.base import FactSource
from cauce.records.people.queries import for_facts
from cauce.records.places.models import Site
from cauce.records.programmes.models import Response

CHUNK = 2000
ROOM = "assistance"


@dataclass(frozen=True, slots=True)
class Where:
    """Where acts lie: sites by id and offices by code, each with its municipality, read once."""

    sites: dict[UUID, tuple[str, str, UUID | None, str | None]]
    offices: dict[str, tuple[str, str]]
    responses: dict[Any, str]

    @classmethod
    def read(cls) -> Where:
        columns = ("pk", "kind", "municipality_id", "organisation_id", "organisation__kind")
        sites = {pk: tuple(rest) for pk, *rest in Site.objects.values_list(*columns)}
        offices = {
            code: (place, country) for code, place, country in Office.objects.values_list("code", "place", "country")
        }
        return cls(sites, offices, dict(Response.objects.values_list("pk", "code")))

    def columns(self, office: str, site: UUID | None) -> dict[str, Any]:
        """The place columns of a fact: the site's municipality, or the office's where there is no site."""
        place, country = self.offices.get(office, ("", ""))
        if site is None or site not in self.sites:
            return {"place": place or None, "state": place[:2] or None, "country": country or None}
        kind, place, _organisation, _kind = self.sites[site]
        return {
            "site": str(site),
            "site_kind": kind,
            "place": place,
            "state": place[:2],
            "country": "MEX",
        }

    def organisation(self, site: UUID) -> dict[str, Any]:
        """The organisation that runs a site, for facts that count sites and institutions."""
        _kind, _place, organisation, kind = self.sites[site]
        return {"organisation": str(organisation) if organisation else None, "organisation_kind": kind}


def _facts(rows: Iterable[tuple], names: tuple[str, ...], build: Callable[[dict, Any, Where], Fact]) -> Iterator[Fact]:
    """Read rows in chunks, add what is known of their people, and build the facts in the rows' order."""
    where = Where.read()
    rows = iter(rows)
    while named := [dict(zip(names, row, strict=True)) for row in islice(rows, CHUNK)]:
        people = for_facts(row["person_id"] for row in named)
        for row in named:
            yield build(row, people[row["person_id"]], where)


def _common(row: dict, person: Any, where: Where, day_field: str) -> dict[str, Any]:
    day = row[day_field]
    return {
        "date": day,
        "until": day,
        "subject": keys.pseudonym(row["id"], "subject"),
        "office": row["office_id"],
        "response": where.responses.get(row["response_id"]),
        "projects": tuple(sorted(row["projects"])),
        "source_room": ROOM,
        "source_id": str(row["id"]),
        **person.columns(day),
        **where.columns(row["office_id"], row.get("site_id")),
    }


_ACT = ("id", "office_id", "person_id", "response_id", "projects")


def service_facts(period: Period) -> Iterator[Fact]:
    """One row per delivered service; topics are the kinds of a consultation."""
    names = (*_ACT, "site_id", "delivered_on", "type", "kinds", "quantity", "outcome")
    rows = Service.objects.live().filter(state=ServiceState.DELIVERED, delivered_on__range=(period.start, period.end))

    def build(row: dict, person: Any, where: Where) -> Fact:
        return Fact(
            kind="assistance.service",
            category=row["type"],
            topics=tuple(sorted(row["kinds"])),
            outcome=row["outcome"] or None,
            quantity=row["quantity"],
            **_common(row, person, where, "delivered_on"),
        )

    return _facts(_ordered(rows, "delivered_on", names), names, build)


def referral_facts(period: Period) -> Iterator[Fact]:
    """One row per referral whose service was delivered; sent and accepted ones do not count."""
    names = (*_ACT, "delivered_on", "type")
    rows = Referral.objects.live().filter(state=ReferralState.DELIVERED, delivered_on__range=(period.start, period.end))

    def build(row: dict, person: Any, where: Where) -> Fact:
        return Fact(kind="assistance.referral", category=row["type"], **_common(row, person, where, "delivered_on"))

    return _facts(_ordered(rows, "delivered_on", names), names, build)


def item_facts(period: Period) -> Iterator[Fact]:
    """One row per delivery of items to a person, with its quantity."""
    names = (*_ACT, "site_id", "delivered_on", "item_class", "quantity")
    rows = ItemDelivery.objects.live().filter(state=ItemState.DELIVERED, delivered_on__range=(period.start, period.end))

    def build(row: dict, person: Any, where: Where) -> Fact:
        return Fact(
            kind="assistance.item",
            category=row["item_class"],
            quantity=row["quantity"],
            **_common(row, person, where, "delivered_on"),
        )

    return _facts(_ordered(rows, "delivered_on", names), names, build)


def certificate_facts(period: Period) -> Iterator[Fact]:
    """One row per document, at its date of issue; the age band is that of the date of issue."""
    names = (*_ACT, "site_id", "issued_on", "type")
    rows = IdentityProcedure.objects.live().filter(
        state__in=(ProcedureState.ISSUED, ProcedureState.DELIVERED), issued_on__range=(period.start, period.end)
    )

    def build(row: dict, person: Any, where: Where) -> Fact:
        return Fact(
            kind="assistance.certificate_issued", category=row["type"], **_common(row, person, where, "issued_on")
        )

    return _facts(_ordered(rows, "issued_on", names), names, build)


def support_facts(period: Period) -> Iterator[Fact]:
    """One row per delivery to a site and item class, with the quantity of its lines."""
    where = Where.read()
    lines = SupportLine.objects.filter(
        voided_at=None,
        support__in=SiteSupport.objects.live().filter(
            state__in=(SupportState.RECEIVED, SupportState.CORRECTED), received_on__range=(period.start, period.end)
        ),
    )
    names = (
        "support__received_on", "support_id", "item_class", "quantity", "support__site_id", "support__office_id",
        "support__response_id", "support__projects",
    )  # fmt: skip
    rows = lines.order_by("support__received_on", "support_id", "item_class", "id").values_list(*names)
    for (day, support, item_class), group in groupby(rows.iterator(chunk_size=CHUNK), key=lambda row: row[:3]):
        found = list(group)
        _day, _support, _class, _quantity, site, office, response, projects = found[0]
        yield Fact(
            kind="assistance.site_support",
            date=day,
            until=day,
            subject=keys.pseudonym(support, "subject"),
            office=office,
            category=item_class,
            quantity=sum(row[3] for row in found),
            response=where.responses.get(response),
            projects=tuple(sorted(projects)),
            source_room=ROOM,
            source_id=str(support),
            **where.columns(office, site),
            **where.organisation(site),
        )


def _ordered(rows, day: str, names: tuple[str, ...]) -> Iterator[tuple]:
    return rows.order_by(day, "id").values_list(*names).iterator(chunk_size=CHUNK)


SOURCES = [
    FactSource(kind="assistance.service", tables=("assistance.service",), rows=service_facts),
    FactSource(kind="assistance.referral", tables=("assistance.referral",), rows=referral_facts),
    FactSource(kind="assistance.item", tables=("assistance.itemdelivery",), rows=item_facts),
    FactSource(
        kind="assistance.site_support", tables=("assistance.sitesupport", "assistance.supportline"), rows=support_facts
    ),
    FactSource(kind="assistance.certificate_issued", tables=("assistance.identityprocedure",), rows=certificate_facts),
]
