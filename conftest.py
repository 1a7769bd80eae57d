"""What every test may rely on: fixed keys, the cast, and no network."""

from __future__ import annotations

import pytest

from cauce import keys
from cauce.keys.ring import KeyRing
from tests.cast import assemble

# A fixed ring, so that a failing example fails again; it protects nothing but invented people.
TEST_RING = KeyRing({1: b"1" * 32}, b"2" * 32, b"3" * 32)


@pytest.fixture(autouse=True)
def _fixed_keys():
    keys.use(TEST_RING)
    yield
    keys.use(None)


@pytest.fixture(autouse=True)
def _own_home(tmp_path, settings):
    """Facts, uploads and editions of a test go to its own folder."""
    settings.CAUCE_FACTS = tmp_path / "facts"
    settings.CAUCE_UPLOADS = tmp_path / "uploads"
    settings.CAUCE_EDITIONS = tmp_path / "editions"


@pytest.fixture(autouse=True)
def _own_places():
    """Names of places are remembered as long as there are as many: two tests may have as many, but others."""
    from cauce.records.places import queries

    queries._frozen_names.cache_clear()


@pytest.fixture
def cast(db):
    """The cast: named colleagues with fixed roles in two offices."""
    return assemble()
