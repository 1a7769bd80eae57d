"""What the demonstration's colleagues did in the last weeks and have before them today.

The simulated year is past; a home page is about today. Everything here is dated around the day on which
the demonstration is made, far from the year that is counted, written through the rooms' actions by the
accounts themselves, and the same on every day: only the dates move.
"""

from __future__ import annotations

from django.db import transaction

from cauce.access.viewer import Viewer
from cauce.records.models import Correction
from cauce.simulator.present import accounts, acts, cases, catalogue, events, months, people, rounds
from cauce.simulator.present.cast import Cast


def work(loader: Viewer) -> None:
    """Write the last weeks, all or nothing; done already, nothing more is written."""
    cast = Cast(loader)
    if Correction.objects.filter(reason=people.CORRECTED).exists():
        return
    with transaction.atomic():
        accounts.accounts(cast)
        catalogue.catalogue(cast)
        known = people.people(cast)
        opened = cases.cases(cast, known)
        acts.acts(cast, known, opened)
        events.events(cast)
        rounds.rounds(cast)
        # Last: a month that was handed in takes nothing more.
        months.months(cast)
