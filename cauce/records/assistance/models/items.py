"""Items: handed to a person, or delivered to a site."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cauce.kernel.privacy import Privacy
from cauce.keys.fields import SealedTextField
from cauce.records.assistance.enums import ItemState, SupportState
from cauce.records.assistance.models.acts import Act, Tagged, dated, sorted_by
from cauce.records.base import Record


class ItemDelivery(Act):
    """Items or kits of one class handed to one person; for a pre- or postnatal kit the person is the mother."""

    item_class = models.CharField(_("clase de artículo"), max_length=40)
    item = models.CharField(_("artículo"), max_length=120, blank=True, default="")
    quantity = models.PositiveIntegerField(_("cantidad"), default=1)
    state = models.CharField(_("estado"), max_length=14, choices=ItemState.choices)
    planned_on = models.DateField(_("prevista para"), null=True, blank=True)
    delivered_on = models.DateField(_("fecha"), null=True, blank=True)
    closed_on = models.DateField(_("cancelada el"), null=True, blank=True)
    site = models.ForeignKey(
        "places.Site", models.PROTECT, null=True, blank=True, verbose_name=_("sitio"), related_name="+"
    )
    signed = models.BooleanField(_("hay recibo firmado"), default=False)
    sort_on = sorted_by("delivered_on", "closed_on", "planned_on")

    PRIVACY = dict.fromkeys(
        ("quantity", "state", "planned_on", "delivered_on", "closed_on", "site", "signed"), Privacy.RESTRICTED
    ) | dict.fromkeys(("item_class", "item"), Privacy.CONFIDENTIAL)

    class Meta(Act.Meta):
        constraints = [
            *Act.Meta.constraints,
            models.CheckConstraint(
                condition=dated(
                    {
                        "planned": (("planned_on",), ("delivered_on", "closed_on")),
                        "delivered": (("delivered_on",), ("closed_on",)),
                        "not_delivered": (("closed_on",), ("delivered_on",)),
                    }
                ),
                name="assistance_itemdelivery_dates",
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="assistance_itemdelivery_quantity"),
        ]
        indexes = [
            *Act.Meta.indexes,
            models.Index(fields=["delivered_on"], name="assistance_item_delivered"),
            models.Index(fields=["person", "item_class"], name="assistance_item_person"),
        ]

    @property
    def day(self):
        return self.delivered_on or self.closed_on or self.planned_on


class SiteSupport(Tagged):
    """One delivery to a site, with its lines; received when the site's staff signed the delivery note."""

    site = models.ForeignKey("places.Site", models.PROTECT, verbose_name=_("sitio"), related_name="+")
    state = models.CharField(_("estado"), max_length=12, choices=SupportState.choices)
    planned_on = models.DateField(_("previsto para"), null=True, blank=True)
    dispatched_on = models.DateField(_("enviado el"), null=True, blank=True)
    received_on = models.DateField(_("recibido el"), null=True, blank=True)
    closed_on = models.DateField(_("cancelado el"), null=True, blank=True)
    # The function of who signed, never a name: a delivery note is no register of shelter staff.
    signed_by = models.CharField(_("quién firmó (función)"), max_length=80, blank=True, default="")
    note_number = models.CharField(_("número de acta"), max_length=40, blank=True, default="")
    note = SealedTextField(_("nota"), null=True, blank=True)
    sort_on = sorted_by("received_on", "closed_on", "dispatched_on", "planned_on")

    PRIVACY = dict.fromkeys(
        (
            "site", "state", "planned_on", "dispatched_on", "received_on", "closed_on", "signed_by", "note_number",
        ),
        Privacy.RESTRICTED,
    ) | {"note": Privacy.CONFIDENTIAL}  # fmt: skip

    class Meta(Tagged.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=dated(
                    {
                        "planned": (("planned_on",), ("dispatched_on", "received_on", "closed_on")),
                        "dispatched": (("dispatched_on",), ("received_on", "closed_on")),
                        "received": (("received_on",), ("closed_on",)),
                        "corrected": (("received_on",), ("closed_on",)),
                        "cancelled": (("closed_on",), ("received_on",)),
                    }
                ),
                name="assistance_sitesupport_dates",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["received", "corrected"]) | ~Q(signed_by=""),
                name="assistance_sitesupport_is_signed",
            ),
        ]
        indexes = [
            models.Index(fields=["received_on"], name="assistance_support_received"),
            models.Index(fields=["site", "received_on"], name="assistance_support_site"),
            models.Index(
                fields=["voided_at", "-sort_on", "-recorded_at", "office", "batch"], name="assistance_support_seen"
            ),
        ]

    @property
    def day(self):
        return self.received_on or self.closed_on or self.dispatched_on or self.planned_on


class SupportLine(Record):
    """One line of a delivery note."""

    support = models.ForeignKey("assistance.SiteSupport", models.PROTECT, related_name="lines", editable=False)
    item_class = models.CharField(_("clase de artículo"), max_length=40)
    item = models.CharField(_("artículo"), max_length=120, blank=True, default="")
    quantity = models.PositiveIntegerField(_("cantidad"))
    measure = models.CharField(_("medida"), max_length=30, blank=True, default="")

    PRIVACY = dict.fromkeys(("support", "item_class", "item", "quantity", "measure"), Privacy.RESTRICTED)

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(condition=Q(quantity__gt=0), name="assistance_supportline_quantity"),
        ]
