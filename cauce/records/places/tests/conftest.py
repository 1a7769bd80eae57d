from contextlib import contextmanager

import pytest

from cauce.kernel.problems import Problem
from cauce.records.places import actions
from cauce.records.places.actions import NewOrganisation, NewSite


@contextmanager
def refused(code):
    """The block raises the Problem with this code."""
    with pytest.raises(Problem) as caught:
        yield caught
    assert caught.value.code == code


@pytest.fixture
def places(db):
    """The catalogue of places, loaded."""
    actions.load_reference()


@pytest.fixture
def casa(places, cast):
    """A protected shelter of Tijuana with an address and an alias."""
    return actions.register_site(
        NewSite(
            name="Casa Luz (simulada)",
            kind="shelter",
            municipality="02004",
            aliases=["Albergue Luz"],
            capacity_regular=40,
            capacity_emergency=60,
            accepts=["women", "families"],
            address="Calle Falsa 123",
        ),
        by=cast.logistics,
    )


@pytest.fixture
def operator(places, cast):
    return actions.register_organisation(
        NewOrganisation(name="Red Frontera (simulada)", kind="shelter_operator", municipality="02004"),
        by=cast.logistics,
    )
