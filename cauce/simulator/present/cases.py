"""The cases on each desk: overdue, for today and to come, paused, reopened, and those behind the vaults."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from cauce.records.people import actions as people
from cauce.records.people.models import Person
from cauce.records.protection import actions
from cauce.records.protection.models import Case
from cauce.simulator.present.cast import Cast
from cauce.simulator.present.people import Known

# (days since it was opened, days until its next step or None, what comes next, needs, risk)
_ANA = (
    (13, -6, "Llamar a la clínica jurídica por la cita", ["legal", "asylum"], "high"),
    (12, -2, "Confirmar cupo en la escuela", ["education"], "low"),
    (11, -1, "Acompañar a recoger la copia de la denuncia", ["justice"], "high"),
    (10, 0, "Entrevista de seguimiento en el albergue", ["justice", "psychosocial"], "medium"),
    (9, 0, "Llevar el expediente a la COMAR", ["asylum"], "medium"),
    (8, 0, "Preguntar por la vacante", ["employment"], "low"),
    (6, 1, "Segunda asesoría migratoria", ["migration_advice"], "medium"),
    (5, 3, "Revisar con salud el resultado", ["health"], "high"),
    (4, 6, "Visita de cierre", ["legal"], "low"),
    (2, None, "", ["identity"], "low"),
)


@dataclass
class Opened:
    """The cases that acts are written for."""

    ana: list[Case] = field(default_factory=list)
    marta: list[Case] = field(default_factory=list)
    ines: list[Case] = field(default_factory=list)


def cases(cast: Cast, known: Known) -> Opened:
    opened = Opened()
    _anas(cast, known, opened)
    _martas(cast, known, opened)
    _ineses(cast, known, opened)
    _looked_at(cast, known)
    return opened


def _open(cast: Cast, username: str, person: Person, days: int, **fields: Any) -> Case:
    day = max(cast.day(-days), person.registered_on)
    values = {"channel": "shelter", "population": "asylum_seeker", "risk": "medium", **fields}
    opened = None if values.get("state") == "identified" else day
    return actions.open_case(by=cast[username], person=person, identified_on=day, opened_on=opened, **values)


def _plan(cast: Cast, username: str, case: Case, step: str, day: int) -> None:
    actions.plan_next(case, by=cast[username], next_step=f"{step} (simulado)", next_on=cast.day(day))


def _anas(cast: Cast, known: Known, opened: Opened) -> None:
    """Ten cases at work; one only identified, on hold, closed, back again, opened by mistake."""
    ana = cast["ana"]
    for person, (since, due, step, needs, risk) in zip(known.adults, _ANA, strict=False):
        case = _open(cast, "ana", person, since, needs=needs, risk=risk, categories=_category(needs))
        if due is not None:
            _plan(cast, "ana", case, step, due)
        opened.ana.append(case)
    held, closed, back, mistaken = (
        _open(cast, "ana", person, 7, needs=["lodging"], categories=["referral_general"])
        for person in known.adults[10:14]
    )
    actions.hold_case(held, by=ana, reason="Fue a visitar a su familia, vuelve en dos semanas (simulado)")
    actions.close_case(closed, by=ana, closing="goal_met")
    actions.close_case(back, by=ana, closing="left_area")
    back = actions.reopen_case(back, by=ana, reason="Regresó a la ciudad (simulado)")
    _plan(cast, "ana", back, "Nueva entrevista", 2)
    _open(
        cast, "ana", known.adults[14], 1, needs=["health"], categories=["referral_general"], state="identified",
        channel="hotline", risk="",
    )  # fmt: skip
    actions.void_case(mistaken, by=ana, reason="Se abrió a la persona equivocada (simulado)")
    actions.correct_case(opened.ana[1], by=ana, reason="La familia ya tiene dónde dormir (simulado)", risk="medium")


def _category(needs: list[str]) -> list[str]:
    """Who asks for justice was the victim of a crime on the way."""
    return ["other_crime"] if "justice" in needs else ["referral_general"]


def _martas(cast: Cast, known: Known, opened: Opened) -> None:
    """Violence with its incidents, and trafficking with who decided what it is; names hidden from others."""
    marta = cast["marta"]
    for number, person in enumerate(known.women[:3]):
        case = _open(
            cast, "marta", person, 9 - number, needs=["safety", "psychosocial"], risk="high", categories=["gbv"]
        )
        actions.record_incident(
            case, by=marta, reported_on=cast.day(-3 - number), incident_on=cast.day(-20 - 9 * number),
            incident_estimated=bool(number), type=("physical_assault", "emotional", "denial")[number], stage="transit",
            day_time="night", place_type="transport", perpetrators="1", relation=("stranger", "partner", "smuggler")[number],
            offered=[], wants_legal_action=number == 0, account="Relato de ejemplo, inventado (simulado)",
        )  # fmt: skip
        _plan(
            cast,
            "marta",
            case,
            ("Acompañar a la Fiscalía", "Revisar el plan de seguridad", "Cita psicosocial")[number],
            number - 1,
        )
        opened.marta.append(case)
    case = _open(cast, "marta", known.women[3], 8, needs=["safety", "justice"], risk="high", categories=["trafficking"])
    actions.record_trafficking(
        case, by=marta, status="possible", decided_by="mission", decided_on=cast.day(-2), exploitation=["labour"],
        recruitment=["deception"], control=["debt", "documents"], account="Relato de ejemplo, inventado (simulado)",
    )  # fmt: skip
    _plan(cast, "marta", case, "Hablar del refugio con la persona", 0)
    opened.marta.append(case)


def _ineses(cast: Cast, known: Known, opened: Opened) -> None:
    """Children without the adults who should be there, each as far as it has come."""
    ines = cast["ines"]
    for number, person in enumerate(known.south):
        case = _open(
            cast, "ines", person, 6 - number, needs=["child_protection", "family_reunification"], risk="high",
            categories=["child"], uasc="unaccompanied" if number % 2 else "separated", law_term="unaccompanied",
            population="migrant", channel="government",
        )  # fmt: skip
        decided = number < 2
        actions.record_child(
            case, by=ines, notified_on=cast.day(-2), notice_folio=f"SIM-{number + 1:04d}", restitution_plan=decided,
            care="dif" if number % 2 else "shelter", best_interests="assessment" if decided else "",
            decided_on=cast.day(-1) if decided else None, review_on=cast.day(20) if decided else None,
            tracing_wanted=True, childs_view="Quiere llegar con su tía (simulado)",
        )  # fmt: skip
        _plan(cast, "ines", case, ("Videollamada con la tía", "Audiencia en la Procuraduría")[number % 2], number - 1)
        opened.ines.append(case)


def _looked_at(cast: Cast, known: Known) -> None:
    """A reserved name opened for a reason: the focal point sees it."""
    people.break_glass(
        known.women[0], reason="Llegó al albergue sin folio y urgía identificarla (simulado)", by=cast["ana"]
    )
    people.break_glass(known.women[3], reason="La ambulancia pidió el nombre (simulado)", by=cast["ana"])
