"""Recording an act: one form each, few fields first, the rest below."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cauce.access.viewer import Viewer
from cauce.records.assistance import permissions, vocabulary
from cauce.records.assistance.enums import (
    ItemState,
    ProcedureState,
    ReferralState,
    ServiceState,
    SharedField,
    SupportState,
    Urgency,
)
from cauce.records.places import queries as places
from cauce.records.programmes import queries as programmes
from cauce.ui import forms as ui

_DONE_OR_PLANNED = _("¿Ya se hizo?")
TODAY = timezone.localdate


def note_field(label: Any = _("Nota"), **options: Any) -> forms.CharField:
    """Free text that is sealed: a reminder not to write what others should not read."""
    return forms.CharField(
        label=label,
        required=options.pop("required", False),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=options.pop("help_text", _("Se guarda cifrada. Sin nombres ni teléfonos de otras personas.")),
        **options,
    )


class UnderForm(ui.CaptureForm):
    """What most acts may say beside themselves: where, under which response and project."""

    site = ui.PickField(label=_("Sitio"), help_text=_("Escriba unas letras y elija"), required=False)
    response = ui.SelectField(label=_("Respuesta"), required=False, blank=_("Ninguna en especial"))
    project = ui.SelectField(label=_("Proyecto"), required=False, blank=_("Sin proyecto"))

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        if "site" in self.fields:
            self.fields["site"].choices = places.site_choices(viewer)
        self.fields["response"].choices = [("", _("Ninguna en especial")), *programmes.response_choices(viewer)]
        projects = [(each.code, str(each)) for each in programmes.projects(viewer)]
        self.fields["project"].choices = [("", _("Sin proyecto")), *projects]

    def under(self) -> dict[str, Any]:
        """The common fields as the actions take them."""
        cleaned = self.cleaned_data
        site, response = cleaned.get("site"), cleaned.get("response")
        return {
            **({"capture": cleaned["capture"]} if "capture" in self.fields else {}),
            "response": programmes.response(self.viewer, UUID(response)) if response else None,
            "projects": (cleaned["project"],) if cleaned.get("project") else (),
            **({"site": places.site(self.viewer, UUID(site)) if site else None} if "site" in self.fields else {}),
        }


class ServiceForm(UnderForm):
    """A service or a consultation, planned or delivered."""

    type = ui.SelectField(label=_("Servicio"))
    kinds = ui.CheckCards(
        label=_("Clases de consulta"),
        help_text=_("Si en la misma visita hubo varias, márquelas todas: es una sola consulta."),
        required=False,
    )
    outcome = ui.SelectField(label=_("Resultado de la prueba"), required=False)
    state = ui.ChoiceCards(
        label=_DONE_OR_PLANNED,
        choices=[(ServiceState.DELIVERED, _("Sí, ya se prestó")), (ServiceState.PLANNED, _("No, está previsto"))],
        initial=ServiceState.DELIVERED,
    )
    day = ui.DayField(label=_("Fecha"), initial=TODAY, help_text=_("Por ejemplo, 14/06/2022"))
    provider = ui.PickField(
        label=_("Quién lo presta"), help_text=_("Déjelo vacío si lo presta la misión"), required=False
    )
    quantity = ui.WholeField(label=_("Cantidad"), min_value=1, max_value=10_000, initial=1)
    note = note_field()
    fieldsets = [
        (_("Qué se hizo"), ["type", "kinds", "outcome"]),
        (_("Cuándo y dónde"), ["state", "day", "site"]),
        (_("Más detalle"), ["provider", "quantity", "response", "project", "note"]),
    ]
    folded = (_("Más detalle"),)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        health = permissions.may_read_health(self.viewer)
        types = [
            (code, label)
            for code, label in vocabulary.choices("service_types")
            if health or code not in vocabulary.HEALTH_TYPES
        ]
        self.fields["type"].choices = [("", _("Elija una opción")), *types]
        if health:
            self.fields["kinds"].choices = vocabulary.choices("consultation_kinds")
            results = vocabulary.choices("test_results")
            self.fields["outcome"].choices = [("", _("No es una prueba")), *results]
        else:
            del self.fields["kinds"], self.fields["outcome"]
        self.fields["provider"].choices = places.organisation_choices(self.viewer)

    def values(self) -> dict[str, Any]:
        """What ``NewService`` takes, without the person."""
        cleaned, under = self.cleaned_data, self.under()
        provider = cleaned["provider"]
        return {
            **under,
            "type": cleaned["type"],
            "kinds": tuple(cleaned.get("kinds", ())),
            "outcome": cleaned.get("outcome", ""),
            "state": cleaned["state"],
            "delivered_on": cleaned["day"] if cleaned["state"] == ServiceState.DELIVERED else None,
            "planned_on": cleaned["day"] if cleaned["state"] == ServiceState.PLANNED else None,
            "provider": places.organisation(self.viewer, UUID(provider)) if provider else None,
            "quantity": cleaned["quantity"],
            "note": cleaned["note"],
        }


class ReferralForm(UnderForm):
    """A referral; the reason for an exception is asked only where consent is missing."""

    site = None  # a referral has none of our sites
    to = ui.PickField(label=_("Organización"), help_text=_("Escriba unas letras y elija"))
    type = ui.SelectField(label=_("Servicio que se pide"))
    shared = ui.CheckCards(
        label=_("Datos que se comparten"),
        choices=SharedField.choices,
        help_text=_("Solo lo que la otra organización necesita para atender."),
        initial=[SharedField.FOLIO, SharedField.NEED],
    )
    urgency = ui.ChoiceCards(label=_("Urgencia"), choices=Urgency.choices, initial=Urgency.ROUTINE)
    follow_up_on = ui.DayField(label=_("Preguntar por la respuesta el"), required=False)
    reason = note_field(_("Motivo"))
    override_reason = note_field(
        _("Por qué debe salir sin consentimiento"),
        help_text=_("Otra persona con esa facultad lo revisará; hasta entonces queda en borrador."),
    )
    fieldsets = [
        (_("A quién y para qué"), ["to", "type", "reason"]),
        (_("Qué se comparte"), ["shared", "urgency", "follow_up_on"]),
        (_("Más detalle"), ["response", "project"]),
        (_("Excepción"), ["override_reason"]),
    ]
    folded = (_("Más detalle"),)

    def __init__(self, *args: Any, has_consent: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = places.organisation_choices(self.viewer)
        self.fields["type"].choices = [("", _("Elija una opción")), *vocabulary.choices("service_types")]
        if has_consent:
            del self.fields["override_reason"]

    def values(self) -> dict[str, Any]:
        """What ``NewReferral`` takes, without the person."""
        cleaned = self.cleaned_data
        return {
            **self.under(),
            "to": places.organisation(self.viewer, UUID(cleaned["to"])),
            "type": cleaned["type"],
            "shared": tuple(cleaned["shared"]),
            "urgency": cleaned["urgency"],
            "reason": cleaned["reason"],
            "follow_up_on": cleaned["follow_up_on"],
            "override_reason": cleaned.get("override_reason", ""),
            "state": ReferralState.SENT,
        }


class ProcedureForm(UnderForm):
    """An application for a document of identity."""

    type = ui.SelectField(label=_("Trámite"))
    received_on = ui.DayField(label=_("Recibido el"), initial=TODAY, max_day=TODAY)
    missing = note_field(_("Qué falta"), help_text=_("Los documentos que la persona debe traer, si falta alguno"))
    fieldsets = [
        (_("El trámite"), ["type", "received_on", "missing"]),
        (_("Más detalle"), ["site", "response", "project"]),
    ]
    folded = (_("Más detalle"),)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["type"].choices = [("", _("Elija una opción")), *vocabulary.choices("identity_procedures")]

    def values(self) -> dict[str, Any]:
        """What ``NewProcedure`` takes, without the person."""
        cleaned = self.cleaned_data
        state = ProcedureState.INCOMPLETE if cleaned["missing"].strip() else ProcedureState.RECEIVED
        return {**self.under(), **{name: cleaned[name] for name in ("type", "received_on", "missing")}, "state": state}


class ItemForm(UnderForm):
    """Items for a person; in a pre- or postnatal kit the person is the mother."""

    item_class = ui.SelectField(
        label=_("Clase de artículo"), help_text=_("En los kits prenatal y posnatal la persona es la madre.")
    )
    item = forms.CharField(label=_("Artículo"), max_length=120, required=False, help_text=_("Por ejemplo, cobija"))
    quantity = ui.WholeField(label=_("Cantidad"), min_value=1, max_value=10_000, initial=1)
    state = ui.ChoiceCards(
        label=_DONE_OR_PLANNED,
        choices=[(ItemState.DELIVERED, _("Sí, ya se entregó")), (ItemState.PLANNED, _("No, está prevista"))],
        initial=ItemState.DELIVERED,
    )
    day = ui.DayField(label=_("Fecha"), initial=TODAY)
    signed = forms.BooleanField(label=_("Hay recibo firmado"), required=False)
    fieldsets = [
        (_("Qué se entrega"), ["item_class", "item", "quantity"]),
        (_("Cuándo y dónde"), ["state", "day", "site", "signed"]),
        (_("Más detalle"), ["response", "project"]),
    ]
    folded = (_("Más detalle"),)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item_class"].choices = [("", _("Elija una opción")), *vocabulary.choices("item_classes")]

    def values(self) -> dict[str, Any]:
        """What ``NewItem`` takes, without the person."""
        cleaned = self.cleaned_data
        return {
            **self.under(),
            **{name: cleaned[name] for name in ("item_class", "item", "quantity", "state", "signed")},
            "delivered_on": cleaned["day"] if cleaned["state"] == ItemState.DELIVERED else None,
            "planned_on": cleaned["day"] if cleaned["state"] == ItemState.PLANNED else None,
        }


class SupportForm(UnderForm):
    """A delivery to a site; its lines are a form set beside it."""

    site = ui.PickField(label=_("Sitio"), help_text=_("Escriba unas letras y elija"))
    state = ui.ChoiceCards(
        label=_("¿Ya se recibió?"),
        choices=[
            (SupportState.RECEIVED, _("Sí, el sitio firmó")),
            (SupportState.DISPATCHED, _("Salió hacia el sitio")),
            (SupportState.PLANNED, _("Está previsto")),
        ],
        initial=SupportState.RECEIVED,
    )
    day = ui.DayField(label=_("Fecha"), initial=TODAY)
    signed_by = forms.CharField(
        label=_("Quién firmó (su función)"),
        max_length=80,
        required=False,
        help_text=_("Por ejemplo, Coordinación del albergue. Nunca un nombre."),
    )
    note_number = forms.CharField(label=_("Número de acta"), max_length=40, required=False)
    note = note_field()
    sure = forms.BooleanField(label=_("Sí, es otro apoyo distinto"), required=False)

    def values(self) -> dict[str, Any]:
        """What ``NewSupport`` takes, without the lines."""
        cleaned = self.cleaned_data
        dates = {"received": "received_on", "dispatched": "dispatched_on", "planned": "planned_on"}
        return {
            **self.under(),
            **{name: cleaned[name] for name in ("state", "signed_by", "note_number", "note")},
            dates[cleaned["state"]]: cleaned["day"],
        }


class LineForm(ui.Form):
    """One line of a delivery note."""

    item_class = ui.SelectField(label=_("Clase de artículo"))
    item = forms.CharField(label=_("Artículo"), max_length=120, required=False)
    quantity = ui.WholeField(label=_("Cantidad"), min_value=1, max_value=1_000_000)
    measure = forms.CharField(label=_("Medida"), max_length=30, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item_class"].choices = [("", _("Elija una opción")), *vocabulary.choices("item_classes")]


LineForms = forms.formset_factory(LineForm, extra=1, min_num=1, validate_min=True, max_num=20)
