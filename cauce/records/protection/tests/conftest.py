import pytest

from cauce.records.assistance.tests import world
from cauce.records.protection import actions

today, tijuana, clinic, shelter = world.today, world.tijuana, world.clinic, world.shelter
project, mpp, person, rosa = world.project, world.mpp, world.person, world.rosa


@pytest.fixture
def case(cast, person):
    """``case(**changes)``: an open general case of Ana's; ``who`` brings the person, ``by`` the colleague."""

    def make(who=None, *, by=None, **changes):
        by = by or cast.ana
        fields = {"needs": ["legal"], "channel": "self", "population": "migrant", "risk": "medium"}
        return actions.open_case(by=by, person=who or person(by=by), **(fields | changes))

    return make
