"""Tables of the editions: what was frozen, who asked, who approved, and where it stands."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cauce.access.viewer import Viewer
from cauce.editions.enums import READABLE, Profile, ReasonClass, State
from cauce.kernel.periods import Period
from cauce.kernel.privacy import Privacy
from cauce.records.base import Record, RecordQuerySet

SIGNED_OFF = [State.APPROVED, State.PUBLISHED, State.SUPERSEDED, State.WITHDRAWN]


class EditionQuerySet(RecordQuerySet):
    def visible_to(self, viewer: Viewer) -> Self:
        """Editions speak for the whole mission: who may read them reads those of every office."""
        return self.live() if viewer.may("editions.read") else self.none()

    def readable(self) -> Self:
        """What anybody may read: published ones, and those a later one superseded."""
        return self.live().filter(state__in=READABLE, profile=Profile.PUBLIC)


def _together(*names: str) -> models.Q:
    """Facts that are known together or not at all."""
    return models.Q(**{f"{name}__isnull": True for name in names}) | models.Q(
        **{f"{name}__isnull": False for name in names}
    )


class Edition(Record):
    """One publication of one report over one period; ``sequence`` counts its successive editions."""

    key = models.SlugField(_("clave"), max_length=60)
    sequence = models.PositiveSmallIntegerField(_("número de edición"), default=1)
    report = models.SlugField(_("informe"), max_length=60)
    title = models.CharField(_("título"), max_length=200)
    mission = models.SlugField(max_length=40)
    start = models.DateField(_("desde"))
    end = models.DateField(_("hasta"))
    profile = models.CharField(_("perfil"), max_length=10, choices=Profile, default=Profile.PUBLIC)
    language = models.CharField(_("idioma"), max_length=5, default="es")
    state = models.CharField(_("estado"), max_length=12, choices=State, default=State.DRAFT)

    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="successor")
    reason_class = models.CharField(_("clase de cambio"), max_length=2, choices=ReasonClass, null=True)
    reason_text = models.TextField(_("qué cambió y por qué"), null=True)

    frozen_at = models.DateTimeField(_("corte de datos"))
    facts_hash = models.CharField(max_length=64)
    frozen_hash = models.CharField(max_length=64)
    software = models.CharField(max_length=40)
    simulated = models.BooleanField(default=False)

    requested_at = models.DateTimeField(null=True)
    requested_by = models.CharField(max_length=40, null=True)
    returned_reason = models.TextField(_("motivo de la devolución"), blank=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=40, null=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=40, null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=40, null=True)
    withdrawn_reason = models.TextField(null=True)

    objects = EditionQuerySet.as_manager()

    PRIVACY = (
        Record.PRIVACY
        | dict.fromkeys(
            (
                "key", "sequence", "report", "title", "mission", "start", "end", "profile", "language", "state",
                "supersedes", "reason_class", "reason_text", "frozen_at", "facts_hash", "frozen_hash", "software",
                "simulated", "published_at", "withdrawn_at", "withdrawn_reason",
            ),
            Privacy.PUBLIC,
        )
        | dict.fromkeys(
            (
                "requested_at", "requested_by", "returned_reason", "approved_at", "approved_by", "published_by",
                "withdrawn_by",
            ),
            Privacy.RESTRICTED,
        )
    )  # fmt: skip

    class Meta(Record.Meta):
        ordering = ["-end", "-start", "key", "-sequence"]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["key", "sequence"], condition=models.Q(voided_at=None), name="editions_key_sequence_once"
            ),
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(state=State.PUBLISHED), name="editions_one_published"
            ),
            models.CheckConstraint(condition=_together("requested_at", "requested_by"), name="editions_requested"),
            models.CheckConstraint(condition=_together("approved_at", "approved_by"), name="editions_approved"),
            models.CheckConstraint(condition=_together("published_at", "published_by"), name="editions_published"),
            models.CheckConstraint(
                condition=_together("withdrawn_at", "withdrawn_by", "withdrawn_reason"), name="editions_withdrawn"
            ),
            models.CheckConstraint(
                condition=_together("supersedes", "reason_class", "reason_text"), name="editions_reason_of_change"
            ),
            # Two people: neither who drafted it nor who asked may approve it (design.md §5).
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True)
                | (~models.Q(approved_by=models.F("requested_by")) & ~models.Q(approved_by=models.F("recorded_by"))),
                name="editions_approved_by_another",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=SIGNED_OFF)
                | models.Q(requested_at__isnull=False, approved_at__isnull=False),
                name="editions_signed_off",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=sorted(READABLE)) | models.Q(published_at__isnull=False),
                name="editions_published_when",
            ),
            models.CheckConstraint(condition=models.Q(end__gte=models.F("start")), name="editions_period"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.name})"

    @property
    def period(self) -> Period:
        return Period(self.start, self.end)

    @property
    def name(self) -> str:
        """What the edition is called in addresses and file names: ``mexico-2022``, ``mexico-2022-2``."""
        return self.key if self.sequence == 1 else f"{self.key}-{self.sequence}"

    @property
    def is_public(self) -> bool:
        return self.state in READABLE and self.profile == Profile.PUBLIC and not self.is_void

    def get_absolute_url(self) -> str:
        return reverse("editions:edition", args=[self.pk])


class Frozen(models.Model):
    """What an edition was frozen with: one canonical JSON of definitions, values, texts and layout.

    Written once, with the edition, and never again; ``Edition.frozen_hash`` is its SHA-256. The
    frozen facts lie beside it, sealed for the purpose ``archive``.
    """

    edition = models.OneToOneField(Edition, models.PROTECT, primary_key=True, related_name="frozen")
    payload = models.TextField()
    facts = models.BinaryField()

    PRIVACY = {
        "edition": Privacy.PUBLIC,
        "payload": Privacy.RESTRICTED,
        "facts": Privacy.STRICTLY_CONFIDENTIAL,
    }

    def save(self, *args, **kwargs) -> None:
        """Insert only: changing what was frozen raises TypeError."""
        if not self._state.adding:
            raise TypeError("what an edition was frozen with is never changed; draft a new edition")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args, **kwargs):
        raise TypeError("what an edition was frozen with is never deleted")
