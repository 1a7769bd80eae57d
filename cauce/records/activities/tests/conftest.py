"""A training in Tijuana, on the day before yesterday, as the trainer plans it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from cauce.records.activities import actions
from cauce.records.places.models import Municipality, State


@pytest.fixture
def tijuana(db):
    state = State.objects.create(
        code="02", iso="MX-BCN", curp="BC", pcode="MX02", official_name="Baja California", name="Baja California"
    )
    return Municipality.objects.create(code="02004", state=state, name="Tijuana")


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def plan(cast, tijuana, today):
    """``plan(**changes)``: a training of two days that ended yesterday."""

    def make(**changes):
        fields = {
            "type": "training", "title": "Trata de personas (simulado)", "municipality": tijuana,
            "starts_on": today - timedelta(days=2), "ends_on": today - timedelta(days=1), "topics": ["trafficking"],
        } | changes  # fmt: skip
        return actions.plan(by=fields.pop("by", cast.trainer), **fields)

    return make


@pytest.fixture
def training(plan):
    return plan()


@pytest.fixture
def sessions(cast, training):
    """Two sessions, of eight and of two hours: the second alone is a fifth of the course."""
    return [
        actions.add_session(training, by=cast.trainer, day=training.starts_on, hours="8.0"),
        actions.add_session(training, by=cast.trainer, day=training.ends_on, hours="2.0"),
    ]
