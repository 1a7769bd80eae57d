"""Is it allowed. Pure: values and instances in, Problem out, no database (domain.md §3.6, F71)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from cauce.kernel.problems import Problem
from cauce.records.surveys.enums import RoundState

if TYPE_CHECKING:
    from cauce.records.surveys.models import Interview, Round

TRANSITIONS: dict[str, frozenset[str]] = {
    RoundState.PLANNED: frozenset({RoundState.COLLECTING}),
    RoundState.COLLECTING: frozenset({RoundState.CLOSED}),
    # Reopened when forms arrive late.
    RoundState.CLOSED: frozenset({RoundState.PUBLISHED, RoundState.COLLECTING}),
    RoundState.PUBLISHED: frozenset(),
}

OLDEST = 120
# A group on the road; more is a mistyped age or year.
LARGEST_GROUP = 100


def check_round(round_: Round, *, today: date) -> None:
    """Dates in order; a round that collects, or did, has begun."""
    if round_.ends_on < round_.starts_on:
        raise Problem(
            "surveys.ends_before_start",
            _("La ronda termina antes de empezar."),
            fix=_("Revise las dos fechas."),
            field="ends_on",
        )
    if round_.state != RoundState.PLANNED:
        check_begun(round_, today=today)
    if round_.published_on is not None and round_.published_on < round_.starts_on:
        raise Problem(
            "surveys.published_before",
            _("La ronda no se puede publicar antes de empezar."),
            fix=_("Revise la fecha de publicación."),
            field="published_on",
        )


def check_begun(round_: Round, *, today: date) -> None:
    if round_.starts_on > today:
        raise Problem(
            "surveys.not_begun",
            _("La ronda empieza el %(start)s; todavía no hay levantamiento."),
            fix=_("Corrija la fecha o déjela como planeada."),
            field="starts_on",
            start=round_.starts_on.isoformat(),
        )


def check_interview(interview: Interview, *, today: date, reasons: Collection[str]) -> None:
    """What must be true of an interview, captured or imported."""
    if interview.date > today:
        raise Problem(
            "surveys.in_the_future",
            _("La entrevista tiene fecha futura (%(day)s)."),
            fix=_("Revise el año, el mes y el día."),
            field="date",
            day=interview.date.isoformat(),
        )
    if interview.age is not None and not 0 <= interview.age <= OLDEST:
        raise Problem(
            "surveys.age",
            _("La edad va de 0 a %(max)s años."),
            fix=_("Revísela o déjela vacía."),
            field="age",
            max=OLDEST,
        )
    if not 1 <= interview.group_size <= LARGEST_GROUP:
        raise Problem(
            "surveys.group_size",
            _("El grupo tiene de 1 a %(max)s personas."),
            fix=_("Cuente a la persona entrevistada y a quienes viajan con ella."),
            field="group_size",
            max=LARGEST_GROUP,
        )
    if not interview.state:
        raise Problem(
            "surveys.place_missing",
            _("Falta dónde se hizo la entrevista."),
            fix=_("Indique el municipio, o al menos la entidad."),
            field="municipality",
        )
    if interview.municipality_id and interview.municipality_id[:2] != interview.state:
        raise Problem(
            "surveys.place_elsewhere",
            _("El municipio %(municipality)s no es de la entidad %(state)s."),
            fix=_("Revise las dos claves."),
            field="municipality",
            municipality=interview.municipality_id,
            state=interview.state,
        )
    for reason in interview.reasons:
        if reason not in reasons:
            raise Problem(
                "surveys.unknown_reason",
                _("«%(reason)s» no es un motivo del cuestionario."),
                fix=_("Elija de la lista."),
                field="reasons",
                reason=reason,
            )


def check_fits(interview: Interview, round_: Round) -> None:
    """An interview is filed under a round of its tool, in its city, on its dates."""
    if not fits(interview, round_):
        raise Problem(
            "surveys.other_round",
            _("La entrevista no es de la ronda %(round)s: otro instrumento, otra ciudad u otras fechas."),
            fix=_("Elija la ronda que corresponde, o déjela sin ronda."),
            field="round",
            round=round_.code,
        )


def fits(interview: Interview, round_: Round) -> bool:
    return (
        interview.tool == round_.tool
        and interview.municipality_id == round_.municipality_id
        and round_.starts_on <= interview.date <= round_.ends_on
    )


def round_of(interview: Interview, rounds: Collection[Round]) -> Round | None:
    """The round an interview belongs to: of those that fit, the one that began last; None when none does.

    No round is ever made up from interviews: a round is a survey, and surveys are counted.
    """
    fitting = [each for each in rounds if fits(interview, each)]
    return max(fitting, key=lambda each: (each.starts_on, each.code), default=None)


def check_takes_interviews(round_: Round) -> None:
    if round_.state not in (RoundState.COLLECTING, RoundState.CLOSED):
        raise Problem(
            "surveys.round_not_collecting",
            _("La ronda %(round)s está «%(state)s» y no recibe entrevistas."),
            fix=_("Ábrala primero («iniciar levantamiento»); una ronda publicada ya no cambia."),
            round=round_.code,
            state=round_.get_state_display(),
        )
