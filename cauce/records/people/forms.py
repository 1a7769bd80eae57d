"""Forms of this room."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cauce.languages.dates import parse_day
from cauce.records.people import countries, names
from cauce.records.people.enums import Basis, Channel, DecisionKind, DocumentType, GivenBy, Language, Mode, Purpose, Sex
from cauce.records.people.models import Person
from cauce.records.people.rules import MAX_AGE
from cauce.ui import forms as ui

YES_NO = [("yes", _("Sí, acepta")), ("no", _("No acepta"))]


def _countries() -> list[tuple[str, str]]:
    return list(countries.choices().items())


class AgeOrBirthField(forms.Field):
    """One field for both: "29" is an estimated age, "02/04/1993" a birth date. Cleans to (age, birth)."""

    widget = ui.DayInput
    default_error_messages = {
        "invalid": _("«%(value)s» no es una edad ni una fecha. Escriba 29, o 02/04/1993."),
        "future": _("La fecha de nacimiento está en el futuro."),
        "age": _("La edad va de 0 a 120 años."),
    }

    def to_python(self, value: Any) -> tuple[int | None, date | None]:
        text = str(value or "").strip()
        if not text:
            return None, None
        if match := re.fullmatch(r"(\d{1,3})(\s*años?)?", text):
            age = int(match[1])
            if age > MAX_AGE:
                raise ValidationError(self.error_messages["age"], code="age")
            return age, None
        try:
            birth = parse_day(text)
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid", params={"value": text[:40]}) from None
        if birth > timezone.localdate():
            raise ValidationError(self.error_messages["future"], code="future")
        return None, birth

    def validate(self, value: tuple[int | None, date | None]) -> None:
        if self.required and value == (None, None):
            raise ValidationError(self.error_messages["required"], code="required")

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%d/%m/%Y}" if isinstance(value, date) else value


def split_surnames(text: str) -> tuple[str, str]:
    """First and second surname of what was typed together; particles stay with the word after them."""
    first: list[str] = []
    words = text.split()
    for place, word in enumerate(words):
        first.append(word)
        if names.fold(word) not in names.PARTICLES:
            return " ".join(first), " ".join(words[place + 1 :])
    return " ".join(first), ""


class SearchFirstForm(ui.Form):
    """What is asked before registering: four of the five fields, never typed twice."""

    all_optional = True

    given_names = forms.CharField(label=_("Nombres"), max_length=120, required=False)
    surnames = forms.CharField(
        label=_("Apellidos"), max_length=120, required=False, help_text=_("Uno o dos, como los dice la persona.")
    )
    age_or_birth = AgeOrBirthField(
        label=_("Edad o fecha de nacimiento"), required=False, help_text=_("Por ejemplo, 29 o 02/04/1993.")
    )
    nationality = ui.PickField(
        label=_("Nacionalidad"), choices=_countries, required=False, help_text=_("Escriba unas letras y elija.")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not names.tokens(f"{cleaned.get('given_names', '')} {cleaned.get('surnames', '')}"):
            self.add_error("given_names", _("Escriba al menos un nombre o un apellido, como lo dice la persona."))
        return cleaned

    @property
    def text(self) -> str:
        return names.clean(f"{self.cleaned_data['given_names']} {self.cleaned_data['surnames']}")


class RegisterForm(ui.CaptureForm):
    """The five fields, two consents, and the rest a click away."""

    given_names = forms.CharField(label=_("Nombres"), max_length=120, required=False)
    first_surname = forms.CharField(label=_("Primer apellido"), max_length=120, required=False)
    second_surname = forms.CharField(label=_("Segundo apellido"), max_length=120, required=False)
    age_or_birth = AgeOrBirthField(
        label=_("Edad o fecha de nacimiento"), required=False, help_text=_("Por ejemplo, 29 o 02/04/1993.")
    )
    sex = ui.ChoiceCards(label=_("Sexo"), choices=Sex.choices)
    nationality = ui.PickField(label=_("Nacionalidad"), choices=_countries, required=False)
    consent_service = ui.ChoiceCards(
        label=_("¿Acepta que guardemos sus datos para atenderle?"),
        choices=YES_NO,
        error_messages={"required": _("Lea el aviso y anote la respuesta.")},
    )
    consent_statistics = ui.ChoiceCards(
        label=_("¿Acepta que le contemos, sin su nombre, en las estadísticas?"),
        choices=YES_NO,
        help_text=_("La atención no depende de esta respuesta."),
        error_messages={"required": _("Lea el aviso y anote la respuesta.")},
    )
    language = forms.ChoiceField(label=_("Idioma en que se leyó el aviso"), choices=Language.choices, initial="es")
    known_as = forms.CharField(label=_("Le dicen"), max_length=80, required=False)
    second_nationality = ui.PickField(label=_("Otra nacionalidad"), choices=_countries, required=False)
    stateless = forms.BooleanField(label=_("Es apátrida"), required=False)
    needs_interpreter = forms.BooleanField(label=_("Necesita intérprete"), required=False)
    phone = forms.CharField(
        label=_("Teléfono seguro"),
        max_length=40,
        required=False,
        help_text=_("Solo si la persona dice que es seguro llamarle."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    channel = ui.SelectField(label=_("Medio"), choices=Channel.choices, required=False)
    safe_hours = forms.CharField(label=_("Horario seguro"), max_length=80, required=False)
    may_leave_message = forms.BooleanField(label=_("Se puede dejar recado"), required=False)

    FIVE = ("given_names", "first_surname", "second_surname", "age_or_birth", "sex", "nationality")
    MORE = (
        "known_as", "second_nationality", "stateless", "needs_interpreter", "phone", "channel", "safe_hours",
        "may_leave_message",
    )  # fmt: skip

    @property
    def more_is_open(self) -> bool:
        """Keep the rest open when something in it is filled in or wrong."""
        return any(self.data.get(self.add_prefix(name)) or name in self.errors for name in self.MORE)

    def values(self) -> dict[str, Any]:
        """As ``rules.NewPerson`` takes them."""
        cleaned = self.cleaned_data
        age, birth = cleaned["age_or_birth"]
        pair = (cleaned["nationality"], cleaned["second_nationality"])
        same = ("given_names", "first_surname", "second_surname", "sex", "capture", *self.MORE)
        return {name: cleaned[name] for name in same if name != "second_nationality"} | {
            "age": age,
            "birth_date": birth,
            "nationalities": [code for code in pair if code],
            "languages": [cleaned["language"]],
            "consents": {
                Purpose.SERVICE.value: cleaned["consent_service"] == "yes",
                Purpose.STATISTICS.value: cleaned["consent_statistics"] == "yes",
            },
        }


class PersonFilter(ui.FilterForm):
    """What the list of people may be narrowed by; never a name."""

    sex = ui.SelectField(label=_("Sexo"), choices=Sex.choices, blank=_("Todos"))
    nationality = ui.SelectField(label=_("Nacionalidad"), choices=_countries, blank=_("Todas"))
    since = ui.DayField(label=_("Registrada desde"))
    until = ui.DayField(label=_("Registrada hasta"))
    stopped = forms.BooleanField(label=_("Con decisión vigente"))


class CorrectionForm(ui.ReasonForm):
    """The same fields as they stand, and why they change."""

    given_names = forms.CharField(label=_("Nombres"), max_length=120, required=False)
    first_surname = forms.CharField(label=_("Primer apellido"), max_length=120, required=False)
    second_surname = forms.CharField(label=_("Segundo apellido"), max_length=120, required=False)
    known_as = forms.CharField(label=_("Le dicen"), max_length=80, required=False)
    age_or_birth = AgeOrBirthField(label=_("Edad o fecha de nacimiento"), required=False)
    sex = ui.ChoiceCards(label=_("Sexo"), choices=Sex.choices)
    gender_identity = forms.CharField(
        label=_("Identidad de género"), max_length=80, required=False, help_text=_("Solo si la persona quiere decirla.")
    )
    nationality = ui.PickField(label=_("Nacionalidad"), choices=_countries, required=False)
    second_nationality = ui.PickField(label=_("Otra nacionalidad"), choices=_countries, required=False)
    stateless = forms.BooleanField(label=_("Es apátrida"), required=False)
    birth_country = ui.PickField(label=_("País de nacimiento"), choices=_countries, required=False)
    languages = ui.CheckCards(label=_("Idiomas"), choices=Language.choices, required=False)
    needs_interpreter = forms.BooleanField(label=_("Necesita intérprete"), required=False)

    PLAIN = (
        "given_names", "first_surname", "second_surname", "known_as", "sex", "gender_identity", "nationality",
        "stateless", "birth_country", "languages", "needs_interpreter",
    )  # fmt: skip
    fieldsets = [
        (_("Nombre"), ["given_names", "first_surname", "second_surname", "known_as"]),
        (_("Datos"), ["age_or_birth", "sex", "gender_identity", "nationality", "second_nationality", "stateless"]),
        (_("Origen e idioma"), ["birth_country", "languages", "needs_interpreter"]),
        (_("Por qué se corrige"), ["reason"]),
    ]

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        self.person = person
        initial = {name: getattr(person, name) for name in self.PLAIN}
        initial["second_nationality"] = (person.other_nationalities or [""])[0]
        initial["age_or_birth"] = person.birth_date or person.age_estimate
        super().__init__(*args, **{**kwargs, "initial": initial})

    def changes(self) -> dict[str, Any]:
        """Only what is different now."""
        cleaned = self.cleaned_data
        age, birth = cleaned["age_or_birth"]
        found: dict[str, Any] = {
            name: cleaned[name] for name in self.PLAIN if (getattr(self.person, name) or "") != (cleaned[name] or "")
        }
        if birth != self.person.birth_date or age != self.person.age_estimate:
            found |= {"birth_date": birth} if age is None else {"age_estimate": age}
            if age is None and birth is None:
                found |= {"age_estimate": None, "estimated_on": None}
        # Further nationalities beyond the second are kept as they are.
        others = [code for code in (cleaned["second_nationality"], *self.person.other_nationalities[1:]) if code]
        if others != self.person.other_nationalities:
            found["other_nationalities"] = others
        return found


class ContactForm(ui.CaptureForm):
    """How the person may be reached without danger."""

    phone = forms.CharField(
        label=_("Teléfono seguro"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    channel = ui.SelectField(label=_("Medio"), choices=Channel.choices, required=False)
    safe_hours = forms.CharField(
        label=_("Horario seguro"), max_length=80, required=False, help_text=_("Por ejemplo, después de las 18:00.")
    )
    may_leave_message = forms.BooleanField(
        label=_("Se puede dejar recado"),
        required=False,
        help_text=_("El recado nunca nombra a la organización ni el servicio, salvo que la persona lo acepte."),
    )


class DocumentForm(ui.CaptureForm):
    """A document the person showed."""

    type = ui.SelectField(label=_("Tipo de documento"), choices=DocumentType.choices)
    number = forms.CharField(label=_("Número"), max_length=60)
    issuer = ui.PickField(label=_("País que lo expidió"), choices=_countries, required=False)
    expires_on = ui.DayField(label=_("Vence el"), required=False)


class ConsentForm(ui.CaptureForm):
    """What the person said to one purpose, and how."""

    purpose = ui.SelectField(label=_("Finalidad"), choices=Purpose.choices)
    given = ui.ChoiceCards(label=_("Respuesta"), choices=YES_NO)
    given_by = forms.ChoiceField(label=_("Quién respondió"), choices=GivenBy.choices, initial=GivenBy.SELF)
    mode = forms.ChoiceField(label=_("Cómo"), choices=Mode.choices, initial=Mode.ORAL)
    language = forms.ChoiceField(label=_("Idioma en que se leyó el aviso"), choices=Language.choices, initial="es")
    interpreter = forms.CharField(
        label=_("Clave de intérprete"), max_length=40, required=False, help_text=_("La clave, no el nombre.")
    )
    scope = forms.CharField(
        label=_("Alcance o exclusiones"),
        required=False,
        max_length=300,
        help_text=_("Por ejemplo: no compartir con su consulado."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    expires_on = ui.DayField(label=_("Vence el"), required=False, min_day=timezone.localdate)
    basis = forms.ChoiceField(label=_("Base legal"), choices=Basis.choices, initial=Basis.CONSENT)
    basis_reason = forms.CharField(
        label=_("Por qué no fue posible el consentimiento"),
        required=False,
        max_length=300,
        help_text=_("Solo cuando la base no es el consentimiento."),
    )
    fieldsets = [
        (_("Respuesta"), ["purpose", "given", "scope", "expires_on"]),
        (_("Cómo se pidió"), ["given_by", "mode", "language", "interpreter"]),
        (_("Sin consentimiento"), ["basis", "basis_reason"]),
    ]

    def values(self) -> Mapping[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in {"purpose", "given", "capture"}}


class DecisionForm(ui.CaptureForm):
    """What others must obey; never a diagnosis."""

    kind = ui.ChoiceCards(label=_("Tipo"), choices=DecisionKind.choices)
    message = forms.CharField(
        label=_("Qué deben hacer los demás"),
        max_length=200,
        help_text=_("Lo lee todo el personal. Sin diagnóstico ni motivo. Por ejemplo: «No viaja hasta nuevo aviso»."),
    )
    call = forms.CharField(
        label=_("A quién llamar"), max_length=120, required=False, help_text=_("Un puesto y su extensión.")
    )
    starts_on = ui.DayField(label=_("Desde"), initial=timezone.localdate)
    until = ui.DayField(label=_("Hasta"), required=False, help_text=_("Vacío: hasta que se levante."))
    grounds = forms.CharField(
        label=_("Fundamento"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Se guarda sellado; lo leen quienes pueden decidir."),
    )


class GroupForm(ui.CaptureForm):
    """Join the group of somebody whose folio is known, or begin a new one."""

    companion = forms.CharField(
        label=_("Folio de quien viaja con la persona"),
        max_length=24,
        required=False,
        help_text=_("Vacío: empieza un grupo nuevo que esta persona encabeza."),
    )
    label = forms.CharField(
        label=_("Seña del grupo"),
        max_length=60,
        required=False,
        help_text=_("Por ejemplo: familia, dos hermanos. Sin nombres."),
    )
    heads = forms.BooleanField(label=_("Esta persona encabeza el grupo"), required=False)
