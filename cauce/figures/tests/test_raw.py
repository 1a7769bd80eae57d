"""A raw count refuses to be shown, whatever way a page might try."""

from __future__ import annotations

from datetime import date

import pytest
from django.template import Context, Template

from cauce.figures import oracle
from cauce.figures.raw import NotReleased, Raw
from cauce.figures.tests.generated import make_definition
from cauce.kernel.facts import Fact
from cauce.kernel.periods import Period
from cauce.mission.definition import Breakdown
from cauce.mission.texts import Texts


@pytest.fixture
def raw() -> Raw:
    fact = Fact(
        kind="assistance.service", date=date(2022, 1, 1), subject="s", office="TIJ", source_room="r", source_id="1"
    )
    figure = make_definition(breakdowns=(Breakdown("cut", ("office",), Texts()),))
    return oracle.evaluate(figure, [fact] * 12345, Period.year(2022), breakdowns=["cut"])


@pytest.mark.parametrize(
    "page",
    [
        "{{ raw }}", "{{ raw.value }}", "{{ raw.breakdowns }}", "{{ raw|safe }}", "{{ raw.value|add:1 }}", "{{ cell }}",
        "{{ cell.value }}", "{% with number=raw.value %}{{ number }}{% endwith %}", "{% for cell in cut %}{{ cell }}{% endfor %}",
    ],
)  # fmt: skip
def test_a_template_handed_a_raw_count_does_not_render(raw, page):
    context = Context({"raw": raw, "cut": raw.breakdowns[0], "cell": raw.breakdowns[0].cells[0]})
    with pytest.raises(NotReleased, match=r"pass it through cauce\.disclosure"):
        Template(page).render(context)


@pytest.mark.parametrize(
    "way", [str, int, list, "{}".format, lambda raw: f"{raw}", lambda raw: raw["value"], lambda raw: raw.__html__()]
)
def test_nor_does_anything_else_that_prints(raw, way):
    with pytest.raises(NotReleased):
        way(raw)


def test_a_traceback_shows_no_number(raw):
    assert "12345" not in repr(raw)
    assert "12345" not in repr(raw.breakdowns)
    assert raw.value == 12345
    assert raw.breakdown("cut").value_of("TIJ") == 12345
    assert raw.breakdown("cut").value_of("TAP") == 0
