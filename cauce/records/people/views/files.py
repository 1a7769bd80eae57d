"""A person's file: the card, its correction, contact and documents, and the reserved name."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cauce.access.guard import requires
from cauce.access.roles import ROLES
from cauce.access.viewer import Viewer
from cauce.records.people import actions, acts, queries
from cauce.records.people.countries import name_of
from cauce.records.people.enums import Language
from cauce.records.people.forms import ContactForm, CorrectionForm, DocumentForm
from cauce.records.people.models import Person, TravelGroup
from cauce.records.people.views.shared import SECTION, done, heading, person_or_404
from cauce.ui import forms as ui
from cauce.ui.parts import Pair, Reading


@requires("people.view")
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = person_or_404(request, pk, with_void=True)
    actions.open_file(found, by=request.viewer)
    return render(request, "people/person.html", file_context(found, request.viewer))


def file_context(found: Person, viewer: Viewer) -> dict:
    """Everything the card shows; nothing that identifies when the name is reserved for others."""
    named = queries.may_name(found, viewer)
    said = {state.purpose: state for state in queries.consents(found)}
    readings, count = queries.seen_by(found, viewer)
    offers = acts.offers(found.pk, viewer)
    verbs = () if found.is_void else ("correct", "consent", "groups", "decide", "names", "register")
    return {
        # Not "title": the phone's bar would take the name's place.
        "page": heading(found),
        "person": found,
        "named": named,
        "name": queries.display_name(found, viewer),
        "identity": _identity(found) if named else [],
        "contact": _contact(found) if named else [],
        "documents": queries.documents(found) if named else [],
        "stops": queries.stops([found.pk]).get(found.pk, []),
        "consents": [said["service"], said["statistics"]],
        "members": named_members(found.group, viewer) if found.group and named else [],
        "receptions": queries.receptions(found),
        "readings": [reading(each) for each in readings],
        "reading_count": count,
        "acts": [] if found.is_void else [offer for offer in offers if not offer.looks],
        "elsewhere": [offer for offer in offers if offer.looks],
        "may": {verb: viewer.may(f"people.{verb}") for verb in verbs},
        "section": SECTION,
    }  # fmt: skip


def named_members(group: TravelGroup, viewer: Viewer) -> list[tuple[Person, str]]:
    return [(each, queries.display_name(each, viewer)) for each in queries.members(group, viewer)]


def reading(seen: queries.Seen) -> Reading:
    roles = ", ".join(str(ROLES[key].name) for key in seen.role.split("+") if key in ROLES)
    if seen.verb == "break_glass":
        return Reading(seen.at, seen.who, roles, _("el nombre reservado"), seen.reason, elevated=True)
    # What was read stands where a reason would: an ordinary reading needs none.
    return Reading(seen.at, seen.who, roles, seen.reason or _("la ficha"))


def _identity(found: Person) -> list[Pair]:
    today = timezone.localdate()
    age = found.age_on(today)
    years = _("%(age)d años") % {"age": age} if age is not None else "—"
    if found.birth_date:
        years += f" ({found.birth_date:%d/%m/%Y})"
    elif age is not None:
        years += " " + _("(estimada)")
    countries = ", ".join(name_of(code) for code in found.nationalities)
    labels = dict(Language.choices)
    pairs = [
        Pair(_("Nombres"), found.given_names or "—"),
        Pair(_("Apellidos"), " ".join(filter(None, (found.first_surname, found.second_surname))) or "—"),
        Pair(_("Edad"), years),
        Pair(_("Sexo"), found.get_sex_display()),
        Pair(_("Nacionalidad"), countries or (_("Apátrida") if found.stateless else "—")),
    ]
    more = [
        (_("Le dicen"), found.known_as),
        (_("Identidad de género"), found.gender_identity),
        (_("País de nacimiento"), name_of(found.birth_country) if found.birth_country else ""),
        (_("Idiomas"), ", ".join(str(labels.get(code, code)) for code in found.languages)),
        (_("Intérprete"), _("Necesita intérprete") if found.needs_interpreter else ""),
    ]
    return pairs + [Pair(label, value) for label, value in more if value]


def _contact(found: Person) -> list[Pair]:
    if not found.phone and not found.channel:
        return []
    return [
        Pair(_("Teléfono seguro"), found.phone or "—"),
        Pair(_("Medio"), found.get_channel_display() or "—"),
        Pair(_("Horario seguro"), found.safe_hours or "—"),
        Pair(_("Recado"), _("Se puede dejar recado") if found.may_leave_message else _("No dejar recado")),
    ]


@requires("people.names")
def name(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open a reserved name: a reason first, then the name once, on this page only."""
    found = person_or_404(request, pk)
    form = ui.ReasonForm(request.POST or None)
    opened = done(form, lambda: actions.break_glass(found, reason=form.cleaned_data["reason"], by=request.viewer))
    context = {
        "title": _("Abrir nombre reservado"),
        "person": found,
        "form": form,
        "opened": opened,
        "back_url": found.get_absolute_url(),
        "section": SECTION,
    }
    response = render(request, "people/name.html", context, status=ui.status(form))
    response["Cache-Control"] = "no-store"
    return response


