"""What the parts of a page are given: small frozen objects, built in views, shown by one tag each.

Texts may be lazy translations. ``docs/reference/ui.md`` lists the tags.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Text = Any  # str or a lazy translation


@dataclass(frozen=True, slots=True)
class Tile:
    """A count that leads somewhere; ``tone`` is danger, primary, navy or slate."""

    value: Any
    label: Text
    note: Text = ""
    url: str = ""
    tone: str = "primary"


@dataclass(frozen=True, slots=True)
class Pair:
    """A term and what it is for this record. ``value`` may be safe markup made by a tag."""

    label: Text
    value: Any
    url: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One act of a timeline. A reserved one shows its title and meta alone, in grey, with a lock."""

    title: Text
    meta: Text = ""
    icon: str = "i-clock"
    accent: str = ""
    url: str = ""
    body: Text = ""
    reserved: bool = False


@dataclass(frozen=True, slots=True)
class Tab:
    """One of several views of the same thing; each is a page of its own."""

    label: Text
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a longer task; ``state`` is todo, current, done or error."""

    label: Text
    state: str = "todo"
    url: str = ""
    note: Text = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far long work has come. ``total`` 0 means that it is not known yet.

    ``state``: running, done, failed or waiting; only a running one asks the server again.
    """

    done: int
    total: int
    label: Text
    state: str = "running"
    detail: Text = ""

    @property
    def percent(self) -> int:
        """Whole percent, rounded down, so that 100 means done."""
        return min(100, self.done * 100 // self.total) if self.total else 0


@dataclass(frozen=True, slots=True)
class Reading:
    """Somebody looked at a file: when, who, in which role, what, and why when it was elevated."""

    at: datetime
    who: Text
    role: Text = ""
    what: Text = ""
    reason: Text = ""
    elevated: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A record that resembles what was searched. Likeness is said in sentences, never in percent.

    ``reasons`` are (agrees, sentence). ``action`` is the label of the tonal button to ``url``.
    """

    title: Text
    code: str = ""
    note: Text = ""
    likeness: Text = ""
    tone: str = "slate"
    reasons: Sequence[tuple[bool, Text]] = ()
    url: str = ""
    action: Text = ""


@dataclass(frozen=True, slots=True)
class Slice:
    """One value of a breakdown. With ``withheld`` (the reason) it has no value and no length."""

    label: Text
    value: Any = None
    percent: Any = None
    tone: str = ""
    withheld: Text = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the way back; the page itself has no address."""

    label: Text
    url: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list: ``number`` of ``last``, with the numbers to link (None is a gap)."""

    number: int
    last: int
    links: Sequence[int | None] = field(default=())


def page_links(number: int, last: int) -> list[int | None]:
    """First, last and the neighbours of ``number``; None where some are left out."""
    wanted = sorted({1, last, *(n for n in range(number - 1, number + 2) if 1 <= n <= last)})
    links: list[int | None] = []
    for page in wanted:
        if links and links[-1] is not None and page > links[-1] + 1:
            links.append(None)
        links.append(page)
    return links


def pairs(items: Iterable[tuple[Text, Any]]) -> list[Pair]:
    """Definition pairs from plain (label, value) tuples."""
    return [Pair(label, value) for label, value in items]
