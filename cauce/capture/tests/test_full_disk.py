"""A full disk is known by all its names, and said on the page; in the middle of an import see test_killed.py."""

from __future__ import annotations

import errno
import sys

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, OperationalError

from cauce.capture import actions, run, shown
from cauce.capture.actions import checking
from cauce.capture.tests.kit import roster
from cauce.capture.tests.test_batches import sent
from cauce.capture.tests.test_screens import at, text
from cauce.kernel import disk
from cauce.records.models import Batch

POSTGRES = 'could not extend file "base/1/2": No space left on device'


@pytest.mark.django_db
@pytest.mark.usefixtures("intakes")
def test_an_import_says_that_the_disk_is_full_whatever_the_database(cast, monkeypatch):
    batch = sent(cast, roster(2))

    def full(*_args):
        raise DatabaseError(POSTGRES)

    monkeypatch.setattr(checking, "_begin", full)
    with pytest.raises(DatabaseError):
        run.run_batch(batch.pk, viewer=cast.ana)
    batch.refresh_from_db()
    assert (batch.stop_requested, batch.summary["halt"]) == (True, "disk")
    assert "No hay espacio en el disco" in shown.halt_of(batch)
    assert "No hay espacio en el disco" in text(cast.client("ana").get(at("batch", batch)))


@pytest.mark.django_db
@pytest.mark.usefixtures("intakes")
def test_a_page_says_that_the_disk_is_full(cast, monkeypatch):
    def full(*_args, **_more):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(actions, "receive", full)
    client = cast.client("ana")
    client.raise_request_exception = False
    answer = client.post(at("new"), {"file": SimpleUploadedFile("x.csv", roster(2))})
    assert answer.status_code == 507
    assert "No hay espacio en el disco del servidor" in text(answer)
    assert not Batch.objects.exists()


@pytest.mark.parametrize(
    ("error", "full"),
    [
        (OSError(errno.ENOSPC, "x"), True),
        (OSError(errno.EDQUOT, "x"), True),
        (OSError(errno.EACCES, "x"), False),
        (OperationalError("database or disk is full"), True),
        (OperationalError(POSTGRES), True),
        (OperationalError("database is locked"), False),
        (ValueError("full"), False),
    ],
)
def test_a_full_disk_is_known_by_all_its_names(error, full):
    assert disk.is_full(error) is full
    try:
        raise RuntimeError("around it") from error
    except RuntimeError:
        assert disk.is_full(sys.exc_info()[1]) is full
