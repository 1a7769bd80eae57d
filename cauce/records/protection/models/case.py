"""The protection case: one person followed from identification to closure."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cauce.access.viewer import Viewer
from cauce.kernel.privacy import Privacy
from cauce.keys.fields import SealedTextField
from cauce.records.base import Record, RecordQuerySet
from cauce.records.protection.enums import CaseState, LawTerm, LegalBasis, Risk, Sensitivity, Uasc

# How acts name the process they belong to; the rooms of acts carry it without knowing it.
PROCESS = "protection.case"
STANDARD = Sensitivity.STANDARD.value
NEVER = date(9999, 12, 31)


class CaseCounter(models.Model):
    """The last number an office gave to a case; its row is locked while the next one is given."""

    office = models.OneToOneField("access.Office", models.PROTECT, primary_key=True, related_name="+")
    last = models.PositiveIntegerField(default=0)

    PRIVACY = {"office": Privacy.RESTRICTED, "last": Privacy.RESTRICTED}


class CaseQuerySet(RecordQuerySet):
    """Sight of cases: own offices, and the vault's role for a case that lies in one (domain.md R4)."""

    def visible_to(self, viewer: Viewer) -> Self:
        return super().visible_to(viewer).open_to(viewer)

    def visible_with_void_to(self, viewer: Viewer) -> Self:
        return super().visible_with_void_to(viewer).open_to(viewer)

    def open_to(self, viewer: Viewer) -> Self:
        return self.filter(sensitivity__in=[STANDARD, *viewer.vaults])

    def reserved_to(self, viewer: Viewer) -> Self:
        """Cases of the viewer's offices that exist for them as a code and nothing else."""
        closed_to = [each for each in Sensitivity.values if each != STANDARD and each not in viewer.vaults]
        return super().visible_to(viewer).filter(sensitivity__in=closed_to)


