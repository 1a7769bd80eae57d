"""Tables of this room: survey rounds, and anonymous interviews."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cauce.kernel.ages import AgeBand, band_of
from cauce.kernel.privacy import Privacy
from cauce.records.base import Record
from cauce.records.surveys.enums import RoundState, Sex, Tool

NOT_VOID = Q(voided_at=None)


class Round(Record):
    """One round of one tool in one city: what the reference document calls a survey (F71)."""

    code = models.CharField(_("clave"), max_length=24)
    tool = models.CharField(_("instrumento"), max_length=24, choices=Tool.choices, default=Tool.FMS)
    municipality = models.ForeignKey(
        "places.Municipality", models.PROTECT, verbose_name=_("municipio"), related_name="+"
    )
    starts_on = models.DateField(_("desde"))
    ends_on = models.DateField(_("hasta"))
    sample_planned = models.PositiveIntegerField(_("muestra planeada"), null=True)
    # Only where the interviews themselves are kept elsewhere (EMIF, another mission).
    sample_reported = models.PositiveIntegerField(_("entrevistas informadas"), null=True)
    refusals = models.PositiveIntegerField(_("rechazos"), null=True)
    repeats_dropped = models.PositiveIntegerField(_("repeticiones descartadas"), null=True)
    questionnaire = models.CharField(_("versión del cuestionario"), max_length=40, blank=True)
    state = models.CharField(_("estado"), max_length=12, choices=RoundState.choices, default=RoundState.PLANNED)
    published_on = models.DateField(_("publicada el"), null=True)

    PRIVACY = dict.fromkeys(
        (
            "code", "tool", "municipality", "starts_on", "ends_on", "sample_planned", "sample_reported", "refusals",
            "repeats_dropped", "questionnaire", "state", "published_on",
        ),
        Privacy.RESTRICTED,
    )  # fmt: skip

    class Meta(Record.Meta):
        ordering = ["-starts_on", "code"]
        constraints = [
            *Record.Meta.constraints,
            # Rows of a withdrawn import stay: their codes may come again in another batch.
            models.UniqueConstraint(
                fields=["code"], condition=NOT_VOID & Q(batch=None), name="surveys_round_code_once"
            ),
            models.UniqueConstraint(
                fields=["batch", "code"],
                condition=NOT_VOID & Q(batch__isnull=False),
                name="surveys_round_code_once_a_batch",
            ),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="surveys_round_ends_after_start"),
            models.CheckConstraint(condition=Q(state__in=RoundState.values), name="surveys_round_state_known"),
            models.CheckConstraint(
                condition=Q(state="published", published_on__isnull=False)
                | (~Q(state="published") & Q(published_on=None)),
                name="surveys_round_published_says_when",
            ),
            models.CheckConstraint(condition=Q(code__gt=""), name="surveys_round_is_named"),
        ]

    def __str__(self) -> str:
        return self.code


class Interview(Record):
    """One interview with one person about their journey. Anonymous: there is no person here.

    Coordinates are never stored (domain.md R7): the place is the municipality, and the public point
    where interviews were held in words. ``state`` is kept apart because some cities are given by
    their state alone (Mexico City). Countries are ISO 3166-1 alpha-3; "" is not stated.
    """

    round = models.ForeignKey(
        "surveys.Round", models.PROTECT, null=True, verbose_name=_("ronda"), related_name="interviews"
    )
    tool = models.CharField(_("instrumento"), max_length=24, choices=Tool.choices, default=Tool.FMS)
    date = models.DateField(_("fecha"))
    state = models.CharField(_("entidad"), max_length=2)
    municipality = models.ForeignKey(
        "places.Municipality", models.PROTECT, null=True, verbose_name=_("municipio"), related_name="+"
    )
    location = models.CharField(_("punto de entrevista"), max_length=120, blank=True)
    nationality = models.CharField(_("nacionalidad"), max_length=3, blank=True)
    origin = models.CharField(_("país de salida"), max_length=3, blank=True)
    destination = models.CharField(_("país de destino"), max_length=3, blank=True)
    sex = models.CharField(_("sexo"), max_length=8, choices=Sex.choices, default=Sex.UNKNOWN)
    age = models.PositiveSmallIntegerField(_("edad"), null=True)
    group_size = models.PositiveSmallIntegerField(_("personas que viajan juntas"), default=1)
    reasons = models.JSONField(_("motivos de salida"), default=list)  # vocabulary departure_reasons; [] not stated
    # Keyed digest of the imported line: the same line in another file is the same interview. None: captured here.
    fingerprint = models.BigIntegerField(null=True, editable=False)

    PRIVACY = dict.fromkeys(
        ("round", "tool", "date", "state", "municipality", "location", "group_size", "fingerprint"),
        Privacy.RESTRICTED,
    ) | dict.fromkeys(("nationality", "origin", "destination", "sex", "age", "reasons"), Privacy.CONFIDENTIAL)

    class Meta(Record.Meta):
        ordering = ["-date", "pk"]
        indexes = [
            models.Index(fields=["date"], name="surveys_interview_date"),
            models.Index(fields=["fingerprint"], name="surveys_interview_print"),
        ]
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(condition=Q(group_size__gte=1), name="surveys_interview_group_of_one"),
            models.CheckConstraint(condition=Q(age=None) | Q(age__lte=120), name="surveys_interview_age"),
            models.CheckConstraint(condition=~Q(state=""), name="surveys_interview_has_state"),
        ]

    @property
    def age_band(self) -> AgeBand:
        return band_of(self.age)
