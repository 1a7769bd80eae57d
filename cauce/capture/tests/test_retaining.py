"""Rows that an import did not take, and files nobody decided on, are kept for a declared time and no longer."""

from __future__ import annotations

import os
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from cauce.audit import verification
from cauce.audit.models import Entry
from cauce.capture import actions, files, queries
from cauce.capture.actions.retaining import Tidied
from cauce.capture.models import Finding
from cauce.capture.tests.kit import folios, ran, roster
from cauce.capture.tests.test_batches import BAD, checked, sent
from cauce.capture.tests.test_screens import at, text
from cauce.records.models import Batch

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("intakes")]


@pytest.fixture(autouse=True)
def _ten_days(settings):
    settings.CAUCE_FINDINGS_DAYS = 10


def days_ago(batch: Batch, days: int, *fields: str) -> None:
    Batch.objects.filter(pk=batch.pk).update(**dict.fromkeys(fields, timezone.now() - timedelta(days=days)))


def complete(cast) -> Batch:
    return ran(actions.confirm(checked(cast, roster(3, more=BAD[:1])), by=cast.ana, only_good=True))


def test_refused_rows_go_when_their_time_is_over_and_the_counts_stay(cast):
    batch = complete(cast)
    rows = Finding.objects.filter(batch=batch).count()
    days_ago(batch, 9, "completed_at")
    assert actions.tidy() == Tidied(0, 0, 0)
    assert Finding.objects.filter(batch=batch).count() == rows > 1
    days_ago(batch, 11, "completed_at")
    assert actions.tidy() == Tidied(rows, 0, 0)
    assert not Finding.objects.exists()
    assert Batch.objects.get().summary["counts"]["refused"] == 1
    assert len(folios()) == 3
    entry = Entry.objects.get(verb="expire")
    assert (entry.record, entry.actor, entry.reason) == (str(batch.pk), "system", str(rows))
    assert verification.verify() == []
    assert actions.tidy() == Tidied(0, 0, 0)
    assert Entry.objects.filter(verb="expire").count() == 1


def test_the_page_says_until_when_and_then_that_they_are_gone(cast):
    client, batch = cast.client("ana"), complete(cast)
    page = text(client.get(at("batch", batch)))
    assert "Las filas de este reporte se borran" in page
    assert at("errors", batch) in page
    days_ago(batch, 11, "completed_at")
    actions.tidy()
    page = text(client.get(at("batch", batch)))
    assert "ya se borraron: se guardan 10 días" in page
    assert at("errors", batch) not in page


def test_what_was_wrong_with_an_unreadable_file_is_forgotten_too(cast):
    batch = ran(sent(cast, b"%PDF-1.7 nada", "acta.pdf"))
    assert "ya se borró" not in text(cast.client("ana").get(at("batch", batch)))
    days_ago(batch, 11, "created_at")
    assert actions.tidy().rows == 1
    assert queries.said_of_file(cast.ana, Batch.objects.get(), "stop") == []
    assert "El motivo ya se borró: se guarda 10 días" in text(cast.client("ana").get(at("batch", batch)))


def test_a_file_nobody_decided_on_is_taken_back(cast, django_capture_on_commit_callbacks):
    batch = checked(cast, roster(3, more=BAD[:1]))
    days_ago(batch, 11, "created_at")
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.tidy() == Tidied(0, 1, 0)
    batch.refresh_from_db()
    assert (batch.state, batch.withdrawn_by) == ("withdrawn", "system")
    assert batch.withdraw_reason == "No se decidió en 10 días."
    assert not files.path_of(batch.pk).exists()
    assert not Finding.objects.exists()
    # The sender has the file, and may send it again.
    assert sent(cast, roster(3, more=BAD[:1])).state == "uploaded"


def test_an_import_that_is_half_written_is_left_alone(cast):
    batch = actions.confirm(checked(cast, roster(3)), by=cast.ana)
    days_ago(batch, 90, "created_at")
    assert actions.tidy() == Tidied(0, 0, 0)
    assert ran(batch).state == "complete"


def test_files_that_a_dead_process_left_are_removed_and_no_others(cast):
    kept = sent(cast, roster(2))
    folder = files.path_of(kept.pk).parent
    stray, half, young, foreign = (
        folder / name for name in (f"{uuid4()}.sealed", f"{uuid4()}.partial", f"{uuid4()}.sealed", "notas.sealed")
    )
    for path in (stray, half, young, foreign):
        path.write_bytes(b"x")
    for path in (stray, half, foreign, files.path_of(kept.pk)):
        os.utime(path, (1, 1))
    assert actions.tidy() == Tidied(0, 0, 2)
    assert [path.exists() for path in (stray, half, young, foreign)] == [False, False, True, True]
    assert ran(kept).state == "checked"
