"""Tables of this room: who pays, for what, in answer to what, and which months are closed."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cauce.access.viewer import Viewer
from cauce.kernel.periods import Period
from cauce.kernel.privacy import Privacy
from cauce.records.base import Record, RecordQuerySet
from cauce.records.programmes.enums import Chapter, ClosingState, DonorKind


class ReferenceQuerySet(RecordQuerySet):
    """Donors, projects and responses are the whole mission's: no office owns them."""

    def in_offices_of(self, viewer: Viewer) -> Self:
        return self


class Donor(Record):
    """Who funds projects."""

    name = models.CharField(_("nombre"), max_length=160)
    short_name = models.CharField(_("siglas"), max_length=20, blank=True)
    kind = models.CharField(_("tipo"), max_length=14, choices=DonorKind.choices)
    country = models.ForeignKey("places.Country", models.PROTECT, verbose_name=_("país"), null=True, related_name="+")

    objects = ReferenceQuerySet.as_manager()

    PRIVACY = dict.fromkeys(("name", "short_name", "kind", "country"), Privacy.RESTRICTED)

    class Meta(Record.Meta):
        ordering = ["name"]

    def __str__(self) -> str:
        return self.short_name or self.name

    def get_absolute_url(self) -> str:
        return reverse("programmes:donor", args=[self.pk])


class Project(Record):
    """A funded project; services and events say under which projects they were done."""

    code = models.CharField(_("clave"), max_length=20)
    name = models.CharField(_("nombre"), max_length=200)
    donor = models.ForeignKey(
        "programmes.Donor", models.PROTECT, verbose_name=_("donante"), null=True, related_name="projects"
    )
    start = models.DateField(_("inicio"))
    end = models.DateField(_("fin"), null=True)
    chapters = models.JSONField(_("programas"), default=list)

    objects = ReferenceQuerySet.as_manager()

    PRIVACY = dict.fromkeys(("code", "name", "donor", "start", "end", "chapters"), Privacy.RESTRICTED)

    class Meta(Record.Meta):
        ordering = ["code"]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(fields=["code"], condition=Q(voided_at=None), name="programmes_project_code_once"),
            models.CheckConstraint(
                condition=Q(end=None) | Q(end__gte=F("start")), name="programmes_project_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("programmes:project", args=[self.pk])

    @property
    def chapter_labels(self) -> list[str]:
        return [str(Chapter(each).label) for each in self.chapters]


class Response(Record):
    """What was answered: COVID-19, MPP, Title 42. It distinguishes the same act done in different emergencies."""

    code = models.CharField(_("clave"), max_length=20)
    name = models.CharField(_("nombre"), max_length=120)
    name_en = models.CharField(_("nombre en inglés"), max_length=120, blank=True)
    start = models.DateField(_("desde"))
    end = models.DateField(_("hasta"), null=True)

    objects = ReferenceQuerySet.as_manager()

    PRIVACY = dict.fromkeys(("code", "name", "name_en", "start", "end"), Privacy.PUBLIC)

    class Meta(Record.Meta):
        ordering = ["start", "code"]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(fields=["code"], condition=Q(voided_at=None), name="programmes_response_code_once"),
            models.CheckConstraint(
                condition=Q(end=None) | Q(end__gte=F("start")), name="programmes_response_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.name

    def get_absolute_url(self) -> str:
        return reverse("programmes:response", args=[self.pk])


class MonthlyClosing(Record):
    """One month of one office: while it is open, acts dated in it may be added.

    A row is written when the office hands the month in; without a row the month is open.
    ``version`` grows each time a locked month is opened again.
    """

    month = models.DateField(_("mes"))  # its first day
    state = models.CharField(_("estado"), max_length=10, choices=ClosingState.choices, default=ClosingState.OPEN)
    version = models.PositiveSmallIntegerField(_("versión"), default=1)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.CharField(max_length=40, null=True)
    validated_at = models.DateTimeField(null=True)
    validated_by = models.CharField(max_length=40, null=True)
    locked_at = models.DateTimeField(null=True)
    locked_by = models.CharField(max_length=40, null=True)

    PRIVACY = dict.fromkeys(
        (
            "month", "state", "version", "submitted_at", "submitted_by", "validated_at", "validated_by", "locked_at",
            "locked_by",
        ),
        Privacy.RESTRICTED,
    )  # fmt: skip

    class Meta(Record.Meta):
        ordering = ["-month", "office"]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["office", "month"], condition=Q(voided_at=None), name="programmes_month_closed_once"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="programmes_month_is_a_first_day"),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{step}_at": None, f"{step}_by": None})
                    | Q(**{f"{step}_at__isnull": False, f"{step}_by__isnull": False}),
                    name=f"programmes_month_{step}_pair",
                )
                for step in ("submitted", "validated", "locked")
            ),
            models.CheckConstraint(
                condition=Q(state="open")
                | Q(state="submitted", submitted_at__isnull=False)
                | Q(state="validated", submitted_at__isnull=False, validated_at__isnull=False)
                | Q(
                    state="locked",
                    submitted_at__isnull=False,
                    validated_at__isnull=False,
                    locked_at__isnull=False,
                ),
                name="programmes_month_state_says_who",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} {self.month:%Y-%m}"

    @property
    def period(self) -> Period:
        return Period.month(self.month.year, self.month.month)
