"""A real installation from nothing, and commands where there is none."""

from __future__ import annotations

import os
import socket
import stat

import pytest

from cauce.cli.tests.conftest import SETUP, Installation


def test_setup_makes_an_empty_installation_with_its_first_administrator(made):
    installation, said = made
    assert "cauce keys backup" in said.out and "cauce serve" in said.out
    assert stat.S_IMODE((installation.home / "keys.json").stat().st_mode) == 0o600
    assert stat.S_IMODE(installation.home.stat().st_mode) == 0o700
    assert (installation.home / "static").is_dir()


def test_a_second_setup_keeps_what_is_there(installation):
    keys = (installation.home / "keys.json").read_bytes()
    assert "ya tiene cuentas" in installation.run(*SETUP).refusal
    assert (installation.home / "keys.json").read_bytes() == keys


def test_setup_refuses_a_weak_password_and_an_unknown_office_and_can_be_repeated(tmp_path):
    weak, elsewhere = (*SETUP[:-1], "corta"), (*SETUP[:6], "XXX", *SETUP[7:])
    first, second, third = Installation(tmp_path / "home").runs(weak, elsewhere, SETUP)
    assert first.refusal
    assert "XXX" in second.refusal
    assert third.code == 0, third.err


NOTHING_THERE = [
    ("serve",),
    ("backup", "respaldo"),
    ("import", "nada.xlsx", "--as", "luis"),
    ("figures", "list", "--period", "2022"),
    ("figures", "rebuild"),
    ("edition", "draft", "en-cifras", "2022", "--as", "luis"),
    ("edition", "build", "mexico-2022"),
    ("edition", "list"),
    ("keys", "rotate"),
]


def test_without_an_installation_every_command_says_so(tmp_path):
    home = tmp_path / "home"
    for command, said in zip(NOTHING_THERE, Installation(home).runs(*NOTHING_THERE), strict=True):
        assert "todavía no hay una instalación" in said.refusal, command
        assert "cauce setup" in said.err, command
    assert not (home / "cauce.sqlite3").exists()


def test_without_keys_nothing_starts_and_none_are_made(installation):
    (installation.home / "keys.json").unlink()
    for said in installation.runs(("serve",), SETUP, ("keys", "create"), ("keys", "rotate"), ("backup", "x")):
        assert "Falta el archivo de llaves" in said.refusal
        assert "CAUCE_KEY_FILE" in said.err
    assert not (installation.home / "keys.json").exists()


def test_serve_says_that_a_port_is_taken(installation):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert str(port) in installation.run("serve", "--port", port).refusal


@pytest.mark.parametrize(
    ("name", "value"),
    [("CAUCE_DATABASE_URL", "mysql://a@b/c"), ("CAUCE_IDLE_MINUTES", "quince"), ("CAUCE_MISSION", "/no/hay")],
)
def test_an_impossible_setting_is_said(installation, name, value):
    said = installation.run("figures", "list", "--period", "2022", **{name: value})
    assert said.refusal


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_without_permission_is_said(tmp_path):
    tmp_path.chmod(0o500)
    assert "permiso" in Installation(tmp_path / "home").run(*SETUP).refusal


def test_the_demonstration_does_not_fill_a_real_installation(installation):
    assert "no es una demostración" in installation.run("demo", "--no-serve").refusal
