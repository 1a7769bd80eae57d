"""Tere's calendar: coming, to be settled, held, evaluated, validated, called off."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from cauce.records.activities import actions
from cauce.records.activities.models import Event
from cauce.simulator import names
from cauce.simulator.present.cast import Cast

_MEXICO_CITY = "09015"
# (days from today, type, title, topics)
_COMING = (
    (0, "information_session", "Sesión informativa sobre regularización (simulada)", []),
    (1, "training", "Atención a personas en movilidad (simulada)", ["regularisation"]),
    (5, "workshop", "Taller de primeros auxilios psicológicos (simulado)", ["gbv"]),
    (12, "training", "Protección de la niñez migrante (simulada)", ["migrant_children"]),
    (19, "forum", "Foro de gobernanza migratoria (simulado)", []),
    (26, "training", "Prevención de la trata (simulada)", ["trafficking"]),
)
_UNSETTLED = (
    (-2, "training", "Protección de datos para albergues (simulada)", ["data_protection"]),
    (-4, "workshop", "Taller de reclutamiento ético (simulado)", ["ethical_recruitment"]),
)


def events(cast: Cast) -> None:
    _calendar(cast)
    held = _held(cast, -9, "Acceso a la justicia (simulada)", "access_to_justice")
    _evaluate(cast, held, 11, ("4.40", "4.60", "4.10", "4.50"))
    done = _held(cast, -16, "Búsqueda de personas desaparecidas (simulada)", "missing_persons")
    _evaluate(cast, done, 12, ("4.20", "4.30", "3.90", "4.60"))
    done.refresh_from_db()
    actions.validate(done, by=cast["tere"])


def _evaluate(cast: Cast, event: Event, respondents: int, marks: tuple[str, ...]) -> None:
    questions = ("content", "facilitation", "logistics", "usefulness")
    given = {question: Decimal(mark) for question, mark in zip(questions, marks, strict=True)}
    actions.evaluate(event, by=cast["tere"], respondents=respondents, **given)


def _plan(cast: Cast, day: int, kind: str, title: str, topics: list[str], **more: Any) -> Event:
    values = {"ends_on": cast.day(day), "municipality_id": _MEXICO_CITY, "modality": "in_person", **more}
    return actions.plan(by=cast["tere"], type=kind, title=title, starts_on=cast.day(day), topics=topics, **values)


def _calendar(cast: Cast) -> None:
    tere = cast["tere"]
    for day, kind, title, topics in (*_COMING, *_UNSETTLED):
        event = _plan(cast, day, kind, title, topics)
    # Somebody has signed up for the one that is to come last; another was held and nobody is noted at it.
    coming = _plan(cast, 8, "training", "Integración laboral (simulada)", ["labour_integration"])
    for _ in range(4):
        _enrol(cast, coming, presence="enrolled")
    bare = _plan(cast, -1, "training", "Prevención de fraudes (simulada)", ["fraud_prevention"])
    actions.hold(bare, by=tere)
    off = _plan(cast, 3, "film_festival", "Muestra de cine (simulada)", [])
    actions.cancel(off, by=tere, reason="El teatro cerró por obras (simulado)")
    twice = _plan(cast, 12, "training", "Protección de la niñez (simulada, repetida)", ["migrant_children"])
    actions.void_event(twice, by=tere, reason="Ya estaba en el calendario (simulado)")
    actions.correct_event(event, {"facilitators": 2}, reason="Se sumó otra facilitadora (simulado)", by=tere)


def _enrol(cast: Cast, event: Event, **more: Any) -> Any:
    sex = cast.random.choice(("female", "male"))
    name = " ".join(filter(None, names.full(cast.random, sex, "MEX")))
    sector = cast.random.choice(("government", "government", "cso", "shelter"))
    organisation = {"government": "DIF estatal (simulado)", "cso": "Red de apoyo (simulada)"}.get(
        sector, "Albergue (simulado)"
    )
    return actions.register(
        event, by=cast["tere"], sectors=[sector], form="individual", name=name, sex=sex, organisation_name=organisation,
        **more,
    )  # fmt: skip


def _held(cast: Cast, day: int, title: str, topic: str) -> Event:
    """A course of two days with who came to which, and tests before and after."""
    tere = cast["tere"]
    event = _plan(cast, day, "training", title, [topic], ends_on=cast.day(day + 1))
    sessions = [actions.add_session(event, by=tere, day=cast.day(day + number), hours=4) for number in (0, 1)]
    event.refresh_from_db()
    actions.hold(event, by=tere)
    for number in range(14):
        came = sessions if number % 7 else sessions[:1]
        taken = _enrol(cast, event, attended=[str(session.pk) for session in came])
        if number % 7:
            before = cast.random.randrange(40, 70)
            actions.record_scores(taken, by=tere, pre=before, post=before + cast.random.randrange(5, 30))
    event.refresh_from_db()
    return event
