"""Registering: search first, look at who resembles, then five fields and two consents (design.md §6).

Names are sent with POST only, so that no address, history or server log holds one.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cauce.access.guard import requires
from cauce.kernel.ages import age_on
from cauce.records.people import actions, acts, notices, queries
from cauce.records.people.countries import name_of
from cauce.records.people.forms import RegisterForm, SearchFirstForm, split_surnames
from cauce.records.people.models import Person
from cauce.records.people.views.shared import done, opened_token, person_or_404, sealed_token, unveil, veil
from cauce.ui import formatting, parts
from cauce.ui import forms as ui
from cauce.ui.parts import Step

REGISTER = "people.register"  # the entry of the navigation
TONES = {"very": "teal", "similar": "slate"}


@requires("people.register")
def register(request: HttpRequest) -> HttpResponse:
    """Three steps under one address; ``step`` says which one was sent."""
    step = request.POST.get("step", "") if request.method == "POST" else ""
    if step == "details":
        return _details(request)
    if step == "save":
        return _save(request)
    form = SearchFirstForm(request.POST or None)
    if step == "search" and form.is_valid():
        cleaned = form.cleaned_data
        age, birth = cleaned["age_or_birth"]
        found = actions.look_for(
            form.text, by=request.viewer, age=age, birth=birth, nationality=cleaned["nationality"] or None
        )
        return _show_matches(request, form, found)
    context = {"form": form, "steps": _steps("search"), "section": REGISTER, "title": _("Registrar persona")}
    return render(request, "people/register_search.html", context, status=ui.status(form) if step == "search" else 200)


def _steps(current: str) -> list[Step]:
    names = [("search", _("Buscar")), ("matches", _("Comparar")), ("details", _("Registrar"))]
    place = [key for key, _label in names].index(current)
    states = ["done"] * place + ["current"] + ["todo"] * (2 - place)
    return [Step(label, state) for (_key, label), state in zip(names, states, strict=True)]


def _show_matches(request: HttpRequest, form: SearchFirstForm, found: list[queries.Match]) -> HttpResponse:
    cleaned = form.cleaned_data
    age, birth = cleaned["age_or_birth"]
    if birth:
        age = age_on(birth, timezone.localdate())
    asked = [_("%(age)d años") % {"age": age} if age is not None else "", name_of(cleaned["nationality"])]
    context = {
        "title": _("Registrar persona"),
        "steps": _steps("matches"),
        "typed": form.text,
        "asked": ", ".join(filter(None, asked)),
        "cards": [card(match, request) for match in found],
        "carried": {name: form.data.get(name, "") for name in form.fields},
        "seen": _seen(found, request),
        "section": REGISTER,
    }
    return render(request, "people/register_matches.html", context)


def card(match: queries.Match, request: HttpRequest) -> dict[str, Any]:
    """A match as the page shows it; a veiled one carries a token in place of an address."""
    person = match.person
    note = "" if match.veiled else _("Registrada el %(day)s") % {"day": formatting.day(person.registered_on)}
    return {
        "shown": parts.Match(
            title=match.title,
            code=match.folio,
            note=note,
            likeness=match.label,
            tone="grey" if match.veiled else TONES[match.likeness],
            reasons=match.reasons,
            url="" if match.veiled else person.get_absolute_url(),
            action="" if match.veiled else _("Es esta persona"),
        ),
        "token": veil(person, request.viewer) if match.veiled and request.viewer.may("people.register") else "",
    }


SEEN = "people.seen"


def _seen(found: list[queries.Match], request: HttpRequest) -> str:
    """Which likely matches were on the page: saving asks whether there are others.

    Sealed: a veiled match found by name would else be known again among those found by folio.
    """
    return sealed_token(" ".join(sorted(str(match.person.pk) for match in found)), SEEN, request.viewer)


def _was_seen(request: HttpRequest) -> set[str]:
    return set((opened_token(request.POST.get("seen", ""), SEEN, request.viewer) or "").split())


def _details(request: HttpRequest) -> HttpResponse:
    asked = SearchFirstForm(request.POST)
    if not asked.is_valid():
        return redirect("people:register")
    first, second = split_surnames(asked.cleaned_data["surnames"])
    form = RegisterForm(
        initial={
            "given_names": asked.cleaned_data["given_names"],
            "first_surname": first,
            "second_surname": second,
            "age_or_birth": asked.data.get("age_or_birth", ""),
            "nationality": asked.cleaned_data["nationality"],
        }
    )
    return _show_details(request, form)


def _show_details(request: HttpRequest, form: RegisterForm) -> HttpResponse:
    context = {
        "title": _("Registrar persona"),
        "form": form,
        "steps": _steps("details"),
        "notices": list(notices.catalogue().values()),
        "seen": request.POST.get("seen", ""),
        "section": REGISTER,
    }
    return render(request, "people/register_details.html", context, status=ui.status(form))


def _save(request: HttpRequest) -> HttpResponse:
    form = RegisterForm(request.POST)
    if form.is_valid():
        known = queries.by_capture(form.cleaned_data["capture"], request.viewer)
        if known is not None:
            return redirect("people:registered", pk=known.pk)
        again = _not_yet_seen(request, form)
        if again is not None:
            return again
    person = done(form, lambda: _register(request, form))
    if person is None:
        return _show_details(request, form)
    return redirect("people:registered", pk=person.pk)


def _not_yet_seen(request: HttpRequest, form: RegisterForm) -> HttpResponse | None:
    """The name was changed after the search, or somebody was registered meanwhile: compare again."""
    cleaned = form.cleaned_data
    age, birth = cleaned["age_or_birth"]
    surnames = f"{cleaned['first_surname']} {cleaned['second_surname']}".strip()
    text = f"{cleaned['given_names']} {surnames}"
    found = actions.look_for(text, by=request.viewer, age=age, birth=birth, nationality=cleaned["nationality"] or None)
    seen = _was_seen(request)
    if all(str(match.person.pk) in seen for match in found if match.likeness == "very"):
        return None
    carried = {**request.POST.dict(), "surnames": surnames, "nationality": cleaned["nationality"]}
    asked = SearchFirstForm(carried)
    return _show_matches(request, asked, found) if asked.is_valid() else None


def _register(request: HttpRequest, form: RegisterForm) -> Person:
    language = form.cleaned_data["language"]
    notice = actions.current_notice(language, by=request.viewer)
    how = {"language": language, "notice": notice}
    return actions.register(by=request.viewer, consent=how, **form.values())


@requires("people.register")
def registered(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Done: the folio to write down, and what may come next."""
    person = person_or_404(request, pk)
    context = {
        "title": _("Persona registrada"),
        "person": person,
        "name": queries.display_name(person, request.viewer),
        "may_groups": request.viewer.may("people.groups"),
        "offers": [offer for offer in acts.offers(person.pk, request.viewer) if not offer.looks],
        "section": REGISTER,
    }
    return render(request, "people/registered.html", context)


@requires("people.register")
@require_POST
def receive(request: HttpRequest) -> HttpResponse:
    """ "Es esta persona" on a veiled match: this office serves the person from now on."""
    person = queries.any_by_id(unveil(request.POST.get("token", ""), request.viewer), request.viewer)
    if person is None:
        raise Http404
    actions.receive(person, by=request.viewer)
    return redirect(reverse("people:person", args=[person.pk]))