@requires("people.correct")
def correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _named_or_404(request, pk)
    form = CorrectionForm(request.POST or None, person=found)
    if request.method == "POST" and done(
        form, lambda: actions.correct(found, form.changes(), reason=form.cleaned_data["reason"], by=request.viewer)
    ):
        messages.success(request, _("Ficha corregida. Lo anterior queda guardado con su motivo."))
        return redirect(found)
    return _form(request, form, found, _("Corregir ficha"), submit=_("Guardar corrección"))


@requires("people.correct")
def void(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = person_or_404(request, pk)
    form = ui.ReasonForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: actions.void(found, reason=form.cleaned_data["reason"], by=request.viewer)
    ):
        messages.success(request, _("Ficha anulada."))
        return redirect("people:people")
    context = {
        "title": _("Anular ficha"),
        "form": form,
        "consequences": [
            _("La ficha %(folio)s deja de aparecer en listas y búsquedas.") % {"folio": found.folio},
            _("Los servicios y casos registrados con ella quedan como están; anule aparte los que no ocurrieron."),
            _("El registro y su motivo se conservan."),
        ],
        "submit_label": _("Anular ficha"),
        "danger": True,
        "back_url": found.get_absolute_url(),
        "section": SECTION,
    }
    return render(request, "ui/confirm.html", context, status=ui.status(form))


@requires("people.correct")
def contact(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _named_or_404(request, pk)
    fields = ("phone", "channel", "safe_hours", "may_leave_message")
    form = ContactForm(request.POST or None, initial={key: getattr(found, key) for key in fields})
    if request.method == "POST" and done(
        form,
        lambda: actions.set_contact(found, by=request.viewer, **{key: form.cleaned_data[key] for key in fields}),
    ):
        messages.success(request, _("Contacto guardado."))
        return redirect(found)
    return _form(request, form, found, _("Contacto seguro"))


@requires("people.correct")
def document(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _named_or_404(request, pk)
    form = DocumentForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: actions.add_document(found, by=request.viewer, **form.cleaned_data)
    ):
        messages.success(request, _("Documento guardado."))
        return redirect(found)
    return _form(request, form, found, _("Agregar documento"))


@requires("people.correct")
def void_document(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = queries.document(request.viewer, pk)
    if found is None:
        raise Http404
    form = ui.ReasonForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: actions.void_document(found, reason=form.cleaned_data["reason"], by=request.viewer)
    ):
        messages.success(request, _("Documento anulado."))
        return redirect(found.person)
    return _form(request, form, found.person, _("Anular documento"), submit=_("Anular documento"), danger=True)


def _named_or_404(request: HttpRequest, pk: UUID) -> Person:
    """A person whose name this viewer reads: forms that show it do not exist for others."""
    found = person_or_404(request, pk)
    if not queries.may_name(found, request.viewer):
        raise Http404
    return found


def _form(
    request: HttpRequest, form: ui.Form, found: Person, title: str, *, submit: str = "", danger: bool = False
) -> HttpResponse:
    context = {
        "title": title,
        "form": form,
        "lead": found.folio,
        "submit_label": submit,
        "danger": danger,
        "back_url": found.get_absolute_url(),
        "section": SECTION,
    }
    return render(request, "ui/form.html", context, status=ui.status(form))
