"""Is it allowed: pure rules over values, no database."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from cauce.exchange.wording import plain
from cauce.kernel.periods import Period
from cauce.kernel.problems import Problem
from cauce.records.programmes.enums import ClosingState

OPEN, SUBMITTED, VALIDATED, LOCKED = (
    ClosingState.OPEN,
    ClosingState.SUBMITTED,
    ClosingState.VALIDATED,
    ClosingState.LOCKED,
)
# domain.md §4; every state can go back to open, with a reason.
CLOSING: dict[str, set[str]] = {
    OPEN: {SUBMITTED},
    SUBMITTED: {VALIDATED, OPEN},
    VALIDATED: {LOCKED, OPEN},
    LOCKED: {OPEN},
}


def month_of(day: date) -> date:
    """The first day of the day's month: how a month is stored."""
    return day.replace(day=1)


def check_code(code: str, taken: Iterable[str]) -> None:
    """A code is what people write in a spreadsheet: short, and one thing's alone."""
    if not any(char.isalnum() for char in code):
        raise Problem(
            "programmes.code_missing",
            _("Falta la clave."),
            fix=_("Escriba una clave corta, por ejemplo «CT.1234» o «COVID-19»."),
            field="code",
        )
    if plain(code) in {plain(each) for each in taken}:
        raise Problem(
            "programmes.code_taken",
            _("La clave «%(value)s» ya está en uso."),
            fix=_("Use el registro que existe, o escriba otra clave."),
            field="code",
            value=code,
        )


def check_name_free(name: str, taken: Iterable[str]) -> None:
    if plain(name) in {plain(each) for each in taken}:
        raise Problem(
            "programmes.name_taken",
            _("«%(name)s» ya está registrado."),
            fix=_("Use el registro que existe."),
            field="name",
            name=name,
        )


def check_span(start: date | None, end: date | None) -> None:
    """Begins, and ends on or after that."""
    if start is None:
        raise Problem(
            "programmes.start_missing", _("Falta la fecha de inicio."), fix=_("Escriba desde cuándo."), field="start"
        )
    if end is not None and end < start:
        raise Problem(
            "programmes.ends_before_start",
            _("El fin (%(end)s) es anterior al inicio (%(start)s)."),
            fix=_("Revise las dos fechas."),
            field="end",
            end=end.strftime("%d/%m/%Y"),
            start=start.strftime("%d/%m/%Y"),
        )


def check_chapters(chapters: Sequence[str]) -> None:
    if not chapters:
        raise Problem(
            "programmes.no_chapter",
            _("Falta el programa al que pertenece el proyecto."),
            fix=_("Elija al menos un programa."),
            field="chapters",
        )


def check_within(what: str, start: date, end: date | None, day: date, field: str = "project") -> None:
    """A service falls inside its project, an act inside its response (domain.md §6.1); other rooms ask this."""
    if day < start or (end is not None and day > end):
        raise Problem(
            "programmes.outside",
            _("El %(day)s queda fuera de «%(what)s» (%(start)s a %(end)s)."),
            fix=_("Revise la fecha, o elija el proyecto o la respuesta vigente ese día."),
            field=field,
            day=day.strftime("%d/%m/%Y"),
            what=what,
            start=start.strftime("%d/%m/%Y"),
            end=end.strftime("%d/%m/%Y") if end else _("hoy"),
        )


# Months


def check_open(day: date, closed: Container[date], office: str = "") -> None:
    """Something dated ``day`` may still be added. ``closed``: first days of the office's months that are not open."""
    if month_of(day) in closed:
        raise Problem(
            "programmes.month_closed",
            _("El mes %(month)s de la oficina %(office)s ya se entregó y no admite registros nuevos."),
            fix=_("Pida a Información que lo reabra, o revise la fecha. Corregir o anular sí se puede, con motivo."),
            field="day",
            month=day.strftime("%m/%Y"),
            office=office,
        )


def check_over(month: date, today: date) -> None:
    """A month is handed in when it is over."""
    if Period.month(month.year, month.month).end >= today:
        raise Problem(
            "programmes.month_not_over",
            _("El mes %(month)s todavía no termina."),
            fix=_("Entréguelo a partir del día primero del mes siguiente."),
            field="month",
            month=month.strftime("%m/%Y"),
        )


def check_other_person(submitted_by: str | None, validator: str) -> None:
    """Nobody validates what they handed in themselves."""
    if submitted_by == validator:
        raise Problem(
            "programmes.own_month",
            _("Usted entregó este mes; lo valida otra persona."),
            fix=_("Pida a otra persona de Información que lo revise."),
        )


def check_reason(reason: str) -> None:
    if not reason.strip():
        raise Problem(
            "programmes.reason_missing",
            _("Falta el motivo."),
            fix=_("Escriba por qué se reabre el mes; queda en la bitácora."),
            field="reason",
        )
