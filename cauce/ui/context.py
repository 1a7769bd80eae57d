"""What every template knows: the viewer, the navigation, the addresses and settings of the shell."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from cauce import mission
from cauce.languages.locales import COMPLETE, LANGUAGES
from cauce.ui import formatting, navigation


class Shell:
    """The frame of a page. Parts are computed when a template first asks for them: a partial never does."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.viewer = getattr(request, "viewer", None)
        self._groups: tuple[navigation.Group, ...] | None = None

    def groups(self, section: str = "") -> tuple[navigation.Group, ...]:
        """The navigation of this viewer, once a request; the counts' queries run here and only here."""
        if self._groups is None:
            self._groups = navigation.for_viewer(self.viewer, path=self.request.path, section=section)
        return self._groups

    @property
    def languages(self) -> list[tuple[str, str]]:
        """Only languages whose texts are complete: a switch that changes nothing would be a lie."""
        return [(code, name) for code, name in LANGUAGES if code in COMPLETE]

    @property
    def language_name(self) -> str:
        return dict(LANGUAGES).get(formatting.language(), "Español")

    @property
    def person(self) -> str:
        return str(getattr(self.viewer, "name", ""))

    @property
    def role(self) -> str:
        """The role in words, when the viewer says it (``role_label``)."""
        return str(getattr(self.viewer, "role_label", ""))

    @property
    def office(self) -> str:
        """The name of the viewer's office, or its code where the mission does not know it."""
        code = str(getattr(self.viewer, "office", "") or "")
        try:
            return mission.current().office(code).name.get(formatting.language())
        except KeyError:
            return code

    @property
    def elevated(self) -> bool:
        return bool(getattr(self.viewer, "elevated", None))

    @property
    def quick_exit(self) -> str:
        return settings.CAUCE_QUICK_EXIT_URL

    @property
    def idle_minutes(self) -> int:
        return settings.CAUCE_IDLE_MINUTES

    @property
    def demo(self) -> bool:
        return settings.CAUCE_DEMO

    @property
    def mission(self) -> str:
        return mission.current().name.get(formatting.language())

    @property
    def search_url(self) -> str:
        return navigation.address("desk:search")

    @property
    def lock_url(self) -> str:
        return navigation.address("access:lock")

    @property
    def account_url(self) -> str:
        return navigation.address("access:account")

    @property
    def sign_out_url(self) -> str:
        return navigation.address("account_logout")

    @property
    def language_url(self) -> str:
        return navigation.address("ui:language")


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``viewer``, ``shell`` (which the layouts ask) and ``demo``."""
    shell = Shell(request)
    return {"viewer": shell.viewer, "shell": shell, "demo": shell.demo}
