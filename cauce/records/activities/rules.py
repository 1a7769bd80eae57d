"""Is it allowed, and what follows from it. Pure: values and instances in, Problem out, no database.

Sources: domain.md §2.5 F41–F46, §3.6, §4, §6; counting-rules.md (capacity.*, protection.fairs, integration.*).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from cauce.kernel.problems import Problem
from cauce.records.activities.enums import COURSES, LABOUR_COURSE, EventState, Form, Presence

if TYPE_CHECKING:
    from cauce.records.activities.models import Evaluation, Event, Participation, Session

# A course is completed with this share of its hours (domain.md §3.6).
COMPLETION_PERCENT = 80
LONGEST = timedelta(days=366)

# planned → held → evaluated → validated, → cancelled (domain.md §4). A fair has nothing to evaluate and may be
# validated at once; what must be evaluated first is in check_validation.
TRANSITIONS: dict[str, frozenset[str]] = {
    EventState.PLANNED: frozenset({EventState.HELD, EventState.CANCELLED}),
    EventState.HELD: frozenset({EventState.EVALUATED, EventState.VALIDATED}),
    EventState.EVALUATED: frozenset({EventState.VALIDATED}),
    EventState.VALIDATED: frozenset(),
    EventState.CANCELLED: frozenset(),
}


def check_dates(starts_on: date | None, ends_on: date | None) -> None:
    """An event begins, ends on or after that day, and does not last more than a year."""
    if starts_on is None:
        raise Problem(
            "activities.start_missing", _("Falta la fecha de inicio."), fix=_("Escríbala."), field="starts_on"
        )
    if ends_on is not None and ends_on < starts_on:
        raise Problem(
            "activities.ends_before_start",
            _("El evento termina (%(end)s) antes de empezar (%(start)s)."),
            fix=_("Revise las dos fechas."),
            field="ends_on",
            start=starts_on.isoformat(),
            end=ends_on.isoformat(),
        )
    if ends_on is not None and ends_on - starts_on > LONGEST:
        raise Problem(
            "activities.too_long",
            _("El evento dura más de un año."),
            fix=_("Revise el año de las fechas; un programa largo se registra como varios eventos."),
            field="ends_on",
        )


def check_codes(field: str, codes: Iterable[str], known: Collection[str]) -> None:
    """Every code belongs to the mission's list."""
    for code in codes:
        if code not in known:
            raise Problem(
                "activities.unknown_code",
                _("«%(value)s» no está en la lista."),
                fix=_("Elija un valor de la lista."),
                field=field,
                value=code,
            )


def check_event(event: Event, *, today: date) -> None:
    """What must be true of an event in whatever state it is written."""
    check_dates(event.starts_on, event.ends_on)
    if not event.title.strip():
        raise Problem("activities.title_missing", _("Falta el título."), fix=_("Escríbalo."), field="title")
    if event.municipality_id is None and event.modality != "online":
        raise Problem(
            "activities.place_missing",
            _("Falta el municipio donde se realiza."),
            fix=_("Elija el municipio, o marque la modalidad «en línea»."),
            field="municipality",
        )
    if event.happened:
        check_begun(event, today=today)
    if event.state == EventState.CANCELLED and not event.cancel_reason.strip():
        raise Problem(
            "activities.cancel_reason_missing",
            _("Un evento cancelado dice por qué."),
            fix=_("Escriba el motivo de la cancelación."),
            field="cancel_reason",
        )


def check_begun(event: Event, *, today: date) -> None:
    """Only what has begun was held."""
    if event.starts_on > today:
        raise Problem(
            "activities.not_begun",
            _("El evento empieza el %(start)s y todavía no se ha realizado."),
            fix=_("Corrija la fecha, o déjelo como planeado."),
            field="state",
            start=event.starts_on.isoformat(),
        )


