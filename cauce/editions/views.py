"""The edition desk for staff, and the public page for everybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET, require_POST

from cauce.access.guard import public, requires
from cauce.access.queries import names_of
from cauce.audit import log
from cauce.editions import actions, build, printing, queries, rules, webpage
from cauce.editions.enums import State
from cauce.editions.forms import DraftForm
from cauce.editions.models import Edition
from cauce.kernel.problems import Problem, Problems
from cauce.ui import forms as ui
from cauce.ui.formatting import period_words
from cauce.ui.parts import Pair, Step
from cauce.ui.tables import Column, Listing

PREVIEW_PPI = 62
CONTENT = {
    ".pdf": "application/pdf", ".png": "image/png", ".html": "text/html; charset=utf-8",
    ".csv": "text/csv; charset=utf-8", ".json": "application/json", ".zip": "application/zip",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
TONES: dict[str, str] = {
    State.DRAFT: "draft", State.IN_REVIEW: "waiting", State.APPROVED: "blue", State.PUBLISHED: "ok",
    State.SUPERSEDED: "grey", State.WITHDRAWN: "danger",
}  # fmt: skip
COLUMNS = [
    Column("title", gettext_lazy("Edición"), url=lambda row: row.get_absolute_url(), note=lambda row: row.name),
    Column("period", gettext_lazy("Periodo"), value=lambda row: period_words(row.period), sort="start"),
    Column("profile", gettext_lazy("Para quién"), value="get_profile_display"),
    Column("state", gettext_lazy("Estado"), kind="chip", value="get_state_display", tone=lambda row: TONES[row.state]),
    Column("frozen_at", gettext_lazy("Datos al"), kind="moment", sort="frozen_at"),
]


@requires("editions.read")
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """Every edition with its state; the ones that wait for this viewer are counted in the navigation."""
    listing = Listing(
        request, queries.editions(request.viewer), COLUMNS, key="editions", title=_("Ediciones"), order="-start"
    )
    return render(
        request,
        "editions/desk.html",
        {"listing": listing, "may_draft": request.viewer.may("editions.draft"), "title": _("Ediciones")},
    )


@requires("editions.draft")
def draft(request: HttpRequest) -> HttpResponse:
    """Freeze a report over a period."""
    form = DraftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            edition = actions.draft(
                data["report"],
                data["period"],
                by=request.viewer,
                profile=data["profile"],
                language=data["language"],
                reason_class=data["reason_class"] or None,
                reason_text=data["reason_text"] or None,
                capture=data["capture"],
            )
        except (Problem, Problems) as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Borrador congelado. Revíselo y pida su aprobación."))
            return redirect(edition)
    context = {
        "form": form,
        "title": _("Preparar una edición"),
        "lead": _("Se congelan las cifras de hoy: después no cambian, aunque cambien los registros."),
        "submit_label": _("Congelar borrador"),
        "back_url": reverse("editions:desk"),
    }
    return render(request, "ui/form.html", context, status=ui.status(form))


@requires("editions.read")
@require_GET
def edition(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One edition: where it stands, its pages, its numbers beside the last edition's, the next step."""
    found = queries.edition(request.viewer, pk)
    before = queries.compared_with(request.viewer, found)
    values = build.values_of(found)
    context = {
        "edition": found,
        "title": found.title,
        "tone": TONES[found.state],
        "values": values,
        "pages": range(1, len(values.layout["print"]["pages"]) + 1),
        "before": before,
        "changes": queries.changes(found, before),
        "steps": _steps(found),
        "pairs": _about(found),
        "acts": _acts(request, found),
        "files": _files(request, found),
        "own": request.viewer.id in {found.requested_by, found.recorded_by},
    }
    return render(request, "editions/edition.html", context)


def _steps(found: Edition) -> list[Step]:
    order: list[str] = [State.DRAFT, State.IN_REVIEW, State.APPROVED, State.PUBLISHED]
    reached = order.index(found.state) if found.state in order else len(order)
    done = ["done" if place < reached else "current" if place == reached else "todo" for place in range(len(order))]
    return [
        Step(State(state).label, "done" if found.state == State.PUBLISHED else mark)
        for state, mark in zip(order, done, strict=True)
    ]


