"""The order a breakdown's cells are shown in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

from cauce.figures.raw import Codes
from cauce.mission.definition import Breakdown, Order


class _Counted(Protocol):
    @property
    def codes(self) -> Codes: ...
    @property
    def value(self) -> int: ...


T = TypeVar("T", bound=_Counted)


def in_order(cut: Breakdown, cells: Iterable[T]) -> list[T]:
    """By the code list, the largest first, or by code; what is not known always stands last."""
    listed = {code: place for place, code in enumerate(cut.listed_codes)}

    def key(cell: T) -> tuple[bool, int, list[str]]:
        codes = [code or "" for code in cell.codes]
        if cut.order is Order.LARGEST:
            place = -cell.value
        elif cut.order is Order.LISTED:
            place = listed.get(codes[0], len(listed))
        else:
            place = 0
        return None in cell.codes, place, codes

    return sorted(cells, key=key)
