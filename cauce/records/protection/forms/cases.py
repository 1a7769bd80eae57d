"""Opening a case and working on it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cauce.records.assistance import vocabulary
from cauce.records.assistance.forms.acts import note_field
from cauce.records.people.models import Person
from cauce.records.protection import rules
from cauce.records.protection.enums import CaseState, LawTerm, LegalBasis, Risk, Uasc
from cauce.records.protection.models import Case
from cauce.records.protection.queries.cases import Colleague
from cauce.ui import forms as ui

TODAY = timezone.localdate
_CHOOSE = ("", _("Elija una opción"))


class Situation(ui.Form):
    """Needs, categories and, for whom is not an adult, with whom the child travels."""

    needs = ui.CheckCards(label=_("Qué necesita"), help_text=_("Marque todo lo que haga falta; al menos una."))
    categories = ui.CheckCards(
        label=_("Qué más aplica"),
        help_text=_("Solo lo que conste. La categoría del caso se calcula; si nada aplica, es canalización general."),
        required=False,
    )
    uasc = ui.SelectField(label=_("Con quién viaja (Naciones Unidas)"), required=False, blank=_("No aplica"))
    law_term = ui.SelectField(label=_("Con quién viaja (ley mexicana)"), required=False, blank=_("No aplica"))

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["needs"].choices = vocabulary.choices("needs")
        listed = [(code, label) for code, label in vocabulary.choices(rules.CATEGORIES) if code != rules.GENERAL]
        self.fields["categories"].choices = listed
        age = person.age_on(timezone.localdate())
        if age is not None and age >= 18 and not (self.initial.get("uasc") or self.initial.get("law_term")):
            del self.fields["uasc"], self.fields["law_term"]
            return
        self.fields["uasc"].choices = [("", _("No aplica")), *[each for each in Uasc.choices if each[0]]]
        self.fields["law_term"].choices = [("", _("No aplica")), *[each for each in LawTerm.choices if each[0]]]

    def situation(self) -> dict[str, Any]:
        """Needs, categories and the child's situation as the actions take them."""
        cleaned = self.cleaned_data
        return {
            "needs": tuple(cleaned["needs"]),
            "categories": tuple(cleaned["categories"]),
            "uasc": cleaned.get("uasc", ""),
            "law_term": cleaned.get("law_term", ""),
        }


class OpenForm(Situation, ui.CaptureForm):
    """A new case: few questions first; on what it rests is asked only where consent is missing."""

    channel = ui.SelectField(label=_("Cómo llegó"))
    population = ui.SelectField(label=_("Población"))
    risk = ui.ChoiceCards(label=_("Riesgo"), choices=Risk.choices, required=False)
    state = ui.ChoiceCards(
        label=_("¿Se abre ya?"),
        choices=[(CaseState.OPEN, _("Sí, se abre")), (CaseState.IDENTIFIED, _("No, solo queda identificado"))],
        initial=CaseState.OPEN,
    )
    day = ui.DayField(label=_("Fecha"), initial=TODAY, max_day=TODAY)
    legal_basis = ui.SelectField(label=_("Base de licitud"), help_text=_("La persona no ha dado su consentimiento."))
    basis_reason = note_field(_("Por qué se abre sin consentimiento"))
    summary = note_field(_("Resumen"))
    fieldsets = [
        (_("Necesidades"), ["needs", "categories", "uasc", "law_term"]),
        (_("El caso"), ["risk", "channel", "population", "state", "day"]),
        (_("Sin consentimiento"), ["legal_basis", "basis_reason"]),
        (_("Más detalle"), ["summary"]),
    ]

    def __init__(self, *args: Any, has_consent: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].choices = [_CHOOSE, *vocabulary.choices("channels")]
        self.fields["population"].choices = [_CHOOSE, *vocabulary.choices("populations")]
        if has_consent:
            del self.fields["legal_basis"], self.fields["basis_reason"]
        else:
            others = [each for each in LegalBasis.choices if each[0] != LegalBasis.CONSENT]
            self.fields["legal_basis"].choices = [_CHOOSE, *others]

    def values(self) -> dict[str, Any]:
        """What ``NewCase`` takes, without the person."""
        cleaned = self.cleaned_data
        opened = cleaned["day"] if cleaned["state"] == CaseState.OPEN else None
        return {
            **self.situation(),
            **{name: cleaned[name] for name in ("capture", "channel", "population", "risk", "state", "summary")},
            "identified_on": cleaned["day"],
            "opened_on": opened,
            "legal_basis": cleaned.get("legal_basis") or LegalBasis.CONSENT,
            "basis_reason": cleaned.get("basis_reason", ""),
        }


