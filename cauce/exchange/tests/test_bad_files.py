"""Files that are not what they seem: each has its sentence, none takes the process down."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cauce.exchange import read, scanning
from cauce.exchange.tests.test_reading import ANA, HEADER, PEOPLE, people, workbook
from cauce.kernel.problems import Problem, Problems


def refusal(data: bytes, filename: str = "x.xlsx") -> Problem:
    with pytest.raises(Problem) as caught:
        list(read(data, [PEOPLE], filename=filename))
    assert "%(" not in str(caught.value)
    assert caught.value.advice
    return caught.value


def archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in parts.items():
            target.writestr(name.replace("__", "/").replace("_DOT_", "."), data)
    return out.getvalue()


def repacked(data: bytes, **parts: bytes) -> bytes:
    """A workbook with some of its parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name, old.read(name)))
    return out.getvalue()


def sheet_xml(rows: bytes) -> bytes:
    return (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + rows
        + b"</sheetData></worksheet>"
    )


def test_a_workbook_with_a_password():
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600
    assert "contraseña" in str(refusal(ole))
    assert refusal(ole).code == "exchange.password"


def test_an_opendocument_sheet_with_a_password():
    data = archive(
        mimetype=b"application/vnd.oasis.opendocument.spreadsheet",
        content_DOT_xml=b"\x00secret",
        **{"META-INF__manifest_DOT_xml": b"<m:encryption-data/>"},
    )
    assert refusal(data).code == "exchange.password"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "imagen"),
        (b"<html><table><tr><td>Folio</td></tr></table></html>", "página web"),
        (b'<?xml version="1.0"?><Workbook/>', "XML"),
        (archive(**{"word__document_DOT_xml": b"<w/>"}), "Word"),
        (archive(**{"xl__workbook_DOT_bin": b"x"}), "xlsb"),
        (archive(foto=b"x"), "comprimido"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "documento antiguo"),
    ],
)
def test_what_is_not_a_workbook_is_named(data, word):
    problem = refusal(data)
    assert problem.code == "exchange.not_a_workbook"
    assert word in problem.sentence


@pytest.mark.parametrize("data", [b"", b"\n\n  \r\n", b"\xef\xbb\xbf"])
def test_an_empty_file(data):
    assert refusal(data).code == "exchange.empty_file"


def test_noise_is_not_text():
    assert refusal(bytes(range(256)) * 20, "x.csv").code == "exchange.not_a_workbook"


@pytest.mark.parametrize("keep", [30, 400, -200])
def test_a_workbook_cut_short(keep):
    assert refusal(people(ANA)[:keep]).code == "exchange.damaged_file"


def test_a_workbook_whose_sheet_is_broken_xml():
    data = repacked(people(ANA), **{"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row><c></row>"})
    assert refusal(data).code == "exchange.damaged_file"


def test_a_workbook_with_entities_to_expand():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook>&a;</workbook>'
    assert refusal(repacked(people(ANA), **{"xl/workbook.xml": bomb})).code == "exchange.damaged_file"


def test_a_zip_bomb_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(scanning, "MAX_UNPACKED", 5_000_000)
    data = repacked(people(ANA), **{"xl/worksheets/sheet1.xml": sheet_xml(b" " * 6_000_000)})
    assert len(data) < 60_000
    assert refusal(data).code == "exchange.too_big"


def test_a_zip_bomb_that_lies_about_its_size(monkeypatch):
    monkeypatch.setattr(scanning, "MAX_UNPACKED", 5_000_000)
    size = 6_000_000
    data = repacked(people(ANA), **{"xl/worksheets/sheet1.xml": sheet_xml(b" " * size)})
    true = len(sheet_xml(b" " * size)).to_bytes(4, "little")
    assert data.count(true) == 2, "the size stands in the local and in the central header"
    assert refusal(data.replace(true, (1000).to_bytes(4, "little"))).code in {
        "exchange.too_big",
        "exchange.damaged_file",
    }


def test_a_cell_at_the_end_of_the_sheet_does_not_take_the_memory():
    far = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    problem = refusal(repacked(people(ANA), **{"xl/worksheets/sheet1.xml": sheet_xml(far)}))
    assert problem.code == "exchange.too_wide"
    assert "XFD1048576" in problem.sentence


def test_formatting_to_the_end_of_the_sheet_is_harmless():
    head = b"".join(
        b'<c r="%s1" t="inlineStr"><is><t>%s</t></is></c>' % (letter.encode(), title.encode())
        for letter, title in zip("ABCDE", HEADER, strict=True)
    )
    rows = b'<row r="1">' + head + b'</row><row r="2"><c r="A2"><v>7</v></c><c r="B2" t="str"><v>Ana</v></c></row>'
    far = rows + b'<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    (row,) = read(repacked(people(ANA), **{"xl/worksheets/sheet1.xml": sheet_xml(far)}), [PEOPLE])
    assert row.values["name"] == "Ana"


def test_a_wrong_extension_is_read_by_content_and_said():
    reading = read(people(ANA), [PEOPLE], filename="lista.csv")
    assert "XLSX" in str(reading.notices[0])
    assert len(list(reading)) == 1
    csv = read(b"Folio,Nombre completo\n1,Ana\n", [PEOPLE], filename="lista.xlsx")
    assert len(list(csv)) == 1


def test_a_workbook_without_a_row_of_data():
    assert refusal(workbook(("Personas", []))).code == "exchange.no_data"
    assert list(read(people(), [PEOPLE])) == []


def test_a_sheet_with_none_of_the_columns():
    reading = read(workbook(("Personas", [["Marca", "Modelo"], ["a", "b"]])), [PEOPLE])
    assert [problem.code for problem in reading.problems] == ["exchange.no_header"]
    assert "Marca, Modelo" in str(reading.problems[0])


def test_two_hundred_thousand_rows_are_read():
    text = "Folio,Nombre completo,Fecha de nacimiento\n" + "".join(f"{n:06},Ana,03/04/1990\n" for n in range(200_000))
    found = read(text.encode(), [PEOPLE]).sheets[0]
    count = 0
    for row in found.rows():
        count, last = count + 1, row
    assert count == 200_000
    assert last.values == {"folio": "199999", "name": "Ana", "born": date(1990, 4, 3), "sex": "", "size": None}


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_no_bytes_whatever_break_the_reader(data):
    try:
        for row in read(data, [PEOPLE]):
            assert row.number
    except (Problem, Problems) as problem:
        assert str(problem)


# Made once: a workbook carries the time it was made at, and generated positions must mean the same each time.
SOUND = people(ANA)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 100_000), st.integers(0, 255)), min_size=1, max_size=8))
def test_no_damage_to_a_workbook_breaks_the_reader(changes):
    whole = bytearray(SOUND)
    for place, byte in changes:
        whole[place % len(whole)] = byte
    try:
        list(read(bytes(whole), [PEOPLE]))
    except (Problem, Problems) as problem:
        assert str(problem)


def test_a_part_that_says_the_format_is_not_unpacked_whole():
    """Half a megabyte that unpacks to 500: what is looked at is its beginning."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("content.xml", b"<a/>")
        with target.open("mimetype", "w") as part:
            part.write(b"application/vnd.oasis.opendocument.text")
            for _megabyte in range(500):
                part.write(b"\0" * (1 << 20))
    tracemalloc.start()
    try:
        assert "LibreOffice" in str(refusal(out.getvalue()))
        assert tracemalloc.get_traced_memory()[1] < 50 * 1024 * 1024
    finally:
        tracemalloc.stop()
