"""The list of cases and opening one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cauce.access.guard import requires
from cauce.access.viewer import Viewer
from cauce.records.assistance import vocabulary
from cauce.records.assistance.views.shared import done, form_page
from cauce.records.people import queries as people
from cauce.records.people.models import Person
from cauce.records.protection import actions, forms, queries, rules
from cauce.records.protection.models import Case
from cauce.records.protection.views.shared import SECTION, STATES, TONES, shown_name
from cauce.ui.parts import Pair
from cauce.ui.tables import Column, Listing

SHOWN_RESERVED = 50


def columns(viewer: Viewer) -> list[Column]:
    today = timezone.localdate()
    return [
        Column("code", _("Caso"), url=Case.get_absolute_url, note=lambda case: shown_name(case, viewer), sort="code"),
        Column(
            "category", _("Categoría"), kind="chip",
            value=lambda case: vocabulary.label(rules.CATEGORIES, case.category),
            tone=lambda case: TONES.get(case.category, "grey"),
        ),
        Column("risk", _("Riesgo"), kind="risk", value=lambda case: case.risk, sort="risk_order"),
        Column("state", _("Estado"), value="get_state_display", kind="chip", tone=lambda case: STATES[case.state]),
        Column("next_on", _("Próximo paso"), kind="due", note=lambda case: case.next_step or "", sort="next_on"),
        Column("days", _("Días abierto"), kind="number", value=lambda case: days_open(case, today)),
    ]  # fmt: skip


def days_open(case: Case, today) -> int | None:
    if case.opened_on is None:
        return None
    return ((case.closed_on or today) - case.opened_on).days


def narrow(viewer: Viewer):
    """Filters of the list; closed cases are left out until they are asked for."""

    def apply(rows: QuerySet[Case], values: dict) -> QuerySet[Case]:
        if values.get("mine"):
            rows = rows.filter(owner=viewer.id)
        state = values.get("state")
        if state != "all":
            rows = rows.filter(state=state) if state else rows.filter(due_on__isnull=False)
        for name in ("category", "risk"):
            if values.get(name):
                rows = rows.filter(**{name: values[name]})
        return rows

    return apply


@requires("protection.view")
def cases(request: HttpRequest) -> HttpResponse:
    viewer = request.viewer
    listing = Listing(
        request,
        queries.cases(viewer),
        columns(viewer),
        key="protection.cases",
        title=_("Casos"),
        filters=forms.CaseFilter,
        narrow=narrow(viewer),
        may_export=True,
        on_export=lambda count: actions.note_export(viewer, Case, count),
        empty=_("Aún no hay casos abiertos. Busque a la persona para abrir el primero."),
    )
    if listing.export:
        return listing.export
    reserved, reserved_count = queries.reserved_codes(viewer, SHOWN_RESERVED)
    context = {
        "listing": listing,
        "title": _("Protección"),
        "reserved": reserved,
        "reserved_count": reserved_count,
        "may_open": viewer.may("protection.open"),
        "section": SECTION,
        "accent": "protection",
    }
    return render(request, "protection/cases.html", context)


def _person_or_404(request: HttpRequest, pk: UUID) -> Person:
    person = people.get(request.viewer, pk)
    if person is None:
        raise Http404
    return person


@requires("protection.view")
def of_person(request: HttpRequest, person: UUID) -> HttpResponse:
    """The person's cases that this viewer may open; whether there are others is not said."""
    found = _person_or_404(request, person)
    viewer = request.viewer
    rows = queries.of_person(viewer, found.pk)
    context = {
        "title": _("Casos de %(folio)s") % {"folio": found.folio},
        "person": found,
        "name": people.display_name(found, viewer),
        "rows": [
            (case, vocabulary.label(rules.CATEGORIES, case.category), TONES.get(case.category), STATES[case.state])
            for case in rows
        ],
        "may_open": viewer.may("protection.open"),
        "section": SECTION,
        "accent": "protection",
    }
    return render(request, "protection/of_person.html", context)


@requires("protection.open")
def open_case(request: HttpRequest, person: UUID) -> HttpResponse:
    """Open a case: the answers, then what they come to (category and why), then it is opened."""
    found = _person_or_404(request, person)
    has_consent = queries.has_consent(found)
    form = forms.OpenForm(request.POST or None, person=found, has_consent=has_consent)
    context = {
        "person": found,
        "name": people.display_name(found, request.viewer),
        "has_consent": has_consent,
        "ask_url": f"{reverse('people:ask', args=[found.pk])}?para=internal_case",
        "may_ask": request.viewer.may("people.consent"),
        "existing": [case.code for case in queries.of_person(request.viewer, found.pk) if case.state in rules.ACTIVE],
        "section": SECTION,
        "accent": "protection",
    }
    title, back = _("Abrir caso"), found.get_absolute_url()
    if request.method == "POST" and "back" not in request.POST and form.is_valid():
        if "confirm" not in request.POST:
            checked = done(form, lambda: actions.preview(by=request.viewer, person=found, **form.values()))
            if checked is not None:
                return render(request, "protection/check.html", {**context, **_check(form, checked), "title": title})
        elif (
            case := done(form, lambda: actions.open_case(by=request.viewer, person=found, **form.values()))
        ) is not None:
            messages.success(request, _("Caso %(code)s registrado.") % {"code": case.code})
            return redirect(case)
    return form_page(
        request, form, title, back, template="protection/open.html", submit_label=_("Continuar"), **context
    )


def _check(form: forms.OpenForm, applying: list[str]) -> dict[str, object]:
    """The answers in words, the category they come to, and the form's data to send again."""
    cleaned = form.cleaned_data
    risk = dict(form.fields["risk"].choices).get(cleaned["risk"], _("Sin evaluar"))
    return {
        "pairs": [
            Pair(_("Necesidades"), ", ".join(vocabulary.label("needs", each) for each in cleaned["needs"])),
            Pair(_("Cómo llegó"), vocabulary.label("channels", cleaned["channel"])),
            Pair(_("Población"), vocabulary.label("populations", cleaned["population"])),
            Pair(_("Riesgo"), risk),
            Pair(_("Fecha"), cleaned["day"].strftime("%d/%m/%Y")),
        ],
        "category": vocabulary.label(rules.CATEGORIES, rules.primary(applying)),
        "tone": TONES.get(rules.primary(applying), "grey"),
        "why": rules.explain(applying),
        "sent": [(name, value) for name in form.fields for value in form.data.getlist(name)],
    }
