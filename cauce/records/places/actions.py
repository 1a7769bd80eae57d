"""The only writers of this room."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from cauce.access.viewer import Viewer
from cauce.audit import log
from cauce.exchange.wording import clean
from cauce.kernel.problems import Problem, Problems
from cauce.records import writing
from cauce.records.models import Batch
from cauce.records.places import permissions, queries, rules
from cauce.records.places.enums import PROTECTED_KINDS
from cauce.records.places.models import Country, Municipality, Organisation, ServiceOffered, Site, State

DATA = Path(__file__).resolve().parent / "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSite:
    """What is known of a site when it is registered; ``municipality`` is an INEGI key."""

    name: str
    kind: str
    municipality: str
    office: str = ""
    organisation: UUID | None = None
    aliases: Sequence[str] = ()
    capacity_regular: int | None = None
    capacity_emergency: int | None = None
    accepts: Sequence[str] = ()
    protected: bool | None = None  # None: as usual for the kind
    address: str = ""
    opened: date | None = None
    closed: date | None = None
    capture: UUID = field(default_factory=uuid4)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOrganisation:
    """What is known of an organisation when it is registered."""

    name: str
    kind: str
    office: str = ""
    legal_regime: str = ""  # empty: as usual for the kind
    aliases: Sequence[str] = ()
    state: str = ""
    municipality: str = ""
    contact_role: str = ""
    contact_line: str = ""
    capture: UUID = field(default_factory=uuid4)


# The catalogue


def load_reference() -> dict[str, int]:
    """Load countries, states and municipalities from the files beside this room; again is harmless.

    They are public catalogues, not records: set-up and demonstration call this, and it leaves no
    audit step. Returns how many rows each has.
    """
    with transaction.atomic():
        return {
            "countries": _load(Country, "countries.csv", _country),
            "states": _load(State, "mexico_states.csv", _state),
            "municipalities": _load(Municipality, "mexico_municipalities.csv", _municipality),
        }


def _load(model: Any, name: str, read: Any) -> int:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        rows = [read(row) for row in csv.DictReader(file)]
    key = model._meta.pk.name
    fields = [each.name for each in model._meta.concrete_fields if each.name != key]
    model.objects.bulk_create(rows, batch_size=100, update_conflicts=True, unique_fields=[key], update_fields=fields)
    return len(rows)


def _country(row: Mapping[str, str]) -> Country:
    names = {f"name_{language}": row[language] for language in ("es", "en", "fr", "pt", "ht")}
    return Country(code=row["alpha3"], alpha2=row["alpha2"], ht_review=row["ht_review"] == "1", **names)


def _state(row: Mapping[str, str]) -> State:
    return State(
        code=row["inegi"], iso=row["iso"], curp=row["curp"], pcode=row["pcode"], official_name=row["name"],
        name=row["short"],
    )  # fmt: skip


def _municipality(row: Mapping[str, str]) -> Municipality:
    return Municipality(
        code=row["inegi"], state_id=row["state"], name=row["name"], lat=row["lat"] or None, lon=row["lon"] or None
    )


# Sites


def register_site(new: NewSite, *, by: Viewer) -> Site:
    """Register one site. Raises Problem; sending the same capture again returns the same site."""
    by.require("places.edit")
    site = _site(new, by)
    if (existing := Site.objects.filter(capture=new.capture).first()) is not None:
        return existing
    _check_site(site, _names_near(site))
    return writing.add(site, by=by, verb="register")


def register_sites(new: Sequence[NewSite], *, by: Viewer, batch: Batch | None = None) -> list[Site]:
    """The bulk form: the same checks over all rows first. Raises Problems; nothing is written then."""
    by.require("places.edit")
    sites = [_site(each, by) for each in new]
    _refuse(_problems(sites, _check_site))
    return writing.add_many(sites, by=by, batch=batch, verb="register")


def site_problems(new: Sequence[NewSite], *, by: Viewer) -> list[Problem]:
    """What ``register_sites`` would refuse, each with the position of its entry from 1; writes nothing."""
    return _problems([_site(each, by) for each in new], _check_site)


def _site(new: NewSite, by: Viewer) -> Site:
    return Site(
        capture=new.capture,
        office_id=new.office or by.office,
        name=clean(new.name),
        aliases=_aliases(new.name, new.aliases),
        kind=new.kind,
        organisation_id=new.organisation,
        municipality_id=new.municipality,
        capacity_regular=new.capacity_regular,
        capacity_emergency=new.capacity_emergency,
        accepts=list(new.accepts),
        protected=new.kind in PROTECTED_KINDS if new.protected is None else new.protected,
        address=clean(new.address) or None,
        opened=new.opened,
        closed=new.closed,
    )


def _aliases(name: str, aliases: Iterable[str]) -> list[str]:
    """Other names, each once, without the name itself."""
    by_form = {rules.same_name(each): clean(each) for each in aliases if rules.same_name(each)}
    by_form.pop(rules.same_name(name), None)
    return list(by_form.values())


def _names_near(entry: Site | Organisation) -> dict[str, str]:
    """Names in use around an entry: sites of its municipality, organisations anywhere in the mission."""
    rows = type(entry).objects.live().exclude(pk=entry.pk)
    if isinstance(entry, Site):
        rows = rows.filter(municipality=entry.municipality_id)
    return queries.names_in_use(rows)


def _check_site(site: Site, taken: Mapping[str, str]) -> None:
    rules.check_name(site.name)
    _check_names_free(site, taken)
    rules.check_capacity(site.capacity_regular, site.capacity_emergency)
    rules.check_days(site.opened, site.closed, timezone.localdate())
    rules.check_address(site.kind, site.protected)


def _check_names_free(entry: Site | Organisation, taken: Mapping[str, str]) -> None:
    for name in (entry.name, *entry.aliases):
        rules.check_name_free(name, taken, taken.get(rules.same_name(name), ""))


def _problems(entries: Sequence[Any], check: Any) -> list[Problem]:
    """Check every entry, also against those before it; each problem has its position from 1."""
    problems: list[Problem] = []
    near: dict[str, dict[str, str]] = {}
    for number, entry in enumerate(entries, start=1):
        place = entry.municipality_id if isinstance(entry, Site) else ""
        if place not in near:
            near[place] = _names_near(entry)
        try:
            check(entry, near[place])
        except Problem as problem:
            problems.append(problem.at(row=number))
        else:
            near[place].update({rules.same_name(each): entry.name for each in (entry.name, *entry.aliases)})
    return problems


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise Problems(problems)


SITE_FIELDS = frozenset(
    {
        "name", "aliases", "kind", "organisation_id", "municipality_id", "capacity_regular", "capacity_emergency",
        "accepts", "protected", "address", "opened", "closed",
    }
)  # fmt: skip


def correct_site(site: Site, changes: Mapping[str, Any], *, reason: str, by: Viewer) -> Site:
    """Change what is known of a site; the old values stay with the reason. Raises Problem."""
    permissions.check_can_edit(by, site.office_id)
    return _correct(site, changes, SITE_FIELDS, _check_site, reason=reason, by=by)


def _correct(entry: Any, changes: Mapping[str, Any], known: frozenset[str], check: Any, *, reason: str, by: Viewer):
    if unknown := changes.keys() - known:
        raise ValueError(f"not a field that is corrected: {', '.join(sorted(unknown))}")
    changes = dict(changes)
    if "aliases" in changes or "name" in changes:
        changes["aliases"] = _aliases(changes.get("name", entry.name), changes.get("aliases", entry.aliases))
    after = copy(entry)  # the rules look at what it will be, before anything is written
    for name, value in changes.items():
        setattr(after, name, value)
    check(after, _names_near(after))
    return writing.correct(entry, changes, reason=reason, by=by)


def close_site(site: Site, day: date, *, reason: str, by: Viewer) -> Site:
    """The site no longer works from the day after; what happened there stays. Raises Problem."""
    permissions.check_can_edit(by, site.office_id)
    rules.check_days(site.opened, day, timezone.localdate())
    return writing.correct(site, {"closed": day}, reason=reason, by=by, verb="close")


def reopen_site(site: Site, *, reason: str, by: Viewer) -> Site:
    permissions.check_can_edit(by, site.office_id)
    return writing.correct(site, {"closed": None}, reason=reason, by=by, verb="reopen")


def read_address(site: Site, *, by: Viewer) -> str:
    """The address; of a protected site only with permission, and the look is noted in the log."""
    if not site.protected:
        return str(site.address or "")
    by.require("places.address")
    with transaction.atomic():
        log.read(by.actor, Site.table(), site.pk, site.office_id)
    return str(site.address or "")


# Organisations


def register_organisation(new: NewOrganisation, *, by: Viewer) -> Organisation:
    """Register one organisation. Raises Problem; the same capture again returns the same one."""
    by.require("places.edit")
    if (existing := Organisation.objects.filter(capture=new.capture).first()) is not None:
        return existing
    organisation = _organisation(new, by)
    _check_organisation(organisation, _names_near(organisation))
    return writing.add(organisation, by=by, verb="register")


def register_organisations(
    new: Sequence[NewOrganisation], *, by: Viewer, batch: Batch | None = None
) -> list[Organisation]:
    """The bulk form: the same checks over all rows first. Raises Problems; nothing is written then."""
    by.require("places.edit")
    organisations = [_organisation(each, by) for each in new]
    _refuse(_problems(organisations, _check_organisation))
    return writing.add_many(organisations, by=by, batch=batch, verb="register")


def organisation_problems(new: Sequence[NewOrganisation], *, by: Viewer) -> list[Problem]:
    """What ``register_organisations`` would refuse, each with the position of its entry from 1; writes nothing."""
    return _problems([_organisation(each, by) for each in new], _check_organisation)


def _organisation(new: NewOrganisation, by: Viewer) -> Organisation:
    return Organisation(
        capture=new.capture,
        office_id=new.office or by.office,
        name=clean(new.name),
        aliases=_aliases(new.name, new.aliases),
        kind=new.kind,
        legal_regime=new.legal_regime or rules.usual_regime(new.kind),
        state_id=new.state or new.municipality[:2] or None,
        municipality_id=new.municipality or None,
        contact_role=clean(new.contact_role),
        contact_line=clean(new.contact_line),
    )


def _check_organisation(organisation: Organisation, taken: Mapping[str, str]) -> None:
    rules.check_name(organisation.name)
    _check_names_free(organisation, taken)
    rules.check_state_of(organisation.state_id, organisation.municipality_id)


ORGANISATION_FIELDS = frozenset(
    {"name", "aliases", "kind", "legal_regime", "state_id", "municipality_id", "contact_role", "contact_line"}
)


def correct_organisation(
    organisation: Organisation, changes: Mapping[str, Any], *, reason: str, by: Viewer
) -> Organisation:
    """Change what is known of an organisation; the old values stay with the reason. Raises Problem."""
    permissions.check_can_edit(by, organisation.office_id)
    return _correct(organisation, changes, ORGANISATION_FIELDS, _check_organisation, reason=reason, by=by)


def void_entry(entry: Site | Organisation, *, reason: str, by: Viewer) -> Any:
    """Take a site or an organisation that was registered by mistake out of all lists."""
    permissions.check_can_edit(by, entry.office_id)
    return writing.void(entry, reason=reason, by=by)


# What they offer


def offer_service(
    offered_by: Site | Organisation, service: str, *, by: Viewer, conditions: str = "", capture: UUID | None = None
) -> ServiceOffered:
    """Note that a site, or an organisation as a whole, offers a service. Raises Problem when it already does."""
    permissions.check_can_edit(by, offered_by.office_id)
    if capture and (existing := ServiceOffered.objects.filter(capture=capture).first()) is not None:
        return existing
    side = {"site": offered_by} if isinstance(offered_by, Site) else {"organisation": offered_by}
    already = ServiceOffered.objects.live().filter(active=True, **side).values_list("service", flat=True)
    rules.check_offers_once(service, already)
    offer = ServiceOffered(
        capture=capture or uuid4(),
        office_id=offered_by.office_id,
        service=service,
        conditions=clean(conditions),
        **side,
    )
    return writing.add(offer, by=by, verb="offer")


def correct_service(offer: ServiceOffered, conditions: str, *, reason: str, by: Viewer) -> ServiceOffered:
    permissions.check_can_edit(by, offer.office_id)
    return writing.correct(offer, {"conditions": clean(conditions)}, reason=reason, by=by)


def end_service(offer: ServiceOffered, *, reason: str, by: Viewer) -> ServiceOffered:
    """It is no longer offered; referrals made to it stay as they were."""
    permissions.check_can_edit(by, offer.office_id)
    return writing.correct(offer, {"active": False}, reason=reason, by=by, verb="end")
