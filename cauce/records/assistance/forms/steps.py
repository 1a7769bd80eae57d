"""Taking a step: its date, and what it has to say."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cauce.records.assistance import vocabulary
from cauce.records.assistance.enums import DeclineReason, ProcedureState, RefusalReason
from cauce.records.assistance.forms.acts import TODAY, SupportForm, note_field
from cauce.ui import forms as ui


class ReferralStepForm(ui.Form):
    """The date of a step, and the reason where it says no."""

    on = ui.DayField(label=_("Fecha"), initial=TODAY, max_day=TODAY)
    closing = ui.SelectField(label=_("Motivo"), choices=DeclineReason.choices)
    closing_note = forms.CharField(label=_("Cuál es el otro motivo"), max_length=500, required=False)

    def __init__(self, *args: Any, says_no: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not says_no:
            del self.fields["closing"], self.fields["closing_note"]


class ProcedureStepForm(ui.Form):
    """What the next step of a procedure needs to know."""

    on = ui.DayField(label=_("Fecha"), initial=TODAY, max_day=TODAY)
    number = forms.CharField(
        label=_("Número del documento"), max_length=60, required=False, help_text=_("Se guarda cifrado")
    )
    refusal = ui.SelectField(label=_("Motivo de la negativa"), choices=RefusalReason.choices)
    missing = note_field(_("Qué falta"))

    KEPT = {
        ProcedureState.INCOMPLETE: ("missing",),
        ProcedureState.ISSUED: ("on", "number"),
        ProcedureState.REFUSED: ("on", "refusal", "missing"),
    }

    def __init__(self, *args: Any, to: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - set(self.KEPT.get(to, ("on",))):
            del self.fields[name]
        if to == ProcedureState.REFUSED:
            self.fields["missing"].label = _("Detalle de la negativa")


class DayForm(ui.Form):
    """The date something was done on."""

    on = ui.DayField(label=_("Fecha"), initial=TODAY, max_day=TODAY)


class DeliverForm(DayForm):
    """A planned service that was delivered; a consultation says its kinds, a test its result."""

    kinds = ui.CheckCards(label=_("Clases de consulta"), required=False)
    outcome = ui.SelectField(label=_("Resultado de la prueba"))

    def __init__(self, *args: Any, type: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if type == vocabulary.CONSULTATION:
            self.fields["kinds"].choices = vocabulary.choices("consultation_kinds")
        else:
            del self.fields["kinds"]
        if type == vocabulary.TEST:
            self.fields["outcome"].choices = [("", _("Elija una opción")), *vocabulary.choices("test_results")]
        else:
            del self.fields["outcome"]


class HandOverForm(DayForm):
    """Planned items that were handed over."""

    signed = forms.BooleanField(label=_("Hay recibo firmado"), required=False)


class ReceiveForm(DayForm):
    """Goods the site signed for."""

    signed_by = SupportForm.base_fields["signed_by"]
    note_number = forms.CharField(label=_("Número de acta"), max_length=40, required=False)


class CancelForm(ui.ReasonForm):
    """Why a planned service will not take place."""

    no_show = forms.BooleanField(label=_("La persona no se presentó"), required=False)
