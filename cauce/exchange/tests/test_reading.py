"""Sheets as people send them: titles above, columns moved, notes below."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import openpyxl
import pytest

from cauce.exchange import COMMON_NULLS, Choice, Column, Day, Flag, Folio, Sheet, Text, Whole, read
from cauce.kernel.problems import Problem, Problems

PEOPLE = Sheet(
    "people",
    "Personas",
    [
        Column("folio", "Folio", Folio(), required=True, hxl="#meta+id"),
        Column("name", "Nombre completo", Text(), required=True, aliases=("Nombre y apellidos",)),
        Column("born", "Fecha de nacimiento", Day()),
        Column("sex", "Sexo", Choice(), choices={"female": "Mujer", "male": "Hombre"}, nulls=COMMON_NULLS),
        Column("size", "Integrantes", Whole(max=40)),
    ],
)
CASES = Sheet("cases", "Casos", [Column("code", "Código", Folio(), required=True), Column("open", "Abierto", Flag())])
HEADER = ["Folio", "Nombre completo", "Fecha de nacimiento", "Sexo", "Integrantes"]
ANA = ["001", "Ana (simulada)", date(1990, 4, 3), "Mujer", 3]


def workbook(*sheets: tuple[str, list], change=None) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    if change:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def people(*rows, **more) -> bytes:
    return workbook(("Personas", [HEADER, *rows]), **more)


def only(data: bytes, sheet: Sheet = PEOPLE, **more):
    reading = read(data, [sheet], **more)
    assert reading.problems == []
    return reading.sheets[0]


def codes(problems) -> list[str]:
    return [problem.code.removeprefix("exchange.") for problem in problems]


def test_a_good_row_comes_out_typed():
    (row,) = only(people(ANA)).rows()
    assert row.values == {
        "folio": "001", "name": "Ana (simulada)", "born": date(1990, 4, 3), "sex": "female", "size": 3,
    }  # fmt: skip
    assert (row.number, row.problems, row.raw["Sexo"]) == (2, [], "Mujer")


@pytest.mark.parametrize(
    "header",
    [
        ["folio", "name", "born", "sex", "size"],
        ["FOLIO *", "nombre\nCOMPLETO *", "Fecha  de nacimiento (dd/mm/aaaa)", "sexo", "Integrantes [personas]"],
        ["Folio", "Nombre y apellidos", "fecha_de_nacimiento", "SEXO:", "integrantes"],
    ],
)
def test_headers_in_any_dress(header):
    (row,) = only(workbook(("Personas", [header, ANA]))).rows()
    assert row.values["name"] == "Ana (simulada)"
    assert row.values["born"] == date(1990, 4, 3)


def test_columns_in_any_order_under_a_title_and_blank_rows():
    rows = [["Registro 2022"], [], ["Oficina Tijuana", "enero"], HEADER[::-1], ANA[::-1], [], ANA[::-1]]
    found = only(workbook(("Personas", rows)))
    assert [(row.number, row.values["folio"]) for row in found.rows()] == [(5, "001"), (7, "001")]


def test_a_row_of_hxl_tags_is_not_data_and_can_name_a_column():
    rows = [["Clave del registro", *HEADER[1:]], ["#meta +ID", "", "", "", ""], ANA]
    (row,) = only(workbook(("Personas", rows))).rows()
    assert row.values["folio"] == "001"


def test_a_misspelled_column_stops_the_sheet_and_names_what_was_meant():
    rows = [["Folio", "Nombre completo", "Fecha de nacimieto"], ANA]
    problems = read(workbook(("Personas", rows)), [PEOPLE]).problems
    assert codes(problems) == ["column_misspelled"]
    assert "¿Quiso decir «Fecha de nacimiento»?" in problems[0].advice


def test_missing_and_unknown_columns_are_reported_by_name():
    reading = read(workbook(("Personas", [["Folio", "Color favorito"], ["1", "azul"]])), [PEOPLE])
    assert "«Nombre completo»" in str(reading.problems[0])
    notices = " ".join(map(str, reading.sheets[0].notices))
    assert "Color favorito (B)" in notices
    assert "Integrantes" in notices
    with pytest.raises(Problems):
        next(reading.sheets[0].rows())


def test_a_column_twice_is_refused_with_both_places():
    reading = read(workbook(("Personas", [[*HEADER, "sexo"], ANA])), [PEOPLE])
    assert codes(reading.problems) == ["column_twice"]
    assert "D" in str(reading.problems[0])
    assert "F" in str(reading.problems[0])


def test_data_without_a_header_are_noticed():
    found = only(workbook(("Personas", [HEADER, [*ANA, "¿y esto?"]])))
    assert "columns_untitled" in codes(found.notices)


def test_notes_totals_and_the_example_are_not_data():
    rows = [["Ejemplo: 000", "Nadie"], ANA, [], ["Nota: datos preliminares"], ["Total", None, None, None, 3]]
    found = only(people(*rows))
    assert [row.values["folio"] for row in found.rows()] == ["001"]
    assert "2, 5, 6" in str(found.notices[-1])


def test_a_bad_row_is_never_taken_for_a_note_only_because_it_is_bad():
    (row,) = only(people(["001", "", "x", "", ""])).rows()
    assert codes(row.problems) == ["required", "date"]


def test_all_problems_of_a_row_come_at_once_with_column_and_row():
    (row,) = only(people(["", "Ana", "31/02/2022", "Perro", "5.772"])).rows()
    assert {(problem.field, problem.row) for problem in row.problems} == {
        ("folio", 2), ("born", 2), ("sex", 2), ("size", 2),
    }  # fmt: skip


def test_merged_data_cells_are_refused_in_every_row_they_cross():
    def merge(book):
        book["Personas"].merge_cells("B2:B3")

    found = only(people(ANA, ["002", None, None, None, None], ["003", "Luz", None, None, None], change=merge))
    rows = list(found.rows())
    assert [codes(row.problems) for row in rows] == [["merged"], ["required", "merged"], []]
    assert "B2:B3" in str(rows[0].problems[0])


def test_a_merged_title_above_the_header_is_fine():
    def merge(book):
        book["Personas"].merge_cells("A1:E1")

    data = workbook(("Personas", [["Registro"], HEADER, ANA]), change=merge)
    assert [row.problems for row in only(data).rows()] == [[]]


def test_hidden_rows_are_read():
    def hide(book):
        book["Personas"].row_dimensions[2].hidden = True

    assert len(list(only(people(ANA, change=hide)).rows())) == 1


def test_error_cells_are_reported_and_not_taken_for_empty():
    def spoil(book):
        cell = book["Personas"]["E2"]
        cell.value, cell.data_type = "#REF!", "e"

    (row,) = only(people(ANA, change=spoil)).rows()
    assert codes(row.problems) == ["error_cell"]
    assert "#REF!" in row.problems[0].sentence


def test_a_formula_nobody_computed_is_refused_and_not_taken_for_empty():
    # A library writes formulas without their result; only a spreadsheet program computes them.
    (row,) = only(people([*ANA[:4], "=1+2"])).rows()
    assert codes(row.problems) == ["formula"]
    assert row.problems[0].field == "size"


def test_rows_of_nothing_but_such_formulas_are_said():
    found = only(people(ANA, ["=A2"], ANA, ["", "", "", "", "", "=E2"]))
    assert [row.number for row in found.rows()] == [2, 4]
    assert [str(notice) for notice in found.notices if "fórmulas" in str(notice)] == [
        "No se leyeron, porque solo tienen fórmulas sin resultado guardado: filas 3. "
        "Abra el libro en Excel o LibreOffice, guárdelo y envíe esa copia."
    ]


def test_a_formula_whose_result_is_empty_is_empty():
    def compute(data: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
            for name in old.namelist():
                new.writestr(name, old.read(name).replace(b'<c r="E2"><f>', b'<c r="E2" t="str"><f>'))
        return out.getvalue()

    (row,) = only(compute(people([*ANA[:4], '=""']))).rows()
    assert (row.problems, row.values["size"]) == ([], None)


def test_an_error_cell_may_be_a_declared_null():
    def spoil(book):
        cell = book["Personas"]["D2"]
        cell.value, cell.data_type = "#N/A", "e"

    (row,) = only(people(ANA, change=spoil)).rows()
    assert (row.problems, row.values["sex"]) == ([], "")


def test_one_reversed_date_casts_doubt_on_the_ambiguous_ones_of_its_column():
    rows = [["1", "A", "13/04/2022"], ["2", "B", "03/04/2022"], ["3", "C", "04/13/2022"], ["4", "D", "05/05/2022"]]
    found = only(people(*rows))
    assert [codes(row.problems) for row in found.rows()] == [[], [], ["date_order"], []]
    assert [(number, problem.code) for number, problem in found.afterthoughts()] == [(3, "exchange.date_mixed")]


def test_dates_a_spreadsheet_may_have_turned_are_noticed():
    turned = [[str(n), "A", date(2022, n, 3)] for n in range(1, 5)]
    found = only(people(*turned, ["9", "B", "23/04/2022"]))
    assert all(not row.problems for row in found.rows())
    assert codes(found.late_notices()) == ["date_turned"]
    honest = only(people(*turned, ["8", "C", date(2022, 3, 24)], ["9", "B", "23/04/2022"]))
    list(honest.rows())
    assert honest.late_notices() == []


def test_several_sheets_come_in_declared_order_whatever_theirs():
    data = workbook(("Casos", [["Código"], ["C-1"]]), ("Personas", [HEADER, ANA]), ("Apuntes", [["x"]]))
    reading = read(data, [PEOPLE, CASES])
    assert [row.sheet for row in reading] == ["people", "cases"]
    assert "«Apuntes»" in str(reading.notices[0])


def test_the_only_sheet_may_have_any_name():
    assert len(list(only(workbook(("Hoja1", [HEADER, ANA]))).rows())) == 1


def test_wrong_sheet_names_are_listed_with_the_expected_ones():
    with pytest.raises(Problem) as caught:
        read(workbook(("Hoja1", [HEADER]), ("Hoja2", [["x"]])), [PEOPLE, CASES])
    assert "Personas, Casos" in str(caught.value)
    assert "Hoja1, Hoja2" in str(caught.value)


def test_a_csv_is_told_by_its_header_among_several_sheets():
    reading = read("Código;Abierto\nC-1;sí\n".encode(), [PEOPLE, CASES])
    assert [(row.sheet, row.values) for row in reading] == [("cases", {"code": "C-1", "open": True})]


def test_hidden_sheets_are_not_read():
    def hide(book):
        book["Casos"].sheet_state = "hidden"

    data = workbook(("Personas", [HEADER, ANA]), ("Casos", [["Código"], ["C-1"]]), change=hide)
    reading = read(data, [PEOPLE, CASES])
    assert [found.sheet.key for found in reading.sheets] == ["people"]
    assert "«Casos» está oculta y no se lee" in str(reading.notices[0])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_csv_in_every_encoding_and_separator(encoding, mark):
    text = mark.join(HEADER) + "\r\n" + mark.join(["001", "Íñigo Núñez", "03/04/1990", "Mujer", "3"]) + "\r\n"
    (row,) = only(text.encode(encoding)).rows()
    assert row.values["name"] == "Íñigo Núñez"
    assert row.values["folio"] == "001"


def test_a_csv_may_declare_its_separator_and_hold_line_breaks():
    text = 'sep=;\nFolio;Nombre completo\n001;"Ana\nMaría; López"\n002;Luz\n'
    assert [(row.number, row.values["name"]) for row in only(text.encode()).rows()] == [
        (2, "Ana María; López"), (3, "Luz"),
    ]  # fmt: skip


def test_a_quote_never_closed_is_said():
    text = 'Folio,Nombre completo\n001,Ana\n002,"Luz\n' + "003,Sol\n" * 30_000
    with pytest.raises(Problem) as caught:
        list(only(text.encode()).rows())
    assert caught.value.code == "exchange.csv_quote"
    assert "desde la fila 3" in caught.value.sentence


@pytest.mark.parametrize("end", ["003;Sol\n", '003;So"l\n004;Mar\n', '003;"Sol"\n004;Mar\n'])
def test_a_quote_never_closed_does_not_swallow_the_rows_below(end):
    with pytest.raises(Problem) as caught:
        list(only(('Folio;Nombre completo\n001;Ana\n002;"Luz\n' + end).encode()).rows())
    assert caught.value.code == "exchange.csv_quote"
    assert "desde la fila 3" in caught.value.sentence


def test_a_quote_in_the_middle_of_a_cell_is_only_a_sign():
    text = 'Folio;Nombre completo\n001;Ana "la Güera" Ruiz\n002;Luz\n'
    assert [row.values["name"] for row in only(text.encode()).rows()] == ['Ana "la Güera" Ruiz', "Luz"]


def test_a_cell_without_end_is_said_with_its_row():
    with pytest.raises(Problem) as caught:
        list(only(("Folio;Nombre completo\n001;Ana\n002;" + "x" * 200_000 + "\n").encode()).rows())
    assert caught.value.code == "exchange.csv_cell"
    assert "La fila 3" in caught.value.sentence


def test_reading_can_go_on_after_a_row():
    found = only(people(ANA, ANA, ANA))
    assert [row.number for row in found.rows(after=3)] == [4]


def test_no_row_beyond_the_limit():
    many = "Folio,Nombre completo\n" + "1,A\n" * 12
    with pytest.raises(Problems) as caught:
        list(only(many.encode(), max_rows=10).rows())
    assert codes(caught.value) == ["too_many_rows"]
    assert codes(read(people(*[ANA] * 12), [PEOPLE], max_rows=10).problems) == ["too_many_rows"]
