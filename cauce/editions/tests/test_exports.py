"""Open data: what a spreadsheet, a script and an HXL reader find in an edition's files."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from cauce.editions import exports
from cauce.editions.tests import samples
from cauce.editions.values import Values

BASE = samples.en_cifras()
TEXT = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"), max_size=30)


@st.composite
def values(draw) -> Values:
    """The sample edition with other numbers, some withheld, and labels a person could have typed."""
    figures = []
    for figure in BASE.figures[:7]:
        number = draw(st.none() | st.integers(0, 10**9))
        withheld = "" if number is not None else "reservado: por pequeño"
        label = draw(TEXT | st.sampled_from(["=1+1", "+cmd", "-2", "@SUM(A1)", "\t=1", "＝1"]))
        figures.append(replace(figure, value=number, withheld=withheld, label=label))
    # Without the layout a failing example can still be read.
    return replace(BASE, figures=tuple(figures), breakdowns=(), definitions=(), layout={})


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


def test_it_begins_with_key_value_unit_and_then_the_tags():
    head, tags, first, *_rest = rows(exports.figures_csv(BASE))
    assert head[:3] == ["key", "value", "unit"]
    assert all(tag.startswith("#") for tag in tags)
    assert first[:3] == ["protection.cases", "5772", "case"]


def test_numbers_are_plain_however_large():
    figures = tuple(replace(each, value=17_500_000) for each in BASE.figures)
    assert rows(exports.figures_csv(replace(BASE, figures=figures)))[2][1] == "17500000"


@settings(max_examples=40, deadline=None)
@given(values())
def test_every_figure_is_one_row_and_withheld_is_empty_and_never_zero(edition):
    head, _tags, *found = rows(exports.figures_csv(edition))
    assert len(found) == len(edition.figures)
    for row, figure in zip(found, edition.figures, strict=True):
        told = dict(zip(head, row, strict=True))
        assert told["key"] == figure.key
        assert told["value"] == ("" if figure.value is None else str(figure.value))
        assert told["status"] == ("withheld" if figure.value is None else "released")
        assert bool(told["reason"]) == (figure.value is None)


@settings(max_examples=40, deadline=None)
@given(values())
def test_no_cell_of_the_csv_can_be_a_formula(edition):
    for row in rows(exports.figures_csv(edition))[2:]:
        for cell in row:
            assert cell.strip(" \u00a0\u3000\u200b\ufeff")[:1] not in set("=+@\t\r＝＋＠") or cell.startswith("'")


@settings(max_examples=15, deadline=None)
@given(values())
def test_the_workbook_holds_the_same_numbers_and_no_formula(edition):
    book = openpyxl.load_workbook(io.BytesIO(exports.workbook(edition)))
    sheet = book.worksheets[0]
    found = list(sheet.iter_rows(min_row=3, values_only=True))
    assert [row[1] for row in found] == [figure.value for figure in edition.figures]
    for each in book.worksheets:
        assert all(cell.data_type != "f" for line in each.iter_rows() for cell in line)


@settings(max_examples=20, deadline=None)
@given(values())
def test_json_and_csv_agree(edition):
    data = json.loads(exports.figures_json(edition))
    plain = {row[0]: row[1] for row in rows(exports.figures_csv(edition))[2:]}
    assert {f["key"]: "" if f["value"] is None else str(f["value"]) for f in data["figures"]} == plain
    assert data["edition"]["name"] == "mexico-2022"


@settings(max_examples=20, deadline=None)
@given(values())
def test_frozen_values_come_back_as_they_were(edition):
    again = Values.from_json(edition.to_json())
    assert again == edition
    assert again.hash == edition.hash


def test_breakdowns_have_a_file_of_their_own():
    head, tags, *found = rows(exports.breakdowns_csv(BASE))
    assert all(tag.startswith("#") for tag in tags)
    assert len(found) == sum(len(cut.cells) for cut in BASE.breakdowns)
    mexicali = next(row for row in found if row[head.index("label")] == "Mexicali" and row[0] == "protection.fairs")
    assert mexicali[head.index("value")] == "3"


def test_a_breakdown_withheld_whole_is_one_row_with_its_reason():
    hidden = replace(BASE.breakdowns[0], cells=(), base=None, withheld="una parte es muy pequeña")
    head, _tags, *found = rows(exports.breakdowns_csv(replace(BASE, breakdowns=(hidden,))))
    assert len(found) == 1
    assert found[0][head.index("status")] == "withheld"
    assert found[0][head.index("value")] == ""


def test_equal_editions_give_equal_bytes():
    for make in (exports.figures_csv, exports.breakdowns_csv, exports.figures_json, exports.workbook):
        assert make(BASE) == make(samples.en_cifras())