class Case(Record):
    """One person's protection case. Exactly one primary category, computed from all that apply."""

    # Few offices, many cases: an index on the office alone only misleads the planner.
    office = models.ForeignKey(
        "access.Office", models.PROTECT, verbose_name=_("oficina"), related_name="+", db_index=False
    )
    code = models.CharField(_("clave"), max_length=24)
    # A voided or withdrawn case lets an import bring its code again.
    code_released = models.BooleanField(default=False, editable=False)
    person = models.ForeignKey("people.Person", models.PROTECT, verbose_name=_("persona"), related_name="+")
    state = models.CharField(_("estado"), max_length=12, choices=CaseState.choices)
    identified_on = models.DateField(_("identificado el"))
    opened_on = models.DateField(_("abierto el"), null=True, blank=True)
    closed_on = models.DateField(_("cerrado el"), null=True, blank=True)
    closing = models.CharField(_("motivo de cierre"), max_length=30, blank=True, default="")
    closing_note = SealedTextField(_("otro motivo"), null=True, blank=True)
    episode = models.PositiveSmallIntegerField(_("episodio"), default=1)
    channel = models.CharField(_("cómo llegó"), max_length=30)
    population = models.CharField(_("población"), max_length=30)
    category = models.CharField(_("categoría principal"), max_length=30)
    categories = models.JSONField(_("categorías que aplican"), default=list)
    needs = models.JSONField(_("necesidades"), default=list)
    risk = models.CharField(_("riesgo"), max_length=8, choices=Risk.choices, blank=True, default="")
    uasc = models.CharField(
        _("término de Naciones Unidas"), max_length=14, choices=Uasc.choices, blank=True, default=""
    )
    law_term = models.CharField(
        _("término de la ley mexicana"), max_length=14, choices=LawTerm.choices, blank=True, default=""
    )
    sensitivity = models.CharField(max_length=12, choices=Sensitivity.choices, default=STANDARD, editable=False)
    owner = models.CharField(_("responsable"), max_length=40, blank=True, default="")
    legal_basis = models.CharField(
        _("base de licitud"), max_length=20, choices=LegalBasis.choices, default=LegalBasis.CONSENT
    )
    basis_reason = SealedTextField(_("por qué sin consentimiento"), null=True, blank=True)
    summary = SealedTextField(_("resumen"), null=True, blank=True)
    next_step = SealedTextField(_("próximo paso"), null=True, blank=True)
    next_on = models.DateField(_("fecha del próximo paso"), null=True, blank=True)
    # What the list of work is ordered by: the next step's date, last where there is none; nothing once closed.
    due_on = models.GeneratedField(
        expression=models.Case(
            models.When(state="closed", then=None),
            default=Coalesce("next_on", models.Value(NEVER)),
            output_field=models.DateField(),
        ),
        output_field=models.DateField(),
        db_persist=True,
    )

    objects = CaseQuerySet.as_manager()

    PRIVACY = (
        dict.fromkeys(
            (
                "code", "code_released", "state", "identified_on", "opened_on", "closed_on", "episode", "owner",
                "next_on", "due_on",
            ),
            Privacy.RESTRICTED,
        )
        | dict.fromkeys(
            (
                "person", "channel", "population", "category", "categories", "needs", "risk", "uasc", "law_term",
                "sensitivity", "legal_basis", "closing",
            ),
            Privacy.CONFIDENTIAL,
        )
        | dict.fromkeys(("closing_note", "basis_reason", "summary", "next_step"), Privacy.STRICTLY_CONFIDENTIAL)
    )  # fmt: skip

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(fields=["code"], condition=Q(code_released=False), name="protection_case_code"),
            models.CheckConstraint(
                condition=Q(state="identified", opened_on=None, closed_on=None)
                | Q(state__in=["open", "on_hold"], opened_on__isnull=False, closed_on=None)
                | Q(state="closed", closed_on__isnull=False),
                name="protection_case_dates",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | ~Q(closing=""), name="protection_case_says_why_closed"
            ),
            models.CheckConstraint(
                condition=Q(opened_on=None) | Q(opened_on__gte=F("identified_on")), name="protection_case_open_order"
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("identified_on")), name="protection_case_close_order"
            ),
            models.CheckConstraint(condition=~Q(category=""), name="protection_case_has_category"),
            models.CheckConstraint(
                condition=Q(legal_basis="consent") | Q(basis_reason__isnull=False),
                name="protection_case_basis_has_reason",
            ),
        ]
        indexes = [
            # A list is read in its order and stops after a page; its counts never leave the index.
            models.Index(
                fields=["sensitivity", "voided_at", "due_on", "-identified_on", "code", "office", "batch"],
                name="protection_case_work",
            ),
            models.Index(
                fields=["owner", "sensitivity", "voided_at", "due_on", "-identified_on", "code", "office", "batch"],
                name="protection_case_owner",
            ),
            models.Index(fields=["person"], name="protection_case_person"),
            models.Index(fields=["opened_on"], name="protection_case_opened"),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("protection:case", args=[self.pk])

    @property
    def is_sensitive(self) -> bool:
        """Whether names are hidden by default (domain.md R5)."""
        return self.sensitivity != STANDARD

    @property
    def began_on(self):
        return self.opened_on or self.identified_on


class EpisodeQuerySet(RecordQuerySet):
    """An episode is seen with its case."""

    def visible_to(self, viewer: Viewer) -> Self:
        return super().visible_to(viewer).filter(case__sensitivity__in=[STANDARD, *viewer.vaults])


class Episode(Record):
    """A closed stretch of a case, kept when it was reopened."""

    case = models.ForeignKey("protection.Case", models.PROTECT, related_name="episodes", editable=False)
    number = models.PositiveSmallIntegerField(_("episodio"))
    opened_on = models.DateField(_("abierto el"), null=True)
    closed_on = models.DateField(_("cerrado el"))
    closing = models.CharField(_("motivo de cierre"), max_length=30)

    objects = EpisodeQuerySet.as_manager()

    PRIVACY = dict.fromkeys(("case", "number", "opened_on", "closed_on"), Privacy.RESTRICTED) | {
        "closing": Privacy.CONFIDENTIAL
    }

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["case", "number"], condition=Q(voided_at=None), name="protection_episode_once"
            ),
        ]
