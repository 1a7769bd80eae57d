"""What a cell may say and what it is taken for."""

from __future__ import annotations

import decimal
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cauce.exchange import COMMON_NULLS, Choice, Column, Day, Decimal, Flag, Folio, Text, Whole
from cauce.kernel.problems import Problem

SEXES = {"male": "Hombre", "female": "Mujer", "other": "Otra designación"}


def value(kind, cell, **more):
    return Column("c", "Columna", kind, **more).reader()(cell, [])


def refused(kind, cell, **more) -> Problem:
    with pytest.raises(Problem) as caught:
        value(kind, cell, **more)
    assert caught.value.field == "c"
    assert "%(" not in str(caught.value), "every place of the sentence is filled"
    return caught.value


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("12", 12), (12.0, 12), (12, 12), ("1 250", 1250), ("1\u00a0250", 1250), ("1.234.567", 1234567),
        ("1,234,567", 1234567), ("5.0", 5), ("5,0", 5), ("+7", 7), ("0", 0), ("'+7", 7),
    ],
)  # fmt: skip
def test_a_whole_number_in_any_unmistakable_form(cell, number):
    assert value(Whole(), cell) == number


@pytest.mark.parametrize("cell", ["5.772", "5,772", "17.500", "999,999"])
@pytest.mark.parametrize("kind", [Whole(), Decimal()])
def test_a_number_that_could_be_two_is_refused_and_says_how_to_write_it(kind, cell):
    problem = refused(kind, cell)
    assert problem.code == "exchange.number_ambiguous"
    assert cell.replace(",", "").replace(".", "") in problem.advice


def test_a_declared_decimal_mark_settles_it():
    assert value(Whole(style=","), "5.772") == 5772
    assert value(Whole(style="."), "5,772") == 5772
    assert value(Decimal(style=","), "5,772") == decimal.Decimal("5.772")
    assert value(Decimal(style=","), "1.250,75") == decimal.Decimal("1250.75")
    assert refused(Decimal(style=","), "5.77").code == "exchange.number_style"


@pytest.mark.parametrize(
    "cell", ["doce", "1.2.3", "12 34", "1e3", "--5", "5.", "١٢", True, date(2022, 1, 1), "12,34,567", "nan"]
)
def test_what_is_not_a_number_is_refused(cell):
    assert refused(Decimal(), cell).code.startswith("exchange.number")


def test_a_whole_number_has_no_fraction_and_keeps_its_limits():
    assert refused(Whole(), 5.5).code == "exchange.not_whole"
    assert refused(Whole(max=120), "121").code == "exchange.too_large"
    assert refused(Whole(), "-1").code == "exchange.too_small"


def test_decimals_beyond_the_declared_are_refused_but_not_a_spreadsheets_dust():
    assert value(Decimal(places=2), 0.1 + 0.2) == decimal.Decimal("0.30")
    assert refused(Decimal(places=2), 1.005).code == "exchange.too_many_places"


@pytest.mark.parametrize(
    "cell",
    [
        "03/04/2022", "3-4-2022", "03.04.2022", "2022-04-03", "2022-04-03T08:30:00", "3 de abril de 2022", "3-abr-2022",
        "3 Apr 2022", "domingo, 3 de abril de 2022", "03/04/2022 10:15", date(2022, 4, 3), datetime(2022, 4, 3, 9, 30),
    ],
)  # fmt: skip
def test_a_day_in_the_forms_people_write(cell):
    assert value(Day(), cell) == date(2022, 4, 3)


def test_the_declared_order_decides_never_the_value():
    assert value(Day("mdy"), "03/04/2022") == date(2022, 3, 4)
    assert refused(Day("ymd"), "03/04/2022").code == "exchange.date"
    assert refused(Day(), "04/13/2022").code == "exchange.date_order"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("03/04/22", "date_short_year"), ("3 abr 22", "date_short_year"), ("31/02/2022", "date_impossible"),
        (2022.0, "date_year_only"), ("2022", "date"), ("44654", "date"), ("ayer", "date"), (0.0, "date"),
        ("03/04/1822", "date_range"), ("00/04/2022", "date_impossible"), (True, "date"),
    ],
)  # fmt: skip
def test_a_day_that_cannot_be_is_refused(cell, code):
    assert refused(Day(), cell).code == f"exchange.{code}"


def test_a_bare_day_number_of_excel_is_mended_and_says_so():
    mended: list = []
    assert Column("c", "C", Day()).reader()(44654.0, mended) == date(2022, 4, 3)
    assert "2022-04-03" in str(mended[0])


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_reads_the_same_written_day_first(day):
    assert value(Day(), f"{day:%d/%m/%Y}") == day
    assert value(Day("mdy"), f"{day.month}/{day.day}/{day.year:04d}") == day
    assert value(Day(), day.isoformat()) == day


@pytest.mark.parametrize("cell", ["007", "0012-A", 12.0, "TIJ/2022/001"])
def test_a_folio_keeps_its_signs(cell):
    assert value(Folio(), cell) == ("12" if cell == 12.0 else cell)


def test_a_folio_that_excel_spoiled_is_refused():
    assert refused(Folio(), date(2022, 4, 3)).code == "exchange.folio_date"
    assert refused(Folio(), "1.23457E+15").code == "exchange.folio_rounded"
    assert refused(Folio(), 1.2345678901234567e17).code == "exchange.folio_rounded"
    assert refused(Folio(pattern=r"TIJ-\d{3}"), "TIJ-1", example="TIJ-001").advice.endswith("TIJ-001")


