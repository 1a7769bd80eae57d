"""Correcting an act: the same fields with what stands in them, and why. States change by their steps alone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from cauce.access.viewer import Viewer
from cauce.records.assistance import vocabulary
from cauce.records.assistance.enums import ItemState, ServiceState, SharedField
from cauce.records.assistance.forms.acts import ItemForm, ProcedureForm, ServiceForm, SupportForm, UnderForm
from cauce.records.assistance.models import (
    IdentityProcedure,
    ItemDelivery,
    Referral,
    Service,
    SiteSupport,
    SupportLine,
)
from cauce.records.assistance.models.acts import Tagged
from cauce.records.places import queries as places
from cauce.ui import forms as ui


class Correction(UnderForm):
    """Mixin: the record's values as initial ones, a reason at the end, no capture and no state of its own."""

    def __init__(self, *args: Any, record: Tagged, **kwargs: Any) -> None:
        self.record = record
        project = record.projects[0] if record.projects else ""
        kwargs["initial"] = {
            "response": record.response_id,
            "project": project,
            "site": getattr(record, "site_id", None),
            **self.stands(record),
        }
        super().__init__(*args, **kwargs)
        for name in ("state", "capture"):
            self.fields.pop(name, None)
        # Projects that the form has no room for stay as they are.
        if len(record.projects) > 1:
            del self.fields["project"]
        self.fields["reason"] = ui.ReasonForm.base_fields["reason"]
        self.fieldsets = [*self.fieldsets, (_("Por qué se corrige"), ["reason"])]

    def stands(self, record: Any) -> dict[str, Any]:
        raise NotImplementedError

    def common(self) -> dict[str, Any]:
        """Site, response and projects as the actions take them."""
        under = self.under()
        under["projects"] = list(under["projects"]) if "project" in self.fields else list(self.record.projects)
        return under


class ServiceCorrection(Correction, ServiceForm):
    def stands(self, record: Service) -> dict[str, Any]:
        names = ("type", "kinds", "outcome", "quantity", "note")
        return {**{name: getattr(record, name) for name in names}, "day": record.day, "provider": record.provider_id}

    def changes(self) -> dict[str, Any]:
        """What ``correct_service`` takes."""
        self.cleaned_data["state"] = self.record.state
        values = {**ServiceForm.values(self), **self.common()}
        names = ("type", "provider", "quantity", "site", "response", "projects")
        field = "delivered_on" if self.record.state == ServiceState.DELIVERED else "planned_on"
        shown = {"kinds": list(values["kinds"]), "outcome": values["outcome"]} if "kinds" in self.fields else {}
        return {
            **{name: values[name] for name in names},
            **shown,
            field: self.cleaned_data["day"],
            "note": values["note"].strip() or None,
        }


class ItemCorrection(Correction, ItemForm):
    def stands(self, record: ItemDelivery) -> dict[str, Any]:
        names = ("item_class", "item", "quantity", "signed")
        return {**{name: getattr(record, name) for name in names}, "day": record.day}

    def changes(self) -> dict[str, Any]:
        """What ``correct_item`` takes."""
        field = "delivered_on" if self.record.state == ItemState.DELIVERED else "planned_on"
        names = ("item_class", "item", "quantity", "signed")
        return {
            **self.common(),
            **{name: self.cleaned_data[name] for name in names},
            field: self.cleaned_data["day"],
        }


