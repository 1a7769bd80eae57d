"""The list of intakes itself."""

from __future__ import annotations

import io

import pytest

from cauce.access.roles import ROLES
from cauce.capture.intakes import registry
from cauce.exchange import read, template


def test_keys_and_sheets_are_unique():
    assert len({each.key for each in registry.INTAKES}) == len(registry.INTAKES)
    assert len({each.sheet.key for each in registry.INTAKES}) == len(registry.INTAKES)


def test_each_intake_is_open_to_somebody():
    granted = {
        permission for role in ROLES.values() if "capture.import" in role.permissions for permission in role.permissions
    }
    assert {each.permission for each in registry.INTAKES} <= granted


@pytest.mark.django_db
@pytest.mark.parametrize("intake", registry.INTAKES, ids=lambda intake: intake.key)
def test_each_template_opens_and_is_recognised_as_its_sheet(intake):
    out = io.BytesIO()
    template(out, [intake.sheet])
    everything = [each.sheet for each in registry.INTAKES]
    reading = read(out.getvalue(), everything)
    assert [found.sheet.key for found in reading.sheets] == [intake.sheet.key]
    assert (reading.problems, list(reading)) == ([], [])


@pytest.mark.django_db
@pytest.mark.parametrize("intake", registry.INTAKES, ids=lambda intake: intake.key)
def test_no_two_headers_of_a_sheet_can_be_confused(intake):
    names = [name for column in intake.sheet.columns for name in {each.casefold() for each in column.names()}]
    assert len(names) == len(set(names))
