"""Columns of this room's sheets, for templates, intake and export; and how a row becomes an entry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from cauce.exchange import Choice, Column, Day, Folio, Sheet, Text
from cauce.records.programmes.actions import NewProject
from cauce.records.programmes.enums import Chapter
from cauce.records.programmes.queries import Codes

PROJECTS = Sheet(
    "projects",
    _("Proyectos"),
    [
        Column("code", _("Clave"), Folio(max=20), required=True, example="CT.1234", hxl="#activity+project+code"),
        Column("name", _("Nombre"), Text(200), required=True, hxl="#activity+project+name"),
        Column("donor", _("Donante"), Text(160), note=_("Nombre o siglas, como está en Donantes"), hxl="#org+funding"),
        Column("start", _("Inicio"), Day(), required=True, hxl="#date+start"),
        Column("end", _("Fin"), Day(), hxl="#date+end"),
        Column("chapters", _("Programas"), Choice(), choices=dict(Chapter.choices), many=True, required=True),
    ],
    note=_("Un proyecto por renglón. Los donantes se registran antes."),
)

SHEETS = [PROJECTS]


def project_from(values: Mapping[str, Any], donors: Codes, *, capture: UUID, office: str = "") -> NewProject:
    """A checked row of the sheet as a project. Raises Problem when its donor is not registered."""
    plain = dict(values)
    funded_by = plain.pop("donor")
    return NewProject(**plain, donor=donors.find(funded_by).pk if funded_by else None, capture=capture, office=office)
