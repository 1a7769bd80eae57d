"""Periods: closed date intervals a figure is counted over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_FORMS = "2022, 2022-Q4, 2022-03 or 2022-01-15..2022-03-31"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A closed interval of days; both ends belong to it."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a period ends on or after its start: {self.start}..{self.end}")

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read ``2022``, ``2022-Q4``, ``2022-03`` or ``2022-01-15..2022-03-31``.

        Raises ValueError naming the accepted forms.
        """
        text = text.strip()
        if match := re.fullmatch(r"(\d{4})", text):
            return cls.year(int(match[1]))
        if match := re.fullmatch(r"(\d{4})-[QqTt]([1-4])", text):
            year, first = int(match[1]), int(match[2]) * 3 - 2
            return cls(date(year, first, 1), _month_end(year, first + 2))
        if match := re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text):
            return cls.month(int(match[1]), int(match[2]))
        if match := re.fullmatch(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)", text):
            return cls(date.fromisoformat(match[1]), date.fromisoformat(match[2]))
        raise ValueError(f"not a period: {text!r}; write {_FORMS}")

    @classmethod
    def year(cls, year: int) -> Period:
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        return cls(date(year, month, 1), _month_end(year, month))

    def __str__(self) -> str:
        """The shortest form ``parse`` reads back."""
        start, end = self.start, self.end
        if self == Period.year(start.year):
            return f"{start.year:04d}"
        if self == Period.month(start.year, start.month):
            return f"{start:%Y-%m}"
        quarter = (start.month + 2) // 3
        if start.month % 3 == 1 and self == Period.parse(f"{start.year:04d}-Q{quarter}"):
            return f"{start.year:04d}-Q{quarter}"
        return f"{start}..{end}"

    def contains(self, day: date) -> bool:
        return self.start <= day <= self.end

    def overlaps(self, start: date, end: date | None) -> bool:
        """True when [start, end] shares a day with the period; ``end=None`` is still open."""
        return start <= self.end and (end is None or end >= self.start)

    def months(self) -> Iterator[Period]:
        """The calendar months the period touches, in order."""
        year, month = self.start.year, self.start.month
        while (year, month) <= (self.end.year, self.end.month):
            yield Period.month(year, month)
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)

    def previous(self) -> Period:
        """The period of the same kind before this one (the year, quarter or month before)."""
        before = self.start - timedelta(days=1)
        text = str(self)
        if re.fullmatch(r"\d{4}", text):
            return Period.year(before.year)
        if "Q" in text:
            return Period.parse(f"{before.year:04d}-Q{(before.month + 2) // 3}")
        if re.fullmatch(r"\d{4}-\d\d", text):
            return Period.month(before.year, before.month)
        return Period(before - (self.end - self.start), before)


def _month_end(year: int, month: int) -> date:
    following = date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)
    return following - timedelta(days=1)
