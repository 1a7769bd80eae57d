"""The words of units and of a breakdown's codes, in an edition's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from cauce.disclosure.released import OTHERS
from cauce.kernel.units import Unit
from cauce.languages import dates
from cauce.mission.definition import Breakdown
from cauce.mission.package import Mission
from cauce.records.places.models import Country, Municipality, State

UNITS: dict[Unit, Any] = {
    Unit.PERSON: _("personas"),
    Unit.CASE: _("casos"),
    Unit.SERVICE: _("servicios"),
    Unit.ITEM: _("artículos"),
    Unit.EVENT: _("actividades"),
    Unit.PARTICIPANT: _("participaciones"),
    Unit.MOVEMENT: _("traslados de personas"),
    Unit.RETURN: _("retornos"),
    Unit.SITE: _("sitios"),
    Unit.ORGANISATION: _("organizaciones"),
    Unit.PRODUCT: _("productos"),
    Unit.AGREEMENT: _("acuerdos"),
    Unit.PROGRAMME: _("programas"),
    Unit.MECHANISM: _("mecanismos"),
    Unit.COMMITMENT: _("compromisos"),
    Unit.PROJECT: _("proyectos"),
    Unit.SURVEY_ROUND: _("rondas de encuesta"),
    Unit.INTERVIEW: _("entrevistas"),
    Unit.CAMPAIGN: _("campañas"),
    Unit.REACH: _("personas alcanzadas (alcance bruto)"),
    Unit.INTERACTION: _("interacciones"),
    Unit.MEDIA_ITEM: _("apariciones en medios"),
    Unit.CITY: _("ciudades"),
    Unit.COUNTRY: _("países"),
    Unit.TOPIC: _("temas"),
    Unit.PERCENT: _("por ciento"),
}

_COUNTRIES = {"nationality", "country", "origin", "destination"}


class Labels:
    """Looks up the words of codes; reads the catalogue of places once, and only what is asked for."""

    def __init__(self, mission: Mission, language: str) -> None:
        self.mission, self.language = mission, language
        self.places: dict[str, dict[str, Any]] = {}
        self._known: dict[tuple[str, str], str] = {}

    def of(self, cut: Breakdown, codes: tuple[str | None, ...]) -> tuple[str, ...]:
        """The words of a cell's codes, one for each."""
        if codes == (OTHERS,):
            return (str(_("Otras")),)
        return tuple(self._one(cut, column, code) for column, code in zip(cut.columns, codes, strict=True))

    def _one(self, cut: Breakdown, column: str, code: str | None) -> str:
        if code is None:
            return str(_("Sin dato"))
        if cut.vocabulary:
            return self.mission.code_label(cut, code, self.language)
        if (column, code) not in self._known:
            self._known[column, code] = self._look_up(column, code)
        return self._known[column, code]

    def _look_up(self, column: str, code: str) -> str:
        if column == "month":
            year, month = code.split("-")
            return f"{dates.month_name(int(month), self.language)} {year}"
        if column == "office":
            return self._office(code)
        if column in _COUNTRIES:
            country = Country.objects.filter(pk=code).first()
            return getattr(country, f"name_{self.language}", country.name_es) if country else code
        if column == "state":
            state = State.objects.filter(pk=code).first()
            return state.name if state else code
        if column == "place":
            return self._place(code)
        return code

    def _office(self, code: str) -> str:
        try:
            return self.mission.office(code).name.get(self.language)
        except KeyError:
            return code

    def _place(self, code: str) -> str:
        """A municipality, under the name of the mission's office there when it has one."""
        place = Municipality.objects.filter(pk=code).first()
        if place is None:
            return code
        here = [office.name.get(self.language) for office in self.mission.offices if office.place == code]
        name = here[0] if here else place.name
        self.note_place(code, name, place)
        return name

    def note_place(self, code: str, name: str, place: Municipality, *, office: bool = False) -> None:
        """Keep where a place lies: an edition must draw its map again without the catalogue."""
        known = self.places.get(code, {})
        self.places[code] = {
            "name": name,
            "lon": float(place.lon) if place.lon is not None else None,
            "lat": float(place.lat) if place.lat is not None else None,
            "office": office or known.get("office", False),
        }

    def note_offices(self) -> None:
        """The mission's offices, for the picture of the cover."""
        codes = {office.place: office.name.get(self.language) for office in self.mission.offices}
        for place in Municipality.objects.filter(pk__in=codes):
            self.note_place(place.pk, codes[place.pk], place, office=True)
