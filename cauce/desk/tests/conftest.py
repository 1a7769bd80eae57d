"""People, cases and events of the rooms' own tests, and a browser that reads pages."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cauce.desk.figures import reading, shown
from cauce.records.activities.tests.conftest import plan as _plan
from cauce.records.assistance.tests import world
from cauce.records.protection.tests.conftest import case as _case

today, tijuana, clinic, shelter = world.today, world.tijuana, world.clinic, world.shelter
person, rosa = world.person, world.rosa
case, plan = _case, _plan


@pytest.fixture(autouse=True)
def _nothing_kept():
    """Figures of the test before must not be shown in this one."""
    reading.forget()
    shown.labels.cache_clear()


@pytest.fixture
def read(cast):
    """``read("ana", "desk:home", …)``: the page's text as this colleague reads it; ``status`` is what is expected."""

    def get(who, name, *args, status=200, query="", **data):
        url = reverse(name, args=args) + (f"?{query}" if query else "")
        client = cast.client(who)
        answer = client.post(url, data, follow=True) if data else client.get(url)
        assert answer.status_code == status, (answer.status_code, url)
        return answer.content.decode() if not answer.streaming else answer.getvalue().decode()

    return get
