"""Forms of this room. They tidy what was typed; whether it is allowed, the actions say."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cauce.access.viewer import Viewer
from cauce.kernel.problems import Problem
from cauce.records.places import queries
from cauce.records.places.enums import PROTECTED_KINDS, LegalRegime, OrganisationKind, ServiceType, SiteKind, Welcome
from cauce.records.places.models import Organisation, Site
from cauce.ui import forms as ui


class MunicipalityField(ui.SuggestField):
    """A municipality of Mexico as people say it; the value is its INEGI key."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Municipio"))
        kwargs.setdefault("help_text", _("Por ejemplo «Tijuana» o, si hay varios, «Juárez, Chihuahua»"))
        kwargs.setdefault("suggestions", queries.known_municipalities)
        super().__init__(max_length=120, **kwargs)

    def to_python(self, value: Any) -> str:
        typed = super().to_python(value)
        if not typed:
            return ""
        try:
            return queries.municipality_by_name(typed).pk
        except Problem as problem:
            raise ValidationError(str(problem), code=problem.code) from None

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str) and len(value) == 5 and value.isdigit():
            return str(queries.municipality(value))
        return value


class LinesField(forms.CharField):
    """Several short texts, one per line."""

    widget = forms.Textarea(attrs={"rows": 2})

    def to_python(self, value: Any) -> list[str]:
        return [line.strip() for line in super().to_python(value).splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value


ALIASES_HELP = _("Uno por línea. Con ellos se reconoce el lugar al importar hojas.")


class SiteForm(ui.CaptureForm):
    """Register a site."""

    name = forms.CharField(label=_("Nombre"), max_length=160)
    kind = ui.SelectField(label=_("Tipo"), choices=SiteKind.choices)
    municipality = MunicipalityField()
    organisation = ui.PickField(label=_("Organización que lo opera"), required=False)
    aliases = LinesField(label=_("Otros nombres"), help_text=ALIASES_HELP, required=False)
    capacity_regular = ui.WholeField(label=_("Capacidad regular"), min_value=0, max_value=20000, required=False)
    capacity_emergency = ui.WholeField(
        label=_("Capacidad de emergencia"),
        help_text=_("Incluye la regular"),
        min_value=0,
        max_value=20000,
        required=False,
    )
    accepts = ui.CheckCards(label=_("Recibe a"), choices=Welcome.choices, required=False)
    address = forms.CharField(
        label=_("Dirección"),
        help_text=_("Se guarda cifrada. La de albergues y hoteles filtro la ve solo quien la necesita."),
        max_length=300,
        required=False,
    )
    protected = forms.BooleanField(label=_("Dirección protegida"), required=False)
    opened = ui.DayField(label=_("Abierto desde"), max_day=timezone.localdate, required=False)

    fieldsets = [
        (_("Qué es"), ["name", "kind", "organisation", "aliases"]),
        (_("Dónde está"), ["municipality", "address", "protected", "opened"]),
        (_("Cuántas personas y quiénes"), ["capacity_regular", "capacity_emergency", "accepts"]),
    ]

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = queries.organisation_choices(viewer)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("kind") in PROTECTED_KINDS:
            values["protected"] = True
        return values

    def values(self) -> dict[str, Any]:
        """What ``NewSite`` takes."""
        values = dict(self.cleaned_data)
        values["organisation"] = UUID(values["organisation"]) if values["organisation"] else None
        return values


class SiteCorrection(SiteForm):
    """Correct a site: the same fields, and why."""

    reason = ui.ReasonForm.base_fields["reason"]

    def __init__(self, *args: Any, site: Site, **kwargs: Any) -> None:
        names = ("name", "kind", "aliases", "capacity_regular", "capacity_emergency", "accepts", "protected", "opened")
        initial = {name: getattr(site, name) for name in names}
        initial |= {"municipality": site.municipality_id, "organisation": site.organisation_id}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["address"].help_text = _("Déjela vacía para no cambiarla.")

    def changes(self) -> dict[str, Any]:
        """What ``correct_site`` takes. An empty address changes nothing: it was never shown."""
        values = self.values()
        for name in ("capture", "reason"):
            del values[name]
        values["organisation_id"] = values.pop("organisation")
        values["municipality_id"] = values.pop("municipality")
        if not values["address"]:
            del values["address"]
        return values


class CloseForm(ui.ReasonForm):
    """Since when a site no longer works."""

    day = ui.DayField(label=_("Último día en que funcionó"), max_day=timezone.localdate)
    field_order = ["day", "reason"]


class OrganisationForm(ui.CaptureForm):
    """Register an organisation."""

    name = forms.CharField(label=_("Nombre"), max_length=160)
    kind = ui.SelectField(label=_("Tipo"), choices=OrganisationKind.choices)
    legal_regime = ui.SelectField(
        label=_("Régimen legal de datos personales"),
        blank=_("El usual para su tipo"),
        help_text=_("Decide con qué reglas se le pueden compartir datos"),
        choices=LegalRegime.choices,
        required=False,
    )
    aliases = LinesField(label=_("Otros nombres"), help_text=ALIASES_HELP, required=False)
    state = ui.SelectField(label=_("Estado"), choices=lambda: queries.state_choices().items(), required=False)
    municipality = MunicipalityField(required=False)
    contact_role = forms.CharField(
        label=_("Puesto de contacto"),
        help_text=_("Un puesto, no una persona: «Coordinación de trabajo social»"),
        max_length=120,
        required=False,
    )
    contact_line = forms.CharField(label=_("Teléfono o correo institucional"), max_length=120, required=False)

    fieldsets = [
        (_("Qué es"), ["name", "kind", "legal_regime", "aliases"]),
        (_("Dónde está"), ["state", "municipality"]),
        (_("Contacto"), ["contact_role", "contact_line"]),
    ]

    def values(self) -> dict[str, Any]:
        """What ``NewOrganisation`` takes."""
        return dict(self.cleaned_data)


class OrganisationCorrection(OrganisationForm):
    """Correct an organisation: the same fields, and why."""

    reason = ui.ReasonForm.base_fields["reason"]

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        names = ("name", "kind", "legal_regime", "aliases", "contact_role", "contact_line")
        initial = {name: getattr(organisation, name) for name in names}
        initial |= {"municipality": organisation.municipality_id, "state": organisation.state_id}
        super().__init__(*args, initial=initial, **kwargs)

    def changes(self) -> dict[str, Any]:
        """What ``correct_organisation`` takes."""
        values = self.values()
        for name in ("capture", "reason"):
            del values[name]
        values["municipality_id"] = values.pop("municipality") or None
        values["state_id"] = values.pop("state") or (values["municipality_id"] or "")[:2] or None
        if not values["legal_regime"]:
            del values["legal_regime"]
        return values


class ServiceForm(ui.CaptureForm):
    """What a site or organisation offers."""

    service = ui.SelectField(label=_("Servicio"), choices=ServiceType.choices)
    conditions = forms.CharField(
        label=_("Condiciones"),
        help_text=_("Horario, requisitos, a quién atiende"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SiteFilter(ui.FilterForm):
    q = forms.CharField(label=_("Nombre"), max_length=80)
    kind = ui.SelectField(label=_("Tipo"), blank=_("Todos"), choices=SiteKind.choices)
    state = ui.SelectField(label=_("Estado"), blank=_("Todos"), choices=lambda: queries.state_choices().items())
    municipality = ui.SelectField(label=_("Municipio"), blank=_("Todos"), choices=queries.municipalities_with_sites)
    service = ui.SelectField(label=_("Ofrece"), blank=_("Cualquier servicio"), choices=ServiceType.choices)
    open = forms.BooleanField(label=_("Solo abiertos"))


class OrganisationFilter(ui.FilterForm):
    q = forms.CharField(label=_("Nombre"), max_length=80)
    kind = ui.SelectField(label=_("Tipo"), blank=_("Todos"), choices=OrganisationKind.choices)
    state = ui.SelectField(label=_("Estado"), blank=_("Todos"), choices=lambda: queries.state_choices().items())
