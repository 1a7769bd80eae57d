"""Every permission with its sentence, gathered from each app's ``permissions.py``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from cauce.access.roles import ROLES, Role


@dataclass(frozen=True, slots=True)
class DescribedRole:
    """A role with what it may do, in sentences."""

    role: Role
    may: list[object]
    elevated: list[object]


@cache
def declared() -> dict[str, object]:
    """Permission → sentence, over all apps. Rooms stand above this floor, so they are read by name."""
    found: dict[str, object] = {}
    for app in apps.get_app_configs():
        if app.name.startswith("cauce.") and find_spec(f"{app.name}.permissions"):
            found.update(import_module(f"{app.name}.permissions").PERMISSIONS)
    return found


def described_roles() -> list[DescribedRole]:
    """All roles, in the order of the code."""
    sentences = declared()
    return [
        DescribedRole(
            role,
            [sentences[key] for key in sorted(role.permissions) if key in sentences],
            [sentences[key] for key in sorted(role.elevated) if key in sentences],
        )
        for role in ROLES.values()
    ]
