"""Offices, accounts, and which role an account has where."""

from __future__ import annotations

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from cauce.kernel.privacy import Privacy


class Office(models.Model):
    """An office of the mission; its code begins every folio it gives."""

    code = models.CharField(_("clave"), max_length=6, primary_key=True)
    name = models.CharField(_("nombre"), max_length=80)
    place = models.CharField(_("municipio"), max_length=5, blank=True)  # INEGI; places is a floor above
    country = models.CharField(_("país"), max_length=3, default="MEX")
    open = models.BooleanField(_("abierta"), default=True)

    PRIVACY = dict.fromkeys(("code", "name", "place", "country", "open"), Privacy.PUBLIC)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager):
    """Accounts are made by actions; only Django's own look-up is needed here."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """An account of a person who works here. Never deleted: closed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(_("nombre de usuario"), max_length=40, unique=True)
    full_name = models.CharField(_("nombre"), max_length=120)
    email = models.EmailField(_("correo"), blank=True)
    office = models.ForeignKey("access.Office", models.PROTECT, verbose_name=_("oficina"), related_name="users")
    language = models.CharField(_("idioma"), max_length=5, default="es")
    is_active = models.BooleanField(_("activa"), default=True)
    must_change_password = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    PRIVACY = dict.fromkeys(
        ("id", "username", "office", "language", "is_active", "must_change_password", "created_at", "last_login"),
        Privacy.RESTRICTED,
    ) | {"full_name": Privacy.RESTRICTED, "email": Privacy.RESTRICTED, "password": Privacy.STRICTLY_CONFIDENTIAL}

    class Meta:
        constraints = [models.UniqueConstraint(Lower("username"), name="access_user_username_once")]
        ordering = ["full_name"]

    def __str__(self) -> str:
        return self.full_name

    # Django and allauth ask these; roles answer through the Viewer, and nobody is above them.
    is_staff = False
    is_superuser = False

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False


class Grant(models.Model):
    """A role an account has; taken back by ending it, never by deleting it."""

    user = models.ForeignKey("access.User", models.PROTECT, related_name="grants")
    role = models.CharField(_("función"), max_length=40)
    granted_by = models.CharField(max_length=40)
    granted_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=40, null=True)

    PRIVACY = dict.fromkeys(
        ("id", "user", "role", "granted_by", "granted_at", "ended_at", "ended_by"), Privacy.RESTRICTED
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role"], condition=models.Q(ended_at=None), name="access_grant_once_while_live"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, ended_by=None)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
                name="access_grant_ended_pair",
            ),
        ]


class Elevation(models.Model):
    """A time in which an administrator had extra power, with the reason given for it (design.md §6)."""

    user = models.ForeignKey("access.User", models.PROTECT, related_name="elevations")
    session = models.CharField(max_length=64)  # digest of the session key
    reason = models.TextField(_("motivo"))
    started_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    PRIVACY = dict.fromkeys(("id", "user", "session", "started_at", "until", "ended_at"), Privacy.RESTRICTED) | {
        "reason": Privacy.CONFIDENTIAL
    }

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(until__gt=models.F("started_at")), name="access_elevation_order"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="access_elevation_has_reason"),
        ]
