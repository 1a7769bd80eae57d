"""Generated facts and definitions, small enough to collide: few values per column, many nulls."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from cauce.kernel.facts import Fact
from cauce.kernel.periods import Period
from cauce.kernel.units import Unit
from cauce.mission.definition import (
    Breakdown,
    Check,
    Count,
    Disclosure,
    FigureDefinition,
    Filter,
    How,
    Order,
    Percent,
    Source,
    When,
)
from cauce.mission.texts import Texts
from cauce.mission.vocabulary import Vault

KINDS = ("assistance.service", "assistance.item", "surveys.interview")
VALUES = {
    "category": ("a", "b", "c"),
    "within": ("training", "fair"),
    "sex": ("female", "male", "unknown"),
    "age_band": ("0-4", "18-59", "unknown"),
    "nationality": ("HND", "HTI"),
    "place": ("02004", "07089"),
    "origin": ("HND", "VEN"),
    "destination": ("USA", "MEX"),
    "person": ("p1", "p2", "p3"),
    "site": ("s1", "s2"),
    "organisation": ("o1", "o'2"),
    "response": ("mpp",),
}
TOPICS = ("x", "y", "unknown", "ñ")
START = date(2022, 1, 1)
TEXT = Texts((("es", "Cifra {value}"), ("en", "Figure {value}")))

days = st.integers(-40, 90).map(lambda offset: START + timedelta(days=offset))


@st.composite
def facts(draw: st.DrawFn, size: int = 12) -> list[Fact]:
    return [draw(a_fact(number)) for number in range(draw(st.integers(0, size)))]


@st.composite
def a_fact(draw: st.DrawFn, number: int) -> Fact:
    start = draw(days)
    until = draw(st.sampled_from((0, 0, 5, 45, None)))
    text = {name: draw(st.sampled_from((*values, None))) for name, values in VALUES.items()}
    return Fact(
        kind=draw(st.sampled_from(KINDS)),
        date=start,
        until=None if until is None else start + timedelta(days=until),
        subject=draw(st.sampled_from(("c1", "c2", "c3", "c4"))),
        office=draw(st.sampled_from(("TIJ", "TAP"))),
        source_room="assistance",
        source_id=str(number),
        topics=tuple(draw(st.lists(st.sampled_from(TOPICS), max_size=3, unique=True))),
        projects=tuple(draw(st.lists(st.sampled_from(("p", "q")), max_size=2, unique=True))),
        quantity=draw(st.integers(0, 4)),
        consented=draw(st.sampled_from((True, True, False))),
        **text,
    )


@st.composite
def filters(draw: st.DrawFn) -> Filter:
    column = draw(st.sampled_from((*VALUES, "topics", "projects")))
    listed = column in {"topics", "projects"}
    tests = (Check.CONTAINS, Check.LACKS) if listed else (Check.IN, Check.NOT_IN)
    test = draw(st.sampled_from((*tests, Check.PRESENT, Check.EMPTY)))
    values = {"topics": TOPICS, "projects": ("p", "q")}.get(column) or VALUES[column]
    if test is Check.PRESENT or (test is Check.EMPTY and draw(st.booleans())):
        return Filter(column, test)
    if test in {Check.IN, Check.CONTAINS}:
        values = (*values, None)  # also what has no value, as a cell's records are found
    return Filter(column, test, tuple(draw(st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True))))


@st.composite
def cuts(draw: st.DrawFn) -> Breakdown:
    columns = draw(
        st.sampled_from(
            (("category",), ("sex",), ("age_band",), ("office",), ("month",), ("topics",), ("place",),
             ("origin", "destination"), ("sex", "month"))
        )
    )  # fmt: skip
    return Breakdown(
        key="cut",
        columns=columns,
        label=TEXT,
        order=draw(st.sampled_from(Order)),
        others=draw(st.booleans()),
        unknown=draw(st.booleans()),
        percent=draw(st.sampled_from((Percent.NONE, Percent.BASE))),
        vaults=draw(st.sampled_from(((), (("a", Vault.GBV),)))),
        unknown_codes=draw(st.sampled_from(((), ("unknown",)))),
    )


@st.composite
def definitions(draw: st.DrawFn) -> FigureDefinition:
    column = draw(st.sampled_from(("subject", "person", "site", "organisation")))
    count = draw(
        st.sampled_from(
            (Count(How.ROWS), Count(How.SUM, "quantity"), Count(How.DISTINCT, column), Count(How.ELEMENTS, "topics"))
        )
    )
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=3, unique=True))
    own = st.lists(filters(), max_size=1).map(tuple)
    return make_definition(
        count=count,
        sources=tuple(Source(kind, draw(own)) for kind in kinds),
        filters=tuple(draw(st.lists(filters(), max_size=2))),
        when=draw(st.sampled_from(When)),
        breakdowns=(draw(cuts()),),
        disclosure=Disclosure(people=True, vault=draw(st.sampled_from((None, None, Vault.CHILD)))),
    )


periods = st.sampled_from(
    (Period.year(2022), Period.month(2022, 1), Period.month(2022, 2), Period(date(2022, 1, 10), date(2022, 2, 3)))
)


def make_definition(**parts: object) -> FigureDefinition:
    """A definition with everything a test does not speak of filled in."""
    whole: dict[str, object] = {
        "key": "test.figure",
        "version": 1,
        "owner": "information_officer",
        "chapter": "protection",
        "unit": Unit.PERSON,
        "label": TEXT,
        "sentence": TEXT,
        "sources": (Source("assistance.service"),),
        "count": Count(How.ROWS),
        "when": When.WITHIN,
        "disclosure": Disclosure(people=True),
        **parts,
    }
    return FigureDefinition(**whole)  # type: ignore[arg-type]