class ProcedureCorrection(Correction, ProcedureForm):
    """Every date of a step that was taken may be corrected."""

    submitted_on = ui.DayField(label=_("Ingresado el"))
    issued_on = ui.DayField(label=_("Expedido el"))
    delivered_on = ui.DayField(label=_("Entregado el"))
    refused_on = ui.DayField(label=_("Negado el"))
    number = forms.CharField(label=_("Número del documento"), max_length=60, required=False)
    STEPS = ("submitted_on", "issued_on", "delivered_on", "refused_on")
    fieldsets = [
        (_("El trámite"), ["type", "received_on", *STEPS, "number", "missing"]),
        (_("Más detalle"), ["site", "response", "project"]),
    ]
    folded = (_("Más detalle"),)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.STEPS:
            if getattr(self.record, name) is None:
                del self.fields[name]
        if self.record.issued_on is None:
            del self.fields["number"]

    def stands(self, record: IdentityProcedure) -> dict[str, Any]:
        names = ("type", "received_on", "missing", "number", *self.STEPS)
        return {name: getattr(record, name) for name in names}

    def changes(self) -> dict[str, Any]:
        """What ``correct_procedure`` takes."""
        names = [name for name in ("type", "received_on", *self.STEPS) if name in self.fields]
        sealed = {
            name: self.cleaned_data[name].strip() or None for name in ("missing", "number") if name in self.fields
        }
        return {**self.common(), **{name: self.cleaned_data[name] for name in names}, **sealed}


class ReferralCorrection(ui.ReasonForm):
    """Whom it went to, what was asked, and the dates of the steps that were taken."""

    to = ui.PickField(label=_("Organización"))
    type = ui.SelectField(label=_("Servicio que se pide"))
    shared = ui.CheckCards(label=_("Datos que se comparten"), choices=SharedField.choices)
    sent_on = ui.DayField(label=_("Enviada el"))
    answered_on = ui.DayField(label=_("Respondida el"))
    delivered_on = ui.DayField(label=_("Cumplida el"))
    closed_on = ui.DayField(label=_("Cerrada el"))
    field_order = ["to", "type", "shared", "sent_on", "answered_on", "delivered_on", "closed_on", "reason"]
    STEPS = ("sent_on", "answered_on", "delivered_on", "closed_on")

    def __init__(self, *args: Any, viewer: Viewer, record: Referral, **kwargs: Any) -> None:
        names = ("type", "shared", *self.STEPS)
        initial = {"to": record.to_id, **{name: getattr(record, name) for name in names}}
        super().__init__(*args, initial=initial, **kwargs)
        self.viewer = viewer
        self.fields["to"].choices = places.organisation_choices(viewer)
        self.fields["type"].choices = vocabulary.choices("service_types")
        for name in self.STEPS:
            if getattr(record, name) is None:
                del self.fields[name]

    def changes(self) -> dict[str, Any]:
        """What ``correct_referral`` takes."""
        changes = {name: value for name, value in self.cleaned_data.items() if name != "reason"}
        return {
            **changes,
            "to": places.organisation(self.viewer, UUID(changes["to"])),
            "shared": list(changes["shared"]),
        }


class SupportCorrection(Correction, SupportForm):
    """Site, date and signature; lines are corrected one by one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["sure"]

    def stands(self, record: SiteSupport) -> dict[str, Any]:
        return {"day": record.day, **{name: getattr(record, name) for name in ("signed_by", "note_number", "note")}}

    def changes(self) -> dict[str, Any]:
        """What ``correct_support`` takes."""
        dates = {"planned": "planned_on", "dispatched": "dispatched_on"}
        cleaned = self.cleaned_data
        return {
            **self.common(),
            dates.get(self.record.state, "received_on"): cleaned["day"],
            "signed_by": cleaned["signed_by"].strip(),
            "note_number": cleaned["note_number"].strip(),
            "note": cleaned["note"].strip() or None,
        }


class LineCorrection(ui.ReasonForm):
    """How many it really were."""

    quantity = ui.WholeField(label=_("Cantidad"), min_value=1, max_value=1_000_000)
    item = forms.CharField(label=_("Artículo"), max_length=120, required=False)
    field_order = ["quantity", "item", "reason"]

    @classmethod
    def of(cls, line: SupportLine, data: Any) -> LineCorrection:
        return cls(data, initial={"quantity": line.quantity, "item": line.item})
