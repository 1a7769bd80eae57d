"""Forms with the house's look and manners: labels, hints and errors by the field, one record per capture.

The patterns are those of public-service forms tested under stress: one thing after the other, hints
before the control, an error summary that leads to the field, no placeholder in place of a label.
"""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from cauce.kernel.problems import Problem, Problems
from cauce.languages.dates import parse_day
from cauce.ui import formatting

REASON_MIN = 10  # characters: "error" explains nothing to who reads the audit log next year


class Renderer(TemplatesSetting):
    """Renders every form and field with the templates of ``ui/forms``."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"


class FormLook:
    """Mixin for ``Form`` and ``ModelForm``; put it first among the bases."""

    default_renderer = Renderer
    # The browser's own bubbles vanish, speak its language and stop at the first mistake: we say all of them.
    use_required_attribute = False
    # (legend, [field names]) or (legend, [field names], hint); fields named nowhere come last.
    fieldsets: Iterable[tuple] = ()
    # Legends of fieldsets that are shut until opened: nothing in them has to be answered.
    folded: Iterable[Any] = ()
    # Nothing has to be answered, and the page says so once instead of at each field.
    all_optional = False

    def groups(self) -> Iterator[dict[str, Any]]:
        """The visible fields by fieldset, for the form's template."""
        left = [bound.name for bound in self.visible_fields()]  # type: ignore[attr-defined]
        for legend, names, *hint in self.fieldsets:
            present = [name for name in names if name in left]
            left = [name for name in left if name not in present]
            if present:
                fields = [self[name] for name in present]  # type: ignore[index]
                yield {
                    "legend": legend,
                    "hint": hint[0] if hint else "",
                    "fields": fields,
                    "folds": legend in self.folded,
                    "open": any(said(bound) for bound in fields),
                }
        if left:
            yield {"legend": "", "hint": "", "fields": [self[name] for name in left]}  # type: ignore[index]

    def refuse(self, problem: Problem | Problems) -> None:
        """Show what an action said no to, at its field where the form has it."""
        for one in problem if isinstance(problem, Problems) else (problem,):
            name = one.field if one.field in self.fields else None  # type: ignore[attr-defined]
            self.add_error(name, ValidationError(str(one), code="refused"))  # type: ignore[attr-defined]


class Form(FormLook, forms.Form):
    """A form with the house's look."""


class CaptureForm(Form):
    """A form that records something: its hidden identifier makes a second sending harmless."""

    capture = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=uuid.uuid4,
        error_messages={
            key: _("La página llegó incompleta. Recárguela y envíe otra vez.") for key in ("required", "invalid")
        },
    )


class ReasonForm(Form):
    """Asks why: for voids, corrections, withdrawals and elevated sessions."""

    reason = forms.CharField(
        label=_("Motivo"),
        help_text=_("Queda escrito en la bitácora. No ponga nombres ni datos de personas."),
        min_length=REASON_MIN,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Escriba el motivo."),
            "min_length": _("Explique el motivo con al menos %(limit_value)d caracteres."),
        },
    )


class FilterForm(Form):
    """The filters of a list: sent with GET, nothing required, mistakes ignored field by field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "filter_%s")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False

    def values(self) -> dict[str, Any]:
        """The cleaned values that say something."""
        self.is_valid()
        cleaned = getattr(self, "cleaned_data", {})
        return {name: value for name, value in cleaned.items() if value not in (None, "", [], False)}

    @property
    def memorable(self) -> frozenset[str]:
        """Fields whose value may be kept in the session: never free text, which may hold a name."""
        kinds = (forms.ChoiceField, forms.BooleanField, forms.DateField, DayField)
        return frozenset(name for name, field in self.fields.items() if isinstance(field, kinds))


def status(form: forms.BaseForm) -> int:
    """422 for a form with errors, so that scripts and tests can tell; else 200."""
    return 422 if form.is_bound and form.errors else 200


# Widgets


class DayInput(forms.TextInput):
    """Day, month and year in one text field; with script, a button opens the phone's own calendar."""

    template_name = "ui/forms/day.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "size": 12, "maxlength": 40, **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return f"{value:%d/%m/%Y}" if isinstance(value, date) else super().format_value(value)


class NumberText(forms.TextInput):
    """Digits with the number keypad, without the arrows that change a value by scrolling."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "autocomplete": "off", "size": 8, **(attrs or {})})


class RadioCards(forms.RadioSelect):
    template_name = "ui/forms/cards.html"


class CheckboxCards(forms.CheckboxSelectMultiple):
    template_name = "ui/forms/cards.html"


class SuggestInput(forms.TextInput):
    """A text field with suggestions of the browser's own (datalist)."""

    template_name = "ui/forms/suggest.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", **(attrs or {})})
        self.suggestions: Callable[[], Iterable[str]] = tuple

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        listed = f"{context['widget']['attrs'].get('id', name)}_list"
        context["widget"]["attrs"]["list"] = listed
        return {**context, "list_id": listed, "suggestions": list(self.suggestions())}


# Fields


