"""Two people send the same file at the same moment: one import, and a sentence for the other."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from cauce.capture import actions, files
from cauce.capture.actions import receiving
from cauce.capture.tests.kit import roster
from cauce.kernel.problems import Problem
from cauce.records.models import Batch

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("intakes")]


def test_who_comes_a_moment_later_is_told_and_leaves_nothing(cast, monkeypatch):
    first = actions.receive(roster(2), "lista.csv", by=cast.info)
    look, kept = receiving._refuse_twice, []

    def look_too_early(content, by):
        """As if the other's row were not committed yet: the first look finds nobody."""
        monkeypatch.setattr(receiving, "_refuse_twice", look)

    keep = files.keep
    monkeypatch.setattr(files, "keep", lambda batch, data: (kept.append(batch), keep(batch, data)))
    monkeypatch.setattr(receiving, "_refuse_twice", look_too_early)
    with pytest.raises(Problem) as caught:
        actions.receive(roster(2), "la-misma.csv", by=cast.ana)
    assert caught.value.code == "capture.same_file"
    assert "«lista.csv»" in caught.value.sentence
    assert [batch.pk for batch in Batch.objects.all()] == [first.pk]
    assert [files.path_of(batch).exists() for batch in (first.pk, *kept)] == [True, False]


def test_the_table_itself_holds_a_file_once(cast):
    first = actions.receive(roster(2), "lista.csv", by=cast.ana)
    again = Batch(office_id="TIJ", filename="otra.csv", content_hash=first.content_hash, by=cast.ana.id)
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save(force_insert=True)
    actions.withdraw(first, reason="Era otro mes", by=cast.info)
    again.save(force_insert=True)
    assert Batch.objects.count() == 2
