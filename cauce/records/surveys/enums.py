"""Tools, states and answers of surveys (domain.md §3.6)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Tool(models.TextChoices):
    """How information was gathered; a round uses one tool."""

    FMS = "flow_monitoring_survey", _("Encuesta de monitoreo de flujos (FMS)")
    FMR = "flow_monitoring_registry", _("Registro de monitoreo de flujos (FMR)")
    EVENT_TRACKING = "event_tracking", _("Seguimiento de eventos")
    MOBILITY_TRACKING = "mobility_tracking", _("Seguimiento de la movilidad")
    EMIF = "emif", _("EMIF")


class RoundState(models.TextChoices):
    """A round from plan to publication."""

    PLANNED = "planned", _("Planeada")
    COLLECTING = "collecting", _("En levantamiento")
    CLOSED = "closed", _("Cerrada")
    PUBLISHED = "published", _("Publicada")


class Sex(models.TextChoices):
    """Sex as the person interviewed states it."""

    FEMALE = "female", _("Mujer")
    MALE = "male", _("Hombre")
    OTHER = "other", _("Otra designación")
    UNKNOWN = "unknown", _("Sin dato")


# What a round has to be so that it counts as a survey carried out.
CARRIED_OUT = (RoundState.CLOSED, RoundState.PUBLISHED)

# Answers to the question about sex that say nothing about it. They are answers, not mistakes.
NO_ANSWER = {"no_answer": _("NS/NR"), "no_data": _("ND"), "declined": _("Prefiere no responder")}

# The reasons of the questionnaire, as codes of the mission's list ``departure_reasons``; the file's columns
# are ``reason_<code>``.
REASONS = (
    "conflict", "disaster", "economic", "education", "family_events", "family_reunification", "food", "insecurity",
    "political", "safety", "services", "tourism",
)  # fmt: skip

# The DTM writes this where a country was not stated or is not a country.
COUNTRY_NOT_STATED = "OOO"
