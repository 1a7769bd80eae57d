"""The only writers of accounts, grants, offices and elevations."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cauce import keys
from cauce.access import rules
from cauce.access.models import Elevation, Grant, Office, User
from cauce.access.queries import roles_of
from cauce.access.roles import ROLES
from cauce.access.viewer import Viewer
from cauce.audit import log
from cauce.kernel.actors import SYSTEM, Actor
from cauce.kernel.problems import Problem
from cauce.mission.package import current as current_mission


def load_offices() -> int:
    """Write the offices the mission package names; safe to repeat. Returns how many are new."""
    new = 0
    with transaction.atomic():
        for office in current_mission().offices:
            values = {"name": office.name.get("es"), "place": office.place}
            _office, created = Office.objects.get_or_create(code=office.code, defaults=values)
            new += created
            if created:
                log.record(SYSTEM, "add", "access.office", office.code, office.code)
    return new


def open_office(*, code: str, name: str, place: str, by: Viewer) -> Office:
    """Add an office."""
    by.require("access.edit")
    with transaction.atomic():
        if Office.objects.filter(code=code).exists():
            raise Problem("access.office_exists", _("Ya hay una oficina %(office)s."), office=code, field="code")
        office = Office.objects.create(code=code, name=name, place=place)
        log.record(by.actor, "add", "access.office", code, by.office)
    return office


def create_first_administrator(*, username: str, full_name: str, office: str, password: str) -> User:
    """The account a new installation begins with; refused when there is any account already."""
    if User.objects.exists():
        raise Problem(
            "access.not_first",
            _("Esta instalación ya tiene cuentas."),
            fix=_("Entre con una cuenta de administración y cree las demás ahí."),
        )
    return _create(username, full_name, office, password, ("administrator",), SYSTEM, must_change=False)


def create_user(
    *, username: str, full_name: str, office: str, password: str, roles: tuple[str, ...] = (), by: Viewer
) -> User:
    """A new account; its person must choose an own password at the first sign-in.

    Raises Problem for an impossible user name, a taken one, a weak password or roles that clash.
    """
    by.require("access.edit")
    if roles:
        by.require("access.grant")
    return _create(username, full_name, office, password, roles, by.actor, must_change=True)


def create_demo_user(*, username: str, full_name: str, office: str, password: str, roles: tuple[str, ...]) -> User:
    """A log-in of the demonstration; refused outside one."""
    if not settings.CAUCE_DEMO:
        raise Problem("access.not_demo", _("Solo una demostración tiene cuentas de muestra."))
    if existing := User.objects.filter(username=username).first():
        return existing
    return _create(username, full_name, office, password, roles, SYSTEM, must_change=False)


def _create(
    username: str, full_name: str, office: str, password: str, roles: tuple[str, ...], by: Actor, *, must_change: bool
) -> User:
    rules.check_username(username)
    for number, role in enumerate(roles):
        rules.check_role_known(role)
        rules.check_roles_together(roles[:number], role)
    home = Office.objects.filter(code=office).first()
    if home is None:
        known = ", ".join(Office.objects.values_list("code", flat=True))
        raise Problem(
            "access.office_unknown",
            _("No hay una oficina %(office)s."),
            fix=_("Use una de: %(known)s."),
            office=office,
            known=known,
            field="office",
        )
    if User.objects.filter(username__iexact=username).exists():
        raise Problem(
            "access.username_taken",
            _("Ya hay una cuenta «%(username)s»."),
            fix=_("Elija otro nombre de usuario."),
            username=username,
            field="username",
        )
    user = User(username=username, full_name=full_name.strip(), office=home, must_change_password=must_change)
    _check_password(password, user)
    user.set_password(password)
    with transaction.atomic():
        user.save(force_insert=True)
        log.record(by, "add", "access.user", user.pk, home.code)
        for role in roles:
            _grant(user, role, by)
    return user


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Problem(
            "access.weak_password",
            _("La contraseña no es segura: %(why)s"),
            fix=_("Use 12 caracteres o más; varias palabras sirven bien."),
            why=" ".join(error.messages),
            field="password",
        ) from None


def grant(*, user: User, role: str, by: Viewer) -> Grant:
    """Give a role; needs an elevated session, never to oneself, never two that must stay apart."""
    by.require("access.grant")
    rules.check_role_known(role)
    rules.check_not_oneself(by.id, str(user.pk))
    rules.check_roles_together(roles_of(user), role)
    with transaction.atomic():
        live = user.grants.filter(role=role, ended_at=None).first()
        return live or _grant(user, role, by.actor)


def _grant(user: User, role: str, by: Actor) -> Grant:
    given = Grant.objects.create(user=user, role=role, granted_by=by.id)
    log.record(by, "grant", "access.grant", given.pk, user.office_id, concerns=[user.pk], reason=role)
    return given


def end_grant(*, user: User, role: str, by: Viewer) -> None:
    """Take a role back."""
    by.require("access.grant")
    rules.check_not_oneself(by.id, str(user.pk))
    with transaction.atomic():
        for given in user.grants.select_for_update().filter(role=role, ended_at=None):
            given.ended_at, given.ended_by = timezone.now(), by.id
            given.save(update_fields=["ended_at", "ended_by"])
            log.record(by.actor, "end_grant", "access.grant", given.pk, user.office_id, concerns=[user.pk], reason=role)


def close_user(*, user: User, by: Viewer, reason: str) -> None:
    """Close an account: it can no longer sign in; what it did stays under its id."""
    by.require("access.edit")
    rules.check_not_oneself(by.id, str(user.pk))
    rules.check_reason(reason)
    _set_active(user, False, by, "close", reason)


def reopen_user(*, user: User, by: Viewer, reason: str) -> None:
    """Let a closed account sign in again."""
    by.require("access.edit")
    rules.check_reason(reason)
    _set_active(user, True, by, "reopen", reason)


def _set_active(user: User, active: bool, by: Viewer, verb: str, reason: str) -> None:
    with transaction.atomic():
        user.is_active = active
        user.save(update_fields=["is_active"])
        log.record(by.actor, verb, "access.user", user.pk, user.office_id, reason=reason.strip())


def reset_password(*, user: User, password: str, by: Viewer) -> None:
    """A new first password, to be changed at the next sign-in; one-time codes are kept.

    Never one's own: who finds a screen left open must not make it theirs. Changing it asks for the old one.
    """
    by.require("access.edit")
    rules.check_other_password(by.id, str(user.pk))
    _check_password(password, user)
    with transaction.atomic():
        user.set_password(password)
        user.must_change_password = True
        user.save(update_fields=["password", "must_change_password"])
        log.record(by.actor, "reset_password", "access.user", user.pk, user.office_id)


def note_password_changed(user: User) -> None:
    """The person chose an own password."""
    with transaction.atomic():
        user.must_change_password = False
        user.save(update_fields=["must_change_password"])
        log.record(
            Actor(str(user.pk), "own_account", user.office_id),
            "change_password",
            "access.user",
            user.pk,
            user.office_id,
        )


def set_language(*, user: User, language: str) -> None:
    """The language of a person's screens."""
    if language not in dict(settings.LANGUAGES):
        raise Problem("access.language", _("No hay pantallas en ese idioma."), field="language")
    with transaction.atomic():
        user.language = language
        user.save(update_fields=["language"])
        actor = Actor(str(user.pk), "own_account", user.office_id)
        log.record(actor, "language", "access.user", user.pk, user.office_id, reason=language)


def start_elevation(*, user: User, session_key: str, reason: str, by: Viewer) -> Elevation:
    """Switch on extra power for a few minutes, with the reason; the focal point sees it at once.

    Raises Problem when the person's roles have none to switch on, or without a reason.
    """
    if not any(ROLES[role].elevated for role in by.roles):
        raise Problem("access.nothing_to_elevate", _("Sus funciones no tienen permisos que elevar."))
    rules.check_reason(reason)
    now = timezone.now()
    with transaction.atomic():
        elevation = Elevation.objects.create(
            user=user,
            session=keys.digest(session_key, "session"),
            reason=reason.strip(),
            started_at=now,
            until=now + timedelta(minutes=settings.CAUCE_ELEVATED_MINUTES),
        )
        log.record(by.actor, "elevate", "access.elevation", elevation.pk, by.office, reason=reason.strip())
    return elevation


def end_elevation(*, elevation: Elevation, by: Viewer) -> None:
    """Switch the extra power off before its time."""
    with transaction.atomic():
        elevation.ended_at = timezone.now()
        elevation.save(update_fields=["ended_at"])
        log.record(by.actor, "end_elevation", "access.elevation", elevation.pk, by.office)
