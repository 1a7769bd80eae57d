from cauce.records.assistance.tests import world

today, tijuana, clinic, shelter = world.today, world.tijuana, world.clinic, world.shelter
project, mpp, person, rosa = world.project, world.mpp, world.person, world.rosa
