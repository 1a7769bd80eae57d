"""What the screens of this room share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cauce.access.viewer import Viewer
from cauce.kernel.problems import Problem, Problems
from cauce.records.assistance import permissions, queries, vocabulary
from cauce.records.assistance.models.acts import Act, Tagged
from cauce.records.base import Record
from cauce.records.people import queries as people
from cauce.records.people.models import Person
from cauce.ui import forms as ui
from cauce.ui.parts import Pair, Tab
from cauce.ui.tables import Column

SECTION = "assistance"
T = TypeVar("T", bound=Record)
TONES = {
    "planned": "blue", "draft": "draft", "sent": "waiting", "accepted": "ok", "delivered": "teal", "received": "slate",
    "incomplete": "waiting", "submitted": "blue", "issued": "ok", "dispatched": "blue", "corrected": "amber",
    "declined": "danger", "refused": "danger",
}  # fmt: skip


def found_or_404(model: type[T], request: HttpRequest, pk: UUID) -> T:
    """A record out of sight does not exist: 404, not 403."""
    record = queries.find(model, request.viewer, pk)
    if record is None:
        raise Http404
    return record


def person_or_404(request: HttpRequest, pk: UUID) -> Person:
    person = people.get(request.viewer, pk)
    if person is None:
        raise Http404
    return person


def done(form: ui.Form, act: Callable[[], Any]) -> Any:
    """Do what a valid form asks; what the action refuses goes back into the form, and None comes out."""
    if not (form.is_bound and form.is_valid()):
        return None
    try:
        return act()
    except (Problem, Problems) as problem:
        form.refuse(problem)
        return None


def tone(record: Any) -> str:
    return TONES.get(record.state, "grey")


def who(viewer: Viewer) -> Column:
    """The person of an act: folio, and the name for those who may read it. Files carry the folio alone."""
    return Column(
        "person",
        _("Persona"),
        value=lambda act: act.person.folio,
        note=lambda act: people.display_name(act.person, viewer),
        url=lambda act: act.person.get_absolute_url(),
    )


def title_of(act: Act) -> str:
    """What was done, in words; a consultation does not say here what it was for."""
    key = {
        "assistance.service": ("service_types", "type"),
        "assistance.referral": ("service_types", "type"),
        "assistance.itemdelivery": ("item_classes", "item_class"),
        "assistance.identityprocedure": ("identity_procedures", "type"),
    }[act.table()]
    return vocabulary.label(key[0], getattr(act, key[1]))


def under_pairs(record: Tagged) -> list[Pair]:
    """Response, projects, office: the last lines of every record."""
    return [
        Pair(_("Respuesta"), record.response or "—"),
        Pair(_("Proyectos"), ", ".join(record.projects) or "—"),
        Pair(_("Oficina"), record.office),
    ]


def hides_health(record: Any, viewer: Viewer) -> bool:
    """Is this a consultation or test whose detail the viewer may not read?"""
    return record.type in vocabulary.HEALTH_TYPES and not permissions.may_read_health(viewer)


def tabs(request: HttpRequest) -> list[Tab]:
    """The lists of this room that the viewer may open."""
    named = [
        (_("Servicios"), "assistance:services"),
        (_("Canalizaciones"), "assistance:referrals"),
        (_("Trámites de identidad"), "assistance:procedures"),
        (_("Artículos"), "assistance:items"),
        (_("Apoyos a sitios"), "assistance:supports"),
    ]
    links = [(label, reverse(name)) for label, name in named]
    return [Tab(label, url, current=request.path == url) for label, url in links]


def form_page(
    request: HttpRequest,
    form: ui.Form,
    title: str,
    back: str,
    *,
    template: str = "ui/form.html",
    **context: Any,
) -> HttpResponse:
    page = {"form": form, "title": title, "back_url": back, "section": SECTION, **context}
    return render(request, template, page, status=ui.status(form))


def step_page(
    request: HttpRequest, form: ui.Form, act: Callable[[], Any], *, title: str, back: str, said: str, **context: Any
) -> HttpResponse:
    """A step with its form: on success back to the record with a word, else the form with what is wrong."""
    if request.method == "POST" and done(form, act):
        messages.success(request, said)
        return redirect(back)
    return form_page(request, form, title, back, **context)


def void_page(
    request: HttpRequest, record: Record, act: Callable[..., Any], *, title: str, back: str, consequence: str
) -> HttpResponse:
    """Void with a reason, after saying what it does."""
    form = ui.ReasonForm(request.POST or None)
    return step_page(
        request,
        form,
        lambda: act(record, reason=form.cleaned_data["reason"], by=request.viewer),
        title=title,
        back=back,
        said=_("Registro anulado."),
        template="ui/confirm.html",
        submit_label=_("Anular"),
        danger=True,
        consequences=[consequence, _("El registro, su motivo y quién lo anuló se conservan.")],
    )
