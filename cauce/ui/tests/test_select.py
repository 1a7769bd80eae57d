"""Our template of selects is Django's, only quicker."""

from __future__ import annotations

from django import forms
from django.forms.renderers import DjangoTemplates

from cauce.ui.forms import Renderer

CHOICES = [("", "—"), ("a", "Á & b"), (1, "uno"), ("Grupo", [("x", "«X»"), ("y", "<Y>")])]


class Chosen(forms.Form):
    one = forms.ChoiceField(choices=CHOICES)
    several = forms.MultipleChoiceField(choices=CHOICES, required=False)


def html(renderer) -> str:
    form = Chosen({"one": "1", "several": ["x", "a"]}, renderer=renderer)
    return " ".join(" ".join(str(form[name]) for name in form.fields).split())


def test_the_html_is_that_of_django():
    ours = html(Renderer())
    assert ours == html(DjangoTemplates())
    assert ours.count("selected") == 3
