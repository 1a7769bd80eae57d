"""Integer percentages."""

from __future__ import annotations

from collections.abc import Sequence


def parts_of_hundred(values: Sequence[int]) -> tuple[int, ...]:
    """Integer percentages of the values' sum that always add up to 100 (largest remainder).

    Each gets its whole percents; the percents still missing go, one each, to the largest
    remainders; equal remainders go to the larger value, then to the one that stands first.
    Nothing at all gives zeros. Raises ValueError for a negative value.
    """
    if any(value < 0 for value in values):
        raise ValueError("a part of a whole is never negative")
    total = sum(values)
    if total == 0:
        return (0,) * len(values)
    shares = [value * 100 // total for value in values]
    missing = 100 - sum(shares)
    by_remainder = sorted(range(len(values)), key=lambda place: (-(values[place] * 100 % total), -values[place], place))
    for place in by_remainder[:missing]:
        shares[place] += 1
    return tuple(shares)


def of_base(value: int, base: int) -> int:
    """``value`` as an integer percentage of ``base``, half up; 0 of nothing."""
    return 0 if base == 0 else (200 * value + base) // (2 * base)
