"""What lies behind a role of its own: details of violence, of trafficking, of children (domain.md §3.2, R4).

No name stands here. Free text is sealed. A row is read through ``open_to(viewer)``: without the
vault it does not exist.
"""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cauce.access.viewer import Viewer
from cauce.kernel.privacy import Privacy
from cauce.keys.fields import SealedTextField
from cauce.records.base import Record, RecordQuerySet
from cauce.records.protection.enums import (
    BestInterests,
    ChildCare,
    DayTime,
    DecidedBy,
    GbvType,
    Perpetrator,
    Perpetrators,
    PlaceType,
    Stage,
    TraffickingStatus,
)

STRICT = Privacy.STRICTLY_CONFIDENTIAL


class VaultQuerySet(RecordQuerySet):
    """Nobody sees a row of a vault without the vault."""

    def visible_to(self, viewer: Viewer) -> Self:
        return super().visible_to(viewer).open_to(viewer)

    def visible_with_void_to(self, viewer: Viewer) -> Self:
        return super().visible_with_void_to(viewer).open_to(viewer)

    def open_to(self, viewer: Viewer) -> Self:
        return self if self.model.VAULT in viewer.vaults else self.none()


class VaultRecord(Record):
    """A row behind the vault ``VAULT``."""

    VAULT: ClassVar[str]
    objects = VaultQuerySet.as_manager()

    class Meta(Record.Meta):
        abstract = True


class GbvDetail(VaultRecord):
    """One incident of gender-based violence; a case may have several, a survivor is not an incident."""

    VAULT = "gbv"
    case = models.ForeignKey("protection.Case", models.PROTECT, related_name="+", editable=False)
    reported_on = models.DateField(_("fecha del relato"))
    incident_on = models.DateField(_("fecha del incidente"), null=True, blank=True)
    incident_estimated = models.BooleanField(_("la fecha es aproximada"), default=False)
    reported_by_survivor = models.BooleanField(_("lo relató la persona sobreviviente"), default=True)
    type = models.CharField(_("tipo de violencia"), max_length=20, choices=GbvType.choices)
    harmful_practice = models.BooleanField(_("práctica nociva"), default=False)
    goods_exchanged = models.BooleanField(_("hubo intercambio de bienes o favores"), default=False)
    abduction = models.BooleanField(_("hubo secuestro"), default=False)
    stage = models.CharField(_("momento del viaje"), max_length=12, choices=Stage.choices, default=Stage.UNKNOWN)
    day_time = models.CharField(_("momento del día"), max_length=12, choices=DayTime.choices, default=DayTime.UNKNOWN)
    place_type = models.CharField(_("lugar"), max_length=12, choices=PlaceType.choices, default=PlaceType.UNKNOWN)
    # Already told to another organisation: served here, left out of shared totals (R10).
    reported_elsewhere = models.BooleanField(_("ya lo relató en otra organización"), default=False)
    earlier_incidents = models.BooleanField(_("hubo incidentes anteriores"), null=True)
    perpetrators = models.CharField(
        _("cuántas personas agresoras"), max_length=8, choices=Perpetrators.choices, default=Perpetrators.UNKNOWN
    )
    relation = models.CharField(
        _("relación con la persona agresora"), max_length=12, choices=Perpetrator.choices, default=Perpetrator.UNKNOWN
    )
    offered = models.JSONField(_("servicios ofrecidos"), default=list, blank=True)
    wants_legal_action = models.BooleanField(_("desea acción legal"), null=True)
    account = SealedTextField(_("relato"), null=True, blank=True)

    PRIVACY = dict.fromkeys(
        (
            "case", "reported_on", "incident_on", "incident_estimated", "reported_by_survivor", "type",
            "harmful_practice", "goods_exchanged", "abduction", "stage", "day_time", "place_type",
            "reported_elsewhere", "earlier_incidents", "perpetrators", "relation", "offered",
            "wants_legal_action", "account",
        ),
        STRICT,
    )  # fmt: skip

    class Meta(VaultRecord.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(incident_on=None) | Q(incident_on__lte=models.F("reported_on")),
                name="protection_gbv_incident_first",
            ),
        ]
        indexes = [models.Index(fields=["case"], name="protection_gbv_case")]