def check_open(event: Event) -> None:
    """Sessions and attendance may be written while an event is neither cancelled nor validated."""
    if event.state == EventState.CANCELLED:
        raise Problem(
            "activities.cancelled",
            _("El evento «%(event)s» se canceló y no admite asistencia."),
            fix=_("Registre la asistencia en el evento que lo sustituyó."),
            event=event.title,
        )
    if event.state == EventState.VALIDATED:
        raise Problem(
            "activities.validated",
            _("El evento «%(event)s» ya se validó y sus datos están cerrados."),
            fix=_("Pida a quien lleva la información que anule el evento si hay un error de fondo."),
            event=event.title,
        )


def check_validation(event: Event, *, participations: int) -> None:
    """Courses are evaluated before they are validated; a training nobody attended is a mistake."""
    if event.type in COURSES and event.state == EventState.HELD:
        raise Problem(
            "activities.evaluate_first",
            _("Una capacitación se evalúa antes de validarse."),
            fix=_("Registre la evaluación; si no la hubo, regístrela con cero formularios."),
        )
    if event.type in COURSES and not participations:
        raise Problem(
            "activities.nobody_came",
            _("El evento no tiene asistencia registrada."),
            fix=_("Registre a quienes asistieron, o un conteo por sector."),
        )


def check_session(session: Session, event: Event) -> None:
    """A session falls within its event and has between half an hour and a day's hours."""
    if not event.starts_on <= session.day <= event.ends_on:
        raise Problem(
            "activities.session_outside",
            _("La sesión del %(day)s queda fuera del evento (%(start)s a %(end)s)."),
            fix=_("Corrija la fecha de la sesión o las del evento."),
            field="day",
            day=session.day.isoformat(),
            start=event.starts_on.isoformat(),
            end=event.ends_on.isoformat(),
        )
    if not Decimal(0) < Decimal(session.hours) <= 24:
        raise Problem(
            "activities.session_hours",
            _("Una sesión dura más de 0 y hasta 24 horas."),
            fix=_("Revise las horas."),
            field="hours",
        )


def sector_of(applying: Iterable[str], precedence: Sequence[str]) -> str:
    """The one sector of a participation: of those that apply, the first by precedence (domain.md F42–45).

    Raises Problem when none applies or one is not in the list.
    """
    wanted = list(applying)
    check_codes("sector", wanted, precedence)
    for sector in precedence:
        if sector in wanted:
            return sector
    raise Problem(
        "activities.sector_missing",
        _("Falta el sector."),
        fix=_("Elija el sector al que pertenece; si son varios, el sistema toma el que corresponde."),
        field="sector",
    )


def check_participation(participation: Participation, event: Event) -> None:
    """One person, or a count of people: never half of each."""
    check_open(event)
    if participation.form == Form.COUNT:
        _check_count(participation)
        return
    if participation.age is not None and not 0 <= participation.age <= 120:
        raise Problem(
            "activities.age", _("La edad va de 0 a 120 años."), fix=_("Revísela o déjela vacía."), field="age"
        )
    if event.type == LABOUR_COURSE and participation.person_id is None:
        raise Problem(
            "activities.course_needs_person",
            _("En un curso de competencias laborales cada participante es una persona registrada."),
            fix=_("Busque a la persona por su folio, o regístrela primero."),
            field="person",
        )
    for field in ("pre_score", "post_score"):
        score = getattr(participation, field)
        if score is not None and not 0 <= score <= 100:
            raise Problem(
                "activities.score", _("Una prueba se califica de 0 a 100."), fix=_("Revise el valor."), field=field
            )


def _check_count(participation: Participation) -> None:
    if participation.quantity < 1:
        raise Problem(
            "activities.count_of_nobody",
            _("Un conteo tiene al menos una persona."),
            fix=_("Deje fuera los renglones en cero."),
            field="quantity",
        )
    if participation.person_id or participation.name or participation.position or participation.age is not None:
        raise Problem(
            "activities.count_with_names",
            _("Un conteo no lleva datos de una persona."),
            fix=_("Registre a esa persona aparte, con nombre y sector."),
            field="quantity",
        )