class CategoryForm(Situation, ui.ReasonForm):
    """Say anew what applies, and why."""

    fieldsets = [
        (_("Necesidades"), ["needs", "categories", "uasc", "law_term"]),
        (_("Por qué cambia"), ["reason"]),
    ]

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        names = ("needs", "categories", "uasc", "law_term")
        super().__init__(*args, person=case.person, initial={name: getattr(case, name) for name in names}, **kwargs)

    def values(self) -> dict[str, Any]:
        """What ``recategorise`` takes."""
        situation = self.situation()
        for name in ("uasc", "law_term"):
            if name not in self.fields:
                situation[name] = None
        return {**situation, "reason": self.cleaned_data["reason"]}


class CloseForm(ui.Form):
    closing = ui.SelectField(label=_("Motivo de cierre"))
    closing_note = note_field(_("Detalle"))
    on = ui.DayField(label=_("Fecha"), initial=TODAY, max_day=TODAY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["closing"].choices = [_CHOOSE, *vocabulary.choices("case_closings")]


class AssignForm(ui.Form):
    to = ui.SelectField(label=_("Responsable"))

    def __init__(self, *args: Any, colleagues: list[Colleague], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [_CHOOSE, *((each.id, each.name) for each in colleagues)]


class PlanForm(ui.Form):
    next_step = forms.CharField(
        label=_("Próximo paso"), max_length=120, required=False, help_text=_("Vacío si no hay ninguno pendiente")
    )
    next_on = ui.DayField(label=_("Para cuándo"), required=False)


class CorrectionForm(ui.ReasonForm):
    """Risk, how the person came, population, dates and summary."""

    risk = ui.ChoiceCards(label=_("Riesgo"), choices=Risk.choices, required=False)
    channel = ui.SelectField(label=_("Cómo llegó"))
    population = ui.SelectField(label=_("Población"))
    identified_on = ui.DayField(label=_("Identificado el"), max_day=TODAY)
    opened_on = ui.DayField(label=_("Abierto el"), max_day=TODAY)
    summary = note_field(_("Resumen"))
    field_order = ["risk", "channel", "population", "identified_on", "opened_on", "summary", "reason"]
    NAMES = ("risk", "channel", "population", "identified_on", "opened_on", "summary")

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, initial={name: getattr(case, name) for name in self.NAMES}, **kwargs)
        self.fields["channel"].choices = vocabulary.choices("channels")
        self.fields["population"].choices = vocabulary.choices("populations")
        if case.opened_on is None:
            del self.fields["opened_on"]

    def changes(self) -> dict[str, Any]:
        """What ``correct_case`` takes."""
        cleaned = self.cleaned_data
        changes = {name: cleaned[name] for name in self.NAMES if name in self.fields}
        return {**changes, "summary": cleaned["summary"].strip() or None}


class CaseFilter(ui.FilterForm):
    mine = forms.BooleanField(label=_("Solo los míos"))
    state = forms.ChoiceField(
        label=_("Estado"), choices=[("", _("Sin cerrar")), *CaseState.choices, ("all", _("Todos"))]
    )
    category = forms.ChoiceField(
        label=_("Categoría"), choices=lambda: [("", _("Todas")), *vocabulary.choices(rules.CATEGORIES)]
    )
    risk = forms.ChoiceField(label=_("Riesgo"), choices=[("", _("Todos")), *Risk.choices])
