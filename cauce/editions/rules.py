"""May this step be taken, in this state, by this person? Pure: no database."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cauce.editions.enums import State
from cauce.kernel.problems import Problem

TRANSITIONS: dict[str, set[str]] = {
    State.DRAFT: {State.IN_REVIEW},
    State.IN_REVIEW: {State.APPROVED, State.DRAFT},
    State.APPROVED: {State.PUBLISHED, State.DRAFT},
    State.PUBLISHED: {State.SUPERSEDED, State.WITHDRAWN},
    State.SUPERSEDED: {State.WITHDRAWN},
    State.WITHDRAWN: set(),
}

# Whose turn it is: what the list shows and the home page asks for.
TURN = {
    State.DRAFT: "editions.request",
    State.IN_REVIEW: "editions.approve",
    State.APPROVED: "editions.publish",
    State.PUBLISHED: "",
    State.SUPERSEDED: "",
    State.WITHDRAWN: "",
}


def check_other_person(edition, viewer_id: str) -> None:
    """Nobody approves what they drafted or asked to have approved (design.md §5)."""
    if viewer_id in {edition.requested_by, edition.recorded_by}:
        raise Problem(
            "editions.own",
            _("Usted preparó esta edición o pidió su revisión, y no puede aprobarla."),
            fix=_("Pida a otra persona con esa función que la revise y apruebe."),
        )


def check_reason(text: str, field: str = "reason") -> None:
    if len(text.strip()) < 8:
        raise Problem(
            "editions.reason",
            _("Falta decir el motivo."),
            fix=_("Escriba en una frase qué pasa y por qué; queda en la bitácora."),
            field=field,
        )


def check_succession(published, reason_class: str | None, reason_text: str | None) -> None:
    """A second edition of a published one needs its class of change and a sentence; a first one has neither."""
    if published is not None and not (reason_class and (reason_text or "").strip()):
        raise Problem(
            "editions.reason_of_change",
            _("Ya hay una edición publicada de «%(key)s»: falta decir por qué cambia."),
            fix=_("Elija la clase de cambio (R1, R2, R3 o C) y escriba qué cambió; se imprime con la edición."),
            field="reason_class",
            key=published.key,
        )
    if published is None and reason_class:
        raise Problem(
            "editions.nothing_to_supersede",
            _("Es la primera edición: no sustituye a ninguna y no lleva clase de cambio."),
            fix=_("Deje vacía la clase de cambio."),
            field="reason_class",
        )


def check_sums(failed: list[str]) -> None:
    """Sums that must hold, hold before anybody is asked to approve (design.md §4)."""
    if failed:
        raise Problem(
            "editions.sums",
            _("Hay sumas que no se cumplen: %(sums)s."),
            fix=_("Revise en el explorador de cifras los registros que no cuadran y prepare otra vez el borrador."),
            sums="; ".join(failed),
        )


def check_not_empty(values: list[int | None], period: str) -> None:
    """An edition says something: at least one figure that is not zero, or that is withheld."""
    if not any(value is None or value for value in values):
        raise Problem(
            "editions.empty",
            _("No hay nada que publicar en %(period)s: todas las cifras del informe son cero."),
            fix=_("Revise el periodo, o si falta importar los datos de esos meses."),
            field="period",
            period=period,
        )
