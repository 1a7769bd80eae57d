"""How dates are written and read back."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cauce.languages.dates import LANGUAGES, format_day, format_moment, format_months, month_name, parse_day

JUNE = date(2022, 6, 14)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("lang", "medium", "full"),
    [
        ("es", "14 jun 2022", "martes 14 de junio de 2022"),
        ("en", "14 Jun 2022", "Tuesday 14 June 2022"),
        ("fr", "14 juin 2022", "mardi 14 juin 2022"),
        ("pt", "14 jun 2022", "terça-feira, 14 de junho de 2022"),
        ("ht", "14 jen 2022", "madi 14 jen 2022"),
        ("es-mx", "14 jun 2022", "martes 14 de junio de 2022"),
        ("xx", "14 jun 2022", "martes 14 de junio de 2022"),
    ],
)
def test_each_language_writes_dates_its_own_way(lang, medium, full):
    assert plain(format_day(JUNE, lang)) == medium
    assert plain(format_day(JUNE, lang, "full")) == full


def test_french_says_first_of_the_month():
    assert plain(format_day(date(2022, 5, 1), "fr", "long")) == "1er mai 2022"


def test_a_moment_shows_the_year_only_when_it_is_another():
    at = datetime(2022, 6, 14, 9, 10)
    assert plain(format_moment(at, today=date(2022, 12, 31))) == "14 jun, 09:10"
    assert plain(format_moment(at, today=date(2023, 1, 1))) == "14 jun 2022, 09:10"


def test_spans_of_months():
    assert plain(format_months(date(2022, 1, 1), date(2022, 12, 31))) == "ene–dic 2022"
    assert plain(format_months(date(2021, 11, 1), date(2022, 2, 28))) == "nov 2021–feb 2022"
    assert plain(format_months(date(2022, 6, 1), date(2022, 6, 30), "en")) == "Jun 2022"


@given(
    day=st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)),
    lang=st.sampled_from(LANGUAGES),
    form=st.sampled_from(["medium", "long", "full"]),
)
def test_every_written_date_reads_back_as_itself(day, lang, form):
    assert parse_day(format_day(day, lang, form), lang) == day


@pytest.mark.parametrize(
    "text",
    [
        "14/06/2022",
        "14-6-2022",
        "14.06.2022",
        "14 06 2022",
        "14062022",
        "2022-06-14",
        "14 JUN 2022",
        " 14 de junio de 2022 ",
    ],
)
def test_people_may_type_a_date_in_several_ways(text):
    assert parse_day(text) == JUNE


def test_a_month_is_read_in_the_language_of_the_screen():
    assert parse_day("1 out 2022", "pt") == date(2022, 10, 1)
    assert parse_day("1 out 2022", "ht") == date(2022, 8, 1)
    with pytest.raises(ValueError, match="not a month"):
        parse_day("1 out 2022", "es")


@pytest.mark.parametrize("text", ["06/14/2022", "14/06/22", "31/02/2022", "junio 2022", "", "14 xyz 2022", "1/1"])
def test_a_doubtful_or_impossible_date_is_refused(text):
    with pytest.raises(ValueError, match=r".+"):
        parse_day(text)


def test_an_unknown_form_is_refused():
    with pytest.raises(ValueError, match="short, medium, long and full"):
        format_day(JUNE, form="huge")


def test_every_language_has_twelve_months():
    assert all(month_name(12, lang, short=short) for lang in LANGUAGES for short in (True, False))
