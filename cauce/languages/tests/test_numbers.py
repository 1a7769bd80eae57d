"""How numbers are written and read back, in every style."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cauce.languages.numbers import (
    NBSP,
    STYLES,
    THIN,
    WORDS,
    format_number,
    format_percent,
    parse_number,
    style,
)

HOUSE = style("house_mx")
ALL = pytest.mark.parametrize("name", sorted(STYLES))


@pytest.mark.parametrize(
    ("value", "text"),
    [(984, "984"), (5772, "5.772"), (16921, "16.921"), (1_000_000, "1.000.000"), (0, "0"), (-5772, "−5.772")],
)
def test_house_style_writes_what_the_2022_document_prints(value, text):
    assert format_number(value, HOUSE) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (17_500_000, f"17.5{NBSP}millones"),
        (252_000, f"252{NBSP}mil"),
        (1_000_000, f"1{NBSP}millón"),
        (999_960, f"1{NBSP}millón"),  # 1.000,0 mil would be the same number in worse words
        (999, "999"),
        (2_300_000_000, f"2.300{NBSP}millones"),
        (-252_000, f"−252{NBSP}mil"),
    ],
)
def test_compact_form_uses_words_and_never_two_meanings_of_the_dot(value, text):
    assert format_number(value, HOUSE, compact=True) == text


@pytest.mark.parametrize(
    ("name", "number", "share"),
    [
        ("es-mx", "16,921.5", "65%"),
        ("es", "16.921,5", f"65{NBSP}%"),
        ("en", "16,921.5", "65%"),
        ("fr", f"16{THIN}921,5", f"65{THIN}%"),
        ("pt", "16.921,5", "65%"),
        ("ht", f"16{THIN}921,5", f"65{NBSP}%"),
        ("house_mx", f"16{THIN}921.5", "65%"),
    ],
)
def test_each_language_has_its_marks(name, number, share):
    assert format_number(Decimal("16921.5"), STYLES[name]) == number
    assert format_percent(65, STYLES[name]) == share


def test_spanish_of_the_academy_groups_from_five_digits():
    assert format_number(5772, style("es")) == "5772"
    assert format_number(16921, style("es")) == "16.921"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("fr", f"1,5{NBSP}million"),
        ("pt", f"1,5{NBSP}milhão"),
        ("es", f"1,5{NBSP}millones"),
        ("en", f"1.5{NBSP}million"),
    ],
)
def test_one_and_a_half_million_is_singular_where_the_language_says_so(name, text):
    assert format_number(1_500_000, style(name), compact=True) == text


@ALL
@given(value=st.integers(min_value=-(10**15), max_value=10**15))
def test_a_whole_number_reads_back_as_itself(name, value):
    assert parse_number(format_number(value, STYLES[name]), STYLES[name]) == value


@ALL
@given(value=st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False, allow_infinity=False))
def test_a_number_with_decimals_reads_back_as_itself(name, value):
    assert parse_number(format_number(value, STYLES[name]), STYLES[name]) == value


@ALL
@given(value=st.decimals(min_value=0, max_value=10**6, places=3, allow_nan=False, allow_infinity=False))
def test_three_decimals_are_not_taken_for_a_group(name, value):
    assert parse_number(format_number(value, STYLES[name]), STYLES[name]) == value


@ALL
@given(value=st.integers(min_value=-(10**12), max_value=10**12), compact=st.booleans())
def test_nothing_inside_a_number_can_break_the_line(name, value, compact):
    assert " " not in format_number(value, STYLES[name], compact=compact)


@pytest.mark.parametrize("text", ["1.23.456", "12.34.567", "", "doce", "1,5", "5.7720.1"])
def test_house_style_refuses_what_it_would_not_write(text):
    with pytest.raises(ValueError, match=r"not a number|three digits"):
        parse_number(text, HOUSE)


def test_only_the_house_style_gives_one_sign_two_meanings():
    assert [name for name, each in STYLES.items() if each.ambiguous] == ["house_mx"]


def test_missing_is_a_dash_and_never_zero():
    assert format_number(None, HOUSE) == "—"
    assert format_percent(None, HOUSE) == "—"


def test_places_round_half_up():
    assert format_number(2.5, HOUSE, places=0) == "3"
    assert format_number(Decimal("12.345"), HOUSE, places=2) == "12.35"


def test_a_region_falls_back_on_its_language_and_an_unknown_one_says_what_there_is():
    assert style("pt-br") is STYLES["pt"]
    with pytest.raises(KeyError, match="house_mx"):
        style("xx")


def test_every_language_of_the_interface_has_words_for_large_numbers():
    from cauce.languages.locales import LANGUAGES

    assert set(WORDS) == {code for code, _name in LANGUAGES}
