"""The navigation shows what a viewer may open, and where they are."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from django.conf import settings
from django.test import override_settings
from django.urls import path

from cauce.ui import navigation
from cauce.ui.navigation import Entry


@dataclass(frozen=True)
class Somebody:
    permissions: frozenset[str] = field(default=frozenset({"cases.view"}))

    def may(self, permission: str) -> bool:
        return permission in self.permissions


urlpatterns = [
    path("", lambda request: None, name="home"),
    path("casos/", lambda request: None, name="cases"),
    path("casos/nuevos/", lambda request: None, name="new"),
]


@pytest.fixture(autouse=True)
def registry(monkeypatch):
    monkeypatch.setattr(navigation, "_entries", {})
    with override_settings(ROOT_URLCONF=__name__):
        navigation.register(Entry("home", "Hoy", "home", order=1, phone=True))
        navigation.register(
            Entry("new", "Nuevos", "new", group="programmes", permission="cases.view", order=2, count=lambda viewer: 3)
        )
        navigation.register(Entry("cases", "Casos", "cases", group="programmes", permission="cases.view", order=1))
        navigation.register(Entry("rights", "Accesos", "home", group="admin", permission=("users.view", "roles.view")))
        yield


def keys(**options) -> list[str]:
    return [link.key for group in navigation.for_viewer(Somebody(), **options) for link in group.links]


def current(**options) -> list[str]:
    return [link.key for group in navigation.for_viewer(Somebody(), **options) for link in group.links if link.current]


def test_only_what_one_may_open_in_the_order_of_the_groups():
    assert keys() == ["home", "cases", "new"]
    assert navigation.for_viewer(None) == ()


def test_any_one_of_several_permissions_opens():
    groups = navigation.for_viewer(Somebody(frozenset({"roles.view"})))
    assert [group.key for group in groups] == ["top", "admin"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"path": "/"}, ["home"]),
        ({"path": "/casos/"}, ["cases"]),
        ({"path": "/casos/nuevos/7/"}, ["new"]),
        ({"path": "/otra/"}, []),
        ({"path": "/casos/", "section": "home"}, ["home"]),
    ],
)
def test_the_current_entry_is_the_one_whose_address_fits_best(options, expected):
    assert current(**options) == expected


def test_counts_are_asked_only_for_what_is_shown():
    asked = []
    navigation.register(Entry("hidden", "X", "cases", permission="never", count=lambda viewer: asked.append(1)))
    links = [link for group in navigation.for_viewer(Somebody()) for link in group.links]
    assert {link.key: link.count for link in links}["new"] == 3
    assert asked == []


def test_an_entry_that_leads_nowhere_is_left_out_and_reported():
    navigation.register(Entry("lost", "Perdido", "nowhere:page"))
    assert "lost" not in keys()
    assert [error.id for error in navigation.check_entries()] == ["ui.E001"]


def test_mistakes_of_registration_are_said_at_once():
    navigation.register(Entry("home", "Hoy", "home", order=1, phone=True))  # the same again is harmless
    with pytest.raises(ValueError, match="taken"):
        navigation.register(Entry("home", "Otra", "cases"))
    with pytest.raises(ValueError, match="programmes"):
        navigation.register(Entry("x", "X", "home", group="elsewhere"))


def test_the_settings_name_the_processor_the_layouts_need():
    assert "cauce.ui.context.page" in settings.TEMPLATES[0]["OPTIONS"]["context_processors"]
