"""Tables of this room: events, their sessions, who took part, and what they thought of it."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cauce.kernel.privacy import Privacy
from cauce.keys.fields import SealedTextField
from cauce.records.activities.enums import HAPPENED, CountedAge, EventState, Form, Presence, Sex
from cauce.records.base import Record

NOT_VOID = Q(voided_at=None)


class Event(Record):
    """One activity as the public would name it: a fair of three days is one event (counting-rules.md)."""

    code = models.CharField(_("clave"), max_length=24)
    type = models.CharField(_("tipo"), max_length=40)  # vocabulary event_types
    title = models.CharField(_("título"), max_length=200)
    starts_on = models.DateField(_("inicio"))
    ends_on = models.DateField(_("fin"))
    modality = models.CharField(_("modalidad"), max_length=20, default="in_person")  # vocabulary modalities
    language = models.CharField(_("idioma"), max_length=8, default="es")
    municipality = models.ForeignKey(
        "places.Municipality", models.PROTECT, null=True, verbose_name=_("municipio"), related_name="+"
    )
    site = models.ForeignKey("places.Site", models.PROTECT, null=True, verbose_name=_("sitio"), related_name="+")
    # None: the mission itself.
    organiser = models.ForeignKey(
        "places.Organisation", models.PROTECT, null=True, verbose_name=_("organiza"), related_name="+"
    )
    partners = models.JSONField(_("con quién"), default=list)  # ids of places.Organisation
    topics = models.JSONField(_("temas"), default=list)  # vocabulary training_topics
    response = models.ForeignKey(
        "programmes.Response", models.PROTECT, null=True, verbose_name=_("respuesta"), related_name="+"
    )
    projects = models.JSONField(_("proyectos"), default=list)  # codes of programmes.Project
    facilitators = models.PositiveSmallIntegerField(_("personas facilitadoras"), null=True)
    state = models.CharField(_("estado"), max_length=10, choices=EventState.choices, default=EventState.PLANNED)
    cancel_reason = models.TextField(_("motivo de cancelación"), blank=True)

    PRIVACY = dict.fromkeys(
        (
            "code", "type", "title", "starts_on", "ends_on", "modality", "language", "municipality", "site",
            "organiser", "partners", "topics", "response", "projects", "facilitators", "state", "cancel_reason",
        ),
        Privacy.RESTRICTED,
    )  # fmt: skip

    class Meta(Record.Meta):
        ordering = ["-starts_on", "code"]
        indexes = [
            models.Index(fields=["starts_on"], name="activities_event_start"),
            models.Index(fields=["type", "state"], name="activities_event_type"),
        ]
        constraints = [
            *Record.Meta.constraints,
            # A withdrawn import keeps its rows: its codes may come again in another batch. Across batches the
            # actions compare with what is live.
            models.UniqueConstraint(
                fields=["code"], condition=NOT_VOID & Q(batch=None), name="activities_event_code_once"
            ),
            models.UniqueConstraint(
                fields=["batch", "code"],
                condition=NOT_VOID & Q(batch__isnull=False),
                name="activities_event_code_once_a_batch",
            ),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="activities_event_ends_after_start"),
            models.CheckConstraint(condition=Q(state__in=EventState.values), name="activities_event_state_known"),
            models.CheckConstraint(
                condition=Q(state="cancelled", cancel_reason__gt="") | (~Q(state="cancelled") & Q(cancel_reason="")),
                name="activities_event_cancelled_says_why",
            ),
            models.CheckConstraint(
                condition=Q(type__gt="") & Q(title__gt="") & Q(code__gt=""), name="activities_event_is_named"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def happened(self) -> bool:
        return self.state in HAPPENED


class Session(Record):
    """One meeting of an event; hours are hours on the clock."""

    event = models.ForeignKey("activities.Event", models.PROTECT, related_name="sessions")
    day = models.DateField(_("fecha"))
    hours = models.DecimalField(_("horas"), max_digits=4, decimal_places=1)

    PRIVACY = dict.fromkeys(("event", "day", "hours"), Privacy.RESTRICTED)

    class Meta(Record.Meta):
        ordering = ["day", "recorded_at"]
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(condition=Q(hours__gt=0, hours__lte=24), name="activities_session_hours_of_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.day} ({self.hours} h)"


class Participation(Record):
    """One person at one event, or several people of one sector and sex who were only counted.

    An official who signs in is not a registered person: a name is optional and sealed. ``person``
    links people the mission knows (labour courses for migrants).
    """

    event = models.ForeignKey("activities.Event", models.PROTECT, related_name="participations")
    form = models.CharField(max_length=10, choices=Form.choices)
    sector = models.CharField(_("sector"), max_length=20)  # vocabulary sectors; exactly one
    sex = models.CharField(_("sexo"), max_length=8, choices=Sex.choices, default=Sex.UNKNOWN)
    quantity = models.PositiveIntegerField(_("cuántas personas"), default=1)
    # Counted people only: those who counted say that none of them is on the list of names too.
    apart = models.BooleanField(_("son otras que las de la lista"), default=False)
    counted_age = models.CharField(
        _("grupo de edad"), max_length=8, choices=CountedAge.choices, default=CountedAge.UNKNOWN
    )
    # One person only.
    name = SealedTextField(_("nombre"), null=True)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey("places.Organisation", models.PROTECT, null=True, related_name="+")
    organisation_name = models.CharField(_("institución"), max_length=160, blank=True)
    position = models.CharField(_("cargo"), max_length=120, blank=True)
    age = models.PositiveSmallIntegerField(_("edad"), null=True)
    presence = models.CharField(_("asistencia"), max_length=10, choices=Presence.choices, default=Presence.PRESENT)
    attended = models.JSONField(_("sesiones"), default=list)  # ids of sessions
    completed_on = models.DateField(_("concluyó el"), null=True)
    pre_score = models.DecimalField(_("prueba inicial"), max_digits=4, decimal_places=1, null=True)
    post_score = models.DecimalField(_("prueba final"), max_digits=4, decimal_places=1, null=True)

    PRIVACY = dict.fromkeys(
        (
            "event", "form", "sector", "sex", "quantity", "apart", "counted_age", "organisation", "presence",
            "attended", "completed_on", "pre_score", "post_score",
        ),
        Privacy.RESTRICTED,
    ) | dict.fromkeys(("name", "person", "organisation_name", "position", "age"), Privacy.CONFIDENTIAL)  # fmt: skip

    class Meta(Record.Meta):
        ordering = ["recorded_at", "pk"]
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(condition=Q(sector__gt=""), name="activities_participation_one_sector"),
            models.CheckConstraint(
                condition=Q(form="individual", quantity=1, apart=False, counted_age="unknown")
                | Q(
                    form="count",
                    quantity__gte=1,
                    presence="present",
                    name__isnull=True,
                    person=None,
                    age=None,
                    position="",
                )
                & Q(completed_on=None, pre_score=None, post_score=None),
                name="activities_participation_person_or_count",
            ),
            models.CheckConstraint(
                condition=Q(completed_on=None) | Q(presence="present"), name="activities_participation_completed_came"
            ),
            models.CheckConstraint(
                condition=Q(pre_score=None) | Q(pre_score__gte=0, pre_score__lte=100), name="activities_pre_score_range"
            ),
            models.CheckConstraint(
                condition=Q(post_score=None) | Q(post_score__gte=0, post_score__lte=100),
                name="activities_post_score_range",
            ),
            models.UniqueConstraint(
                fields=["event", "person"],
                condition=NOT_VOID & Q(batch=None),
                name="activities_participation_person_once",
            ),
            models.UniqueConstraint(
                fields=["batch", "event", "person"],
                condition=NOT_VOID & Q(batch__isnull=False),
                name="activities_participation_person_once_a_batch",
            ),
        ]

    @property
    def is_count(self) -> bool:
        return self.form == Form.COUNT

    @property
    def completed(self) -> bool:
        return self.completed_on is not None


# Reaction questions are answered from 1 to 5 (Kirkpatrick level 1).
REACTION = [MinValueValidator(1), MaxValueValidator(5)]


def _average(label: Any) -> models.DecimalField:
    return models.DecimalField(label, max_digits=3, decimal_places=2, null=True, validators=REACTION)


class Evaluation(Record):
    """What participants thought (level 1) and learned (level 2), as averages: forms are anonymous."""

    event = models.ForeignKey("activities.Event", models.PROTECT, related_name="evaluations")
    respondents = models.PositiveIntegerField(_("formularios respondidos"), default=0)
    content = _average(_("contenido"))
    facilitation = _average(_("facilitación"))
    logistics = _average(_("organización"))
    usefulness = _average(_("utilidad para el trabajo"))
    tested = models.PositiveIntegerField(_("personas con ambas pruebas"), default=0)
    pre_mean = models.DecimalField(_("promedio inicial"), max_digits=4, decimal_places=1, null=True)
    post_mean = models.DecimalField(_("promedio final"), max_digits=4, decimal_places=1, null=True)

    PRIVACY = dict.fromkeys(
        (
            "event", "respondents", "content", "facilitation", "logistics", "usefulness", "tested", "pre_mean",
            "post_mean",
        ),
        Privacy.RESTRICTED,
    )  # fmt: skip
    QUESTIONS = ("content", "facilitation", "logistics", "usefulness")

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(fields=["event"], condition=NOT_VOID, name="activities_evaluation_once"),
            models.CheckConstraint(
                condition=Q(tested=0, pre_mean=None, post_mean=None)
                | Q(tested__gt=0, pre_mean__isnull=False, post_mean__isnull=False),
                name="activities_evaluation_tests_together",
            ),
            models.CheckConstraint(
                condition=Q(respondents__gt=0) | Q(content=None, facilitation=None, logistics=None, usefulness=None),
                name="activities_evaluation_averages_of_somebody",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{question: None}) | Q(**{f"{question}__gte": 1, f"{question}__lte": 5}),
                    name=f"activities_evaluation_{question}_range",
                )
                for question in ("content", "facilitation", "logistics", "usefulness")
            ),
        ]
