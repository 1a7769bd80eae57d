"""What "Hoy" is made of: big buttons, tiles, and sections of rows, each with the permission it needs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest

from cauce.access.viewer import Viewer
from cauce.ui.parts import Tile
from cauce.ui.tables import Listing

SHOWN = 6  # rows of a section; the rest is behind its link
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
    def shown(self) -> Sequence[Row]:
        return self.rows[:SHOWN]

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
    """A section with who gets it: all of ``permissions``. The function may still say None: nothing to show."""

    permissions: tuple[str, ...]
    build: Callable[[HttpRequest], Section | None]
    place: str = "main"


@dataclass(frozen=True, slots=True)
class Counted:
    """Tiles with who gets them."""

    permissions: tuple[str, ...]
    build: Callable[[Viewer], Sequence[Tile]]


def allowed(viewer: Viewer, permissions: Sequence[str]) -> bool:
    return all(viewer.may(permission) for permission in permissions)
