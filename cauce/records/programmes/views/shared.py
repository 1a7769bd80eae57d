"""What the screens of this room share: tabs, and the one way entries are registered, corrected and voided."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cauce.access.viewer import Viewer
from cauce.kernel.problems import Problem, Problems
from cauce.records.programmes import actions
from cauce.ui import forms as ui
from cauce.ui.parts import Tab

SECTION = "programmes"
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
    pages = (
        (_("Proyectos"), reverse("programmes:projects")),
        (_("Donantes"), reverse("programmes:donors")),
        (_("Respuestas"), reverse("programmes:responses")),
        (_("Cierre mensual"), reverse("programmes:months")),
    )
    return [Tab(label, url, current=request.path == url) for label, url in pages]


def may_edit(viewer: Viewer, entry: Any) -> bool:
    return viewer.may("programmes.edit") and viewer.sees_office(entry.office_id)


def registering(
    request: HttpRequest, form: BaseForm, act: Callable[[], Any], *, title: str, said: str, back: str
) -> HttpResponse:
    """The page that registers something, and where it leads."""
    if request.method == "POST" and (made := done(form, act)):
        messages.success(request, said)
        return redirect(made)
    context = {"form": form, "title": title, "submit_label": title, "back_url": reverse(back), "section": SECTION}
    return render(request, "ui/form.html", context, status=ui.status(form))


def correcting(request: HttpRequest, form: BaseForm, entry: Any) -> HttpResponse:
    """The page that corrects an entry, with its reason."""
    if not may_edit(request.viewer, entry):
        raise PermissionDenied("programmes.edit")
    if request.method == "POST" and done(
        form,
        lambda: actions.correct(
            entry,
            form.changes(),  # type: ignore[attr-defined]  # the correcting forms have it
            reason=form.cleaned_data["reason"],
            by=request.viewer,
        ),
    ):
        messages.success(request, _("Corregido. Lo anterior queda guardado con su motivo."))
        return redirect(entry)
    context = {
        "form": form,
        "title": _("Corregir «%(name)s»") % {"name": entry},
        "back_url": entry.get_absolute_url(),
        "section": SECTION,
    }
    return render(request, "ui/form.html", context, status=ui.status(form))


def voiding(request: HttpRequest, entry: Any, back: str) -> HttpResponse:
    """The page that takes an entry made by mistake out of the lists."""
    if not may_edit(request.viewer, entry):
        raise PermissionDenied("programmes.edit")
    form = ui.ReasonForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: actions.void(entry, reason=form.cleaned_data["reason"], by=request.viewer)
    ):
        messages.success(request, _("Registro anulado."))
        return redirect(back)
    context = {
        "form": form,
        "title": _("Anular «%(name)s»") % {"name": entry},
        "consequences": [_("Sale de todas las listas. Lo que se registró con él se conserva.")],
        "submit_label": _("Anular"),
        "danger": True,
        "back_url": entry.get_absolute_url(),
        "section": SECTION,
    }
    return render(request, "ui/confirm.html", context, status=ui.status(form))
