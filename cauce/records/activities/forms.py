"""Forms of this room. They tidy what was typed; whether it is allowed, the actions say."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cauce.access.viewer import Viewer
from cauce.kernel.problems import Problem
from cauce.records.activities import vocabularies
from cauce.records.activities.enums import LABOUR_COURSE, EventState, Form, Sex
from cauce.records.activities.models import Evaluation, Event, Participation, Session
from cauce.records.people.queries import by_folio
from cauce.records.places.forms import LinesField, MunicipalityField
from cauce.records.places.models import Organisation
from cauce.records.places.queries import organisation_choices, organisation_names, organisations, site_choices
from cauce.records.programmes.queries import projects, response_choices
from cauce.ui import forms as ui

REASON = ui.ReasonForm.base_fields["reason"]


class EventFilter(ui.FilterForm):
    """What the list of events can be narrowed to."""

    q = forms.CharField(label=_("Título o clave"))
    type = ui.SelectField(
        label=_("Tipo"), blank=_("Todos"), choices=lambda: vocabularies.event_types().items(), required=False
    )
    state = ui.SelectField(label=_("Estado"), blank=_("Todos"), choices=EventState.choices, required=False)
    since = ui.DayField(label=_("Desde"), required=False)
    until = ui.DayField(label=_("Hasta"), required=False)


class EventForm(ui.CaptureForm):
    """Plan an event."""

    type = ui.SelectField(label=_("Tipo"), choices=lambda: vocabularies.event_types().items())
    title = forms.CharField(label=_("Título"), max_length=200)
    starts_on = ui.DayField(label=_("Empieza"))
    ends_on = ui.DayField(label=_("Termina"), required=False, help_text=_("Vacío: el mismo día"))
    modality = ui.ChoiceCards(
        label=_("Modalidad"), choices=lambda: vocabularies.modalities().items(), initial="in_person"
    )
    municipality = MunicipalityField(required=False)
    site = ui.PickField(label=_("Sitio"), required=False)
    organiser = ui.PickField(label=_("Organiza"), required=False, help_text=_("Vacío: la misión"))
    partners = LinesField(
        label=_("Con quién"), required=False, help_text=_("Una organización por línea, como está en Lugares")
    )
    topics = ui.CheckCards(label=_("Temas"), choices=lambda: vocabularies.topics().items(), required=False)
    language = ui.SelectField(label=_("Idioma"), choices=lambda: vocabularies.languages().items(), initial="es")
    facilitators = ui.WholeField(label=_("Personas facilitadoras"), min_value=0, max_value=500, required=False)
    response = ui.SelectField(label=_("Respuesta"), blank=_("Ninguna"), required=False)
    projects = ui.CheckCards(label=_("Proyectos"), required=False)

    fieldsets = [
        (_("Qué es"), ["type", "title", "topics", "language"]),
        (_("Cuándo y dónde"), ["starts_on", "ends_on", "modality", "municipality", "site"]),
        (_("Con quién"), ["organiser", "partners", "facilitators", "response", "projects"]),
    ]

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        self.fields["site"].choices = site_choices(viewer)
        self.fields["organiser"].choices = organisation_choices(viewer)
        self.fields["response"].choices = [("", _("Ninguna")), *response_choices(viewer)]
        self.fields["projects"].choices = [(each.code, str(each)) for each in projects(viewer)]
        if not self.fields["projects"].choices:
            del self.fields["projects"]

    def clean_partners(self) -> list[str]:
        names = organisation_names(self.viewer)
        try:
            return [str(names.find(name).pk) for name in self.cleaned_data["partners"]]
        except Problem as problem:
            raise ValidationError(str(problem), code=problem.code) from None

    def values(self) -> dict[str, Any]:
        """What ``actions.plan`` takes, without ``capture``."""
        values = dict(self.cleaned_data)
        for name in ("capture", "reason"):
            values.pop(name, None)
        values["municipality_id"] = values.pop("municipality") or None
        for name in ("site", "organiser", "response"):
            typed = values.pop(name)
            values[f"{name}_id"] = UUID(typed) if typed else None
        values["ends_on"] = values["ends_on"] or values["starts_on"]
        return values


class EventCorrection(EventForm):
    """Correct an event: the same fields, and why."""

    reason = REASON

    def __init__(self, *args: Any, event: Event, viewer: Viewer, **kwargs: Any) -> None:
        names = (
            "type", "title", "starts_on", "ends_on", "modality", "topics", "language", "facilitators", "projects",
        )  # fmt: skip
        initial = {name: getattr(event, name) for name in names}
        initial |= {
            "municipality": event.municipality_id, "site": event.site_id, "organiser": event.organiser_id,
            "response": event.response_id, "partners": partner_names(event, viewer),
        }  # fmt: skip
        super().__init__(*args, viewer=viewer, initial=initial, **kwargs)


def partner_names(event: Event, viewer: Viewer) -> list[str]:
    """Names of the partners as the catalogue has them now."""
    found: dict[str, Organisation] = {
        str(each.pk): each for each in organisations(viewer).filter(pk__in=event.partners)
    }
    return [str(found[pk]) for pk in event.partners if pk in found]


class SessionForm(ui.CaptureForm):
    """Add a session."""

    day = ui.DayField(label=_("Fecha"))
    hours = forms.DecimalField(
        label=_("Horas"), max_digits=4, decimal_places=1, localize=True, widget=ui.NumberText,
        help_text=_("Por ejemplo 4 o 2,5"),
    )  # fmt: skip

    def __init__(self, *args: Any, event: Event, session: Session | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "day": session.day if session else event.starts_on,
            "hours": session.hours if session else None,
        }
        super().__init__(*args, **kwargs)


class SessionCorrection(SessionForm):
    reason = REASON


class PersonForm(ui.CaptureForm):
    """Note one person, quickly: a sector is enough."""

    name = forms.CharField(label=_("Nombre"), max_length=160, required=False, help_text=_("Puede quedar vacío"))
    person = forms.CharField(label=_("Folio de la persona"), max_length=24, required=False)
    sectors = ui.CheckCards(
        label=_("Sector"), choices=lambda: vocabularies.sectors().items(), help_text=_("Marque todos los que apliquen")
    )
    sex = ui.ChoiceCards(label=_("Sexo"), choices=Sex.choices, initial=Sex.UNKNOWN)
    organisation_name = ui.SuggestField(label=_("Institución"), max_length=160, required=False)
    position = forms.CharField(label=_("Cargo"), max_length=120, required=False)
    age = ui.WholeField(label=_("Edad"), min_value=0, max_value=120, required=False)

    def __init__(self, *args: Any, viewer: Viewer, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        names = [name for _pk, name in organisation_choices(viewer)]
        self.fields["organisation_name"].widget.suggestions = lambda: names
        if event.type == LABOUR_COURSE:
            self.fields["person"].required = True
            for needless in ("name", "organisation_name", "position", "age"):
                del self.fields[needless]
        else:
            del self.fields["person"]

    def clean_person(self) -> Any:
        folio = self.cleaned_data["person"]
        found = by_folio(folio, self.viewer) if folio else None
        if folio and found is None:
            raise ValidationError(
                _("No hay ninguna persona con el folio «%(folio)s» a la vista de su oficina."),
                code="activities.no_such_person",
                params={"folio": folio[:24]},
            )
        return found

    def values(self) -> dict[str, Any]:
        """What ``actions.register`` takes."""
        values = dict(self.cleaned_data)
        if typed := values.get("organisation_name"):
            known = organisations(self.viewer).filter(name=typed)[:2]
            values["organisation"] = known[0] if len(known) == 1 else None
        values["name"] = values.get("name") or None
        return {"form": Form.INDIVIDUAL, **values}


class PersonCorrection(PersonForm):
    """Correct who somebody was; the sector is the one that counts."""

    sector = ui.SelectField(label=_("Sector"), choices=lambda: vocabularies.sectors().items())
    reason = REASON
    field_order = ["name", "person", "sector"]

    def __init__(self, *args: Any, participation: Participation, viewer: Viewer, **kwargs: Any) -> None:
        names = ("name", "sector", "sex", "organisation_name", "position", "age")
        initial = {name: getattr(participation, name) for name in names}
        initial["person"] = participation.person.folio if participation.person else ""
        super().__init__(*args, viewer=viewer, event=participation.event, initial=initial, **kwargs)
        del self.fields["sectors"]

    def changes(self) -> dict[str, Any]:
        values = self.values()
        return {name: value for name, value in values.items() if name not in ("capture", "reason", "form")}


class CountCorrection(ui.Form):
    """Correct how many were counted."""

    sector = ui.SelectField(label=_("Sector"), choices=lambda: vocabularies.sectors().items())
    sex = ui.ChoiceCards(label=_("Sexo"), choices=Sex.choices)
    quantity = ui.WholeField(label=_("Personas"), min_value=1, max_value=100_000)
    apart = forms.BooleanField(label=_("Son otras personas que las de la lista"), required=False)
    reason = REASON

    def __init__(self, *args: Any, participation: Participation, **kwargs: Any) -> None:
        initial = {name: getattr(participation, name) for name in ("sector", "sex", "quantity", "apart")}
        super().__init__(*args, initial=initial, **kwargs)

    def changes(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("sector", "sex", "quantity", "apart")}


COUNTED_SEXES = (Sex.FEMALE, Sex.MALE, Sex.OTHER, Sex.UNKNOWN)


class CountForm(ui.CaptureForm):
    """Head count by sector and sex, in one table; empty cells are nobody."""

    apart = forms.BooleanField(
        label=_("Son otras personas que las de la lista"),
        help_text=_("Solo si un sector tiene lista de nombres y aquí no se repite a nadie."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sectors = vocabularies.sectors()
        for sector, label in self.sectors.items():
            for sex in COUNTED_SEXES:
                self.fields[f"{sector}-{sex}"] = ui.WholeField(
                    label=f"{label}: {sex.label}", min_value=0, max_value=100_000, required=False
                )

    def table(self) -> list[tuple[str, list[tuple[Any, Any]]]]:
        """Sector by sector, the cells of its sexes with the sex's label."""
        return [
            (label, [(self[f"{sector}-{sex}"], sex.label) for sex in COUNTED_SEXES])
            for sector, label in self.sectors.items()
        ]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if not self.errors and not any(values.get(name) for name in self.fields if "-" in name):
            raise ValidationError(_("Escriba al menos una cantidad."), code="activities.count_of_nobody")
        return values

    def counts(self) -> list[dict[str, Any]]:
        """One set of values for ``actions.register`` per cell that says somebody; each with its own capture."""
        values = self.cleaned_data
        return [
            {
                "form": Form.COUNT, "sector": sector, "sex": sex.value, "quantity": values[f"{sector}-{sex}"],
                "apart": values["apart"], "capture": uuid5(values["capture"], f"{sector}|{sex}"),
            }
            for sector in self.sectors
            for sex in COUNTED_SEXES
            if values.get(f"{sector}-{sex}")
        ]  # fmt: skip


