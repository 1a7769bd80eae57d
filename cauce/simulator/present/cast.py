"""The colleagues as viewers, and the days counted from today."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from django.utils import timezone

from cauce.access.models import User
from cauce.access.queries import viewer_for
from cauce.access.viewer import Viewer


class Cast:
    """``cast["ana"]`` is Ana with the rights she has; ``cast.day(-3)`` is three days ago.

    ``loader`` is who set the mission up. ``random`` always gives the same things.
    """

    def __init__(self, loader: Viewer, *, today: date | None = None) -> None:
        self.loader = loader
        self.today = today or timezone.localdate()
        self.random = Random(20)
        self._viewers: dict[str, Viewer] = {}

    def __getitem__(self, username: str) -> Viewer:
        if username not in self._viewers:
            self._viewers[username] = viewer_for(self.user(username), is_command=True)
        return self._viewers[username]

    @staticmethod
    def user(username: str) -> User:
        return User.objects.select_related("office").get(username=username)

    def day(self, after: int) -> date:
        return self.today + timedelta(days=after)
