"""What an import brought is in the facts when it is complete, and gone from them when it is withdrawn."""

from __future__ import annotations

from datetime import date

import pytest

from cauce.capture import actions as capture
from cauce.capture.run import import_file
from cauce.exchange.writing import write
from cauce.facts.store import current
from cauce.facts.tests.following import refreshed
from cauce.kernel.periods import Period
from cauce.records.assistance import actions as assistance
from cauce.records.assistance.columns import SERVICES
from cauce.records.assistance.models import Service
from cauce.records.assistance.tests import world

pytestmark = pytest.mark.django_db
MARCH, MAY = date(2022, 3, 9), date(2022, 5, 4)
today, tijuana, person = world.today, world.tijuana, world.person


@pytest.fixture
def imported(cast, person, tmp_path):
    """Three services of one import, in March."""
    names = [person() for _number in range(3)]
    path = tmp_path / "servicios.xlsx"
    rows = [
        {"folio": each.folio, "type": "legal_advice", "state": "delivered", "delivered_on": MARCH, "office": "TIJ"}
        for each in names
    ]
    write(path, [(SERVICES, rows)])
    batch = import_file(path, cast.info)
    assert batch.state == batch.State.COMPLETE, batch.summary
    return batch


def test_an_import_appears_and_goes_as_a_whole(cast, imported):
    assert "assistance.service 2022-03" in refreshed()
    assert current().count("assistance.service", Period.parse("2022-03")) == 3
    capture.withdraw(imported, reason="Otro archivo", by=cast.info)
    assert "assistance.service 2022-03" in refreshed()
    assert current().kinds() == ()


def test_an_import_goes_with_what_was_corrected_since(cast, imported):
    first = Service.objects.live().order_by("pk").first()
    refreshed()
    assistance.correct_service(first, by=cast.ana, reason="Otra fecha", delivered_on=MAY)
    refreshed()
    assert current().count("assistance.service", Period.parse("2022-05")) == 1
    capture.withdraw(imported, reason="Otro archivo", by=cast.info)
    refreshed()
    assert current().kinds() == ()
