"""The planner's numbers come back to exactly the published shares."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cauce.simulator import planner


@given(st.integers(1000, 20_000), st.integers(0, 10_000))
def test_numbers_round_back_to_their_shares(total, seed):
    shares = {"referral_general": 65, "other_crime": 22, "gbv": 5, "child": 4, "prenatal": 3, "trafficking": 1}
    numbers = planner.numbers_for(total, shares, Random(seed))
    assert sum(numbers.values()) == total and planner.rounded(numbers) == shares


def test_shares_that_are_not_a_whole_are_refused():
    with pytest.raises(ValueError, match="sum to 99"):
        planner.numbers_for(100, {"a": 60, "b": 39}, Random(1))


@given(st.lists(st.integers(0, 500), min_size=1, max_size=8).filter(any))
def test_rounding_always_gives_a_hundred(values):
    assert sum(planner.rounded({str(n): value for n, value in enumerate(values)}).values()) == 100


@given(st.integers(1, 300), st.integers(1, 50), st.integers(0, 99))
def test_parts_are_all_there(total, count, seed):
    if total < count:
        with pytest.raises(ValueError, match="parted"):
            planner.at_least_one(total, count, Random(seed))
        return
    parts = planner.at_least_one(total, count, Random(seed))
    assert sum(parts) == total and len(parts) == count and min(parts) >= 1
