"""Named reads of this room. The catalogue is everybody's who is signed in; addresses are not read here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from cauce.access.models import Office
from cauce.access.viewer import Viewer
from cauce.exchange.wording import clean, closest
from cauce.kernel.problems import Problem
from cauce.records.models import Batch
from cauce.records.places.enums import SiteKind
from cauce.records.places.models import Country, Municipality, Organisation, ServiceOffered, Site, State
from cauce.records.places.rules import same_name

# People say "Ciudad Juárez" or "Villahermosa"; the municipality is called otherwise.
SAID_INSTEAD = {
    "ciudad juarez": "08037",
    "cd juarez": "08037",
    "ciudad acuna": "05002",
    "cd acuna": "05002",
    "villahermosa": "27004",
    "ciudad hidalgo chiapas": "07087",
    "cancun": "23005",
    "xalapa": "30087",
    "ciudad de mexico": "09015",
    "cdmx": "09015",
}


# The catalogue


def countries() -> QuerySet[Country]:
    return Country.objects.all()


def country_choices() -> dict[str, str]:
    """Alpha-3 code → name in the language of the page, by name; "unknown" last."""
    named = [(country.code, country.name) for country in Country.objects.all()]
    return dict(sorted(named, key=lambda pair: (pair[0] == "ZZZ", same_name(pair[1]))))


def country_by_name(text: str) -> Country:
    """A country by alpha-2 or alpha-3 code or by its name in any of the five languages. Raises Problem."""
    code = _countries().get(same_name(text))
    if code is None:
        raise Problem(
            "places.no_such_country",
            _("«%(name)s» no es un país de la lista."),
            fix=_("¿Quiso decir «%(guess)s»?") if (guess := closest(text, _countries())) else _("Escriba su nombre."),
            field="country",
            name=text,
            guess=guess or "",
        )
    return Country.objects.get(pk=code)


def _countries() -> dict[str, str]:
    found = {}
    for country in Country.objects.all():
        for name in ("name_ht", "name_pt", "name_fr", "name_en", "name_es", "alpha2", "code"):
            found[same_name(getattr(country, name))] = country.code
    return found


def state_choices() -> dict[str, str]:
    return dict(State.objects.values_list("code", "name"))


def municipality(code: str) -> Municipality:
    """By INEGI key or P-code. Raises Problem when there is none."""
    key = code.strip().upper().removeprefix("MX")
    # Spreadsheets drop the zero of "02004".
    found = Municipality.objects.select_related("state").filter(pk=key.zfill(5)).first() if key.isdigit() else None
    if found is None:
        raise _no_municipality(code, [])
    return found


def municipality_by_name(text: str, state: str = "") -> Municipality:
    """The municipality a person means by a key, a P-code, "Tijuana" or "Juárez, Chihuahua".

    ``state`` (INEGI key or name) narrows it. Raises Problem that lists the homonyms when the name is
    not enough, or the nearest names when nothing is called so: never guesses (domain.md §5).
    """
    if text.strip().upper().removeprefix("MX").isdigit():
        return municipality(text)
    name, _comma, after = clean(text).partition(",")
    wanted = _state_code(after or state)
    by_name = _municipalities()
    found = [code for code in by_name.get(same_name(name), ()) if not wanted or code[:2] == wanted]
    if len(found) != 1 and (said := SAID_INSTEAD.get(same_name(name))) and (not wanted or said[:2] == wanted):
        found = [said]
    if len(found) != 1:
        raise _no_municipality(name, found)
    return Municipality.objects.select_related("state").get(pk=found[0])


@lru_cache(maxsize=1)
def _frozen_names(count: int) -> Mapping[str, tuple[str, ...]]:
    by_name: dict[str, list[str]] = defaultdict(list)
    for code, name in Municipality.objects.values_list("code", "name"):
        by_name[same_name(name)].append(code)
    return {name: tuple(codes) for name, codes in by_name.items()}


def _municipalities() -> Mapping[str, tuple[str, ...]]:
    # The catalogue only changes when it is loaded anew; its size tells an empty test database from a full one.
    return _frozen_names(Municipality.objects.count())


def _state_code(text: str) -> str:
    wanted = same_name(text)
    if not wanted:
        return ""
    for state in State.objects.all():
        if wanted in {
            same_name(each) for each in (state.code, state.iso, state.pcode, state.name, state.official_name)
        }:
            return state.code
    raise Problem(
        "places.no_such_state",
        _("«%(name)s» no es un estado de México."),
        fix=_("Escriba el estado después de una coma, por ejemplo «Juárez, Chihuahua»."),
        field="municipality",
        name=text.strip(),
    )


def _no_municipality(name: str, homonyms: Iterable[str]) -> Problem:
    several = [str(each) for each in Municipality.objects.select_related("state").filter(pk__in=list(homonyms))]
    if several:
        return Problem(
            "places.municipality_ambiguous",
            _("Hay varios municipios llamados «%(name)s»: %(several)s."),
            fix=_("Escriba también el estado, por ejemplo «%(example)s»."),
            field="municipality",
            name=name.strip(),
            several="; ".join(several),
            example=several[0],
        )
    return Problem(
        "places.no_such_municipality",
        _("No hay un municipio llamado «%(name)s»."),
        fix=_("¿Quiso decir «%(guess)s»?")
        if (guess := closest(name, _municipalities()))
        else _("Escriba el municipio y el estado, por ejemplo «Tijuana, Baja California»."),
        field="municipality",
        name=name.strip(),
        guess=(guess or "").title(),
    )


def known_municipalities() -> list[str]:
    """Where the mission works: municipalities of its offices and sites, as suggestions of a form."""
    codes = set(Office.objects.exclude(place="").values_list("place", flat=True))
    codes |= set(Site.objects.live().values_list("municipality_id", flat=True))
    return [str(each) for each in Municipality.objects.select_related("state").filter(pk__in=codes).order_by("name")]


def municipalities_with_sites() -> list[tuple[str, str]]:
    """(key, name) of municipalities that have a site, for the filter of the list."""
    codes = Site.objects.live().order_by().values("municipality").distinct()
    found = Municipality.objects.select_related("state").filter(pk__in=codes).order_by("name")
    return [(each.pk, str(each)) for each in found]


# Sites and organisations


def sites(viewer: Viewer) -> QuerySet[Site]:
    return (
        Site.objects.visible_to(viewer)
        .defer("address")
        .select_related("municipality__state", "organisation", "office")
        .order_by("name")
    )


def narrow_sites(rows: QuerySet[Site], values: Mapping[str, Any]) -> QuerySet[Site]:
    """Filters of the list: ``q`` (names, accents ignored), ``kind``, ``state``, ``municipality``, ``service``, ``open``."""
    if text := values.get("q"):
        rows = rows.filter(pk__in=_named_like(rows, text))
    if kind := values.get("kind"):
        rows = rows.filter(kind=kind)
    if state := values.get("state"):
        rows = rows.filter(municipality__state=state)
    if code := values.get("municipality"):
        rows = rows.filter(municipality=code)
    if service := values.get("service"):
        offered = ServiceOffered.objects.live().filter(service=service, active=True)
        rows = rows.filter(pk__in=offered.exclude(site=None).values("site"))
    if values.get("open"):
        rows = rows.filter(closed=None)
    return rows


def _named_like(rows: QuerySet, text: str) -> list[UUID]:
    wanted = same_name(text)
    named = rows.order_by().values_list("pk", "name", "aliases")
    return [pk for pk, name, aliases in named if any(wanted in same_name(each) for each in (name, *aliases))]


def narrow_organisations(rows: QuerySet[Organisation], values: Mapping[str, Any]) -> QuerySet[Organisation]:
    if text := values.get("q"):
        rows = rows.filter(pk__in=_named_like(rows, text))
    if kind := values.get("kind"):
        rows = rows.filter(kind=kind)
    if state := values.get("state"):
        rows = rows.filter(state=state)
    return rows


def site(viewer: Viewer, pk: UUID) -> Site:
    """One site; raises Site.DoesNotExist (a 404) when it is not to be seen."""
    return sites(viewer).get(pk=pk)


def organisations(viewer: Viewer) -> QuerySet[Organisation]:
    return (
        Organisation.objects.visible_to(viewer)
        .select_related("municipality__state", "state", "office")
        .order_by("name")
    )


def organisation(viewer: Viewer, pk: UUID) -> Organisation:
    return organisations(viewer).get(pk=pk)


def services_of(viewer: Viewer, by: Site | Organisation) -> QuerySet[ServiceOffered]:
    """What a site or an organisation offers, current first."""
    side = {"site": by} if isinstance(by, Site) else {"organisation": by}
    return ServiceOffered.objects.visible_to(viewer).filter(**side).order_by("-active", "service")


def offer(viewer: Viewer, pk: UUID) -> ServiceOffered:
    return ServiceOffered.objects.visible_to(viewer).select_related("site", "organisation").get(pk=pk, active=True)


def offers(viewer: Viewer, service: str = "") -> QuerySet[ServiceOffered]:
    """Services a person can be referred to now: of open sites and of organisations."""
    rows = ServiceOffered.objects.visible_to(viewer).filter(active=True, site__closed=None)
    rows = rows.select_related("site__municipality__state", "organisation")
    return rows.filter(service=service) if service else rows


def sites_by_municipality(rows: QuerySet[Site]) -> list[tuple[Municipality, int]]:
    """How many of these sites each municipality has: what the map may show of protected sites."""
    counts = dict(rows.order_by().values_list("municipality").annotate(many=Count("pk")))
    found = Municipality.objects.select_related("state").filter(pk__in=counts)
    return [(each, counts[each.pk]) for each in found]


def site_choices(viewer: Viewer, kinds: Iterable[str] = (), *, open_only: bool = True) -> list[tuple[str, str]]:
    """(id, "name, municipality") for pick fields of other rooms."""
    rows = sites(viewer)
    if kinds:
        rows = rows.filter(kind__in=list(kinds))
    if open_only:
        rows = rows.filter(closed=None)
    named = rows.values_list("pk", "name", "municipality__name")
    return [(str(pk), f"{name}, {where}") for pk, name, where in named]


def organisation_choices(viewer: Viewer, kinds: Iterable[str] = ()) -> list[tuple[str, str]]:
    rows = organisations(viewer)
    if kinds:
        rows = rows.filter(kind__in=list(kinds))
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]


# Finding by name, for intake


class Names:
    """Names and aliases → entries, read once for a whole import. Ask it with ``find``."""

    def __init__(self, rows: Iterable[Site] | Iterable[Organisation], *, what: Any, field: str) -> None:
        self.what, self.field = what, field
        self.known: dict[str, list[Any]] = defaultdict(list)
        for row in rows:
            for name in dict.fromkeys(same_name(each) for each in (row.name, *row.aliases)):
                self.known[name].append(row)

    def find(self, name: str, municipality: str = "") -> Any:
        """The entry known by this name, in this municipality if given. Raises Problem, with the nearest name."""
        found = self.known.get(same_name(name), [])
        if municipality:
            found = [each for each in found if each.municipality_id == municipality]
        if len(found) == 1:
            return found[0]
        if found:
            raise Problem(
                "places.name_ambiguous",
                _("Hay %(many)s registros llamados «%(name)s»."),
                fix=_("Escriba también el municipio: %(where)s."),
                field=self.field,
                many=len(found),
                name=name,
                where="; ".join(str(each.municipality or each) for each in found),
            )
        guess = closest(name, {str(row.name): row for rows in self.known.values() for row in rows})
        raise Problem(
            "places.name_unknown",
            _("No hay %(what)s con el nombre «%(name)s»."),
            fix=_("¿Es «%(guess)s»? Si es el mismo, agregue este nombre en «otros nombres» de su ficha.")
            if guess
            else _("Regístrelo en Lugares antes de importar."),
            field=self.field,
            what=self.what,
            name=name,
            guess=guess or "",
        )


def site_names(viewer: Viewer, batch: Batch | None = None) -> Names:
    """The sites the viewer sees, and those that the batch being written has brought so far."""
    own = Site.objects.filter(batch=batch, voided_at=None).defer("address") if batch else ()
    return Names([*sites(viewer), *own], what=_("un sitio"), field="site")


def organisation_names(viewer: Viewer, batch: Batch | None = None) -> Names:
    """The organisations the viewer sees, and those that the batch being written has brought so far."""
    own = Organisation.objects.filter(batch=batch, voided_at=None) if batch else ()
    return Names([*organisations(viewer), *own], what=_("una organización"), field="organisation")


def site_by_name(viewer: Viewer, name: str, municipality: str = "") -> Site:
    """One look-up; an import takes ``site_names(viewer)`` once instead."""
    return site_names(viewer).find(name, municipality)


def organisation_by_name(viewer: Viewer, name: str) -> Organisation:
    return organisation_names(viewer).find(name)


def names_in_use(rows: QuerySet[Site] | QuerySet[Organisation]) -> dict[str, str]:
    """Names and aliases in the form of ``same_name`` → the entry's name."""
    return {same_name(each): name for name, aliases in rows.values_list("name", "aliases") for each in (name, *aliases)}


def open_shelters(viewer: Viewer) -> int:
    """How many shelters are open: work, not a figure."""
    return sites(viewer).filter(kind=SiteKind.SHELTER, closed=None).count()
