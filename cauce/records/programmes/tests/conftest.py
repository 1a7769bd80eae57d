from contextlib import contextmanager
from datetime import date

import pytest

from cauce.kernel.problems import Problem
from cauce.records.places.actions import load_reference
from cauce.records.programmes import actions
from cauce.records.programmes.actions import NewProject


@contextmanager
def refused(code):
    """The block raises the Problem with this code."""
    with pytest.raises(Problem) as caught:
        yield caught
    assert caught.value.code == code


@pytest.fixture
def donor(cast):
    load_reference()
    return actions.register_donor(
        by=cast.policy, name="Fondo de Prueba (simulado)", short_name="FDP", kind="government", country="CAN"
    )


@pytest.fixture
def project(cast, donor):
    return actions.register_project(
        NewProject(
            code="CT.0001",
            name="Protección en la frontera (simulado)",
            donor=donor.pk,
            start=date(2022, 1, 1),
            end=date(2022, 12, 31),
            chapters=["protection"],
        ),
        by=cast.policy,
    )


@pytest.fixture
def covid(cast):
    return actions.register_response(by=cast.policy, code="COVID-19", name="COVID-19", start=date(2020, 3, 11))