class DayField(forms.Field):
    """A date as people type it; the day before the month, the year with four digits."""

    widget = DayInput
    default_error_messages = {
        "required": _("Escriba la fecha."),
        "invalid": _("«%(value)s» no es una fecha. Escriba día, mes y año, por ejemplo 14/06/2022."),
        "min": _("La fecha debe ser el %(limit)s o después."),
        "max": _("La fecha debe ser el %(limit)s o antes."),
    }

    def __init__(self, *, min_day: Any = None, max_day: Any = None, **kwargs: Any) -> None:
        """``min_day`` and ``max_day`` are dates or callables that give one (``timezone.localdate``)."""
        super().__init__(**kwargs)
        self.limits = {"min": min_day, "max": max_day}

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or isinstance(value, date):
            return value or None
        try:
            return parse_day(str(value), formatting.language())
        except ValueError:
            raise ValidationError(
                self.error_messages["invalid"], code="invalid", params={"value": str(value)[:40]}
            ) from None

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        for name, limit in self.limits.items():
            bound = limit() if callable(limit) else limit
            if bound and (value < bound if name == "min" else value > bound):
                params = {"limit": f"{bound:%d/%m/%Y}"}
                raise ValidationError(self.error_messages[name], code=name, params=params)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != (initial or None)
        except ValidationError:
            return True


class WholeField(forms.IntegerField):
    """A whole number typed as digits; "5.772" is refused, since it could be five or five thousand."""

    widget = NumberText
    default_error_messages = {
        "required": _("Escriba la cantidad."),
        "invalid": _("Escriba un número entero, solo con cifras: sin puntos, comas ni espacios."),
    }

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}  # min and max are checked here; as attributes they mean nothing on a text input


class SelectField(forms.ChoiceField):
    """A drop-down that starts at "Elija…", so that nothing is chosen by default."""

    default_error_messages = {"required": _("Elija una opción.")}

    def __init__(self, *, choices: Any = (), blank: Any = _("Elija una opción"), **kwargs: Any) -> None:
        super().__init__(choices=lambda: [("", blank), *(choices() if callable(choices) else choices)], **kwargs)


class ChoiceCards(forms.ChoiceField):
    """One of a few, each a large target."""

    widget = RadioCards
    default_error_messages = {"required": _("Elija una opción.")}


class CheckCards(forms.MultipleChoiceField):
    """Several of a few, each a large target."""

    widget = CheckboxCards
    default_error_messages = {"required": _("Elija al menos una opción.")}


class SuggestField(forms.CharField):
    """Free text with suggestions; ``suggestions`` is a callable, asked when the form is shown."""

    widget = SuggestInput

    def __init__(self, *, suggestions: Callable[[], Iterable[str]] = tuple, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.suggestions = suggestions


class PickField(forms.ChoiceField):
    """One of many, found by typing: shows labels, gives the code. Accents and case do not matter."""

    widget = SuggestInput
    default_error_messages = {
        "required": _("Elija una opción de la lista."),
        "invalid_choice": _("«%(value)s» no está en la lista. Escriba unas letras y elija una opción."),
        "ambiguous": _("Hay varias opciones llamadas «%(value)s». Escriba el código."),
    }

    def __init__(self, *, choices: Any = (), **kwargs: Any) -> None:
        super().__init__(choices=choices, **kwargs)
        self.widget.suggestions = lambda: [str(label) for _code, label in self.choices]

    def __deepcopy__(self, memo: dict) -> PickField:
        copied = super().__deepcopy__(memo)
        copied.widget.suggestions = lambda: [str(label) for _code, label in copied.choices]
        return copied

    def prepare_value(self, value: Any) -> Any:
        return next((str(label) for code, label in self.choices if str(code) == str(value)), value)

    def to_python(self, value: Any) -> str:
        typed = plain(super().to_python(value))
        if not typed:
            return ""
        for code, _label in self.choices:
            if plain(str(code)) == typed:
                return str(code)
        found = [str(code) for code, label in self.choices if plain(str(label)) == typed]
        if len(found) == 1:
            return found[0]
        kind = "ambiguous" if found else "invalid_choice"
        raise ValidationError(self.error_messages[kind], code=kind, params={"value": str(value)[:60]})


def plain(text: str) -> str:
    """Lower case, without accents and doubled spaces: for comparing what people type with labels."""
    folded = unicodedata.normalize("NFD", " ".join(text.casefold().split()))
    return "".join(char for char in folded if not unicodedata.combining(char))


def said(bound: forms.BoundField) -> bool:
    """Whether a field has an error, or another value than it begins with."""
    value = bound.value()
    return bool(bound.errors) or (value not in (None, "", []) and str(value) != str(bound.field.initial))


def errors_of(form: forms.BaseForm) -> list[tuple[str, str, str]]:
    """(id of the control, label, message) of every error, in the order of the form."""
    found = [("", "", message) for message in form.non_field_errors()]
    for name, messages in form.errors.items():
        if name in form.fields:
            bound: BoundField = form[name]
            found += [("" if bound.is_hidden else bound.auto_id, str(bound.label), message) for message in messages]
    return found
