"""Forms of this room. They tidy what was typed; whether it is allowed, the actions say."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cauce.access.viewer import Viewer
from cauce.records.places import queries as places
from cauce.records.programmes import queries
from cauce.records.programmes.enums import Chapter, DonorKind
from cauce.records.programmes.models import Donor, Project, Response
from cauce.ui import forms as ui


class ProjectForm(ui.CaptureForm):
    """Register a project."""

    code = forms.CharField(label=_("Clave"), help_text=_("Por ejemplo CT.1234"), max_length=20)
    name = forms.CharField(label=_("Nombre"), max_length=200)
    donor = ui.PickField(label=_("Donante"), required=False)
    start = ui.DayField(label=_("Inicio"))
    end = ui.DayField(label=_("Fin"), help_text=_("Vacío si aún no se sabe"), required=False)
    chapters = ui.CheckCards(label=_("Programas"), choices=Chapter.choices)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["donor"].choices = [(str(each.pk), each.name) for each in queries.donors(viewer)]

    def values(self) -> dict[str, Any]:
        """What ``NewProject`` takes."""
        values = dict(self.cleaned_data)
        values["donor"] = UUID(values["donor"]) if values["donor"] else None
        return values


class ResponseForm(ui.CaptureForm):
    """Register a response."""

    code = forms.CharField(label=_("Clave"), help_text=_("Por ejemplo COVID-19, MPP o T42"), max_length=20)
    name = forms.CharField(label=_("Nombre"), max_length=120)
    name_en = forms.CharField(label=_("Nombre en inglés"), max_length=120, required=False)
    start = ui.DayField(label=_("Desde"))
    end = ui.DayField(label=_("Hasta"), help_text=_("Vacío mientras dure"), required=False)

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class DonorForm(ui.CaptureForm):
    """Register a donor."""

    name = forms.CharField(label=_("Nombre"), max_length=160)
    short_name = forms.CharField(label=_("Siglas"), max_length=20, required=False)
    kind = ui.SelectField(label=_("Tipo"), choices=DonorKind.choices)
    country = ui.PickField(label=_("País"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = list(places.country_choices().items())

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class Correction(forms.Form):
    """Mixin of the correcting forms: why, and what the fields were."""

    reason = ui.ReasonForm.base_fields["reason"]

    def changes(self) -> dict[str, Any]:
        """What ``actions.correct`` takes: related rows by their id."""
        values = self.values()  # type: ignore[attr-defined]  # of the form it is mixed into
        for name in ("capture", "reason"):
            del values[name]
        for name in ("donor", "country"):
            if name in values:
                values[f"{name}_id"] = values.pop(name) or None
        return values


class ProjectCorrection(Correction, ProjectForm):
    def __init__(self, *args: Any, entry: Project, **kwargs: Any) -> None:
        initial = {name: getattr(entry, name) for name in ("code", "name", "start", "end", "chapters")}
        super().__init__(*args, initial=initial | {"donor": entry.donor_id}, **kwargs)


class ResponseCorrection(Correction, ResponseForm):
    def __init__(self, *args: Any, entry: Response, **kwargs: Any) -> None:
        initial = {name: getattr(entry, name) for name in ("code", "name", "name_en", "start", "end")}
        super().__init__(*args, initial=initial, **kwargs)


class DonorCorrection(Correction, DonorForm):
    def __init__(self, *args: Any, entry: Donor, **kwargs: Any) -> None:
        initial = {name: getattr(entry, name) for name in ("name", "short_name", "kind")}
        super().__init__(*args, initial=initial | {"country": entry.country_id}, **kwargs)


class ProjectFilter(ui.FilterForm):
    q = forms.CharField(label=_("Clave o nombre"), max_length=80)
    chapter = ui.SelectField(label=_("Programa"), blank=_("Todos"), choices=Chapter.choices)
    current = forms.BooleanField(label=_("Solo vigentes"))


class YearFilter(forms.Form):
    """Which year of months to show; anything else is this year."""

    year = forms.IntegerField(min_value=2000, max_value=2100, required=False)

    def chosen(self) -> int:
        self.is_valid()
        return self.cleaned_data.get("year") or timezone.localdate().year


def month_from(text: str) -> date | None:
    """``2022-11`` from an address; None when it is not a month."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
