"""What "Hoy" is made of: big buttons, tiles, and sections of rows, each with the permission it needs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from cauce.access.viewer import Viewer
from cauce.ui.parts import Tile
from cauce.ui.tables import Listing

SHOWN = 6  # rows of a section; the rest is behind its link
BESIDE = 4  # rows of a section in the narrow column
Text = Any


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to look at or to do. ``chip`` is (words, tone); ``action`` (label, address) its one button."""

    title: Text
    url: str = ""
    note: Text = ""
    icon: str = ""
    accent: str = ""
    chip: tuple[Text, str] | None = None
    due: date | None = None
    at: datetime | None = None
    action: tuple[Text, str] | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A panel of rows. ``total`` counts all of them when more stand behind ``url``; a ``listing`` takes their place."""

    key: str
    title: Text
    rows: Sequence[Row] = ()
    total: int | None = None
    url: str = ""
    link: Text = ""
    empty: Text = ""
    icon: str = ""
    listing: Listing | None = None
    cards: Sequence[Any] = field(default=())

    @property
    def beside(self) -> Sequence[Row]:
        """What the narrow column has room for."""
        return self.rows[:BESIDE]

    @property
    def meta(self) -> int | None:
        return self.total if self.total is not None else (len(self.rows) or None)


@dataclass(frozen=True, slots=True)
class Button:
    """Something a viewer with all of ``permissions`` begins here. ``query`` is added to the address."""

    permissions: tuple[str, ...]
    label: Text
    url_name: str
    icon: str
    query: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A section with who gets it: all of ``permissions``. The function may still say None: nothing to show.

    ``own``: the daily work of one office, which who looks after all of them does not do.
    """

    permissions: tuple[str, ...]
    build: Callable[[HttpRequest], Section | None]
    place: str = "main"
    own: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """Tiles with who gets them; ``own`` as for sections."""

    permissions: tuple[str, ...]
    build: Callable[[Viewer], Sequence[Tile]]
    own: bool = False


def allowed(viewer: Viewer, part: Button | Part | Counted) -> bool:
    """Does the viewer have all its permissions, and does it belong to their kind of work?"""
    if getattr(part, "own", False) and viewer.offices is None:
        return False
    return all(viewer.may(permission) for permission in part.permissions)


def counted(rows: QuerySet[Any], found: Sequence[Row]) -> int:
    """How many there are in all; asked only when more may stand behind those found."""
    return rows.count() if len(found) >= SHOWN else len(found)
