"""The elevation a session has in force."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone

from cauce.access.models import Elevation

SESSION_KEY = "elevation"


def in_force(request: HttpRequest) -> Elevation | None:
    """The live elevation of this session's own account; ended, expired or foreign ones are None."""
    number = request.session.get(SESSION_KEY)
    if number is None:
        return None
    return Elevation.objects.filter(pk=number, user=request.user, ended_at=None, until__gt=timezone.now()).first()
