"""The log as the focal point reads it, and nobody else."""

from __future__ import annotations

import pytest

from cauce.audit.models import Entry
from cauce.audit.tests import test_chain

pytestmark = pytest.mark.django_db
unlocked = test_chain.unlocked


def test_the_log_says_in_words_who_did_what(read, rosa):
    shown = read("focal", "desk:audit")
    assert "Ana Lucía Robles" in shown and str(rosa.pk) in shown and "Registró" in shown
    assert rosa.folio not in shown and "Canché" not in shown


def test_it_is_narrowed_by_office_kind_day_and_text(read, rosa, today):
    assert str(rosa.pk) in read("focal", "desk:audit", query=f"f=1&q={rosa.pk}")
    assert str(rosa.pk) not in read("focal", "desk:audit", query="f=1&kind=sensitive")
    assert str(rosa.pk) not in read("focal", "desk:audit", query="f=1&office=TAP")
    assert str(rosa.pk) in read("focal", "desk:audit", query=f"f=1&since={today:%d/%m/%Y}")


def test_a_log_that_holds_is_said_to_hold_and_a_changed_one_is_not(read, unlocked, rosa):
    assert "La bitácora está íntegra" in read("focal", "desk:verify_log", go="1")
    Entry.objects.filter(record=str(rosa.pk)).update(verb="read")
    assert "La bitácora no está íntegra" in read("focal", "desk:verify_log", go="1")