def _score(label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, max_digits=4, decimal_places=1, min_value=0, max_value=100, required=False, localize=True,
        widget=ui.NumberText,
    )  # fmt: skip


class ScoreForm(ui.Form):
    """Results of the tests before and after."""

    pre = _score(_("Prueba inicial (0 a 100)"))
    post = _score(_("Prueba final (0 a 100)"))


def _average(label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, max_digits=3, decimal_places=2, min_value=1, max_value=5, required=False, localize=True,
        widget=ui.NumberText,
    )  # fmt: skip


class EvaluationForm(ui.CaptureForm):
    """Averages of the anonymous forms, and of the tests when they were not noted person by person."""

    respondents = ui.WholeField(label=_("Formularios respondidos"), min_value=0, initial=0)
    content = _average(_("Contenido"))
    facilitation = _average(_("Facilitación"))
    logistics = _average(_("Organización"))
    usefulness = _average(_("Utilidad para el trabajo"))
    tested = ui.WholeField(label=_("Personas con ambas pruebas"), min_value=0, required=False)
    pre_mean = _score(_("Promedio de la prueba inicial"))
    post_mean = _score(_("Promedio de la prueba final"))

    fieldsets = [
        (
            _("Qué les pareció"),
            ["respondents", "content", "facilitation", "logistics", "usefulness"],
            _("Promedios del 1 al 5. Sin formularios, deje cero y los promedios vacíos."),
        ),
        (
            _("Qué aprendieron"),
            ["tested", "pre_mean", "post_mean"],
            _("Vacío: se toma de las pruebas registradas persona por persona."),
        ),
    ]

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        values["tested"] = values["tested"] or 0
        return values


class EvaluationCorrection(EvaluationForm):
    reason = REASON

    def __init__(self, *args: Any, evaluation: Evaluation, **kwargs: Any) -> None:
        names = ("respondents", *Evaluation.QUESTIONS, "tested", "pre_mean", "post_mean")
        super().__init__(*args, initial={name: getattr(evaluation, name) for name in names}, **kwargs)

    def changes(self) -> dict[str, Any]:
        return {name: value for name, value in self.values().items() if name not in ("capture", "reason")}
