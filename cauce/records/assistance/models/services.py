"""Services, referrals and identity procedures: what is done for one person."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cauce.kernel.privacy import Privacy
from cauce.keys.fields import SealedTextField
from cauce.records.assistance.enums import (
    DeclineReason,
    ProcedureState,
    ReferralState,
    RefusalReason,
    ServiceState,
    Urgency,
)
from cauce.records.assistance.models.acts import Act, dated, sorted_by


class Service(Act):
    """One service for one person. One consultation is one record with its kinds (counting rules)."""

    type = models.CharField(_("tipo de servicio"), max_length=40)
    kinds = models.JSONField(_("clases de consulta"), default=list, blank=True)
    state = models.CharField(_("estado"), max_length=12, choices=ServiceState.choices)
    planned_on = models.DateField(_("prevista para"), null=True, blank=True)
    delivered_on = models.DateField(_("fecha"), null=True, blank=True)
    closed_on = models.DateField(_("cancelada el"), null=True, blank=True)
    site = models.ForeignKey(
        "places.Site", models.PROTECT, null=True, blank=True, verbose_name=_("sitio"), related_name="+"
    )
    provider = models.ForeignKey(
        "places.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("quién lo presta"),
        related_name="+",
    )
    quantity = models.PositiveIntegerField(_("cantidad"), default=1)
    outcome = models.CharField(_("resultado"), max_length=40, blank=True, default="")
    note = SealedTextField(_("nota"), null=True, blank=True)
    sort_on = sorted_by("delivered_on", "closed_on", "planned_on")

    PRIVACY = (
        dict.fromkeys(
            ("state", "planned_on", "delivered_on", "closed_on", "site", "provider", "quantity"), Privacy.RESTRICTED
        )
        | dict.fromkeys(("type", "kinds", "outcome"), Privacy.CONFIDENTIAL)
        | {"note": Privacy.STRICTLY_CONFIDENTIAL}
    )

    class Meta(Act.Meta):
        constraints = [
            *Act.Meta.constraints,
            models.CheckConstraint(
                condition=dated(
                    {
                        "planned": (("planned_on",), ("delivered_on", "closed_on")),
                        "delivered": (("delivered_on",), ("closed_on",)),
                        "cancelled": (("closed_on",), ("delivered_on",)),
                        "no_show": (("closed_on",), ("delivered_on",)),
                    }
                ),
                name="assistance_service_dates",
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="assistance_service_quantity"),
        ]
        indexes = [
            *Act.Meta.indexes,
            models.Index(fields=["delivered_on"], name="assistance_service_delivered"),
            # What is still to come is little beside what was delivered.
            models.Index(
                fields=["office", "planned_on"],
                name="assistance_service_planned",
                condition=models.Q(planned_on__isnull=False),
            ),
        ]

    @property
    def day(self):
        """The date lists sort and show: delivered, else closed, else planned."""
        return self.delivered_on or self.closed_on or self.planned_on


class Referral(Act):
    """A person handed to another organisation for a service, with what was shared and on which consent."""

    to = models.ForeignKey("places.Organisation", models.PROTECT, verbose_name=_("organización"), related_name="+")
    type = models.CharField(_("servicio que se pide"), max_length=40)
    reason = SealedTextField(_("motivo"), null=True, blank=True)
    urgency = models.CharField(_("urgencia"), max_length=12, choices=Urgency.choices, default=Urgency.ROUTINE)
    shared = models.JSONField(_("datos que se comparten"), default=list)
    # The consent it rests on, or the recorded override: who asked and why, and who else approved (rule 7).
    consent = models.ForeignKey(
        "people.Consent", models.PROTECT, null=True, verbose_name=_("consentimiento"), related_name="+"
    )
    override_reason = SealedTextField(_("motivo de la excepción"), null=True, blank=True)
    override_by = models.CharField(max_length=40, blank=True, default="", editable=False)
    state = models.CharField(_("estado"), max_length=14, choices=ReferralState.choices)
    drafted_on = models.DateField(_("preparada el"))
    sent_on = models.DateField(_("enviada el"), null=True, blank=True)
    answered_on = models.DateField(_("respondida el"), null=True, blank=True)
    delivered_on = models.DateField(_("cumplida el"), null=True, blank=True)
    closed_on = models.DateField(_("cerrada el"), null=True, blank=True)
    closing = models.CharField(
        _("motivo de cierre"), max_length=20, choices=DeclineReason.choices, blank=True, default=""
    )
    closing_note = SealedTextField(_("otro motivo"), null=True, blank=True)
    follow_up_on = models.DateField(_("preguntar el"), null=True, blank=True)
    sort_on = sorted_by("sent_on", "drafted_on")

    PRIVACY = (
        dict.fromkeys(
            (
                "to", "urgency", "state", "drafted_on", "sent_on", "answered_on", "delivered_on", "closed_on",
                "follow_up_on", "override_by",
            ),
            Privacy.RESTRICTED,
        )
        | dict.fromkeys(("type", "shared", "consent", "closing"), Privacy.CONFIDENTIAL)
        | dict.fromkeys(("reason", "override_reason", "closing_note"), Privacy.STRICTLY_CONFIDENTIAL)
    )  # fmt: skip

    class Meta(Act.Meta):
        constraints = [
            *Act.Meta.constraints,
            models.CheckConstraint(
                condition=dated(
                    {
                        "draft": ((), ("sent_on", "answered_on", "delivered_on", "closed_on")),
                        "sent": (("sent_on",), ("answered_on", "delivered_on", "closed_on")),
                        "accepted": (("sent_on", "answered_on"), ("delivered_on", "closed_on")),
                        "declined": (("sent_on", "answered_on", "closed_on"), ("delivered_on",)),
                        "delivered": (("sent_on", "answered_on", "delivered_on"), ("closed_on",)),
                        "not_delivered": (("sent_on", "answered_on", "closed_on"), ("delivered_on",)),
                        "revoked": (("closed_on",), ("delivered_on",)),
                    }
                ),
                name="assistance_referral_dates",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["declined", "not_delivered"]) | ~Q(closing=""),
                name="assistance_referral_says_why",
            ),
            # Nothing leaves the house without consent or an override somebody else approved (rule 7).
            models.CheckConstraint(
                condition=Q(sent_on=None)
                | Q(consent__isnull=False)
                | (Q(override_reason__isnull=False) & ~Q(override_by="")),
                name="assistance_referral_on_consent",
            ),
        ]
        indexes = [
            *Act.Meta.indexes,
            models.Index(fields=["delivered_on"], name="assistance_referral_delivered"),
            models.Index(fields=["office", "state"], name="assistance_referral_state"),
        ]

    @property
    def day(self):
        return self.delivered_on or self.closed_on or self.answered_on or self.sent_on or self.drafted_on


class IdentityProcedure(Act):
    """An application for a document of identity, followed until it is in the person's hands or refused.

    ``event_id`` names the registration drive it was taken at, if any; this room does not know events.
    """

    type = models.CharField(_("trámite"), max_length=40)
    event_id = models.UUIDField(null=True, editable=False)
    state = models.CharField(_("estado"), max_length=12, choices=ProcedureState.choices)
    received_on = models.DateField(_("recibido el"))
    submitted_on = models.DateField(_("ingresado el"), null=True, blank=True)
    issued_on = models.DateField(_("expedido el"), null=True, blank=True)
    delivered_on = models.DateField(_("entregado el"), null=True, blank=True)
    refused_on = models.DateField(_("negado el"), null=True, blank=True)
    refusal = models.CharField(_("motivo"), max_length=20, choices=RefusalReason.choices, blank=True, default="")
    missing = SealedTextField(_("qué falta"), null=True, blank=True)
    number = SealedTextField(_("número del documento"), null=True, blank=True)
    sort_on = sorted_by("received_on")
    site = models.ForeignKey(
        "places.Site", models.PROTECT, null=True, blank=True, verbose_name=_("sitio"), related_name="+"
    )

    PRIVACY = (
        dict.fromkeys(
            ("type", "state", "received_on", "submitted_on", "issued_on", "delivered_on", "refused_on", "site"),
            Privacy.RESTRICTED,
        )
        | dict.fromkeys(("event_id", "refusal"), Privacy.CONFIDENTIAL)
        | dict.fromkeys(("missing", "number"), Privacy.STRICTLY_CONFIDENTIAL)
    )

    class Meta(Act.Meta):
        constraints = [
            *Act.Meta.constraints,
            models.CheckConstraint(
                condition=dated(
                    {
                        "received": ((), ("submitted_on", "issued_on", "delivered_on", "refused_on")),
                        "incomplete": ((), ("submitted_on", "issued_on", "delivered_on", "refused_on")),
                        "submitted": (("submitted_on",), ("issued_on", "delivered_on", "refused_on")),
                        "issued": (("submitted_on", "issued_on"), ("delivered_on", "refused_on")),
                        "delivered": (("submitted_on", "issued_on", "delivered_on"), ("refused_on",)),
                        "refused": (("refused_on",), ("issued_on", "delivered_on")),
                    }
                ),
                name="assistance_procedure_dates",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(refusal=""), name="assistance_procedure_says_why_refused"
            ),
        ]
        indexes = [
            *Act.Meta.indexes,
            models.Index(fields=["issued_on"], name="assistance_procedure_issued"),
            models.Index(fields=["office", "state"], name="assistance_procedure_state"),
        ]

    @property
    def day(self):
        return self.delivered_on or self.refused_on or self.issued_on or self.submitted_on or self.received_on
