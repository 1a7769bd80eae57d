"""Primary suppression of one table, and the gathering of small categories into "others".

Pure: cells in, cells out. A table is released whole, with its small cells gathered, or not at all:
one withheld cell beside a total protects nothing. (Complementary suppression over linked tables
is a later piece; until then this is the rule, design.md §5.)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cauce.disclosure.profiles import is_small
from cauce.figures.raw import Codes

# How many values each gathered small count must still be able to have, for a reader who knows the
# rule, the thresholds and which of the gathered categories were small.
MIN_CHOICES = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell before release: its count and the threshold that holds for it."""

    codes: Codes
    value: int
    limit: int

    @property
    def is_small(self) -> bool:
        return is_small(self.value, self.limit)


@dataclass(frozen=True, slots=True)
class Table:
    """What may be shown: the cells kept, those gathered, and the count of the gathered together."""

    kept: tuple[Entry, ...]
    gathered: tuple[Entry, ...] = ()
    others: int = 0


def protect(
    entries: Sequence[Entry],
    *,
    base: int,
    strictest: int,
    others: bool,
    adds_up: bool,
    union: Callable[[Sequence[Entry]], int | None],
) -> Table | None:
    """The table as it may be shown, or None when it must be withheld whole.

    ``base`` is what the table is of, ``strictest`` the largest threshold any of its possible cells
    has for this reader. A table of less than that is always withheld: were it withheld only when
    one of its few belongs to a vault, the withholding would say so.
    ``others`` says whether the definition allows small categories to be gathered. ``union`` counts
    several cells together (their sum when the table adds up); None when it cannot.
    """
    if is_small(base, strictest):
        return None
    small = [entry for entry in entries if entry.is_small]
    if not small:
        return Table(tuple(entries))
    if not others:
        return None
    # The smallest of the rest join until the gathered count hides each small one.
    rest = sorted((entry for entry in entries if not entry.is_small and entry.value), key=_by_size)
    gathered = list(small)
    while not _hides(gathered, rest, union, adds_up=adds_up):
        if not rest:
            return None
        gathered.append(rest.pop(0))
    if not rest:
        # Everything together is the total, which is printed already.
        return None
    together = union(gathered)
    chosen = {entry.codes for entry in gathered}
    return Table(
        kept=tuple(entry for entry in entries if entry.codes not in chosen),
        gathered=tuple(entry for entry in entries if entry.codes in chosen),
        others=together or 0,
    )


def _by_size(entry: Entry) -> tuple[int, tuple[tuple[bool, str], ...]]:
    return entry.value, tuple((code is None, code or "") for code in entry.codes)


def _hides(
    gathered: Sequence[Entry],
    rest: Sequence[Entry],
    union: Callable[[Sequence[Entry]], int | None],
    *,
    adds_up: bool,
) -> bool:
    """True when the gathered count may be shown: large enough, and telling of none of its parts."""
    if len(gathered) < 2:
        return False
    together = union(gathered)
    if together is None or together < max(entry.limit for entry in gathered) + len(gathered) - 1:
        return False
    return all(
        high - low + 1 >= min(MIN_CHOICES, entry.limit - 1)
        for entry in gathered
        if entry.is_small
        for low, high in [_interval(entry, gathered, rest, together, adds_up=adds_up)]
    )


def _interval(
    entry: Entry, gathered: Sequence[Entry], rest: Sequence[Entry], together: int, *, adds_up: bool
) -> tuple[int, int]:
    """What a reader can say of one small count who knows the rule and who else was gathered.

    A small member is 1 to its threshold less 1; one that joined is at least its threshold and
    below the smallest cell still shown, because the smallest join first (a tie goes by the code,
    which the reader knows too: so below, not at most). In a table whose cells overlap a member can
    be as large as the whole.
    """
    ceiling = min((each.value for each in rest), default=together + 1) - 1
    least = most = 0
    for other in gathered:
        if other is not entry:
            least += 1 if other.is_small else max(1, other.limit)
            most += other.limit - 1 if other.is_small else max(ceiling, 1)
    low = max(1, together - most)
    high = min(entry.limit - 1, together - least if adds_up else together)
    return low, high
