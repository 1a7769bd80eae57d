"""The registry of the navigation: rooms enter themselves, the shell shows what a viewer may open.

The viewer is whatever has ``may(permission) -> bool``: ui knows nothing of accounts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.core.checks import CheckMessage, Error
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Viewer(Protocol):
    """What the navigation needs to know of the person who looks."""

    def may(self, permission: str) -> bool: ...


GROUPS: dict[str, Any] = {
    "top": "",
    "programmes": _("Programas"),
    "register": pgettext_lazy("navigation", "Registro"),
    "figures": _("Cifras"),
    "admin": _("Administración"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the navigation.

    ``permission`` empty means any signed-in viewer; a tuple means any one of several. ``count``
    takes the viewer and returns how many things wait, or None; it must be one cheap query.
    ``phone`` puts the entry into the phone's bottom bar (the first four by order).
    """

    key: str
    label: Any
    url_name: str
    icon: str = "i-list"
    group: str = "top"
    permission: str | tuple[str, ...] = ""
    order: int = 100
    count: Callable[[Any], int | None] | None = None
    accent: str | None = None
    phone: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """An entry resolved for one viewer."""

    key: str
    label: Any
    url: str
    icon: str
    accent: str
    count: int | None
    phone: bool
    current: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A heading (empty for the first group) and its links."""

    key: str
    label: Any
    links: tuple[Link, ...]


_entries: dict[str, Entry] = {}


def register(entry: Entry) -> None:
    """Add an entry; raises ``ValueError`` for an unknown group or a key taken by another entry."""
    if entry.group not in GROUPS:
        raise ValueError(f"navigation group {entry.group!r}: there are {', '.join(GROUPS)}")
    if _entries.get(entry.key, entry) != entry:
        raise ValueError(f"navigation key {entry.key!r} is taken by {_entries[entry.key].url_name}")
    _entries[entry.key] = entry


def entries() -> tuple[Entry, ...]:
    """All entries in the order of the screen."""
    groups = list(GROUPS)
    return tuple(sorted(_entries.values(), key=lambda e: (groups.index(e.group), e.order, e.key)))


def for_viewer(viewer: Viewer | None, *, path: str = "", section: str = "") -> tuple[Group, ...]:
    """The groups with at least one entry the viewer may open; ``section`` or ``path`` marks the current one."""
    if viewer is None:
        return ()
    open_to = [(entry, url) for entry in entries() if _may(viewer, entry) and (url := address(entry.url_name))]
    current = section or _longest_beginning(path, open_to)
    links = [(entry.group, _link(entry, url, viewer, current)) for entry, url in open_to]
    groups = (Group(key, label, tuple(link for group, link in links if group == key)) for key, label in GROUPS.items())
    return tuple(group for group in groups if group.links)


def address(url_name: str) -> str:
    """The address of a view, or "" where no room provides it."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def check_entries(**_kwargs: Any) -> list[CheckMessage]:
    """Django system check: an entry that leads nowhere is left out of the screen and reported here."""
    return [
        Error(
            f"Navigation entry {entry.key!r} leads to {entry.url_name!r}, which no urls.py provides.",
            hint="Name a view without arguments, or remove the entry from the app's ready().",
            id="ui.E001",
        )
        for entry in entries()
        if not address(entry.url_name)
    ]


def _may(viewer: Viewer, entry: Entry) -> bool:
    wanted = (entry.permission,) if isinstance(entry.permission, str) else entry.permission
    return any(not permission or viewer.may(permission) for permission in wanted)


def _longest_beginning(path: str, candidates: Iterable[tuple[Entry, str]]) -> str:
    fitting = [
        (len(url), entry.key) for entry, url in candidates if path == url or (url != "/" and path.startswith(url))
    ]
    return max(fitting)[1] if fitting else ""


def _link(entry: Entry, url: str, viewer: Viewer, current: str) -> Link:
    return Link(
        key=entry.key,
        label=entry.label,
        url=url,
        icon=entry.icon,
        accent=entry.accent or "",
        count=entry.count(viewer) if entry.count else None,
        phone=entry.phone,
        current=entry.key == current,
    )
