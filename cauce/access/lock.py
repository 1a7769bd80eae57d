"""The lock: after a pause (or one tap) nobody sees the screen without the password (domain.md R12)."""

from __future__ import annotations

import time

from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from cauce.access.models import User

LOCKED, SEEN = "locked", "seen"
_EVERY = 60  # seconds between two notes of being seen: not every page is worth a write


def lock(request: HttpRequest) -> None:
    request.session[LOCKED] = True


def is_locked(request: HttpRequest) -> bool:
    """Locked by hand, or left alone for longer than the idle time. Notes that the person is here."""
    if request.session.get(LOCKED):
        return True
    now, seen = int(time.time()), request.session.get(SEEN)
    if seen is not None and now - seen > settings.CAUCE_IDLE_MINUTES * 60 + _EVERY:
        lock(request)
        return True
    # A part of a page that refreshes itself is not a person at work.
    if seen is None or (now - seen >= _EVERY and not request.headers.get("HX-Request")):
        request.session[SEEN] = now
    return False


def unlock(request: HttpRequest, password: str) -> bool:
    """True and unlocked when the password is right; guesses are rate-limited like sign-in's."""
    user = request.user
    attempts = {"action": "login_failed", "key": f"unlock-{user.pk}"}
    if not ratelimit.consume(request, dry_run=True, **attempts):
        return False
    if not user.check_password(password):
        ratelimit.consume(request, **attempts)
        return False
    request.session.pop(LOCKED, None)
    request.session[SEEN] = int(time.time())
    return True


def has_codes(user: User) -> bool:
    """Does this account ask for one-time codes at sign-in?"""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
