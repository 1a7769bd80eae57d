"""A backup is everything but the keys, and a restore is proved, on the database the tests run on."""

from __future__ import annotations

import errno
import json
import os
import shutil
from pathlib import Path

import pytest
from django.db import connection

from cauce.cli import backups, tables
from cauce.cli.tests.conftest import Installation
from cauce.cli.tests.terminal import run
from cauce.keys import files
from cauce.records.people import actions as people
from cauce.records.people.models import Person


@pytest.fixture
def backed_up(installation, tmp_path) -> Path:
    target = tmp_path / "respaldos" / "ayer.cauce"
    target.parent.mkdir()
    said = installation.run("backup", target)
    assert said.code == 0, said.err
    return target


def test_a_restore_brings_everything_back(installation, backed_up, tmp_path):
    before = installation.inside("state")
    assert "Yesenia" in before and "[]" in before
    other = Installation(tmp_path / "otra")
    other.home.mkdir()
    shutil.copy(installation.home / "keys.json", other.home)
    said = other.run("restore", backed_up, "--yes")
    assert said.code == 0, said.err
    assert other.inside("state") == before
    assert other.run("doctor").code == 0
    assert not list(other.home.glob(".cauce-restore-*"))


def test_what_was_there_before_a_restore_is_kept(installation, backed_up):
    before = installation.inside("state")
    installation.inside("register", "Después")
    assert "Después" in installation.inside("state")
    for _twice in range(2):
        assert installation.run("restore", backed_up, "--yes").code == 0
    assert installation.inside("state") == before
    kept = sorted(path.name for path in installation.home.glob("cauce.sqlite3.before-restore*"))
    assert kept == ["cauce.sqlite3.before-restore", "cauce.sqlite3.before-restore-1"]
    # The one set aside first is the database with the later record: putting it back loses nothing.
    (installation.home / "cauce.sqlite3").unlink()
    (installation.home / kept[0]).rename(installation.home / "cauce.sqlite3")
    assert "Después" in installation.inside("state")


def test_a_backup_is_private_encrypted_and_leaves_nothing_else(backed_up):
    assert backed_up.stat().st_mode & 0o077 == 0
    data = backed_up.read_bytes()
    assert b"SQLite" not in data and b"people_person" not in data
    assert [path.name for path in backed_up.parent.iterdir()] == ["ayer.cauce"]


@pytest.mark.parametrize("typed", ["n\n", "\n", "quizá\n", ""])
def test_without_a_yes_nothing_changes(installation, backed_up, typed):
    before = installation.inside("state")
    said = installation.run("restore", backed_up, typed=typed)
    assert "No se cambió nada" in said.refusal
    assert "¿Reemplazar los datos" in said.out
    assert installation.inside("state") == before
    assert not list(installation.home.glob("*.before-restore"))


@pytest.mark.parametrize("typed", ["s\n", "SÍ\n"])
def test_a_yes_restores(installation, backed_up, typed):
    assert installation.run("restore", backed_up, typed=typed).code == 0
    assert (installation.home / "cauce.sqlite3.before-restore").exists()


@pytest.mark.parametrize("what", ["cut", "changed", "empty", "text"])
def test_a_damaged_backup_is_refused_and_nothing_changes(what, installation, backed_up):
    data = backed_up.read_bytes()
    broken = {
        "cut": data[:-100],
        "changed": data[:5000] + bytes([data[5000] ^ 1]) + data[5001:],
        "empty": b"",
        "text": b"hola",
    }[what]
    backed_up.write_bytes(broken)
    before = (installation.home / "cauce.sqlite3").read_bytes()
    assert "dañado" in installation.run("restore", backed_up, "--yes").refusal
    assert (installation.home / "cauce.sqlite3").read_bytes() == before
    assert not list(installation.home.glob(".cauce-restore-*"))


def test_other_keys_do_not_open_it(installation, backed_up):
    (installation.home / "keys.json").unlink()
    assert "Falta el archivo de llaves" in installation.run("restore", backed_up, "--yes").refusal
    assert "Falta el archivo de llaves" in installation.run("keys", "create").refusal
    other = Installation(installation.home.parent / "otra")
    assert other.run("keys", "create").code == 0
    assert "llaves de otra instalación" in other.run("restore", backed_up, "--yes").refusal


