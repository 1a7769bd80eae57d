"""What rooms above offer on a person's page: they enter themselves, this room knows none of them.

In the AppConfig.ready() of a room: ``acts.register(Act("assistance.serve", _("Registrar servicio"),
"assistance:serve", permission="assistance.serve", icon="o-consultation"))``. The address gets the person's id.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from cauce.access.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Act:
    """Something to do for a person, or (``looks``) another page about them."""

    key: str
    label: Any
    url_name: str
    permission: str
    icon: str = "i-arrow-right"
    order: int = 100
    looks: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """An act for one person and one viewer."""

    key: str
    label: Any
    url: str
    icon: str
    looks: bool


_acts: dict[str, Act] = {}


def register(act: Act) -> None:
    """Add an act; raises ValueError when another one has its key."""
    if _acts.setdefault(act.key, act) != act:
        raise ValueError(f"{act.key!r} is taken by {_acts[act.key].url_name}")


def offers(person: UUID, viewer: Viewer) -> list[Offer]:
    """What this viewer may do for this person, in order; addresses nobody provides are left out."""
    found = []
    for act in sorted(_acts.values(), key=lambda each: (each.order, each.key)):
        if not viewer.may(act.permission):
            continue
        try:
            url = reverse(act.url_name, args=[person])
        except NoReverseMatch:
            continue
        found.append(Offer(act.key, act.label, url, act.icon, act.looks))
    return found
