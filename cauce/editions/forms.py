"""Forms of the edition desk."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cauce.editions.enums import Profile, ReasonClass
from cauce.kernel.periods import Period
from cauce.mission import package
from cauce.ui import forms as ui

REASONS = [("", _("Es la primera edición")), *ReasonClass.choices]


def _reports() -> list[tuple[str, str]]:
    return [(report.key, report.title.get()) for report in package.current().reports.values()]


class DraftForm(ui.CaptureForm):
    """What to freeze: a report over a period, for whom, and why it changes when it follows another."""

    report = ui.ChoiceCards(label=_("Informe"), choices=_reports)
    period = forms.CharField(
        label=_("Periodo"),
        help_text=_("Un año (2022), un trimestre (2022-Q4), un mes (2022-03) o dos días (2022-01-15..2022-03-31)."),
        max_length=30,
        error_messages={"required": _("Escriba el periodo.")},
    )
    profile = ui.ChoiceCards(label=_("Para quién"), choices=Profile.choices, initial=Profile.PUBLIC)
    language = ui.ChoiceCards(label=_("Idioma"), choices=[("es", "Español"), ("en", "English")], initial="es")
    reason_class = ui.ChoiceCards(
        label=_("Por qué cambia"),
        help_text=_("Solo si ya hay una edición publicada del mismo informe y periodo: la sustituirá."),
        choices=REASONS,
        required=False,
        initial="",
    )
    reason_text = forms.CharField(
        label=_("Qué cambió"),
        help_text=_("Una frase que se imprime con la edición. Sin nombres ni datos de personas."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    fieldsets = [
        (_("Qué se publica"), ["report", "period"]),
        (_("Para quién"), ["profile", "language"]),
        (_("Si sustituye a otra"), ["reason_class", "reason_text"]),
    ]

    def clean_period(self) -> Period:
        try:
            return Period.parse(self.cleaned_data["period"])
        except ValueError:
            raise forms.ValidationError(
                _("«%(value)s» no es un periodo. Escriba por ejemplo 2022 o 2022-Q4."),
                params={"value": self.cleaned_data["period"]},
            ) from None