def _about(found: Edition) -> list[Pair]:
    accounts = (found.recorded_by, found.requested_by, found.approved_by)
    people = names_of([account for account in accounts if account])
    pairs = [
        Pair(_("Clave"), found.name),
        Pair(_("Periodo"), period_words(found.period)),
        Pair(_("Para quién"), found.get_profile_display()),
        Pair(_("Preparó"), people.get(found.recorded_by, "—")),
        Pair(_("Pidió la revisión"), people.get(found.requested_by or "", "—")),
        Pair(_("Aprobó"), people.get(found.approved_by or "", "—")),
        Pair(_("Hechos"), found.facts_hash[:16]),
    ]
    if found.supersedes is not None:
        pairs.append(Pair(_("Sustituye a"), f"{found.supersedes.name} ({found.reason_class}): {found.reason_text}"))
    if found.withdrawn_reason:
        pairs.append(Pair(_("Retirada porque"), found.withdrawn_reason))
    return pairs


# step → (permission, label, style, states it starts from, asks for a reason)
ACTS: dict[str, tuple[str, Any, str, set[str], bool]] = {
    "pedir": ("editions.request", gettext_lazy("Pedir revisión"), "primary", {State.DRAFT}, False),
    "descartar": ("editions.draft", gettext_lazy("Descartar"), "", {State.DRAFT}, True),
    "aprobar": ("editions.approve", gettext_lazy("Aprobar"), "primary", {State.IN_REVIEW}, False),
    "devolver": ("editions.approve", gettext_lazy("Devolver"), "", {State.IN_REVIEW, State.APPROVED}, True),
    "publicar": ("editions.publish", gettext_lazy("Publicar"), "primary", {State.APPROVED}, False),
    "retirar": ("editions.withdraw", gettext_lazy("Retirar"), "", {State.PUBLISHED, State.SUPERSEDED}, True),
}
STEPS: dict[str, Callable[..., Edition]] = {
    "pedir": actions.request_review,
    "descartar": actions.discard,
    "aprobar": actions.approve,
    "devolver": actions.send_back,
    "publicar": actions.publish,
    "retirar": actions.withdraw,
}


def _acts(request: HttpRequest, found: Edition) -> list[dict[str, Any]]:
    """The steps this viewer may take now; approving one's own is not offered."""
    own = request.viewer.id in {found.requested_by, found.recorded_by}
    return [
        {
            "step": step,
            "label": label,
            "style": style,
            "asks": asks,
            "url": reverse("editions:step", args=[found.pk, step]),
        }
        for step, (permission, label, style, states, asks) in ACTS.items()
        if found.state in states and request.viewer.may(permission) and not (step == "aprobar" and own)
    ]


def _files(request: HttpRequest, found: Edition) -> list[dict[str, str]]:
    names = [n for n in build.OUTPUTS if n not in build.RESTRICTED or request.viewer.may("editions.publish")]
    return [
        {"label": str(build.OUTPUTS[name]), "name": name, "url": reverse("editions:file", args=[found.pk, name])}
        for name in names
    ]


@requires(*sorted({act[0] for act in ACTS.values()}))
def step(request: HttpRequest, pk: UUID, step: str) -> HttpResponse:
    """Take one step of an edition's life; those that need a reason ask for it first."""
    found = queries.edition(request.viewer, pk)
    if step not in ACTS:
        raise Http404
    permission, label, _style, _states, asks = ACTS[step]
    request.viewer.require(permission)
    if not asks:
        return _take(request, found, step)
    form = ui.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            STEPS[step](found, reason=form.cleaned_data["reason"], by=request.viewer)
        except Problem as problem:
            form.refuse(problem)
        else:
            return redirect("editions:desk" if step == "descartar" else found)
    context = {
        "form": form,
        "title": f"{label}: {found.title}",
        "consequences": CONSEQUENCES[step],
        "submit_label": label,
        "back_url": found.get_absolute_url(),
        "danger": step != "devolver",
    }
    return render(request, "ui/confirm.html", context, status=ui.status(form))


CONSEQUENCES = {
    "descartar": [gettext_lazy("El borrador sale de la lista; queda en la bitácora con el motivo.")],
    "devolver": [gettext_lazy("Vuelve a borrador y quien la preparó ve el motivo.")],
    "retirar": [
        gettext_lazy("Su página pública dice que fue retirada y por qué, y deja de ofrecer sus archivos."),
        gettext_lazy("No se puede volver a publicar: se prepara otra edición."),
    ],
}


