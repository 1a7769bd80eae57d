"""Whoever changes, drops or adds a step of the log is found out; the database refuses to try."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from cauce.audit import log
from cauce.audit.models import Entry, Head, Seal
from cauce.audit.verification import verify
from cauce.kernel.actors import Actor

ANA = Actor(id="ana", role="case_worker", office="TIJ")
pytestmark = pytest.mark.django_db


def write(office: str = "TIJ", times: int = 3) -> None:
    with transaction.atomic():
        for number in range(times):
            log.record(
                ANA, "correct", "people.person", f"p{number}", office, dates=[date(2022, 5, 1)], changes={"sex": (1, 2)}
            )
        log.seal_heads()


@pytest.fixture
def unlocked():
    """What an attacker with the database in hand does first: drop the triggers."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit_%'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
        else:
            for table in ("audit_entry", "audit_seal"):
                cursor.execute(f"DROP TRIGGER {table}_append_only ON {table}")


def test_an_untouched_log_verifies():
    write("TIJ")
    write("TAP")
    write("TIJ")
    assert verify() == []
    assert Entry.objects.filter(office="TIJ").count() == 6


def test_the_database_refuses_to_change_or_remove_a_step():
    write()
    for attempt in (
        lambda: Entry.objects.filter(number=2).update(verb="nothing"),
        lambda: Entry.objects.filter(number=2).delete(),
        lambda: Seal.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            attempt()


@pytest.mark.django_db(transaction=True)
def test_a_step_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError):
        log.record(ANA, "x", "people.person", 1, "TIJ")
    with pytest.raises(RuntimeError):
        log.seal_heads()


def test_personal_values_are_kept_as_digests_only():
    with transaction.atomic():
        log.record(ANA, "correct", "people.person", "p", "TIJ", changes={"given_names": ("Yesenia", "Jesenia")})
    entry = Entry.objects.get()
    assert "esenia" not in str(entry.changes)
    assert entry.changes["given_names"][0] != entry.changes["given_names"][1]


@pytest.mark.usefixtures("unlocked")
@pytest.mark.parametrize(
    "tamper",
    [
        lambda: Entry.objects.filter(number=2).update(actor="nobody"),
        lambda: Entry.objects.filter(number=2).update(reason="otra razón"),
        lambda: Entry.objects.filter(number=2).delete(),
        lambda: Entry.objects.filter(number=3).delete(),
        lambda: Entry.objects.all().delete(),
        lambda: Entry.objects.filter(number=3).update(number=9),
        lambda: Entry.objects.create(
            office="TIJ", number=4, at=Entry.objects.first().at, actor="x", role="", verb="x", table="x", record="x", mac="0" * 64
        ),
        lambda: Head.objects.update(number=2, mac=Entry.objects.get(number=2).mac) and Entry.objects.filter(number=3).delete(),
        lambda: Seal.objects.all().update(heads={}),
        lambda: Head.objects.all().delete(),
    ],
)  # fmt: skip
def test_tampering_is_found(tamper):
    write()
    assert verify() == []
    tamper()
    assert verify()


def test_heads_sealed_together_catch_an_office_cut_with_its_head(unlocked):
    write("TIJ")
    write("TAP")
    Entry.objects.filter(office="TAP").delete()
    Head.objects.filter(office="TAP").delete()
    assert verify()