@pytest.mark.parametrize("cell", ["Mujer", " MUJER ", "mujer", "female", "Female", "mujér"])
def test_a_choice_by_code_or_label_whatever_its_case_and_accents(cell):
    assert value(Choice(), cell, choices=SEXES) == "female"


def test_an_unknown_choice_suggests_what_was_meant():
    assert "«Hombre»" in refused(Choice(), "Homre", choices=SEXES).advice
    assert "Hombre; Mujer" in refused(Choice(), "zzz", choices=SEXES).advice


def test_a_label_that_stands_for_two_codes_stands_for_neither():
    choices = {"a": "San José", "b": "San Jose", "c": "Otro"}
    assert refused(Choice(), "San José", choices=choices).code == "exchange.choice"
    assert value(Choice(), "b", choices=choices) == "b"


def test_choices_may_come_from_a_callable_asked_once_per_file():
    asked = []
    column = Column("c", "C", Choice(), choices=lambda: asked.append(1) or SEXES)
    read = column.reader()
    assert [read("Mujer", []), read("Hombre", [])] == ["female", "male"]
    assert len(asked) == 1


@pytest.mark.parametrize("cell", ["agua; ropa", "Ropa|Agua", "agua\nropa", "agua, ropa", "agua;ropa;agua"])
def test_several_values_in_one_cell(cell):
    found = value(Choice(), cell, choices={"w": "Agua", "c": "Ropa", "h": "Salud, mental"}, many=True)
    assert sorted(found) == ["c", "w"]


def test_a_comma_inside_a_label_does_not_split_it():
    assert value(Choice(), "Salud, mental", choices={"h": "Salud, mental", "w": "Agua"}, many=True) == ["h"]


@pytest.mark.parametrize(
    ("cell", "flag"),
    [("Sí", True), ("si", True), (1.0, True), ("X", True), (True, True), ("No", False), ("falso", False), (0, False)],
)
def test_yes_and_no(cell, flag):
    assert value(Flag(), cell) is flag


def test_what_is_neither_yes_nor_no_is_refused():
    assert refused(Flag(), "quizá").code == "exchange.flag"


def test_empty_cells_give_each_kind_its_empty_value():
    assert [value(kind, "") for kind in (Text(), Folio(), Whole(), Day(), Flag())] == ["", "", None, None, None]
    assert value(Choice(), " ", choices=SEXES) == ""
    assert value(Choice(), "", choices=SEXES, many=True) == []
    assert refused(Text(), "  ", required=True).code == "exchange.required"


def test_a_null_marker_means_empty_only_where_it_is_declared():
    assert value(Text(), "N/A", nulls=COMMON_NULLS) == ""
    assert value(Text(), "NA") == "NA"
    assert refused(Whole(), "s/d", nulls=COMMON_NULLS, required=True).code == "exchange.required"
    assert refused(Whole(), "s/d").code == "exchange.number"


def test_a_declared_mend_is_used_and_noted():
    mended: list = []
    read = Column("c", "Ciudad", Text(), mends={"Ju7rez": "Juárez"}).reader()
    assert read("JU7REZ", mended) == "Juárez"
    assert "Juárez" in str(mended[0])
    assert len(mended) == 1


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("  Ana   María ", "Ana María"), ("Jose\u0301", "José"), ("a\u200bb", "ab"), ("a\x00b", "ab"), (5.0, "5"),
        ("María\nJosé", "María José"), ("\u00a0x", "x"), (date(2022, 4, 3), "2022-04-03"), ("'=x", "=x"),
    ],
)  # fmt: skip
def test_text_is_cleaned_but_not_changed(cell, text):
    assert value(Text(), cell) == text


def test_text_keeps_line_breaks_where_they_belong():
    assert value(Text(lines=True), "uno \r\n dos") == "uno\ndos"


@pytest.mark.parametrize("cell", ["JosÃ©", "MuÃ±oz", "Ni\ufffdez"])
def test_text_spoiled_by_a_wrong_encoding_is_refused(cell):
    assert refused(Text(), cell).code == "exchange.damaged_text"


@pytest.mark.parametrize("cell", ["João", "São Paulo", "Ångström", "Élysée Çelik"])
def test_text_of_other_languages_is_not_taken_for_spoiled(cell):
    assert value(Text(), cell) == cell


def test_text_that_is_too_long_says_by_how_much():
    problem = refused(Text(max=10), "x" * 11)
    assert "11" in problem.sentence
    assert "10" in problem.sentence


@given(st.one_of(st.text(), st.floats(), st.booleans(), st.datetimes(), st.dates(), st.integers(), st.none()))
def test_no_cell_whatever_breaks_a_reader(cell):
    kinds = [Text(), Folio(), Whole(), Decimal(), Decimal(style=","), Day(), Day("ymd"), Flag(), Choice()]
    for kind in kinds:
        for many in (False, True):
            try:
                value(kind, cell, choices=SEXES if isinstance(kind, Choice) else None, many=many)
            except Problem as problem:
                assert str(problem)


@given(st.decimals(-(10**9), 10**9, places=3))
def test_a_decimal_written_as_text_reads_back(number):
    for style in (None, ",", "."):
        kind = Decimal(style=style)
        assert value(kind, kind.as_text(number)) == number
