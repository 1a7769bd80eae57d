"""Is it allowed: pure rules over values, no database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from cauce.exchange.wording import plain
from cauce.kernel.problems import Problem
from cauce.records.places.enums import PROTECTED_KINDS, LegalRegime, OrganisationKind

REGIMES = {
    OrganisationKind.GOV_FED: LegalRegime.PUBLIC_BODY,
    OrganisationKind.GOV_STATE: LegalRegime.PUBLIC_BODY,
    OrganisationKind.GOV_MUN: LegalRegime.PUBLIC_BODY,
    OrganisationKind.SEARCH_COMMISSION: LegalRegime.PUBLIC_BODY,
    OrganisationKind.CONSULATE: LegalRegime.INTL_ORG,
    OrganisationKind.UN: LegalRegime.INTL_ORG,
    OrganisationKind.INTL_ORG: LegalRegime.INTL_ORG,
}


def usual_regime(kind: str) -> str:
    """The regime an organisation of this kind usually has; a university may be public, so it can be said otherwise."""
    return str(REGIMES.get(OrganisationKind(kind), LegalRegime.PARTICULAR))


def same_name(name: str) -> str:
    """The form in which two spellings of a name are one: case, accents, signs and spacing do not matter."""
    return plain(name)


def check_name(name: str) -> None:
    """A name has at least one letter: "-" and "s/n" typed into a required field are not names."""
    if sum(char.isalpha() for char in name) < 2:
        raise Problem(
            "places.name_missing",
            _("Falta el nombre."),
            fix=_("Escriba el nombre con el que todos conocen este lugar."),
            field="name",
        )


def check_name_free(name: str, known_as: Iterable[str], existing: str = "") -> None:
    """No second entry for the same thing. ``known_as`` are names in use nearby, in the form of ``same_name``."""
    if same_name(name) in known_as:
        raise Problem(
            "places.exists",
            _("«%(name)s» ya está registrado%(existing)s."),
            fix=_("Use el registro que existe; si se conoce con otro nombre, agréguelo ahí como «otro nombre»."),
            field="name",
            name=name,
            existing=f" ({existing})" if existing else "",
        )


def check_capacity(regular: int | None, emergency: int | None) -> None:
    """The emergency capacity is the regular one or more."""
    if regular is not None and emergency is not None and emergency < regular:
        raise Problem(
            "places.emergency_below_regular",
            _("La capacidad de emergencia (%(emergency)s) es menor que la regular (%(regular)s)."),
            fix=_("Revise ambas: la de emergencia incluye la regular."),
            field="capacity_emergency",
            emergency=emergency,
            regular=regular,
        )


def check_days(opened: date | None, closed: date | None, today: date) -> None:
    """Opened before closed, and neither in the future."""
    for field, day in (("opened", opened), ("closed", closed)):
        if day is not None and day > today:
            raise Problem(
                "places.in_the_future",
                _("La fecha %(day)s aún no llega."),
                fix=_("Escriba una fecha de hoy o anterior."),
                field=field,
                day=day.strftime("%d/%m/%Y"),
            )
    if opened and closed and closed < opened:
        raise Problem(
            "places.closes_before_opening",
            _("El cierre (%(closed)s) es anterior a la apertura (%(opened)s)."),
            fix=_("Revise las dos fechas."),
            field="closed",
            closed=closed.strftime("%d/%m/%Y"),
            opened=opened.strftime("%d/%m/%Y"),
        )


def check_receives_on(name: str, opened: date | None, closed: date | None, day: date) -> None:
    """Something can happen at a site only while it is open (domain.md §6.1); other rooms ask this."""
    if closed is not None and day > closed:
        raise Problem(
            "places.site_closed",
            _("«%(name)s» cerró el %(closed)s."),
            fix=_("Revise la fecha o el sitio; si reabrió, corrija su fecha de cierre."),
            field="site",
            name=name,
            closed=closed.strftime("%d/%m/%Y"),
        )
    if opened is not None and day < opened:
        raise Problem(
            "places.site_not_open_yet",
            _("«%(name)s» abrió el %(opened)s."),
            fix=_("Revise la fecha o el sitio."),
            field="site",
            name=name,
            opened=opened.strftime("%d/%m/%Y"),
        )


def check_address(kind: str, protected: bool) -> None:
    """Shelters and filter hotels are always protected (R7): no box to untick by mistake."""
    if kind in PROTECTED_KINDS and not protected:
        raise Problem(
            "places.shelter_is_protected",
            _("La dirección de un albergue o de un hotel filtro siempre está protegida."),
            fix=_("Deje marcada «dirección protegida»."),
            field="protected",
        )


def check_state_of(state: str | None, municipality: str | None) -> None:
    """The municipality lies in the state (domain.md §6.15)."""
    if state and municipality and municipality[:2] != state:
        raise Problem(
            "places.municipality_elsewhere",
            _("El municipio %(municipality)s no es del estado %(state)s."),
            fix=_("Corrija uno de los dos; basta con el municipio."),
            field="municipality",
            municipality=municipality,
            state=state,
        )


def check_offers_once(service: str, offered: Iterable[str]) -> None:
    """A service is listed once for each who offers it."""
    if service in set(offered):
        raise Problem(
            "places.already_offered",
            _("Ese servicio ya está en la lista."),
            fix=_("Corrija sus condiciones en lugar de agregarlo otra vez."),
            field="service",
        )
