"""Forms behind the vaults. Free text is sealed; no form asks for a name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cauce.records.assistance.forms.acts import note_field
from cauce.records.people.countries import choices as countries
from cauce.records.protection import enums, rules
from cauce.records.protection.models.vaults import VaultRecord
from cauce.ui import forms as ui

TODAY = timezone.localdate
NO_NAMES = _("Se guarda cifrado. Sin nombres, lugares exactos ni nada que identifique a otras personas.")
YES_NO = [("yes", _("Sí")), ("no", _("No")), ("", _("No se sabe"))]


def _yes_no(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=YES_NO,
        required=False,
        coerce=lambda text: text == "yes",
        empty_value=None,
        widget=ui.RadioCards,
    )


def _told(value: bool | None) -> str:
    return {True: "yes", False: "no"}.get(value, "")


class IncidentForm(ui.CaptureForm):
    """One incident, asked in the order of the incident recorder; the type follows from six questions."""

    reported_on = ui.DayField(label=_("Fecha del relato"), initial=TODAY, max_day=TODAY)
    incident_on = ui.DayField(label=_("Fecha del incidente"), max_day=TODAY, required=False)
    incident_estimated = forms.BooleanField(label=_("La fecha del incidente es aproximada"), required=False)
    reported_by_survivor = forms.BooleanField(
        label=_("Lo relató la persona sobreviviente"), required=False, initial=True
    )
    penetration = forms.BooleanField(label=_("1. ¿Hubo penetración?"), required=False)
    contact = forms.BooleanField(label=_("2. ¿Hubo contacto sexual no deseado?"), required=False)
    physical = forms.BooleanField(label=_("3. ¿Hubo agresión física?"), required=False)
    marriage = forms.BooleanField(label=_("4. ¿Fue un matrimonio forzado?"), required=False)
    denial = forms.BooleanField(label=_("5. ¿Se negaron recursos, oportunidades o servicios?"), required=False)
    emotional = forms.BooleanField(label=_("6. ¿Hubo maltrato psicológico o emocional?"), required=False)
    harmful_practice = forms.BooleanField(label=_("Fue una práctica nociva"), required=False)
    goods_exchanged = forms.BooleanField(label=_("Hubo intercambio de bienes o favores"), required=False)
    abduction = forms.BooleanField(label=_("Hubo secuestro"), required=False)
    stage = ui.SelectField(label=_("Momento del viaje"), choices=enums.Stage.choices)
    day_time = ui.SelectField(label=_("Momento del día"), choices=enums.DayTime.choices)
    place_type = ui.SelectField(label=_("Tipo de lugar"), choices=enums.PlaceType.choices)
    perpetrators = ui.SelectField(label=_("Cuántas personas agresoras"), choices=enums.Perpetrators.choices)
    relation = ui.SelectField(label=_("Relación con la persona agresora"), choices=enums.Perpetrator.choices)
    earlier_incidents = _yes_no(_("¿Hubo incidentes anteriores?"))
    reported_elsewhere = forms.BooleanField(label=_("Ya lo relató en otra organización"), required=False)
    offered = ui.CheckCards(
        label=_("Servicios que se le ofrecieron"), choices=enums.OfferedService.choices, required=False
    )
    wants_legal_action = _yes_no(_("¿Desea acción legal?"))
    account = note_field(_("Relato"), help_text=NO_NAMES)
    QUESTIONS = ("penetration", "contact", "physical", "marriage", "denial", "emotional")
    fieldsets = [
        (_("Cuándo"), ["reported_on", "incident_on", "incident_estimated", "reported_by_survivor"]),
        (
            _("Qué ocurrió"),
            [*QUESTIONS, "harmful_practice", "goods_exchanged", "abduction"],
            _("Pregunte en este orden; el tipo es el de la primera respuesta afirmativa."),
        ),
        (_("Dónde y quién"), ["stage", "day_time", "place_type", "perpetrators", "relation"]),
        (
            _("Antes y ahora"),
            ["earlier_incidents", "reported_elsewhere", "offered", "wants_legal_action", "account"],
        ),
    ]

    def values(self) -> dict[str, Any]:
        """What ``record_incident`` takes; the six answers become the type."""
        cleaned = dict(self.cleaned_data)
        answers = [cleaned.pop(name) for name in self.QUESTIONS]
        return {**cleaned, "type": rules.gbv_type(answers), "account": cleaned["account"].strip() or None}


class Reasoned(ui.CaptureForm):
    """A detail with one row a case: what stands there is shown, and changing it needs a reason."""

    def __init__(self, *args: Any, record: VaultRecord | None, **kwargs: Any) -> None:
        self.record = record
        if record is not None:
            kwargs["initial"] = self.stands(record)
        super().__init__(*args, **kwargs)
        if record is not None:
            self.fields["reason"] = ui.ReasonForm.base_fields["reason"]

    def stands(self, record: Any) -> dict[str, Any]:
        return {name: getattr(record, name) for name in self.base_fields if name != "capture"}

    def values(self) -> dict[str, Any]:
        """What the action takes; empty sealed texts are none."""
        cleaned = dict(self.cleaned_data)
        for name in ("account", "notice_folio", "childs_view", "decision"):
            if name in cleaned:
                cleaned[name] = cleaned[name].strip() or None
        return cleaned


class TraffickingForm(Reasoned):
    """What is known, and who decided it."""

    status = ui.ChoiceCards(label=_("Condición"), choices=enums.TraffickingStatus.choices)
    decided_by = ui.SelectField(label=_("Quién lo determinó"), choices=enums.DecidedBy.choices)
    decided_on = ui.DayField(label=_("Fecha de la determinación"), initial=TODAY, max_day=TODAY)
    exploitation = ui.CheckCards(label=_("Forma de explotación"), choices=enums.Exploitation.choices, required=False)
    recruitment = ui.CheckCards(
        label=_("Captación"),
        choices=enums.Recruitment.choices,
        required=False,
        help_text=_("Si es niña, niño o adolescente no hace falta que haya medios."),
    )
    control = ui.CheckCards(label=_("Medios de control"), choices=enums.Control.choices, required=False)
    age_when_trafficked = ui.WholeField(
        label=_("Edad al inicio de la explotación"), min_value=0, max_value=120, required=False
    )
    recruited_in = ui.PickField(label=_("País de captación"), required=False)
    exploited_in = ui.PickField(label=_("País de explotación"), required=False)
    account = note_field(_("Relato"), help_text=NO_NAMES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("recruited_in", "exploited_in"):
            self.fields[name].choices = list(countries().items())


class ChildForm(Reasoned):
    """Notices, care and best interests."""

    notified_on = ui.DayField(label=_("Aviso a la Procuraduría"), max_day=TODAY, required=False)
    notice_folio = forms.CharField(label=_("Folio del aviso"), max_length=60, required=False)
    restitution_plan = forms.BooleanField(label=_("Hay plan de restitución de derechos"), required=False)
    care = ui.SelectField(
        label=_("Cuidado actual"), choices=[each for each in enums.ChildCare.choices if each[0]], required=False
    )
    placed_on = ui.DayField(label=_("Canalización al DIF"), max_day=TODAY, required=False)
    best_interests = ui.SelectField(
        label=_("Interés superior"),
        choices=[each for each in enums.BestInterests.choices if each[0]],
        required=False,
        blank=_("No se ha hecho"),
    )
    decided_on = ui.DayField(label=_("Fecha de la decisión"), max_day=TODAY, required=False)
    review_on = ui.DayField(label=_("Fecha de revisión"), required=False)
    tracing_wanted = _yes_no(_("¿Quiere buscar a su familia?"))
    childs_view = note_field(_("Lo que dijo la niña, el niño o adolescente"), help_text=NO_NAMES)
    decision = note_field(_("Decisión y opciones valoradas"), help_text=NO_NAMES)

    def stands(self, record: Any) -> dict[str, Any]:
        return {**super().stands(record), "tracing_wanted": _told(record.tracing_wanted)}
