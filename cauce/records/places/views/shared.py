"""What the screens of this room share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.forms import BaseForm
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cauce.kernel.problems import Problem, Problems
from cauce.ui.parts import Tab

T = TypeVar("T")


def found_or_404(read: Callable[[], T]) -> T:
    """A record out of sight does not exist: 404, not 403."""
    try:
        return read()
    except ObjectDoesNotExist:
        raise Http404 from None


def done(form: BaseForm, act: Callable[[], Any]) -> Any:
    """Do what a valid form asks; what the action refuses goes back into the form, and None comes out."""
    if not form.is_valid():
        return None
    try:
        return act()
    except (Problem, Problems) as problem:
        form.refuse(problem)  # type: ignore[attr-defined]  # every form of the house has it
        return None


def tabs(request: HttpRequest) -> list[Tab]:
    pages = ((_("Sitios"), reverse("places:sites")), (_("Organizaciones"), reverse("places:organisations")))
    return [Tab(label, url, current=request.path == url) for label, url in pages]
