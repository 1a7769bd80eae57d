"""The small Tijuana of assistance, and cases in it."""

from cauce.records.assistance.tests import world
from cauce.records.protection.tests.conftest import case

today, tijuana, clinic, shelter = world.today, world.tijuana, world.clinic, world.shelter
mpp, person, rosa = world.mpp, world.person, world.rosa

__all__ = ["case", "clinic", "mpp", "person", "rosa", "shelter", "tijuana", "today"]
