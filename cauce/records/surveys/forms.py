"""Forms of this room. They tidy what was typed; whether it is allowed, the actions say."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cauce.access.viewer import Viewer
from cauce.records.people import countries
from cauce.records.places.forms import MunicipalityField
from cauce.records.surveys import queries, rules, vocabularies
from cauce.records.surveys.enums import RoundState, Sex, Tool
from cauce.records.surveys.models import Interview, Round
from cauce.ui import forms as ui

REASON = ui.ReasonForm.base_fields["reason"]


class RoundFilter(ui.FilterForm):
    """What the list of rounds can be narrowed to."""

    tool = ui.SelectField(label=_("Instrumento"), blank=_("Todos"), choices=Tool.choices, required=False)
    state = ui.SelectField(label=_("Estado"), blank=_("Todos"), choices=RoundState.choices, required=False)


class InterviewFilter(ui.FilterForm):
    """What the list of interviews can be narrowed to."""

    since = ui.DayField(label=_("Desde"), required=False)
    until = ui.DayField(label=_("Hasta"), required=False)
    unfiled = forms.BooleanField(label=_("Sin ronda"), required=False)


class RoundForm(ui.CaptureForm):
    """Plan a round: one tool in one city."""

    tool = ui.ChoiceCards(label=_("Instrumento"), choices=Tool.choices, initial=Tool.FMS)
    municipality = MunicipalityField(label=_("Ciudad"))
    starts_on = ui.DayField(label=_("Desde"))
    ends_on = ui.DayField(label=_("Hasta"))
    sample_planned = ui.WholeField(label=_("Muestra planeada"), min_value=0, required=False)
    sample_reported = ui.WholeField(
        label=_("Entrevistas informadas"),
        help_text=_("Solo si las entrevistas se guardan fuera de aquí, como en la EMIF"),
        min_value=0,
        required=False,
    )
    questionnaire = forms.CharField(label=_("Versión del cuestionario"), max_length=40, required=False)

    def values(self) -> dict[str, Any]:
        """What ``actions.plan_round`` takes, without ``capture``."""
        values = {name: value for name, value in self.cleaned_data.items() if name not in ("capture", "reason")}
        values["municipality_id"] = values.pop("municipality")
        return values


class RoundCorrection(RoundForm):
    """Correct a round, with what was told at its close."""

    refusals = ui.WholeField(label=_("Rechazos"), min_value=0, required=False)
    repeats_dropped = ui.WholeField(label=_("Repeticiones descartadas"), min_value=0, required=False)
    reason = REASON

    def __init__(self, *args: Any, round_: Round, **kwargs: Any) -> None:
        names = (
            "tool", "starts_on", "ends_on", "sample_planned", "sample_reported", "questionnaire", "refusals",
            "repeats_dropped",
        )  # fmt: skip
        initial = {name: getattr(round_, name) for name in names} | {"municipality": round_.municipality_id}
        super().__init__(*args, initial=initial, **kwargs)


class CloseForm(ui.Form):
    """What is known when collection ends."""

    refusals = ui.WholeField(label=_("Rechazos"), help_text=_("Personas que no quisieron responder"), min_value=0)
    repeats_dropped = ui.WholeField(
        label=_("Repeticiones descartadas"), help_text=_("Personas ya entrevistadas antes"), min_value=0
    )


class PublishForm(ui.Form):
    on = ui.DayField(label=_("Fecha de publicación"), max_day=timezone.localdate, initial=timezone.localdate)


def _country(label: Any) -> ui.PickField:
    return ui.PickField(label=label, required=False, help_text=_("Vacío: no lo dijo"))


class InterviewForm(ui.CaptureForm):
    """One anonymous interview, at the point where people pass: few fields, large targets, no name."""

    round = ui.SelectField(label=_("Ronda"), blank=_("La que corresponda"), required=False)
    date = ui.DayField(label=_("Fecha"), max_day=timezone.localdate, initial=timezone.localdate)
    municipality = MunicipalityField(label=_("Ciudad"))
    location = forms.CharField(
        label=_("Punto de entrevista"), help_text=_("Un lugar público, no un domicilio"), max_length=120, required=False
    )
    nationality = _country(_("Nacionalidad"))
    origin = _country(_("País de salida"))
    destination = _country(_("País de destino"))
    sex = ui.ChoiceCards(label=_("Sexo"), choices=Sex.choices, initial=Sex.UNKNOWN)
    age = ui.WholeField(label=_("Edad"), min_value=0, max_value=rules.OLDEST, required=False)
    group_size = ui.WholeField(
        label=_("Personas que viajan juntas"), min_value=1, max_value=rules.LARGEST_GROUP, initial=1
    )
    reasons = ui.CheckCards(
        label=_("Motivos de salida"),
        help_text=_("Todos los que mencionó; ninguno si no respondió"),
        choices=lambda: vocabularies.reasons().items(),
        required=False,
    )

    fieldsets = [
        (_("La persona"), ["nationality", "sex", "age", "group_size"], _("Sin nombre ni datos de contacto.")),
        (_("Su viaje"), ["origin", "destination", "reasons"]),
        (_("Dónde y cuándo"), ["round", "date", "municipality", "location"]),
    ]

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = list(countries.choices().items())
        for name in ("nationality", "origin", "destination"):
            self.fields[name].choices = named
        self.rounds = {str(each.pk): each for each in queries.open_rounds(viewer)}
        self.fields["round"].choices = [
            ("", _("La que corresponda")),
            *((pk, f"{each.code} · {each.municipality}") for pk, each in self.rounds.items()),
        ]

    def values(self) -> dict[str, Any]:
        """What ``actions.record_interview`` takes, without ``capture``."""
        values = {name: value for name, value in self.cleaned_data.items() if name not in ("capture", "reason")}
        values["municipality_id"] = values.pop("municipality") or None
        values["round"] = self.rounds.get(values["round"])
        return values


class InterviewCorrection(InterviewForm):
    """Correct an interview; the round it is filed under stays."""

    reason = REASON

    def __init__(self, *args: Any, interview: Interview, **kwargs: Any) -> None:
        names = (
            "date", "location", "nationality", "origin", "destination", "sex", "age", "group_size", "reasons",
        )  # fmt: skip
        initial = {name: getattr(interview, name) for name in names} | {"municipality": interview.municipality_id}
        super().__init__(*args, initial=initial, **kwargs)
        del self.fields["round"]
        # A city given by its state alone stays so.
        self.fields["municipality"].required = interview.municipality_id is not None
        self.state = interview.state

    def values(self) -> dict[str, Any]:
        values = {name: value for name, value in self.cleaned_data.items() if name not in ("capture", "reason")}
        values["municipality_id"] = values.pop("municipality") or None
        values["state"] = (values["municipality_id"] or self.state)[:2]
        return values
