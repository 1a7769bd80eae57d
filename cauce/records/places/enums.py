"""Closed lists of this room (domain.md §3.1 and §5)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    """What an organisation is; the class under which the mission counts it."""

    GOV_FED = "gov_fed", _("Gobierno federal")
    GOV_STATE = "gov_state", _("Gobierno estatal")
    GOV_MUN = "gov_mun", _("Gobierno municipal")
    SEARCH_COMMISSION = "local_search_commission", _("Comisión local de búsqueda")
    CSO = "cso", _("Organización de la sociedad civil")
    SHELTER_OPERATOR = "shelter_operator", _("Operadora de albergue")
    UNIVERSITY = "university", _("Universidad")
    CONSULATE = "consulate", _("Consulado")
    UN = "un", _("Naciones Unidas")
    INTL_ORG = "intl_org", _("Organismo internacional")
    PRIVATE = "private", _("Sector privado")
    MEDIA = "media", _("Medio de comunicación")


class LegalRegime(models.TextChoices):
    """Which data-protection law binds an organisation that receives data (domain.md §7, R3)."""

    INTL_ORG = "intl_org", _("Política propia de organismo internacional")
    PARTICULAR = "particular", _("Particular (LFPDPPP)")
    PUBLIC_BODY = "sujeto_obligado", _("Sujeto obligado (LGPDPPSO)")


class SiteKind(models.TextChoices):
    """What a site is for."""

    SHELTER = "shelter", _("Albergue")
    FILTER_HOTEL = "filter_hotel", _("Hotel filtro")
    OTHER_SERVICE = "other_service", _("Otro servicio")
    PORT_OF_ENTRY = "poe", _("Puerto de entrada")
    OFFICE = "office", _("Oficina")
    CONSULATE = "consulate", _("Consulado")
    HOSPITAL = "hospital", _("Hospital")
    EMBARKATION = "embarkation", _("Punto de embarque")


class Welcome(models.TextChoices):
    """Whom a site takes in."""

    WOMEN = "women", _("Mujeres")
    MEN = "men", _("Hombres")
    FAMILIES = "families", _("Familias")
    UASC = "uasc", _("Niñez no acompañada o separada")
    LGBTIQ = "lgbtiq", _("Personas LGBTIQ+")


class ServiceType(models.TextChoices):
    """What an organisation or site offers to people, and what is delivered to them."""

    SAFE_HOUSE = "safe_house", _("Casa de seguridad")
    HEALTH = "health", _("Salud")
    PSYCHOSOCIAL = "psychosocial", _("Atención psicosocial")
    PRENATAL = "prenatal", _("Cuidados prenatales")
    COVID_TEST = "covid_test", _("Prueba COVID-19")
    POLICE = "police", _("Policía y denuncia")
    LEGAL = "legal", _("Asesoría legal")
    MIGRATION_ADVICE = "migration_advice", _("Asesoría migratoria")
    IDENTITY_DOCUMENTS = "identity_documents", _("Documentos de identidad")
    REGISTRATION = "registration", _("Registro")
    CHILD_PROTECTION = "child_protection", _("Protección de la niñez")
    FAMILY_MEDIATION = "family_mediation", _("Mediación familiar")
    FAMILY_REUNIFICATION = "family_reunification", _("Reunificación familiar")
    EDUCATION = "education", _("Educación")
    EMPLOYMENT = "employment", _("Empleo")
    LIVELIHOODS = "livelihoods", _("Medios de vida")
    LODGING = "lodging", _("Alojamiento")
    FOOD = "food", _("Alimentación")
    NFI = "nfi", _("Insumos no alimentarios")
    WASH = "wash", _("Agua, saneamiento e higiene")
    TRANSPORT = "transport", _("Transporte")
    OTHER = "other", _("Otro")


# Sites whose address must not be found by those a person flees from; others may be opened to all (R5, R7).
PROTECTED_KINDS = frozenset({SiteKind.SHELTER, SiteKind.FILTER_HOTEL})
