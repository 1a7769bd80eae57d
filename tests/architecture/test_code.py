"""Ceilings, writers and sight: read from the code, and shown to bite on a planted violation."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.architecture import reading

CHECKS = [reading.too_long, reading.writes_outside_actions, reading.looks_without_viewer]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_house_keeps_the_rule(check):
    found = [
        str(violation)
        for path in reading.python_files()
        for violation in check(path.relative_to(reading.ROOT), path.read_text())
    ]
    assert not found, "\n".join(found)


PLANTED = [
    (reading.too_long, "cauce/desk/views.py", "x = 1\n" * 401),
    (reading.too_long, "cauce/desk/tests/test_it.py", "x = 1\n" * 601),
    (reading.too_long, "cauce/desk/views.py", "def f():\n" + "    x = 1\n" * 60),
    (reading.writes_outside_actions, "cauce/records/people/views.py", "Person.objects.create(name='x')"),
    (reading.writes_outside_actions, "cauce/desk/queries.py", "Person.objects.filter(a=1).update(b=2)"),
    (reading.writes_outside_actions, "cauce/desk/queries.py", "Person.objects.bulk_create([])"),
    (reading.looks_without_viewer, "cauce/records/people/views.py", "Person.objects.filter(pk=1)"),
    (reading.looks_without_viewer, "cauce/desk/home.py", "Person.objects.all()"),
]


@pytest.mark.parametrize(("check", "where", "source"), PLANTED)
def test_a_planted_violation_is_found(check, where, source):
    assert list(check(Path(where), source))


def test_what_is_allowed_is_not_reported():
    assert not list(reading.writes_outside_actions(Path("cauce/records/people/actions.py"), "P.objects.create()"))
    assert not list(reading.writes_outside_actions(Path("cauce/keys/ring.py"), "digest.update(b'')"))
    assert not list(reading.looks_without_viewer(Path("cauce/desk/home.py"), "P.objects.visible_to(v).count()"))
