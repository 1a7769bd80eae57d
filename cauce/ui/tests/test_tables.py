"""Lists filter, order, page, remember and leave as files."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from cauce.ui.tables import Column, Listing
from cauce.ui.templatetags import ui
from cauce.ui.tests.gallery import COLUMNS, CaseFilter, cases, request


def narrow(rows, values):
    return [row for row in rows if row["risk"] == values.get("risk", row["risk"])]


def listing(query: str = "", *, session: dict | None = None, **options) -> Listing:
    asked = request(query)
    asked.session = session if session is not None else {}
    options = {"filters": CaseFilter, "narrow": narrow, "per_page": 8, "may_export": True, **options}
    return Listing(asked, options.pop("rows", cases()), COLUMNS, key="t", title="Mis casos", **options)


def test_a_page_says_how_many_of_how_many():
    assert listing().count_sentence == "8 de 30"
    assert listing("?page=4").count_sentence == "6 de 30"
    assert listing(per_page=50).count_sentence == "30"


@pytest.mark.parametrize(("asked", "number"), [("0", 1), ("99", 4), ("x", 1), ("-1", 1), ("9" * 30, 1), ("²", 1)])
def test_a_page_that_is_not_there_gives_the_nearest(asked, number):
    assert listing(f"?page={asked}").page.number == number


def test_no_row_is_on_two_pages_or_on_none():
    codes = [row[0].value for page in range(1, 5) for row in listing(f"?page={page}").rows]
    assert codes == [row["code"] for row in cases()]


def test_sorting_turns_around_and_ignores_columns_without_order():
    assert listing("?sort=-days").rows[0][4].value == "2.530"
    assert listing("?sort=days").rows[0][4].value == "7"
    assert listing("?sort=risk").sorted_by == ""
    heads = {head["column"].key: head for head in listing("?sort=days").heads()}
    assert heads["days"]["sort"] == "-days"
    assert heads["days"]["state"] == "ascending"


def test_filters_narrow_and_choices_are_remembered_but_no_names():
    session: dict = {}
    assert listing("?f=1&risk=high&q=Yesenia", session=session).total == 10
    assert "Yesenia" not in str(session)
    assert listing("", session=session).total == 10
    assert listing("?page=2", session=session).total == 10
    assert listing("?clear=1", session=session).total == 30
    assert listing("", session=session).total == 30


def test_emptying_the_filters_forgets_them():
    session: dict = {}
    listing("?f=1&risk=high", session=session)
    assert listing("?f=1&risk=", session=session).total == 30
    assert listing("", session=session).total == 30


def test_a_reserved_cell_shows_a_lock_and_nothing_of_the_value():
    html = ui.listing({"request": request()}, listing())
    row = html.split("MX-TIJ-C-00870")[2]
    assert "Reservada" in row.split("</tr>")[0]
    assert "tone-" not in row.split("</tr>")[0]


def test_a_file_has_all_rows_and_no_formulas():
    rows = [{**cases()[0], "code": "=1+1"}, *cases()[1:]]
    body = b"".join(listing("?export=csv", rows=rows).export).decode()
    assert body.startswith("\ufeffCaso,Categoría,")
    assert "'=1+1" in body
    assert len(body.strip().splitlines()) == 31
    assert "Reservado" in body.splitlines()[2]


def test_a_workbook_keeps_dates_and_numbers_and_no_formulas():
    rows = [{**cases()[0], "code": "=1+1"}, *cases()[1:]]
    answer = listing("?export=xlsx", rows=rows).export
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet["A2"].value == "=1+1"
    assert sheet["A2"].data_type == "s"
    assert sheet["E2"].value == 7
    assert sheet["D2"].is_date
    assert sheet["B3"].value == "Reservado"
    assert answer["Cache-Control"] == "no-store"


def test_without_leave_there_is_no_file_and_with_it_the_room_is_told():
    told: list[int] = []
    assert listing("?export=csv", may_export=False).export is None
    assert listing("?export=pdf").export is None
    assert listing("?export=csv&risk=high&f=1", on_export=told.append).export is not None
    assert told == [10]


def test_columns_kept_out_of_files_are_kept_out():
    columns = [Column("code", "Caso"), Column("name", "Nombre", exported=False)]
    asked = request("?export=csv")
    body = b"".join(Listing(asked, cases(), columns, key="t", may_export=True).export).decode()
    assert "Nombre" not in body
    assert "simulada" not in body


def test_an_unknown_kind_of_column_is_a_mistake_at_once():
    with pytest.raises(ValueError, match="flag"):
        Column("x", "X", kind="percent")


def test_an_empty_list_says_so_and_an_empty_filter_offers_a_way_out():
    empty = ui.listing({"request": request()}, listing(rows=[], filters=None, narrow=None, empty="Aún no hay casos."))
    assert "Aún no hay casos." in empty
    nothing = ui.listing({"request": request()}, listing("?f=1&risk=low", rows=[]))
    assert "Quitar filtros" in nothing
