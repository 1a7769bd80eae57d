"""States and kinds of this room; event types, sectors, topics and modalities are the mission's vocabularies."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventState(models.TextChoices):
    """An event from plan to validation (domain.md §4)."""

    PLANNED = "planned", _("Planeado")
    HELD = "held", _("Realizado")
    EVALUATED = "evaluated", _("Evaluado")
    VALIDATED = "validated", _("Validado")
    CANCELLED = "cancelled", _("Cancelado")


class Form(models.TextChoices):
    """How people were noted: one by one, or counted."""

    INDIVIDUAL = "individual", _("Persona por persona")
    COUNT = "count", _("Conteo")


class Presence(models.TextChoices):
    """What is known of one person's attendance."""

    ENROLLED = "enrolled", _("Inscripción")
    PRESENT = "present", _("Asistió")
    ABSENT = "absent", _("No asistió")


class Sex(models.TextChoices):
    """Sex as registered; the codes of the mission's list ``sexes``."""

    FEMALE = "female", _("Mujer")
    MALE = "male", _("Hombre")
    OTHER = "other", _("Otra designación")
    UNKNOWN = "unknown", _("Sin dato")


class CountedAge(models.TextChoices):
    """Bands for people who were only counted: nobody asked their age (domain.md §1.7)."""

    INFANT = "0-4", _("De 0 a 4 años")
    CHILD = "5-11", _("De 5 a 11 años")
    ADOLESCENT = "12-17", _("De 12 a 17 años")
    ADULT = "18-59", _("De 18 a 59 años")
    OLDER = "60+", _("60 años y más")
    UNKNOWN = "unknown", _("Sin dato")


# Event types that rules treat apart. Everything else about a type is the mission's vocabulary.
TRAINING = "training"
LABOUR_COURSE = "labour_course"
# Types that people complete, and that are evaluated before they are validated.
COURSES = frozenset({TRAINING, LABOUR_COURSE, "workshop"})
# What counts: an event that took place.
HAPPENED = (EventState.HELD, EventState.EVALUATED, EventState.VALIDATED)
