"""Travel groups, and decisions others must obey."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cauce.access.guard import requires
from cauce.kernel.problems import Problem
from cauce.records.people import actions, queries
from cauce.records.people.forms import DecisionForm, GroupForm
from cauce.records.people.models import Person
from cauce.records.people.views.files import named_members
from cauce.records.people.views.shared import SECTION, done, person_or_404
from cauce.ui import forms as ui


@requires("people.view")
def group(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = queries.group(request.viewer, pk)
    if found is None:
        raise Http404
    context = {
        "title": _("Grupo de viaje"),
        "group": found,
        "members": named_members(found, request.viewer),
        "may_groups": request.viewer.may("people.groups"),
        "section": SECTION,
    }
    return render(request, "people/group.html", context)


@requires("people.groups")
def join(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Join the group of a companion, or begin one."""
    person = person_or_404(request, pk)
    form = GroupForm(request.POST or None)
    if request.method == "POST" and (joined := done(form, lambda: _join(person, form, request))):
        messages.success(request, _("Grupo de viaje guardado."))
        return redirect(joined)
    context = {
        "title": _("Grupo de viaje"),
        "lead": person.folio,
        "form": form,
        "back_url": person.get_absolute_url(),
        "section": SECTION,
    }
    return render(request, "ui/form.html", context, status=ui.status(form))


def _join(person: Person, form: GroupForm, request: HttpRequest) -> object:
    cleaned, by = form.cleaned_data, request.viewer
    if not cleaned["companion"]:
        return actions.create_group(person, by=by, label=cleaned["label"], capture=cleaned["capture"])
    companion = queries.by_folio(cleaned["companion"], by)
    if companion is None or companion.pk == person.pk:
        raise Problem(
            "people.no_companion",
            _("No hay otra persona con el folio %(folio)s en su oficina."),
            fix=_("Revise el folio, o búsquela por nombre."),
            field="companion",
            folio=cleaned["companion"],
        )
    if companion.group is None:
        made = actions.create_group(companion, by=by, label=cleaned["label"], capture=cleaned["capture"])
        companion.group = made
    actions.join_group(person, companion.group, by=by, heads=cleaned["heads"])
    return companion.group


@requires("people.groups")
def leave(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = person_or_404(request, pk)
    if person.group is None:
        raise Http404
    form = ui.ReasonForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: actions.leave_group(person, reason=form.cleaned_data["reason"], by=request.viewer)
    ):
        messages.success(request, _("Ya no viaja con el grupo."))
        return redirect(person)
    context = {
        "title": _("Sacar del grupo de viaje"),
        "lead": person.folio,
        "form": form,
        "submit_label": _("Sacar del grupo"),
        "back_url": person.get_absolute_url(),
        "section": SECTION,
    }
    return render(request, "ui/confirm.html", context, status=ui.status(form))


@requires("people.view")
def decisions(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All decisions about a person; the grounds for those who decide, of a reserved person the own ones alone."""
    person, viewer = person_or_404(request, pk), request.viewer
    may_decide = request.viewer.may("people.decide")
    if may_decide:
        actions.open_file(person, by=request.viewer, what=_("Decisiones"))
    found, named = queries.decisions(person), queries.may_name(person, viewer)
    context = {
        "title": _("Decisiones %(folio)s") % {"folio": person.folio},
        "person": person,
        "decisions": found,
        "told": {each.pk for each in found if may_decide and (named or each.recorded_by == viewer.id)},
        "standing": {each.pk for each in queries.stops([person.pk]).get(person.pk, [])},
        "may_decide": may_decide,
        "section": SECTION,
    }
    return render(request, "people/decisions.html", context)


@requires("people.decide")
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = person_or_404(request, pk)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: actions.place_decision(person, by=request.viewer, **form.cleaned_data)
    ):
        messages.success(request, _("Decisión registrada. Todo el personal la ve desde ahora."))
        return redirect("people:decisions", pk=person.pk)
    context = {
        "title": _("Poner una decisión"),
        "lead": person.folio,
        "form": form,
        "submit_label": _("Poner decisión"),
        "back_url": f"{person.get_absolute_url()}decisiones/",
        "section": SECTION,
    }
    return render(request, "ui/form.html", context, status=ui.status(form))


@requires("people.decide")
def lift(request: HttpRequest, pk: UUID) -> HttpResponse:
    decision = queries.decision(request.viewer, pk)
    if decision is None:
        raise Http404
    form = ui.ReasonForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: actions.lift(decision, reason=form.cleaned_data["reason"], by=request.viewer)
    ):
        messages.success(request, _("Decisión levantada."))
        return redirect("people:decisions", pk=decision.person_id)
    context = {
        "title": _("Levantar decisión"),
        "lead": f"{decision.person.folio}. {decision.get_kind_display()}: {decision.message}",
        "form": form,
        "consequences": [_("Los demás dejan de verla como aviso de alto.")],
        "submit_label": _("Levantar decisión"),
        "back_url": f"{decision.person.get_absolute_url()}decisiones/",
        "section": SECTION,
    }
    return render(request, "ui/confirm.html", context, status=ui.status(form))
