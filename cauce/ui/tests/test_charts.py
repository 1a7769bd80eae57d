"""Charts draw what is said and hide what is withheld."""

from __future__ import annotations

import re

import pytest

from cauce.ui import charts
from cauce.ui.parts import Slice


def widths(html: str) -> list[float]:
    return [float(text) for text in re.findall(r'<rect width="([\d.]+)%" height="100%" class="fill', html)]


def test_bars_are_as_long_as_their_share_of_the_longest():
    html = charts.bars([Slice("Tijuana", 2104), Slice("Mexicali", 526), Slice("Nada", 0)])
    assert widths(html) == [100.0, 25.0, 0.0]
    assert "2.104" in html


def test_a_withheld_row_has_words_and_no_length():
    html = charts.bars([Slice("Tijuana", 2104), Slice("Chihuahua", 7, withheld="menos de 11")])
    assert "reservado, menos de 11" in html
    assert widths(html) == [100.0]
    assert ">7<" not in html


@pytest.mark.parametrize("draw", [charts.donut, charts.columns, charts.share, charts.bars])
def test_no_chart_gives_a_withheld_value_away(draw):
    html = draw([Slice("Tijuana", 50, 93), Slice("Chihuahua", 4321, 7, withheld="menos de 11")])
    assert "4.321" not in html
    assert "4321" not in html
    assert "7%" not in html
    assert "menos de 11" in html


@pytest.mark.parametrize("draw", [charts.donut, charts.columns, charts.share, charts.bars])
def test_every_chart_says_its_numbers_in_a_table(draw):
    html = draw([Slice("Ana <b>", 5772, 65), Slice("Otra", 10, 35)], title="Casos")
    assert "<caption" in html
    assert "Casos" in html
    assert "5.772" in html
    assert "Ana &lt;b&gt;" in html
    assert "style=" not in html


@pytest.mark.parametrize("draw", [charts.donut, charts.columns, charts.share, charts.bars])
@pytest.mark.parametrize("slices", [[], [Slice("Nada", 0)], [Slice("Nada")], [Slice("Todo", 5)]])
def test_empty_zero_and_whole_are_drawn_without_a_fault(draw, slices):
    assert "nan" not in draw(slices).lower()


def test_a_donut_with_something_withheld_shows_no_total_of_its_own():
    hidden = [Slice("Una", 50), Slice("Otra", withheld="menos de 11")]
    assert "<b>50</b></p>" not in charts.donut(hidden, unit="casos").replace("</b><small>casos</small>", "</b>")
    assert ">57<" in charts.donut(hidden, total=57, unit="casos")


def test_a_donut_sums_what_is_open():
    assert ">5.772<" in charts.donut([Slice("A", 5000), Slice("B", 772)], unit="casos")


def test_arcs_close_the_ring():
    html = charts.donut([Slice("A", 1), Slice("B", 1), Slice("C", 2)])
    ends = re.findall(r"M([\d.]+ [\d.]+) A46 46 0 \d 1 ([\d.]+ [\d.]+)", html)
    assert ends[0][0] == "50 4"  # from the top
    assert [end for _start, end in ends] == [*[start for start, _end in ends[1:]], "50 4"]


def test_a_share_bar_is_full():
    html = charts.share([Slice("A", 3), Slice("B", 1)])
    assert re.findall(r'x="([\d.]+)%" width="([\d.]+)%"', html) == [("0", "75"), ("75", "25")]
