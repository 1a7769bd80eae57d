"""Columns of this room's sheets, for templates, intake and export; and how a row becomes an entry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from cauce.exchange import Choice, Column, Day, Sheet, Text, Whole
from cauce.kernel.privacy import Privacy
from cauce.records.places import queries
from cauce.records.places.actions import NewOrganisation, NewSite
from cauce.records.places.enums import LegalRegime, OrganisationKind, SiteKind, Welcome
from cauce.records.places.queries import Names

MUNICIPALITY_NOTE = _("Clave INEGI de cinco cifras, o nombre; si hay varios, con el estado: «Juárez, Chihuahua»")

ORGANISATIONS = Sheet(
    "organisations",
    _("Organizaciones"),
    [
        Column("name", _("Nombre"), Text(160), required=True, hxl="#org+name"),
        Column("aliases", _("Otros nombres"), Text(160), many=True, note=_("Separados por punto y coma")),
        Column("kind", _("Tipo"), Choice(), choices=dict(OrganisationKind.choices), required=True, hxl="#org+type"),
        Column(
            "legal_regime",
            _("Régimen legal"),
            Choice(),
            choices=dict(LegalRegime.choices),
            note=_("Vacío: el usual para su tipo"),
        ),
        Column("municipality", _("Municipio"), Text(120), note=MUNICIPALITY_NOTE, hxl="#adm2+name"),
        Column("state", _("Estado"), Choice(), choices=queries.state_choices, hxl="#adm1+name"),
        Column("contact_role", _("Puesto de contacto"), Text(120), note=_("Un puesto, nunca el nombre de una persona")),
        Column("contact_line", _("Teléfono o correo institucional"), Text(120)),
    ],
    note=_("Una organización por renglón."),
)

SITES = Sheet(
    "sites",
    _("Sitios"),
    [
        Column("name", _("Nombre"), Text(160), required=True, example="Casa Luz", hxl="#loc+name"),
        Column("aliases", _("Otros nombres"), Text(160), many=True, note=_("Separados por punto y coma")),
        Column("kind", _("Tipo"), Choice(), choices=dict(SiteKind.choices), required=True, hxl="#loc+type"),
        Column(
            "municipality",
            _("Municipio"),
            Text(120),
            required=True,
            note=MUNICIPALITY_NOTE,
            example="Tijuana",
            hxl="#adm2+name",
        ),
        Column("state", _("Estado"), Choice(), choices=queries.state_choices, hxl="#adm1+name"),
        Column(
            "organisation",
            _("Organización que lo opera"),
            Text(160),
            note=_("Como está en Organizaciones"),
            hxl="#org+operator",
        ),
        Column("capacity_regular", _("Capacidad regular"), Whole(min=0, max=20000), hxl="#capacity+regular"),
        Column(
            "capacity_emergency", _("Capacidad de emergencia"), Whole(min=0, max=20000), note=_("Incluye la regular")
        ),
        Column("accepts", _("Recibe a"), Choice(), choices=dict(Welcome.choices), many=True),
        Column(
            "address",
            _("Dirección"),
            Text(300),
            privacy=Privacy.STRICTLY_CONFIDENTIAL,
            note=_("Se guarda cifrada; no sale en ninguna exportación"),
        ),
        Column("opened", _("Abierto desde"), Day(), hxl="#date+opened"),
        Column("closed", _("Cerrado el"), Day(), hxl="#date+closed"),
    ],
    note=_("Un sitio por renglón. Registre antes las organizaciones que los operan."),
)

SHEETS = [ORGANISATIONS, SITES]


def organisation_from(values: Mapping[str, Any], *, capture: UUID, office: str = "") -> NewOrganisation:
    """A checked row of the sheet as an entry. Raises Problem when its place is not found."""
    plain = dict(values)
    plain["municipality"] = _municipality(values)
    return NewOrganisation(**plain, capture=capture, office=office)


def site_from(values: Mapping[str, Any], organisations: Names, *, capture: UUID, office: str = "") -> NewSite:
    """A checked row of the sheet as an entry. Raises Problem when its place or organisation is not found."""
    plain = dict(values)
    del plain["state"]
    plain["municipality"] = _municipality(values)
    operated_by = plain.pop("organisation")
    plain["organisation"] = organisations.find(operated_by).pk if operated_by else None
    return NewSite(**plain, capture=capture, office=office)


def _municipality(values: Mapping[str, Any]) -> str:
    name = values["municipality"]
    return queries.municipality_by_name(name, values["state"]).pk if name else ""
