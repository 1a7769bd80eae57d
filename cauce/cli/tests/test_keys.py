"""Keys are made once, kept under a passphrase, brought back, and renewed without losing anything."""

from __future__ import annotations

import errno
import os
import shutil
import stat

import pytest

from cauce import keys
from cauce.cli.tests.conftest import Installation
from cauce.cli.tests.terminal import run
from cauce.kernel.problems import Problem
from cauce.keys import files
from cauce.keys.ring import KeyRing, load_key_file, write_key_file

PASSPHRASE = ("--passphrase", "cuatro palabras que recuerdo")


@pytest.fixture
def here(tmp_path, settings):
    """An installation's folder in which the commands look for their keys, in this process."""
    settings.HOME = tmp_path / "home"
    settings.CAUCE_KEY_FILE = settings.HOME / "keys.json"
    settings.HOME.mkdir()
    return settings.HOME


def test_a_backup_of_the_keys_opens_with_its_passphrase_alone(here, tmp_path):
    write_key_file(here / "keys.json", KeyRing.generate())
    kept = tmp_path / "llaves.cauce"
    assert run("keys", "backup", kept, *PASSPHRASE).code == 0
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert "Ya existe" in run("keys", "backup", kept, *PASSPHRASE).refusal
    assert "Ya hay un archivo de llaves" in run("keys", "restore", kept, *PASSPHRASE).refusal
    before = (here / "keys.json").read_text()
    (here / "keys.json").unlink()
    assert "frase de paso no abre" in run("keys", "restore", kept, "--passphrase", "otra frase de paso").refusal
    assert "No existe" in run("keys", "restore", tmp_path / "nada", *PASSPHRASE).refusal
    assert run("keys", "restore", kept, *PASSPHRASE).code == 0
    assert (here / "keys.json").read_text() == before
    assert stat.S_IMODE((here / "keys.json").stat().st_mode) == 0o600


def test_a_weak_passphrase_is_refused(here, tmp_path):
    write_key_file(here / "keys.json", KeyRing.generate())
    assert "demasiado corta" in run("keys", "backup", tmp_path / "k", "--passphrase", "corta").refusal
    assert not (tmp_path / "k").exists()


def test_a_full_disk_leaves_no_half_a_backup_and_no_half_a_key_file(here, tmp_path, monkeypatch):
    write_key_file(here / "keys.json", KeyRing.generate())
    before = (here / "keys.json").read_text()

    def full(*_arguments: object, **_named: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(type(tmp_path), "write_bytes", full)
    assert "disco está lleno" in run("keys", "backup", tmp_path / "k", *PASSPHRASE).refusal
    assert [path.name for path in tmp_path.iterdir()] == ["home"]
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_key_file(here / "keys.json", KeyRing.generate())
    assert (here / "keys.json").read_text() == before
    assert [path.name for path in here.iterdir()] == ["keys.json"]


def test_a_file_of_keys_holds_a_bounded_number_of_versions(here):
    ring = KeyRing({255: b"1" * 32}, b"2" * 32, b"3" * 32)
    with pytest.raises(Problem) as refused:
        ring.rotated()
    assert refused.value.code == "keys.too_many"


def test_after_a_rotation_everything_opens_and_old_backups_still_restore(installation, tmp_path):
    before = installation.inside("state")
    old_keys, old_data = tmp_path / "llaves", tmp_path / "datos"
    saved, backed, rotated = installation.runs(
        ("keys", "backup", old_keys, *PASSPHRASE), ("backup", old_data), ("keys", "rotate")
    )
    assert (saved.code, backed.code, rotated.code) == (0, 0, 0), backed.err + rotated.err
    assert "people.Person" in rotated.out
    assert installation.inside("versions").startswith("[2] 2 ")
    assert installation.inside("state") == before
    assert installation.run("doctor").code == 0
    # The rotated file still opens what was made before it …
    assert installation.run("restore", old_data, "--yes").code == 0
    assert installation.inside("versions").startswith("[1] 2 ")
    # … and so do the old keys, somewhere else.
    other = Installation(tmp_path / "otra")
    brought, restored = other.runs(("keys", "restore", old_keys, *PASSPHRASE), ("restore", old_data, "--yes"))
    assert (brought.code, restored.code) == (0, 0), restored.err
    assert other.inside("state") == before


def test_a_rotation_that_died_is_finished_without_another_key(installation):
    path = installation.home / "keys.json"
    write_key_file(path, load_key_file(path).rotated())
    assert installation.inside("versions").startswith("[1] 2 ")
    installation.inside("register", "Nueva")
    assert installation.inside("versions").startswith("[1, 2] 2 ")
    assert installation.run("keys", "rotate", "--resume").code == 0
    assert installation.inside("versions").startswith("[2] 2 ")
    assert "Nueva" in installation.inside("state")


def test_the_signer_stays_the_same(tmp_path):
    ring = KeyRing.generate()
    keys.use(ring)
    signer, index = keys.fingerprint(), keys.blind("ANA", "name")
    keys.use(ring.rotated())
    assert (keys.fingerprint(), keys.blind("ANA", "name")) == (signer, index)
    blob = files.lock_ring(ring.rotated(), "cuatro palabras que recuerdo")
    assert files.unlock_ring(blob, "cuatro palabras que recuerdo").newest == 2


def test_data_without_their_keys_do_not_open_with_others(installation, tmp_path):
    shutil.copy(installation.home / "keys.json", tmp_path / "guardadas")
    write_key_file(installation.home / "keys.json", KeyRing.generate())
    said = installation.run("doctor")
    assert said.code == 1
    assert "no se puede abrir" in said.out
    assert "Traceback" not in said.out + said.err