def check_not_counted_twice(participation: Participation, *, listed: Collection[str], counted: Collection[str]) -> None:
    """The same people are on a list or in a count, not in both, unless those who counted say they are others.

    ``listed`` are the sectors of the event that have a list of names, ``counted`` those that have a
    count which was not declared apart.
    """
    if participation.form == Form.COUNT and not participation.apart and participation.sector in listed:
        raise Problem(
            "activities.count_beside_list",
            _("En este evento ya hay una lista de nombres de ese sector: el conteo las contaría dos veces."),
            fix=_("Si son otras personas, márquelo («son otras que las de la lista»); si no, omita el conteo."),
            field="apart",
        )
    if participation.form == Form.INDIVIDUAL and participation.sector in counted:
        raise Problem(
            "activities.list_beside_count",
            _("En este evento ya hay un conteo de ese sector: la lista contaría dos veces a las mismas personas."),
            fix=_("Anule el conteo, o corríjalo para decir que son otras personas que las de la lista."),
            field="sector",
        )


def hours_attended(hours: Mapping[str, Decimal], attended: Iterable[str]) -> Decimal:
    """Hours of the sessions a person came to; a session that no longer stands counts nothing."""
    return sum((hours[session] for session in set(attended) if session in hours), Decimal(0))


def is_completed(hours: Mapping[str, Decimal], attended: Iterable[str]) -> bool:
    """At least 80 % of the event's hours. Without sessions nothing can be completed."""
    total = sum(hours.values(), Decimal(0))
    return total > 0 and hours_attended(hours, attended) * 100 >= total * COMPLETION_PERCENT


def completed_on(sessions: Sequence[Session], attended: Collection[str], event: Event) -> date | None:
    """The day a person completed a course: that of the last session they came to, once it has been held.

    Only courses are completed, and only when they took place.
    """
    if event.type not in COURSES or not event.happened:
        return None
    hours = {str(session.pk): Decimal(session.hours) for session in sessions}
    if not is_completed(hours, attended):
        return None
    return max(session.day for session in sessions if str(session.pk) in attended)


def presence_after(presence: str, attended: Collection[str]) -> str:
    """Who came to a session was present; who is taken off the last one is enrolled again."""
    if attended:
        return Presence.PRESENT
    return Presence.ENROLLED if presence == Presence.PRESENT else presence


def check_evaluation(evaluation: Evaluation) -> None:
    """Averages belong to somebody: no forms, no averages; no tests, no means."""
    averages = [getattr(evaluation, name) for name in evaluation.QUESTIONS]
    if not evaluation.respondents and any(value is not None for value in averages):
        raise Problem(
            "activities.averages_of_nobody",
            _("Hay promedios de cero formularios."),
            fix=_("Escriba cuántos formularios se respondieron."),
            field="respondents",
        )
    for name in evaluation.QUESTIONS:
        value = getattr(evaluation, name)
        if value is not None and not 1 <= value <= 5:
            raise Problem(
                "activities.average_range", _("Cada promedio va de 1 a 5."), fix=_("Revise la escala."), field=name
            )
    means = (evaluation.pre_mean, evaluation.post_mean)
    if bool(evaluation.tested) != all(mean is not None for mean in means) or (means[0] is None) != (means[1] is None):
        raise Problem(
            "activities.tests_together",
            _("Las pruebas se informan juntas: cuántas personas, promedio inicial y promedio final."),
            fix=_("Complete los tres datos o deje los tres vacíos."),
            field="tested",
        )
    for name, mean in zip(("pre_mean", "post_mean"), means, strict=True):
        if mean is not None and not 0 <= mean <= 100:
            raise Problem(
                "activities.score", _("Una prueba se califica de 0 a 100."), fix=_("Revise el valor."), field=name
            )
