"""What the demonstration leaves: every published number, in every file, with an archive that proves it."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest

from cauce.cli.tests.terminal import run, spawn
from cauce.editions.tests import pdfs
from cauce.editions.verification import verify
from cauce.mission.package import current
from tests.flow.conftest import DEMO
from tests.flow.reference import covered, published

FILES = {
    "infographic.pdf", "infographic.png", "index.html", "figures.csv", "figures.json", "figures.xlsx", "edition.zip",
}  # fmt: skip


@pytest.fixture(scope="module")
def table(demonstration) -> list[dict[str, str]]:
    """The rows of figures.csv after its header and its row of tags."""
    with (demonstration.out / "figures.csv").open(encoding="utf-8", newline="") as file:
        _tags, *rows = csv.DictReader(file)
    return rows


def test_every_file_is_there(demonstration):
    names = {path.name for path in demonstration.out.iterdir()}
    assert names >= FILES
    assert all(path.stat().st_size > 1000 for path in demonstration.out.iterdir())
    assert not [name for name in names if name.startswith(".")]


def test_the_table_of_figures_is_plain(demonstration):
    head, tags, *rows = csv.reader((demonstration.out / "figures.csv").open(encoding="utf-8", newline=""))
    assert head[:3] == ["key", "value", "unit"]
    assert all(tag.startswith("#") for tag in tags) and len(tags) == len(head)
    keys = [row[0] for row in rows]
    assert len(keys) == len(set(keys))
    assert keys == sorted(keys, key=[key for figure in current().figures.values() for key in figure.keys].index)
    assert all(row[1].isdigit() or (row[1] == "" and row[3] == "withheld") for row in rows)
    assert all(row[2] for row in rows)


def test_breakdowns_have_a_file_of_their_own(demonstration):
    head, tags, *rows = csv.reader((demonstration.out / "breakdowns.csv").open(encoding="utf-8", newline=""))
    assert head[:3] == ["key", "breakdown", "code"] and all(tag.startswith("#") for tag in tags)
    figures = {row["key"] for row in csv.DictReader((demonstration.out / "figures.csv").open(encoding="utf-8"))}
    assert {row[0] for row in rows} <= figures
    assert len(rows) > 100


def test_every_covered_key_has_the_published_value(table):
    expected = {key: published()[key] for key in covered()}
    found = {row["key"]: int(row["value"]) for row in table if row["key"] in expected}
    assert found == expected
    assert len(expected) >= 20


def test_json_and_workbook_say_the_same(demonstration, table):
    from python_calamine import CalamineWorkbook

    told = {row["key"]: row["value"] for row in table}
    figures = json.loads((demonstration.out / "figures.json").read_text())["figures"]
    assert {each["key"]: "" if each["value"] is None else str(each["value"]) for each in figures} == told
    book = CalamineWorkbook.from_path(str(demonstration.out / "figures.xlsx"))
    _head, _tags, *rows = book.get_sheet_by_index(0).to_python()
    assert {row[0]: str(int(row[1])) if row[1] != "" else "" for row in rows} == told


def test_the_printed_numbers_stand_unbroken(demonstration):
    text = pdfs.text(pdfs.open_pdf((demonstration.out / "infographic.pdf").read_bytes()))
    words = text.split()
    for printed in ("5.772", "6.137", "770", "253", "233", "195", "65%", "76%"):
        assert printed in words, printed
    assert "simulad" in text.lower()


def test_the_page_says_the_numbers_and_asks_nobody_else(demonstration):
    page = (demonstration.out / "index.html").read_text(encoding="utf-8")
    for printed in ("5.772", "6.137"):
        assert printed in page
    assert "<script" not in page
    assert 'src="http' not in page and 'href="http' not in page


def test_the_image_is_one(demonstration):
    assert (demonstration.out / "infographic.png").read_bytes().startswith(b"\x89PNG\r\n\x1a\n")


def test_the_demonstration_verifies_without_options(demonstration):
    said = spawn(demonstration.home, "edition", "verify", demonstration.out / "edition.zip", env=DEMO)
    assert said.code == 0, said.out + said.err
    assert "Recontadas" in said.out
    assert len(said.out.splitlines()) >= 4


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as source:
        return {name: source.read(name) for name in source.namelist()}


def zipped(contents: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
        for name, data in contents.items():
            target.writestr(name, data)
    return out.getvalue()


def tampered(original: dict[str, bytes]):
    """Each member changed, emptied, removed and renamed; one added."""
    for name, data in original.items():
        without = {each: content for each, content in original.items() if each != name}
        yield f"{name} changed", {**original, name: data[:-1] + bytes([data[-1] ^ 1])}
        yield f"{name} emptied", {**original, name: b""}
        yield f"{name} removed", without
        yield f"{name} renamed", {**without, f"{name}x": data}
    yield "one added", {**original, "public/extra.txt": b"hola"}


def test_any_member_changed_removed_added_or_renamed_is_refused(demonstration, tmp_path):
    original = members(demonstration.out / "edition.zip")
    assert len(original) >= 8
    path = tmp_path / "edition.zip"
    for what, contents in tampered(original):
        path.write_bytes(zipped(contents))
        refusal = run("edition", "verify", path, "--key-file", demonstration.key_file).refusal
        assert refusal.endswith("."), f"{what}: {refusal}"
    path.write_bytes(zipped(original))
    assert run("edition", "verify", path, "--key-file", demonstration.key_file).code == 0


def test_the_public_part_verifies_without_any_key(demonstration, tmp_path):
    verified = verify(demonstration.out / "edition-public.zip")
    assert not verified.complete
    said = spawn(tmp_path / "nowhere", "edition", "verify", demonstration.out / "edition-public.zip")
    assert said.code == 0, said.err


def test_nobody_simulated_is_unmarked(demonstration):
    """The archive's facts carry no names at all, and the page says that everything is simulated."""
    page = (demonstration.out / "index.html").read_text(encoding="utf-8").lower()
    assert "simulad" in page
    assert "simulada)" not in page
