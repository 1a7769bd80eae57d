"""Steps of a case: opening, pausing, categories, who is responsible, closing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cauce.access.guard import requires
from cauce.records.assistance.forms import DayForm
from cauce.records.assistance.views import shared as assistance
from cauce.records.protection import actions, forms, queries
from cauce.records.protection.models import Case
from cauce.records.protection.views.shared import SECTION, case_or_404
from cauce.ui import forms as ui


def _page(
    request: HttpRequest, case: Case, form: ui.Form, act: Callable[[], Any], title: str, said: str, **context: Any
) -> HttpResponse:
    return assistance.step_page(
        request,
        form,
        act,
        title=title,
        back=case.get_absolute_url(),
        said=said,
        **{"section": SECTION, "accent": "protection", "lead": case.code, **context},
    )


@requires("protection.open")
def begin(request: HttpRequest, pk: UUID) -> HttpResponse:
    case = case_or_404(request, pk)
    form = DayForm(request.POST or None)
    return _page(
        request, case, form, lambda: actions.begin_case(case, by=request.viewer, **form.cleaned_data),
        _("Abrir el caso"), _("Caso abierto."), submit_label=_("Abrir caso"),
    )  # fmt: skip


@requires("protection.work")
def plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    case = case_or_404(request, pk)
    form = forms.PlanForm(request.POST or None, initial={"next_step": case.next_step, "next_on": case.next_on})
    return _page(
        request, case, form, lambda: actions.plan_next(case, by=request.viewer, **form.cleaned_data),
        _("Próximo paso"), _("Próximo paso guardado."),
    )  # fmt: skip


@requires("protection.work")
def recategorise(request: HttpRequest, pk: UUID) -> HttpResponse:
    case = case_or_404(request, pk)
    form = forms.CategoryForm(request.POST or None, case=case)
    return _page(
        request, case, form, lambda: actions.recategorise(case, by=request.viewer, **form.values()),
        _("Cambiar necesidades o categoría"), _("Guardado: las cifras de los meses en que fue asistido se recalculan."),
    )  # fmt: skip


@requires("protection.work")
def assign(request: HttpRequest, pk: UUID) -> HttpResponse:
    case = case_or_404(request, pk)
    form = forms.AssignForm(request.POST or None, colleagues=queries.colleagues(case), initial={"to": case.owner})
    return _page(
        request, case, form, lambda: actions.assign_case(case, by=request.viewer, to=form.cleaned_data["to"]),
        _("Cambiar responsable"), _("Responsable guardado."),
    )  # fmt: skip


@requires("protection.work")
def hold(request: HttpRequest, pk: UUID) -> HttpResponse:
    case = case_or_404(request, pk)
    form = ui.ReasonForm(request.POST or None)
    return _page(
        request, case, form,
        lambda: actions.hold_case(case, by=request.viewer, reason=form.cleaned_data["reason"]),
        _("Pausar el caso"), _("Caso en pausa."), template="ui/confirm.html", submit_label=_("Pausar"),
    )  # fmt: skip


@requires("protection.work")
def resume(request: HttpRequest, pk: UUID) -> HttpResponse:
    case = case_or_404(request, pk)
    form = ui.Form(request.POST or None)
    return _page(
        request, case, form, lambda: actions.resume_case(case, by=request.viewer),
        _("Reanudar el caso"), _("Caso reanudado."), template="ui/confirm.html", submit_label=_("Reanudar"),
    )  # fmt: skip


@requires("protection.work")
def correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    case = case_or_404(request, pk)
    form = forms.CorrectionForm(request.POST or None, case=case)
    return _page(
        request, case, form,
        lambda: actions.correct_case(
            case, by=request.viewer, reason=form.cleaned_data["reason"], **form.changes()
        ),
        _("Corregir datos del caso"), _("Caso corregido. Lo anterior queda guardado con su motivo."),
    )  # fmt: skip


@requires("protection.close")
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    case = case_or_404(request, pk)
    form = forms.CloseForm(request.POST or None)
    return _page(
        request, case, form, lambda: actions.close_case(case, by=request.viewer, **form.cleaned_data),
        _("Cerrar caso"), _("Caso cerrado."), submit_label=_("Cerrar caso"), template="ui/confirm.html",
        consequences=[
            _("Ya no se registran servicios ni canalizaciones en él; se puede reabrir."),
            _("Lo que se prestó sigue contando en su mes."),
        ],
    )  # fmt: skip


@requires("protection.close")
def reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    case = case_or_404(request, pk)
    form = ui.ReasonForm(request.POST or None)
    return _page(
        request, case, form,
        lambda: actions.reopen_case(case, by=request.viewer, reason=form.cleaned_data["reason"]),
        _("Reabrir caso"), _("Caso reabierto con la misma clave."), submit_label=_("Reabrir caso"),
        template="ui/confirm.html", consequences=[_("Empieza un episodio nuevo; el anterior queda con su cierre.")],
    )  # fmt: skip


@requires("protection.close")
def void(request: HttpRequest, pk: UUID) -> HttpResponse:
    case = case_or_404(request, pk)
    return assistance.void_page(
        request, case, actions.void_case, title=_("Anular caso"), back=case.get_absolute_url(),
        consequence=_("El caso deja de contarse. Los servicios que la persona recibió se conservan como suyos."),
    )  # fmt: skip