@require_POST
def _take(request: HttpRequest, found: Edition, step: str) -> HttpResponse:
    try:
        STEPS[step](found, by=request.viewer)
    except Problem as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, DONE[step])
    return redirect(found)


DONE = {
    "pedir": gettext_lazy("Se pidió la revisión. Otra persona debe aprobarla."),
    "aprobar": gettext_lazy("Edición aprobada."),
    "publicar": gettext_lazy("Edición publicada."),
}


@requires("editions.read")
@require_GET
def preview(request: HttpRequest, pk: UUID, page: int) -> HttpResponse:
    """One page of the print as an image, as it would come out today."""
    found = queries.edition(request.viewer, pk)
    with translation.override(found.language):
        pages = printing.png(build.document_of(found).to_json(), ppi=PREVIEW_PPI)
    if not 1 <= page <= len(pages):
        raise Http404
    response = HttpResponse(pages[page - 1], content_type="image/png")
    response["Cache-Control"] = "private, max-age=60"
    return response


@requires("editions.read")
@require_GET
def file(request: HttpRequest, pk: UUID, name: str) -> FileResponse:
    """A file of an edition for staff; the archive with the facts needs the right to publish, and is logged."""
    found = queries.edition(request.viewer, pk)
    if name in build.RESTRICTED and not request.viewer.may("editions.publish"):
        raise PermissionDenied("editions.publish")
    if name in build.RESTRICTED:
        with transaction.atomic():
            log.read(request.viewer.actor, Edition.table(), found.pk, found.office_id, reason=name)
    return _sent(found, name)


def _sent(found: Edition, name: str) -> FileResponse:
    if name not in build.OUTPUTS:
        raise Http404
    path = build.output(found, name)
    kept = path.open("rb")  # FileResponse closes it when it has been sent
    shown = f"{found.name}{path.suffix}" if name.startswith("infographic") else f"{found.name}-{name}"
    return FileResponse(
        kept, content_type=CONTENT[path.suffix], as_attachment=path.suffix not in {".pdf", ".png"}, filename=shown
    )


# Public


@public("published figures are for everybody")
@require_GET
def published(request: HttpRequest) -> HttpResponse:
    """The published editions."""
    return render(request, "editions/published.html", {"editions": queries.published(), "title": _("Publicaciones")})


@public("published figures are for everybody")
@require_GET
@gzip_page
def public_page(request: HttpRequest, name: str) -> HttpResponse:
    """The edition as a page; a withdrawn one says so and shows no number."""
    found = queries.public_edition(name)
    if found.state == State.WITHDRAWN:
        return render(request, "editions/withdrawn.html", {"edition": found, "title": found.title}, status=410)
    values, standing = build.values_of(found), build.standing_of(found)
    with translation.override(values.about.language):
        context = webpage.context(
            values, build.document_of(found), standing=standing, links=_links(found), notice=_notice(found)
        )
        return render(request, "editions/public.html", context)


@public("published figures are for everybody")
@require_GET
def public_style(request: HttpRequest, name: str) -> HttpResponse:
    """The colours of the mission's programmes for an edition's page: a page may not carry its own style."""
    found = queries.public_edition(name)
    if not found.is_public:
        raise Http404
    return HttpResponse(webpage.colours(build.document_of(found)), content_type="text/css; charset=utf-8")


def _links(found: Edition) -> list[dict[str, str]]:
    return [
        {"label": str(label), "note": name, "url": reverse("editions:public_file", args=[found.name, name])}
        for name, label in build.OUTPUTS.items()
        if name not in build.RESTRICTED and name != "index.html"
    ]


def _notice(found: Edition) -> str:
    if found.state != State.SUPERSEDED:
        return ""
    later = getattr(found, "successor", None)
    text = _("Hay una edición más nueva de este informe: %(name)s.")
    return text % {"name": later.name} if later else _("Esta edición fue sustituida por otra más nueva.")


@public("published figures are for everybody")
@require_GET
def public_file(request: HttpRequest, name: str, file: str) -> FileResponse:
    """A download of a published or superseded edition; a withdrawn one has none."""
    found = queries.public_edition(name)
    if not found.is_public or file in build.RESTRICTED:
        raise Http404
    return _sent(found, file)


assert set(ACTS) == set(STEPS)
assert set(rules.TURN) == set(State)
