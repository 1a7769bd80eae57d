"""Looks at everything a demonstration shows, as its accounts see it.

    python -m tests.flow.walking        (in a demonstration: CAUCE_HOME)

Prints JSON: ``rows`` (how many live rows each table has), ``states`` (how many each state of a record has), ``void``
(tables with a voided row), and per account its ``home`` and every ``page`` that takes no argument.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import django

django.setup()

from django.apps import apps
from django.db.models import Count, Model
from django.test import Client
from django.test.utils import setup_test_environment
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from cauce.access.demo import ACCOUNTS, PASSWORD
from cauce.access.models import User
from cauce.access.queries import viewer_for
from cauce.records.base import Record
from cauce.ui import navigation
from cauce.ui.tables import Listing


def main() -> dict[str, Any]:
    setup_test_environment()
    models = [model for model in apps.get_models() if model.__module__.startswith("cauce.")]
    records = [model for model in models if issubclass(model, Record)]
    return {
        "rows": {model._meta.label_lower: live(model) for model in models},
        "states": {f"{model._meta.label_lower}.state": states(model) for model in models if has_state(model)},
        "void": sorted(model._meta.label_lower for model in records if model.objects.exclude(voided_at=None).exists()),
        "accounts": {each.username: seen_by(each.username) for each in ACCOUNTS},
    }


def live(model: type[Model]) -> int:
    rows = model._base_manager.all()
    return (model.objects.live() if issubclass(model, Record) else rows).count()  # type: ignore[attr-defined]


def has_state(model: type[Model]) -> bool:
    return any(field.name == "state" and field.choices for field in model._meta.fields)


def states(model: type[Model]) -> dict[str, int]:
    """Every choice of the model's state → how many rows are in it."""
    found = dict(model._base_manager.values_list("state").annotate(Count("pk")))
    return {str(value): found.get(value, 0) for value, _label in model._meta.get_field("state").flatchoices}


def seen_by(username: str) -> dict[str, Any]:
    """What an account meets: its navigation, its home, and every page it may open by its address alone."""
    client = Client(HTTP_HOST="localhost")
    if not client.login(username=username, password=PASSWORD):
        raise AssertionError(f"{username} cannot sign in with the password that the sign-in page shows")
    viewer = viewer_for(User.objects.select_related("office").get(username=username))
    links = [link for group in navigation.for_viewer(viewer) for link in group.links]
    return {
        "navigation": {link.key: look(client, link.url) for link in links},
        "home": home_of(client),
        "pages": {path: seen for path in addresses() if (seen := look(client, path))["status"] == 200},
    }


def look(client: Client, path: str) -> dict[str, Any]:
    """Status of a page and, where it is a list, how many rows it has in all."""
    response = client.get(path)
    found = {"path": path, "status": response.status_code}
    listings = {id(value): value for value in values(response.context) if isinstance(value, Listing)}
    if listings:
        found["rows"] = sum(each.total for each in listings.values())
    return found


def values(context: Any) -> list[Any]:
    return [
        value
        for layer in context or ()
        for each in layer
        for value in (each.values() if isinstance(each, dict) else ())
    ]


def home_of(client: Client) -> dict[str, Any]:
    """Key of each section → how much stands in it, and what the tiles count."""
    context = client.get(reverse("desk:home")).context
    sections: dict[str, int] = {}
    for section in (*context["main"], *context["side"]):
        many = section.listing.total if section.listing else len(section.rows) + len(section.cards)
        sections[section.key] = sections.get(section.key, 0) + many
    return {"sections": sections, "tiles": {str(tile.label): tile.value for tile in context["tiles"]}}


def addresses() -> list[str]:
    """Every address without an argument, but for those of the session itself (lock, password, language)."""
    found: list[str] = []

    def walk(patterns: list[Any], before: str) -> None:
        for each in patterns:
            here = before + str(each.pattern)
            if isinstance(each, URLResolver):
                walk(each.url_patterns, here)
            elif (
                isinstance(each, URLPattern)
                and "<" not in here
                and not here.startswith("cuenta/")
                and each.callback.__module__.startswith("cauce.")
            ):
                found.append("/" + here)

    walk(get_resolver().url_patterns, "")
    return sorted(set(found))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main()))
