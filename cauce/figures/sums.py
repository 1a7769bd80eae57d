"""Sums that must hold between figures, and parts that are never added (design.md §4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from cauce.mission.definition import FigureDefinition, MustHold


@dataclass(frozen=True, slots=True)
class Broken:
    """A declared sum that does not hold, or cannot be checked because a part is not known."""

    key: str
    rule: MustHold
    checked: bool


def broken(definitions: Iterable[FigureDefinition], value_of: Callable[[str], int | None]) -> tuple[Broken, ...]:
    """The declared sums that fail. ``value_of`` gives a figure (``key``) or the sum of a cut (``key/cut``).

    A value that is not known (None: withheld, or not counted) leaves the rule unchecked, said so.
    """
    found = []
    for definition in definitions:
        for rule in definition.must_hold:
            left, right = _total(rule.left, value_of), _total(rule.right, value_of)
            if left is None or right is None:
                found.append(Broken(definition.key, rule, checked=False))
            elif not (left == right if rule.relation == "equal" else left <= right):
                found.append(Broken(definition.key, rule, checked=True))
    return tuple(found)


def may_add(definitions: Iterable[FigureDefinition], first: str, second: str) -> bool:
    """False for figures that a definition says are never added to each other."""
    return not any(
        {first, second} == {definition.key, other} for definition in definitions for other in definition.never_add
    )


def _total(names: Iterable[str], value_of: Callable[[str], int | None]) -> int | None:
    values = [value_of(name) for name in names]
    return None if None in values else sum(value for value in values if value is not None)
