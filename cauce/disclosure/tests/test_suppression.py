"""Suppression never reveals: attackers who know the rules, the thresholds and the total learn no small count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cauce.disclosure.percent import of_base, parts_of_hundred
from cauce.disclosure.suppression import Entry, Table, protect

values = st.lists(st.integers(0, 100_000), min_size=1, max_size=12)


@given(values)
def test_integer_percentages_always_add_up(parts):
    shares = parts_of_hundred(parts)
    assert sum(shares) == (100 if sum(parts) else 0)
    for part, share in zip(parts, shares, strict=True):
        assert abs(share * sum(parts) - part * 100) < max(1, sum(parts))  # less than one per cent away


@given(values)
def test_a_larger_part_never_has_a_smaller_percentage(parts):
    shares = parts_of_hundred(parts)
    ranked = sorted(zip(parts, shares, strict=True))
    assert all(one[1] <= other[1] for one, other in pairwise(ranked) if one[0] < other[0])


@pytest.mark.parametrize(
    ("parts", "shares"),
    [
        ((3752, 231, 173, 289, 57, 1270), (65, 4, 3, 5, 1, 22)),
        ((1, 1, 1), (34, 33, 33)),  # equal remainders: the first
        ((2, 1, 3), (33, 17, 50)),
        ((0, 0), (0, 0)),
        ((), ()),
        ((7,), (100,)),
    ],
)
def test_largest_remainder(parts, shares):
    assert parts_of_hundred(parts) == shares


def test_a_part_is_never_negative():
    with pytest.raises(ValueError, match="negative"):
        parts_of_hundred([3, -1])


def test_percent_of_a_base_rounds_half_up():
    assert [of_base(1, 200), of_base(1, 3), of_base(5, 5), of_base(0, 0), of_base(1, 1000)] == [1, 33, 100, 0, 0]


def entries(numbers: Sequence[int], limits: Sequence[int]) -> tuple[Entry, ...]:
    return tuple(
        Entry((f"c{place}",), number, limit)
        for place, (number, limit) in enumerate(zip(numbers, limits, strict=True))
        if number  # a cell of nothing is not there
    )


def total(gathered: Sequence[Entry]) -> int:
    return sum(entry.value for entry in gathered)


def protected(cells: Sequence[Entry], *, others: bool = True, strictest: int = 0, **how: object) -> Table | None:
    whole = {"base": total(cells), "strictest": strictest, "others": others, "adds_up": True, "union": total, **how}
    return protect(cells, **whole)  # type: ignore[arg-type]


def shown(numbers: Sequence[int], limits: Sequence[int], *, others: bool = True) -> object:
    """What the public sees of a table with a printed total: cells kept, the name of those gathered, their sum."""
    table = protected(entries(numbers, limits), others=others, strictest=max(limits))
    if table is None:
        return "withheld", sum(numbers)
    kept = tuple((entry.codes, entry.value) for entry in table.kept)
    return kept, tuple(entry.codes for entry in table.gathered), table.others, sum(numbers)


@lru_cache(maxsize=8)
def worlds(limits: tuple[int, ...], largest: int) -> dict[object, list[tuple[int, ...]]]:
    """Every possible table, by what the public would see of it: the attacker who knows the whole method."""
    seen: dict[object, list[tuple[int, ...]]] = {}
    for numbers in product(range(largest + 1), repeat=len(limits)):
        seen.setdefault(shown(numbers, limits), []).append(numbers)
    return seen


def small_cells(numbers: Sequence[int], limits: Sequence[int]) -> Iterator[int]:
    return (place for place, number in enumerate(numbers) if 0 < number < limits[place])


@pytest.mark.parametrize(
    "limits",
    [
        (4, 4, 4),
        (4, 4, 4, 4),
        (3, 5, 3),
        (1, 5, 5, 1),
        (0, 4, 4, 4),
        (3, 4, 5, 4),
        (5, 5, 1, 1),
        (4, 0, 0, 0),
        (5, 0, 4, 0),
    ],
)
def test_who_knows_the_whole_method_cannot_name_a_small_count(limits):
    largest = 13 if len(limits) == 3 else 9
    world = worlds(limits, largest)
    # Tables near the edge of the enumerated world have neighbours outside it: they are not judged.
    for seen, tables in world.items():
        if any(max(numbers) > largest - 3 for numbers in tables):
            continue
        for numbers in tables:
            for place in small_cells(numbers, limits):
                assert len({other[place] for other in tables}) > 1, (numbers, seen)


@given(st.lists(st.tuples(st.integers(0, 60), st.sampled_from((0, 5, 10, 11))), min_size=1, max_size=8), st.booleans())
@settings(max_examples=500)
def test_no_small_count_is_ever_shown(cells, others):
    numbers, limits = [cell[0] for cell in cells], [cell[1] for cell in cells]
    table = protected(entries(numbers, limits), others=others)
    small = [entry for entry in entries(numbers, limits) if entry.is_small]
    if table is None:
        assert small
        return
    assert not any(entry.is_small for entry in table.kept)
    assert {entry.codes for entry in small} <= {entry.codes for entry in table.gathered}
    assert total(table.kept) + table.others == sum(numbers)
    if table.gathered:
        assert others
        assert len(table.gathered) >= 2
        assert table.kept
        assert table.others >= max(entry.limit for entry in small)


@given(st.lists(st.integers(10, 500), min_size=1, max_size=8))
def test_a_table_without_small_cells_is_left_alone(numbers):
    cells = entries(numbers, [10] * len(numbers))
    assert protected(cells) == Table(cells)


def test_two_small_categories_are_gathered_with_the_next_smallest():
    cells = entries([3, 2, 40, 60, 900], [10] * 5)
    table = protected(cells)
    assert table is not None
    assert [entry.value for entry in table.gathered] == [3, 2, 40]
    assert table.others == 45


def test_one_small_category_is_never_gathered_alone():
    cells = entries([9, 500, 900], [10] * 3)
    table = protected(cells)
    assert table is not None
    assert [entry.value for entry in table.gathered] == [9, 500]


def test_small_counts_at_their_largest_are_not_given_away_by_their_sum():
    # 9 + 9 = 18 could only be 9 and 9: a third must join.
    table = protected(entries([9, 9, 30, 900], [10] * 4))
    assert table is not None
    assert [entry.value for entry in table.gathered] == [9, 9, 30]


def test_a_table_of_few_is_withheld_whoever_they_are():
    # Else its being withheld would say that one of the few belongs to a vault.
    assert protected(entries([10], [0]), strictest=11) is None
    assert protected(entries([11], [0]), strictest=11) is not None
    assert protected((), strictest=11) == Table(())


def test_a_table_that_would_be_only_others_is_withheld():
    assert protected(entries([3, 40], [10, 10])) is None
    assert protected(entries([3], [10])) is None


def test_without_leave_to_gather_a_small_cell_withholds_the_table():
    assert protected(entries([3, 400, 500], [10] * 3), others=False) is None


def test_a_table_that_cannot_be_counted_together_is_withheld():
    assert protected(entries([3, 400, 500], [10] * 3), others=True, adds_up=False, union=lambda _gathered: None) is None


def test_cells_that_overlap_are_gathered_by_a_count_of_their_own():
    table = protected(entries([3, 4, 20, 500], [5] * 4), others=True, adds_up=False, union=lambda _gathered: 6)
    assert table is not None
    assert table.others == 6
    assert [entry.value for entry in table.kept] == [20, 500]


def test_the_cell_of_what_is_not_known_may_be_gathered():
    cells = (Entry((None,), 2, 5), Entry(("a",), 3, 5), Entry(("b",), 50, 5), Entry(("c",), 70, 5))
    table = protected(cells)
    assert table is not None
    assert (None,) in {entry.codes for entry in table.gathered}
