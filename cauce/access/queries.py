"""From an account to a viewer."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy

from cauce.access.models import Elevation, Grant, Office, User
from cauce.access.roles import ROLES
from cauce.access.viewer import Viewer
from cauce.kernel.actors import SYSTEM
from cauce.kernel.ids import is_uuid


def roles_of(user: User) -> tuple[str, ...]:
    """The keys of the roles in force; a role that the code no longer knows gives nothing."""
    live = user.grants.filter(ended_at=None).values_list("role", flat=True)
    return tuple(sorted(set(live) & set(ROLES)))


def viewer_for(user: User, *, elevation: Elevation | None = None, is_command: bool = False) -> Viewer:
    """The viewer an account is, now; an elevation in force adds the roles' elevated permissions."""
    return viewer_of(
        id=str(user.pk),
        name=user.full_name,
        office=user.office_id,
        roles=roles_of(user),
        language=user.language,
        elevation=elevation.pk if elevation else None,
        is_command=is_command,
        office_name=user.office.name,
    )


def viewer_of(
    *,
    id: str,
    name: str,
    office: str,
    roles: Iterable[str],
    language: str = "es",
    elevation: int | None = None,
    is_command: bool = False,
    office_name: str = "",
) -> Viewer:
    """Add up roles: permissions and vaults unite; one role that works everywhere opens all offices."""
    held = [ROLES[key] for key in roles]
    viewer = Viewer(
        id=id,
        name=name,
        office=office,
        roles=tuple(role.key for role in held),
        offices=None if any(role.everywhere for role in held) else frozenset({office}),
        permissions=frozenset().union(*(role.permissions for role in held)),
        vaults=frozenset().union(*(role.vaults for role in held)),
        language=language,
        is_command=is_command,
        office_name=office_name,
    )
    if elevation is None:
        return viewer
    return viewer.elevate(elevation, frozenset().union(*(role.elevated for role in held)))


def open_offices() -> QuerySet[Office]:
    """Offices in which one can work now."""
    return Office.objects.filter(open=True)


def accounts(viewer: Viewer) -> QuerySet[User]:
    """All accounts, for those who may see them; nobody else sees any."""
    if not viewer.may("access.view"):
        return User.objects.none()
    live = Prefetch("grants", Grant.objects.filter(ended_at=None).order_by("role"), to_attr="live_grants")
    return User.objects.select_related("office").prefetch_related(live)


def account(viewer: Viewer, pk: object) -> User | None:
    return accounts(viewer).filter(pk=pk).first()


# Who writes without an account.
HOUSE = {SYSTEM.id: gettext_lazy("El sistema"), "demo": gettext_lazy("Carga de la demostración")}


def names_of(ids: Iterable[str]) -> dict[str, str]:
    """Names by id, for screens that show who did something: accounts, and the house's own hands."""
    asked = set(ids)
    uuids = [each for each in asked if is_uuid(each)]
    known = {str(pk): name for pk, name in User.objects.filter(pk__in=uuids).values_list("pk", "full_name")}
    return {each: str(name) for each, name in HOUSE.items() if each in asked} | known
