"""The doctor finds what is wrong, says what to do, and ends with 1 when something must be mended."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq


def test_a_sound_installation_is_told_so(made):
    said = made[0].run("doctor")
    assert said.code == 0, said.out + said.err
    assert said.out.count("✓") >= 7
    assert "✗" not in said.out
    # Keys beside the data are a warning, and a warning is not an error.
    assert "CAUCE_KEY_FILE" in said.out


def test_a_missing_key_file_is_found(installation):
    (installation.home / "keys.json").unlink()
    said = installation.run("doctor")
    assert said.code == 1
    assert "Falta el archivo de llaves" in said.out
    assert "Traceback" not in said.out + said.err


def test_a_key_file_that_others_can_read_is_found(installation):
    (installation.home / "keys.json").chmod(0o644)
    said = installation.run("doctor")
    assert said.code == 1
    assert "chmod 600" in said.out


def test_a_tampered_log_is_found(installation):
    installation.inside("tamper")
    said = installation.run("doctor")
    assert said.code == 1
    assert "el paso 2 fue cambiado" in said.out
    assert "protección de datos" in said.out


def test_a_missing_database_is_found_and_not_made(installation):
    (installation.home / "cauce.sqlite3").unlink()
    said = installation.run("doctor")
    assert said.code == 1
    assert "no hay una instalación" in said.out and "cauce restore" in said.out
    assert not (installation.home / "cauce.sqlite3").exists()


def test_a_damaged_database_is_found(installation):
    path = installation.home / "cauce.sqlite3"
    data = bytearray(path.read_bytes())
    data[4096 * 3 : 4096 * 40] = bytes(4096 * 37)
    path.write_bytes(data)
    said = installation.run("doctor")
    assert said.code == 1
    assert "✗ Base de datos" in said.out and "cauce restore" in said.out
    path.write_bytes(b"no es una base de datos, ni mucho menos" * 50)
    said = installation.run("doctor")
    assert said.code == 1
    assert "Traceback" not in said.out + said.err


def test_forged_facts_are_found_and_built_again(installation):
    forged = next(Path(installation.home / "facts").rglob("*.parquet"))
    table = pq.read_table(forged)
    place = table.schema.get_field_index("quantity")
    pq.write_table(table.set_column(place, table.schema.field(place), [[9] * len(table)]), forged)
    first, rebuilt, second = installation.runs(("doctor",), ("figures", "rebuild"), ("doctor",))
    assert first.code == 0 and "no corresponden" in first.out and "cauce figures rebuild" in first.out
    assert rebuilt.code == 0, rebuilt.err
    assert "no corresponden" not in second.out