def test_targets_and_sources_that_cannot_be_are_said(installation, backed_up, tmp_path):
    assert "Ya existe" in installation.run("backup", backed_up).refusal
    assert "No existe la carpeta" in installation.run("backup", tmp_path / "no" / "hay").refusal
    assert "No existe el archivo" in installation.run("restore", tmp_path / "nada").refusal


def test_a_backup_of_another_kind_of_database_or_version_is_refused(tmp_path, settings):
    (tmp_path / backups.ABOUT).write_text('{"version": "9", "engine": "otra", "migrations": []}')
    with pytest.raises(backups.Problem) as refused:
        backups._check_fits(tmp_path)
    assert refused.value.code == "cli.other_database"
    about = {"version": "9", "engine": connection.vendor, "migrations": [["people", "0999_later"]]}
    (tmp_path / backups.ABOUT).write_text(json.dumps(about))
    with pytest.raises(backups.Problem) as refused:
        backups._check_fits(tmp_path)
    assert refused.value.code == "cli.newer_backup"


@pytest.fixture
def own_keys(tmp_path, settings, monkeypatch):
    """A key file where the installation looks for it, as the commands ask for one.

    SQLite cannot copy the tests' database, which lives in memory and is open: a file stands for the copy.
    Copies of real files are what the tests with an installation of their own are about.
    """
    monkeypatch.setattr(backups, "_dump_sqlite", lambda target: target.write_bytes(b"SQLite format 3"))
    settings.HOME = tmp_path / "home"
    settings.CAUCE_KEY_FILE = settings.HOME / "keys.json"
    settings.HOME.mkdir()
    backups_ring = files.ring()
    from cauce.keys.ring import write_key_file

    write_key_file(settings.CAUCE_KEY_FILE, backups_ring)


@pytest.mark.django_db(transaction=True)
def test_a_full_disk_leaves_no_backup_and_no_copy_in_clear(own_keys, tmp_path, monkeypatch):
    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    folder = tmp_path / "respaldos"
    folder.mkdir()
    monkeypatch.setattr(backups.files, "encrypt_stream", full)
    said = run("backup", folder / "hoy.cauce")
    assert "disco está lleno" in said.refusal
    assert list(folder.iterdir()) == []


@pytest.mark.django_db(transaction=True)
def test_a_full_disk_of_the_database_itself_is_said(own_keys, tmp_path, monkeypatch):
    import sqlite3

    def full(*_arguments: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(backups, "_dump", full)
    assert "lleno" in run("backup", tmp_path / "hoy.cauce").refusal
    assert not (tmp_path / "hoy.cauce").exists()


@pytest.mark.django_db(transaction=True)
def test_what_a_killed_backup_left_is_removed(own_keys, tmp_path):
    old, new = tmp_path / ".cauce-backup-old", tmp_path / ".cauce-backup-new"
    for left in (old, new):
        left.mkdir()
    os.utime(old, (1, 1))
    assert run("backup", tmp_path / "hoy.cauce").code == 0
    assert not old.exists()
    assert new.exists()  # perhaps another process is making one now


@pytest.mark.skipif(connection.vendor != "postgresql", reason="tables as files are PostgreSQL's way")
@pytest.mark.django_db(transaction=True)
def test_tables_are_put_back_as_they_were(cast, tmp_path):
    def register(name: str) -> None:
        people.register(
            by=cast.ana, given_names=name, first_surname="Ortiz (simulada)", sex="female", age=20,
            nationalities=["HND"], consents={"service": True},
        )  # fmt: skip

    from cauce.audit import verification

    register("Yesenia")
    tables.dump(tmp_path / "tables")
    register("Después")
    tables.load(tmp_path / "tables")
    assert [person.given_names for person in Person.objects.live()] == ["Yesenia"]
    assert verification.verify() == []
    # The sequences go on after what was restored.
    register("Otra")
    assert Person.objects.live().count() == 2
    assert verification.verify() == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="tables as files are PostgreSQL's way")
@pytest.mark.django_db(transaction=True)
def test_a_restore_that_breaks_in_the_middle_changes_nothing(cast, tmp_path):
    from django.db import Error

    tables.dump(tmp_path / "tables")
    people.register(
        by=cast.ana, given_names="Rosa", first_surname="Ortiz (simulada)", sex="female", age=20,
        nationalities=["HND"], consents={"service": True},
    )  # fmt: skip
    (tmp_path / "tables" / "people_person").write_bytes(b"not a row\n")
    with pytest.raises(Error):
        tables.load(tmp_path / "tables")
    assert [person.given_names for person in Person.objects.live()] == ["Rosa"]
