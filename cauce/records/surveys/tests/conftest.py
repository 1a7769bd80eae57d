"""Two cities and a round, and lines as the file has them; every value is invented."""

from __future__ import annotations

from datetime import date

import pytest

from cauce.records.places.models import Municipality, State
from cauce.records.surveys import actions
from cauce.records.surveys.enums import RoundState


@pytest.fixture
def places(db):
    for code, iso, curp, name in (
        ("07", "MX-CHP", "CS", "Chiapas"),
        ("08", "MX-CHH", "CH", "Chihuahua"),
        ("09", "MX-CMX", "DF", "Ciudad de México"),
    ):
        State.objects.create(code=code, iso=iso, curp=curp, pcode=f"MX{code}", official_name=name, name=name)
    return {
        name: Municipality.objects.create(code=code, state_id=code[:2], name=name)
        for code, name in (("07089", "Tapachula"), ("08037", "Juárez"), ("09015", "Cuauhtémoc"))
    }


@pytest.fixture
def round_(cast, places):
    """The round of October 2022 in Tapachula, collecting."""
    return actions.plan_round(
        by=cast.info, municipality=places["Tapachula"], starts_on=date(2022, 10, 1), ends_on=date(2022, 10, 31),
        state=RoundState.COLLECTING, sample_planned=400,
    )  # fmt: skip
