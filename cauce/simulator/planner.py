"""What the year must come to: the only reader, beside the comparison, of the published values.

The planner turns the published figures into whole numbers of things to write: shares of a hundred
become numbers of cases that round back to exactly those shares.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random


@dataclass(frozen=True)
class Targets:
    """The published values by key."""

    values: Mapping[str, int]

    @classmethod
    def read(cls, mission: Path, year: int) -> Targets:
        """Read ``reference/<year>.csv`` of a mission package (columns key, value, unit)."""
        with (mission / "reference" / f"{year}.csv").open(encoding="utf-8", newline="") as file:
            return cls({row["key"]: int(row["value"]) for row in csv.DictReader(file)})

    def __getitem__(self, key: str) -> int:
        return self.values[key]

    def shares(self, key: str) -> dict[str, int]:
        """The integer percentages under a figure, by category: ``protection.cases`` → {"child": 4, …}."""
        start = f"{key}.share."
        return {name.removeprefix(start): value for name, value in self.values.items() if name.startswith(start)}


def numbers_for(total: int, shares: Mapping[str, int], random: Random) -> dict[str, int]:
    """Whole numbers that add up to ``total`` and whose largest-remainder percentages are ``shares``.

    Each stays within 0.3 points of its share, so that the rounding is certain; where in that room
    it falls is left to chance, as life does. Raises ValueError when the shares do not sum to 100.
    """
    if sum(shares.values()) != 100:
        raise ValueError(f"shares sum to {sum(shares.values())}, not 100: {dict(shares)}")
    keys = sorted(shares, key=lambda key: -shares[key])
    room = max(0, int(total * 0.003) - 1)
    found = {key: round(total * shares[key] / 100) + random.randint(-room // 2, room // 2) for key in keys[1:]}
    found[keys[0]] = total - sum(found.values())
    if abs(found[keys[0]] - total * shares[keys[0]] / 100) > total * 0.004 or rounded(found) != dict(shares):
        found = {key: round(total * shares[key] / 100) for key in keys[1:]}
        found[keys[0]] = total - sum(found.values())
    if rounded(found) != dict(shares):
        raise ValueError(f"no whole numbers of {total} round to {dict(shares)}")
    return found


def rounded(numbers: Mapping[str, int]) -> dict[str, int]:
    """Integer percentages by largest remainder, ties to the larger number; the planner's own check."""
    total = sum(numbers.values())
    floors = {key: value * 100 // total for key, value in numbers.items()}
    missing = 100 - sum(floors.values())
    order = sorted(numbers, key=lambda key: (-(numbers[key] * 100 % total), -numbers[key], key))
    return {key: floors[key] + (key in order[:missing]) for key in numbers}


def split(total: int, weights: Sequence[float], random: Random) -> list[int]:
    """Part ``total`` into as many numbers as there are weights, roughly in proportion, at random."""
    parts = [0] * len(weights)
    for index in random.choices(range(len(weights)), weights=weights, k=total):
        parts[index] += 1
    return parts


def at_least_one(total: int, count: int, random: Random) -> list[int]:
    """Part ``total`` into ``count`` numbers, each at least one."""
    if total < count:
        raise ValueError(f"{total} cannot be parted into {count} numbers of at least one")
    parts = [1] * count
    for _ in range(total - count):
        parts[random.randrange(count)] += 1
    return parts
