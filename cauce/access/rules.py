"""Is it allowed in this state: pure checks over accounts and elevations."""

from __future__ import annotations

import re
from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from cauce.access.roles import ROLES
from cauce.kernel.problems import Problem

# Roles that answer for each other and must not meet in one person: who prepares an edition does not
# approve it, who keeps the accounts does not keep the cases, who watches the log does not write it.
APART: tuple[frozenset[str], ...] = (
    frozenset({"information_officer", "head_of_mission"}),
    frozenset({"administrator", "data_protection"}),
)
_MAY_JOIN_ADMINISTRATOR = frozenset({"administrator", "policy_officer"})


def check_username(username: str) -> None:
    """Lower-case letters, digits, dots and hyphens, 3 to 40 of them."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]{2,39}", username):
        raise Problem(
            "access.username",
            _("«%(username)s» no sirve como nombre de usuario."),
            fix=_("Use de 3 a 40 letras minúsculas, números, puntos o guiones, sin acentos ni espacios."),
            username=username,
            field="username",
        )


def check_role_known(role: str) -> None:
    if role not in ROLES:
        raise Problem(
            "access.role_unknown",
            _("No existe la función «%(role)s»."),
            fix=_("Elija una de la lista."),
            role=role,
            field="role",
        )


def check_roles_together(held: Collection[str], role: str) -> None:
    """Refuses two roles that must not meet in one person (design.md §6: no silent power)."""
    all_roles = {*held, role}
    clash = next((apart for apart in APART if apart <= all_roles), None)
    if clash is None and "administrator" in all_roles and not all_roles <= _MAY_JOIN_ADMINISTRATOR:
        clash = frozenset({"administrator", next(iter(sorted(all_roles - _MAY_JOIN_ADMINISTRATOR)))})
    if clash:
        first, second = sorted(clash)
        raise Problem(
            "access.roles_apart",
            _("«%(first)s» y «%(second)s» no pueden ser la misma persona."),
            fix=_("Quite primero la otra función, o dé esta a otra cuenta."),
            first=ROLES[first].name,
            second=ROLES[second].name,
            field="role",
        )


def check_not_oneself(actor_id: str, user_id: str) -> None:
    """Nobody changes their own roles or closes their own account."""
    if actor_id == user_id:
        raise Problem(
            "access.oneself",
            _("Nadie puede cambiar sus propias funciones ni cerrar su propia cuenta."),
            fix=_("Pídalo a otra persona con administración."),
        )


def check_other_password(actor_id: str, user_id: str) -> None:
    """One's own password is changed with the old one, not reset."""
    if actor_id == user_id:
        raise Problem(
            "access.own_password",
            _("La contraseña propia no se restablece: se cambia escribiendo la anterior."),
            fix=_("Abra «Mi cuenta» y elija cambiar la contraseña."),
            field="password",
        )


def check_reason(reason: str) -> None:
    if len(reason.strip()) < 8:
        raise Problem(
            "access.reason_missing",
            _("Falta el motivo."),
            fix=_("Escriba para qué la necesita; lo verá el punto focal de protección de datos."),
            field="reason",
        )