class TraffickingDetail(VaultRecord):
    """What is known of the trafficking of a case's person, and who decided what it is."""

    VAULT = "trafficking"
    case = models.ForeignKey("protection.Case", models.PROTECT, related_name="+", editable=False)
    status = models.CharField(_("condición"), max_length=12, choices=TraffickingStatus.choices)
    decided_by = models.CharField(_("quién lo determinó"), max_length=12, choices=DecidedBy.choices)
    decided_on = models.DateField(_("fecha de la determinación"))
    exploitation = models.JSONField(_("forma de explotación"), default=list, blank=True)
    recruitment = models.JSONField(_("captación"), default=list, blank=True)
    control = models.JSONField(_("medios de control"), default=list, blank=True)
    age_when_trafficked = models.PositiveSmallIntegerField(_("edad al inicio de la explotación"), null=True, blank=True)
    recruited_in = models.CharField(_("país de captación"), max_length=3, blank=True, default="")
    exploited_in = models.CharField(_("país de explotación"), max_length=3, blank=True, default="")
    account = SealedTextField(_("relato"), null=True, blank=True)

    PRIVACY = dict.fromkeys(
        (
            "case", "status", "decided_by", "decided_on", "exploitation", "recruitment", "control",
            "age_when_trafficked", "recruited_in", "exploited_in", "account",
        ),
        STRICT,
    )  # fmt: skip

    class Meta(VaultRecord.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(fields=["case"], condition=Q(voided_at=None), name="protection_trafficking_once"),
        ]


class ChildDetail(VaultRecord):
    """Notices, best interests and care of a child without the adults who should be there."""

    VAULT = "child"
    case = models.ForeignKey("protection.Case", models.PROTECT, related_name="+", editable=False)
    notified_on = models.DateField(_("aviso a la Procuraduría"), null=True, blank=True)
    notice_folio = SealedTextField(_("folio del aviso"), null=True, blank=True)
    restitution_plan = models.BooleanField(_("hay plan de restitución de derechos"), default=False)
    care = models.CharField(_("cuidado actual"), max_length=12, choices=ChildCare.choices, blank=True, default="")
    placed_on = models.DateField(_("canalización al DIF"), null=True, blank=True)
    best_interests = models.CharField(
        _("interés superior"), max_length=14, choices=BestInterests.choices, blank=True, default=""
    )
    decided_on = models.DateField(_("fecha de la decisión"), null=True, blank=True)
    review_on = models.DateField(_("fecha de revisión"), null=True, blank=True)
    tracing_wanted = models.BooleanField(_("quiere buscar a su familia"), null=True)
    childs_view = SealedTextField(_("lo que dijo la niña, el niño o adolescente"), null=True, blank=True)
    decision = SealedTextField(_("decisión y opciones valoradas"), null=True, blank=True)

    PRIVACY = dict.fromkeys(
        (
            "case", "notified_on", "notice_folio", "restitution_plan", "care", "placed_on", "best_interests",
            "decided_on", "review_on", "tracing_wanted", "childs_view", "decision",
        ),
        STRICT,
    )  # fmt: skip

    class Meta(VaultRecord.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(fields=["case"], condition=Q(voided_at=None), name="protection_child_once"),
            models.CheckConstraint(
                condition=Q(best_interests="") | Q(decided_on__isnull=False), name="protection_child_decision_dated"
            ),
        ]


# Vault → the table the log knows its detail by.
DETAIL = {model.VAULT: model.table() for model in (GbvDetail, TraffickingDetail, ChildDetail)}
