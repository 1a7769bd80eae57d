"""Closed lists of this room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Chapter(models.TextChoices):
    """The chapters of the mission's report; a project works for one or several."""

    PROTECTION = "protection", _("Protección")
    RETURNS = "returns", _("Retorno voluntario asistido")
    EMERGENCIES = "emergencies", _("Respuesta a emergencias")
    CAPACITY = "capacity", _("Fortalecimiento institucional")
    INTEGRATION = "integration", _("Integración y cohesión social")
    COORDINATION = "coordination", _("Coordinación y política pública")
    RESEARCH = "research", _("Estadísticas e investigación")
    COMMUNICATION = "communication", _("Comunicación")


# The accent of each chapter on screens (look.md: identity, never an action).
ACCENTS = {
    Chapter.PROTECTION: "protection",
    Chapter.RETURNS: "returns",
    Chapter.EMERGENCIES: "emergencies",
    Chapter.CAPACITY: "strengthening",
    Chapter.INTEGRATION: "integration",
    Chapter.COORDINATION: "coordination",
    Chapter.RESEARCH: "statistics",
    Chapter.COMMUNICATION: "communication",
}


class DonorKind(models.TextChoices):
    GOVERNMENT = "government", _("Gobierno")
    UN = "un", _("Naciones Unidas")
    MULTILATERAL = "multilateral", _("Organismo multilateral")
    PRIVATE = "private", _("Sector privado o fundación")
    OWN = "own", _("Fondos propios")


class ClosingState(models.TextChoices):
    """How far a month of an office is (domain.md §4)."""

    OPEN = "open", _("Abierto")
    SUBMITTED = "submitted", _("Entregado por la oficina")
    VALIDATED = "validated", _("Validado")
    LOCKED = "locked", _("Cerrado")
