"""Truth in the database: foreign keys follow the rooms' order, every column has a privacy class."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

from cauce.kernel.privacy import Privacy

# Who may point at whom, lowest floor first. A room may point at its own floor's lower rooms only.
FLOORS: list[set[str]] = [
    {"audit"},
    {"access"},
    {"records"},
    {"places"},
    {"programmes"},
    {"people"},
    {"assistance", "accommodation", "movements", "activities", "outputs", "partnerships", "surveys", "outreach"},
    {"protection", "returns"},
    {"capture"},
    {"editions"},
]
HEIGHT = {label: height for height, floor in enumerate(FLOORS) for label in floor}

# Columns of tables that are not ours, in one list.
THIRD_PARTY: dict[str, dict[str, Privacy]] = {
    "auth.permission": dict.fromkeys(("id", "name", "content_type", "codename"), Privacy.PUBLIC),
    "auth.group": dict.fromkeys(("id", "name"), Privacy.PUBLIC),
    "auth.user": {},
    "contenttypes.contenttype": dict.fromkeys(("id", "app_label", "model"), Privacy.PUBLIC),
    "sessions.session": {
        "session_key": Privacy.STRICTLY_CONFIDENTIAL,
        "session_data": Privacy.CONFIDENTIAL,
        "expire_date": Privacy.RESTRICTED,
    },
    "account.emailaddress": dict.fromkeys(("id", "user", "email", "verified", "primary"), Privacy.RESTRICTED),
    "account.emailconfirmation": dict.fromkeys(
        ("id", "email_address", "created", "sent", "key"), Privacy.STRICTLY_CONFIDENTIAL
    ),
    "mfa.authenticator": {
        **dict.fromkeys(("id", "user", "type", "created_at", "last_used_at"), Privacy.RESTRICTED),
        "data": Privacy.STRICTLY_CONFIDENTIAL,
    },
}


def unclassified(model: type[models.Model]) -> Iterator[str]:
    """Columns of a model without a privacy class; classes are merged along the bases."""
    known: dict[str, Privacy] = dict(THIRD_PARTY.get(model._meta.label_lower, {}))
    for base in reversed(model.__mro__):
        known.update(vars(base).get("PRIVACY", {}))
    for field in model._meta.local_concrete_fields:
        if not isinstance(known.get(field.name), Privacy):
            yield f"{model._meta.label}.{field.name}"


def wrong_way(model: type[models.Model]) -> Iterator[str]:
    """Foreign keys, given as strings or not, that point up or sideways."""
    here = model._meta.app_label
    for field in model._meta.local_fields + model._meta.local_many_to_many:
        target = getattr(field, "related_model", None)
        if not isinstance(target, type) or target._meta.app_label == here or here not in HEIGHT:
            continue
        there = target._meta.app_label
        if HEIGHT.get(there, -1) >= HEIGHT[here]:
            yield f"{model._meta.label}.{field.name} → {target._meta.label}"


def test_every_column_has_a_privacy_class():
    assert not [column for model in apps.get_models() for column in unclassified(model)]


def test_foreign_keys_follow_the_floors():
    assert not [key for model in apps.get_models() for key in wrong_way(model)]


def test_every_app_with_tables_stands_on_a_floor():
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("cauce.") and list(app.get_models())}
    assert ours <= set(HEIGHT)


def test_every_model_of_ours_says_it_is_ours():
    strangers = {model._meta.label_lower for model in apps.get_models() if not model.__module__.startswith("cauce.")}
    assert strangers <= set(THIRD_PARTY)


@pytest.mark.django_db
def test_planted_violations_are_found():
    class Planted(models.Model):
        case = models.ForeignKey("protection.Case", models.PROTECT, related_name="+")
        secret = models.TextField()

        class Meta:
            app_label = "assistance"

    try:
        assert list(unclassified(Planted)) == [
            "assistance.Planted.id",
            "assistance.Planted.case",
            "assistance.Planted.secret",
        ]
        assert list(wrong_way(Planted)) == ["assistance.Planted.case → protection.Case"]
    finally:
        del apps.all_models["assistance"]["planted"]
        apps.clear_cache()


def test_paired_columns_are_paired_by_the_database():
    """``…_at`` beside ``…_by`` stand or fall together: a CHECK names both (style.md §4.12)."""
    bare = []
    for model in apps.get_models():
        if not model.__module__.startswith("cauce."):
            continue
        fields = {field.name: field for field in model._meta.local_concrete_fields}
        checks = [str(each.condition) for each in model._meta.constraints if isinstance(each, models.CheckConstraint)]
        for name, field in fields.items():
            other = name.removesuffix("_at") + "_by"
            paired = name.endswith("_at") and other in fields and field.null
            if paired and not any(name in check and other in check for check in checks):
                bare.append(f"{model._meta.label}.{name}/{other}")
    assert not bare
