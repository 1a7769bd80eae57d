"""What offices keep about places and money: services on offer, donors, the projects that run now."""

from __future__ import annotations

from datetime import date

from cauce.records.places import actions as places
from cauce.records.places.enums import ServiceType
from cauce.records.places.models import Organisation, Site
from cauce.records.programmes import actions as programmes
from cauce.records.programmes.models import Project
from cauce.simulator.present.cast import Cast

_OFFERS = {
    "Clínica jurídica": (ServiceType.LEGAL, ServiceType.MIGRATION_ADVICE),
    "Centro de salud": (ServiceType.HEALTH, ServiceType.PSYCHOSOCIAL, ServiceType.PRENATAL),
    "Procuraduría": (ServiceType.CHILD_PROTECTION, ServiceType.FAMILY_REUNIFICATION),
    "Fiscalía": (ServiceType.POLICE,),
    "Bolsa de trabajo": (ServiceType.EMPLOYMENT,),
}
_AT_SHELTERS = (ServiceType.LODGING, ServiceType.FOOD, ServiceType.HEALTH, ServiceType.WASH, ServiceType.EDUCATION)
_DONORS = (
    ("Fondo de prueba para la frontera (simulado)", "FPF", "multilateral", ""),
    ("Agencia de cooperación de ejemplo (simulada)", "ACE", "government", "CAN"),
    ("Fundación Puente Inventado (simulada)", "FPI", "private", "MEX"),
)


def catalogue(cast: Cast) -> None:
    _offers(cast)
    _projects(cast)
    _mended(cast)


def _offers(cast: Cast) -> None:
    """Receivers of referrals offer what they are sent; every shelter a bed and a meal, some more."""
    by = cast.loader
    for organisation in Organisation.objects.live().order_by("name"):
        for start, services in _OFFERS.items():
            if organisation.name.startswith(start):
                for service in services:
                    places.offer_service(organisation, service, by=by)
    for number, site in enumerate(Site.objects.live().filter(kind="shelter").order_by("name")[:40]):
        for service in _AT_SHELTERS[: 2 + number % 4]:
            conditions = "Lunes a viernes, de 9 a 14 h" if service == ServiceType.HEALTH else ""
            offer = places.offer_service(site, service, by=by, conditions=conditions)
        if number == 3:
            places.end_service(offer, reason="El convenio terminó (simulado)", by=by)


def _projects(cast: Cast) -> None:
    """Donors of the year's projects, and projects that run now: one of them ends soon."""
    by, this_year = cast["luis"], cast.today.year
    donors = [
        programmes.register_donor(by=by, name=name, short_name=short, kind=kind, country=country)
        for name, short, kind, country in _DONORS
    ]
    for project, donor in zip(Project.objects.live().order_by("code"), donors, strict=True):
        programmes.correct(project, {"donor_id": donor.pk}, reason="Se anotó quién lo financia (simulado)", by=by)
    for code, name, chapters, donor, end in (
        ("SIM.0101", "Protección integral (simulado)", ["protection"], donors[0], date(this_year + 1, 12, 31)),
        ("SIM.0102", "Emergencias y albergues (simulado)", ["emergencies"], donors[1], cast.day(40)),
        ("SIM.0103", "Escuela de gobernanza (simulado)", ["capacity", "coordination"], donors[2], None),
    ):
        programmes.register_project(
            programmes.NewProject(
                code=code, name=name, start=date(this_year - 1, 1, 1), end=end, chapters=chapters, donor=donor.pk
            ),
            by=by,
        )


def _mended(cast: Cast) -> None:
    """A capacity corrected, a shelter closed, an organisation that was registered twice."""
    by = cast.loader
    first, second = Site.objects.live().filter(kind="shelter", municipality="02004").order_by("name")[:2]
    places.correct_site(
        first,
        {"capacity_emergency": (first.capacity_regular or 0) + 40},
        reason="El albergue abrió el salón para emergencias (simulado)",
        by=by,
    )
    places.close_site(second, cast.day(-9), reason="Cerró por obras (simulado)", by=by)
    twice = places.register_organisation(
        places.NewOrganisation(name="Centro de Salud Tijuana Norte (simulado)", kind="gov_state", municipality="02004"),
        by=by,
    )
    places.void_entry(twice, reason="Ya estaba como «Centro de salud, Tijuana» (simulado)", by=by)
