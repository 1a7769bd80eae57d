"""Importing, counting and printing from a terminal: what is said when it works and when it does not."""

from __future__ import annotations

import errno
import os
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError

from cauce.cli import figures, imports
from cauce.cli.tests.terminal import run
from cauce.exchange.writing import write
from cauce.records.assistance import actions as assistance
from cauce.records.people import actions as people
from cauce.records.people.columns import PEOPLE
from cauce.records.people.models import Person
from cauce.records.places import actions as places

NAMES = ("Yesenia", "Marie", "Rosa")


@pytest.fixture
def installed(cast, settings, tmp_path):
    """This test's database as an installation with its keys."""
    from cauce import keys
    from cauce.keys.ring import write_key_file

    settings.HOME = tmp_path / "home"
    settings.CAUCE_KEY_FILE = settings.HOME / "keys.json"
    write_key_file(settings.CAUCE_KEY_FILE, keys.ring())
    places.load_reference()
    return cast


def row(number: int, name: str, **more: object) -> dict[str, object]:
    return {
        "folio": f"TIJ-22-{number:06d}", "given_names": name, "first_surname": "Ortiz (simulada)", "sex": "female",
        "age": 20 + number, "nationality": "HND", "office": "TIJ",
        "registered_on": date(2022, 3, 1), "consent_service": True, "consent_statistics": True,
        **more,
    }  # fmt: skip


@pytest.fixture
def book(tmp_path):
    def make(*rows: dict[str, object], name: str = "personas.xlsx"):
        path = tmp_path / name
        write(path, [(PEOPLE, rows or [row(number, name) for number, name in enumerate(NAMES, start=1)])])
        return path

    return make


def test_an_import_says_what_came_of_every_row(installed, book):
    path = book()
    said = run("import", path, "--as", "ana")
    assert said.code == 0, said.err
    assert "3 aceptadas" in said.out and "3 filas en total" in said.out
    assert sorted(person.given_names for person in Person.objects.live()) == sorted(NAMES)
    assert "ya se envió" in run("import", path, "--as", "ana").refusal
    assert Person.objects.live().count() == len(NAMES)


def test_the_same_rows_in_another_file_are_duplicates_and_nothing_to_mend(installed, book):
    assert run("import", book(), "--as", "ana").code == 0
    people = [*(row(number, name) for number, name in enumerate(NAMES, start=1)), row(1, NAMES[0])]
    again = run("import", book(*people, name="otra-vez.xlsx"), "--as", "ana")
    assert again.code == 1
    assert "4 duplicadas exactas" in again.out and "todas las filas ya están registradas" in again.err
    assert Person.objects.live().count() == len(NAMES)


def test_refused_rows_are_written_out_and_the_good_ones_only_on_request(installed, book, tmp_path):
    path = book(row(1, "Yesenia"), row(2, "Marie", sex="qué"))
    errors = tmp_path / "errores.xlsx"
    said = run("import", path, "--as", "ana", "--errors", errors)
    assert said.code == 1
    assert "1 rechazadas" in said.out and "No se escribió nada" in said.err
    assert "Personas, fila 3: Sexo: «qué»" in said.err
    assert errors.stat().st_size > 1000
    assert not Person.objects.live().exists()
    said = run("import", path, "--as", "ana", "--only-good")
    assert said.code == 0, said.err
    assert [person.given_names for person in Person.objects.live()] == ["Yesenia"]


def test_a_file_that_is_none_or_no_workbook_is_said(installed, tmp_path):
    assert "No existe" in run("import", tmp_path / "nada.xlsx", "--as", "ana").refusal
    assert "es una carpeta" in run("import", tmp_path, "--as", "ana").refusal
    (tmp_path / "carta.xlsx").write_bytes(b"esto no es un libro")
    said = run("import", tmp_path / "carta.xlsx", "--as", "ana")
    assert "no tiene ninguna de las hojas esperadas" in said.refusal
    assert said.err.strip().endswith("No se escribió nada.")
    (tmp_path / "carta.pdf").write_bytes(b"%PDF-1.4 ...")
    assert "es un PDF" in run("import", tmp_path / "carta.pdf", "--as", "ana").refusal
    (tmp_path / "vacio.xlsx").touch()
    assert "está vacío" in run("import", tmp_path / "vacio.xlsx", "--as", "ana").refusal
    assert not Person.objects.exists()


def test_who_may_not_is_told(installed, book):
    assert "no tiene permiso" in run("import", book(), "--as", "press").refusal
    assert "No hay una cuenta abierta" in run("import", book(), "--as", "nadie").refusal
    assert "no tiene permiso" in run("edition", "draft", "en-cifras", "2022", "--as", "ana").refusal


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), "disco está lleno"),
        (OSError(errno.EROFS, "read-only", "/x"), "solo lectura"),
        (OSError(errno.ECONNRESET, "reset"), "El sistema no lo permitió"),
        (OperationalError("database or disk is full"), "está lleno"),
        (OperationalError("database is locked"), "Otro proceso"),
        (OperationalError("could not connect"), "no responde"),
        (PermissionDenied("x"), "no tiene permiso"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_whatever_goes_wrong_is_a_sentence(installed, book, monkeypatch, error, sentence):
    def fails(*_arguments: object, **_named: object) -> None:
        raise error

    monkeypatch.setattr(imports, "import_file", fails)
    assert sentence in run("import", book(), "--as", "ana").refusal


def test_a_full_disk_while_a_file_is_taken_in_leaves_no_import(installed, book, monkeypatch, settings):
    from cauce.capture import files
    from cauce.records.models import Batch

    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    path = book()
    monkeypatch.setattr(files.os, "fsync", full)
    assert "No hay espacio" in run("import", path, "--as", "ana").refusal
    assert not Batch.objects.exists()
    assert not list(settings.CAUCE_UPLOADS.iterdir())


def test_figures_are_listed_through_the_gate(installed):
    said = run("figures", "list", "--period", "2022")
    assert said.code == 0, said.err
    assert "[protection.cases]" in said.out
    assert "no es un periodo" in run("figures", "list", "--period", "ayer").refusal


def test_a_full_disk_of_the_facts_is_said(installed, monkeypatch):
    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(figures, "refresh", full)
    assert "disco está lleno" in run("figures", "list", "--period", "2022").refusal


def test_an_edition_goes_from_draft_to_files(installed, tmp_path):
    person = people.register(
        by=installed.ana, given_names="Yesenia", first_surname="Ortiz (simulada)", sex="female", age=20,
        nationalities=["HND"], consents={"service": True},
    )  # fmt: skip
    assistance.record_service(
        by=installed.ana, person=person, type="legal_advice", state="delivered", delivered_on=date(2022, 3, 9)
    )
    drafted = run("edition", "draft", "en-cifras", "2022", "--as", "info")
    assert drafted.code == 0, drafted.err
    assert "mexico-2022" in drafted.out
    assert run("edition", "approve", "mexico-2022", "--as", "info").refusal
    assert run("edition", "approve", "mexico-2022", "--as", "head").code == 0
    assert "mexico-2022" in run("edition", "list").out
    built = run("edition", "build", "mexico-2022", "--out", tmp_path / "out")
    assert built.code == 0, built.err
    assert run("edition", "verify", tmp_path / "out" / "edition.zip").code == 0
    assert "No hay una edición" in run("edition", "build", "mexico-1999").refusal
    assert "No existe" in run("edition", "verify", tmp_path / "nada.zip").refusal
    assert "informe" in run("edition", "draft", "otro", "2022", "--as", "info").refusal
