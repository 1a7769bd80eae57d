"""Who acts: written into the audit log as text, so that the log outlives the account."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """The account, role and office an act is done under; never a name."""

    id: str
    role: str
    office: str


SYSTEM = Actor(id="system", role="system", office="")
