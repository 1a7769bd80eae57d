"""For whom a figure is released, and from what count on (design.md §5; these replace R8's numbers).

A true zero is released as 0: it says that nobody is in a cell, so there is nobody in it to
recognise, and readers must be able to tell "none" from "withheld". What a zero can say about
people outside the cell (nobody of this group was anywhere else) is what the thresholds of the
other cells and the coarse cuts a mission declares are for.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from cauce.mission.definition import Disclosure
from cauce.mission.vocabulary import Vault

PEOPLE = 10  # counts of people
NOT_SENSITIVE = 5  # classes of people a mission declares not sensitive
VAULT = 11  # violence, trafficking, children (the CTDC's k)
NONE = 0  # events, sites, products: not people


class Profile(StrEnum):
    """Who will read: everybody, an organisation with an agreement, or the mission's own staff."""

    PUBLIC = "public"
    PARTNER = "partner"
    INTERNAL = "internal"


def threshold(
    guard: Disclosure, profile: Profile, viewer_vaults: Collection[str] = (), vault: Vault | None = None
) -> int:
    """The smallest count that is released; 0 when every count is.

    ``vault`` is the class of one cell; without it the figure's own class holds. ``viewer_vaults``
    are the vaults whose role the viewer holds; they count in the internal profile alone.
    """
    if not guard.people:
        return NONE
    held = vault or guard.vault
    if held is not None:
        return NONE if profile is Profile.INTERNAL and held.value in viewer_vaults else VAULT
    if profile is Profile.INTERNAL:
        return NONE
    return PEOPLE if guard.sensitive else NOT_SENSITIVE


def is_small(value: int, limit: int) -> bool:
    """True for a count that may not be shown: below the threshold and not a true zero."""
    return value != 0 and value < limit
