"""Forms ask one thing at a time, say what is wrong at the field, and record once."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django import forms as django_forms

from cauce.kernel.problems import Problem, Problems
from cauce.ui import forms
from cauce.ui.tests.gallery import CaseFilter, Service


def filled(**changes) -> dict:
    data = {
        "capture": str(uuid.uuid4()),
        "day": "14/06/2022",
        "kind": "legal",
        "amount": "3",
        "site": "Albergue Casa Luz",
        "country": "honduras",
        "office": "TIJ",
        "agreed": "on",
    }
    return {**data, **changes}


def test_a_filled_form_gives_values_of_the_right_kind():
    form = Service(filled())
    assert form.is_valid(), form.errors
    assert form.cleaned_data["day"] == date(2022, 6, 14)
    assert form.cleaned_data["amount"] == 3
    assert form.cleaned_data["country"] == "HND"
    assert isinstance(form.cleaned_data["capture"], uuid.UUID)
    assert forms.status(form) == 200


def test_every_showing_of_a_capture_form_has_an_identifier_of_its_own():
    assert Service()["capture"].value() != Service()["capture"].value()


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("day", "31/02/2022", "no es una fecha"),
        ("day", "", "Escriba la fecha"),
        ("amount", "5.772", "solo con cifras"),
        ("amount", "1,5", "solo con cifras"),
        ("amount", "0", "1"),
        ("kind", "", "Elija una opción"),
        ("country", "Ruritania", "no está en la lista"),
        ("capture", "", "Recárguela"),
        ("office", "XXX", "XXX"),
    ],
)
def test_a_mistake_is_said_at_its_field(field, value, says):
    form = Service(filled(**{field: value}))
    assert says in " ".join(form.errors[field])
    assert forms.status(form) == 422


def test_the_rendered_mistake_is_tied_to_its_control_and_summed_up_above():
    html = str(Service(filled(day="31/02/2022")))
    assert 'href="#id_day"' in html
    assert 'id="id_day_error"' in html
    assert 'aria-describedby="id_day_helptext id_day_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'value="31/02/2022"' in html


def test_groups_keep_the_order_of_the_fieldsets_and_lose_no_field():
    form = Service()
    shown = [bound.name for group in form.groups() for bound in group["fields"]]
    assert shown[:4] == ["kind", "kinds", "amount", "day"]
    assert sorted(shown) == sorted(bound.name for bound in form.visible_fields())


def test_optional_fields_say_so():
    html = str(Service())
    assert html.count("(opcional)") == 2


def test_a_date_shows_as_people_write_it():
    assert 'value="14/06/2022"' in str(Service(initial={"day": date(2022, 6, 14)})["day"])


def test_a_picked_code_shows_its_label():
    assert 'value="Haití"' in str(Service(initial={"country": "HTI"})["country"])


@pytest.mark.parametrize("typed", ["HTI", "hti", "Haití", "  haiti ", "HAITI"])
def test_a_choice_is_found_whatever_the_case_and_accents(typed):
    form = Service(filled(country=typed))
    assert form.is_valid()
    assert form.cleaned_data["country"] == "HTI"


def test_two_options_of_one_name_ask_for_the_code():
    field = forms.PickField(choices=[("a", "San José"), ("b", "San Jose")])
    with pytest.raises(django_forms.ValidationError, match="código"):
        field.clean("san jose")
    assert field.clean("b") == "b"


def test_limits_of_a_date_may_be_computed():
    field = forms.DayField(min_day=date(2022, 1, 1), max_day=lambda: date(2022, 6, 14))
    assert field.clean("14/06/2022") == date(2022, 6, 14)
    with pytest.raises(django_forms.ValidationError, match="14/06/2022 o antes"):
        field.clean("15/06/2022")
    with pytest.raises(django_forms.ValidationError, match="01/01/2022 o después"):
        field.clean("31/12/2021")


def test_problems_of_an_action_land_at_their_fields_and_the_rest_above():
    form = Service(filled())
    assert form.is_valid()
    form.refuse(
        Problems(
            [Problem("x.day", "Es futura.", fix="Corrija.", field="day"), Problem("x.any", "No se puede.", field="z")]
        )
    )
    assert form.errors["day"] == ["Es futura. Corrija."]
    assert form.non_field_errors() == ["No se puede."]


def test_a_reason_must_explain():
    assert "al menos 10" in forms.ReasonForm({"reason": "error"}).errors["reason"][0]
    assert forms.ReasonForm({"reason": "Se registró dos veces"}).is_valid()


def test_filters_require_nothing_and_never_remember_free_text():
    form = CaseFilter({"risk": "high", "q": "Yesenia", "since": "nunca"})
    assert form.values() == {"risk": "high", "q": "Yesenia"}
    assert form.memorable == {"risk", "since"}


def test_typed_text_is_escaped_everywhere():
    html = str(Service(filled(country='"><script>', site='"><script>', day="<script>")))
    assert "<script>" not in html


def test_a_form_of_somebody_elses_shows_its_fields_too():
    class Password(django_forms.Form):
        default_renderer = forms.Renderer
        password = django_forms.CharField(widget=django_forms.PasswordInput, help_text="<ul><li>Doce letras</li></ul>")

    html = str(Password())
    assert 'name="password"' in html and "<p" not in html.partition("Doce")[0]
