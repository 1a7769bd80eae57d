"""The words an edition is described with."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    DRAFT = "draft", _("Borrador")
    IN_REVIEW = "in_review", _("En revisión")
    APPROVED = "approved", _("Aprobada")
    PUBLISHED = "published", _("Publicada")
    SUPERSEDED = "superseded", _("Sustituida")
    WITHDRAWN = "withdrawn", _("Retirada")


class ReasonClass(models.TextChoices):
    """Why a published figure changes, in the vocabulary of official statistics (design.md §5)."""

    BETTER_SOURCE = "R1", _("R1: mejor fuente")
    ROUTINE = "R2", _("R2: actualización de rutina")
    METHOD = "R3", _("R3: cambio de método")
    CORRECTION = "C", _("C: corrección de un error")


class Profile(models.TextChoices):
    """For whom the edition is; the disclosure gate guards each differently. Internal is never printed."""

    PUBLIC = "public", _("Público")
    PARTNER = "partner", _("Socios y donantes")


# Readable by anybody who has the address: the old ones stay readable when a new one supersedes them.
READABLE = frozenset({State.PUBLISHED, State.SUPERSEDED})
