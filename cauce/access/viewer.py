"""The viewer: who looks and acts, with everything a rule may ask about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.core.exceptions import PermissionDenied

from cauce.access.roles import ROLES
from cauce.kernel.actors import Actor

VAULTS = frozenset({"gbv", "trafficking", "child", "sea"})


@dataclass(frozen=True, slots=True)
class Viewer:
    """A signed-in person (or a command) with the sum of their roles.

    ``offices`` is None for all offices. ``vaults`` are the restricted classes they may open.
    ``elevated`` is the id of the elevation in force, if any.
    """

    id: str
    name: str
    office: str
    roles: tuple[str, ...] = ()
    offices: frozenset[str] | None = frozenset()
    permissions: frozenset[str] = frozenset()
    vaults: frozenset[str] = frozenset()
    language: str = "es"
    elevated: int | None = None
    is_command: bool = field(default=False)
    office_name: str = ""

    def may(self, permission: str) -> bool:
        return permission in self.permissions

    def require(self, permission: str) -> None:
        """Raises PermissionDenied (a 403 that names nothing) without the permission."""
        if permission not in self.permissions:
            raise PermissionDenied(permission)

    def sees_office(self, code: str) -> bool:
        return self.offices is None or code in self.offices

    def sees_vaults(self, wanted: Iterable[str]) -> bool:
        return frozenset(wanted) <= self.vaults

    @property
    def role_label(self) -> str:
        """The roles in words, for the top bar."""
        return ", ".join(str(ROLES[key].name) for key in self.roles if key in ROLES)

    @property
    def actor(self) -> Actor:
        return Actor(id=self.id, role="+".join(self.roles) or "none", office=self.office)

    def elevate(self, elevation: int, permissions: Iterable[str]) -> Viewer:
        """The same person while an elevation is in force."""
        return replace(self, elevated=elevation, permissions=self.permissions | frozenset(permissions))
