"""Luis's survey rounds: one published of the simulated year, one under way, one planned."""

from __future__ import annotations

from datetime import timedelta

from cauce.records.surveys import actions
from cauce.records.surveys.models import Round
from cauce.simulator.present.cast import Cast

_TAPACHULA, _TIJUANA = "07089", "02004"
_POINTS = ("Parque central (simulado)", "Terminal de autobuses (simulada)")


def rounds(cast: Cast) -> None:
    luis = cast["luis"]
    told = Round.objects.live().get(code="SIM-TAP-22-1")
    actions.publish(told, on=told.ends_on + timedelta(days=24), by=luis)
    current = actions.plan_round(
        by=luis, code="SIM-TAP-ACTUAL", municipality_id=_TAPACHULA, starts_on=cast.day(-4), ends_on=cast.day(6),
        sample_planned=60, questionnaire="FMS (simulado)",
    )  # fmt: skip
    current = actions.start(current, by=luis)
    for number in range(18):
        sex = cast.random.choice(("female", "male"))
        nationality = cast.random.choice(("HND", "GTM", "HTI", "VEN", "SLV"))
        actions.record_interview(
            by=luis, round=current, date=cast.day(-(number % 4)), state=_TAPACHULA[:2], municipality_id=_TAPACHULA,
            location=_POINTS[number % 2], nationality=nationality, origin=nationality, destination="USA", sex=sex,
            age=cast.random.randint(18, 55), group_size=1 + number % 3, reasons=["economic", "insecurity"][: 1 + number % 2],
        )  # fmt: skip
    actions.plan_round(
        by=luis, code="SIM-TIJ-PROX", municipality_id=_TIJUANA, starts_on=cast.day(20), ends_on=cast.day(31),
        sample_planned=120, questionnaire="FMS (simulado)",
    )  # fmt: skip
