"""The navigation of the drawings, so that the parts are proved without the rooms."""

from __future__ import annotations

import pytest

from cauce.ui import navigation
from cauce.ui.tests import gallery


@pytest.fixture(scope="package", autouse=True)
def sample_navigation():
    kept = dict(navigation._entries)
    navigation._entries.clear()
    gallery.register_samples()
    yield
    navigation._entries.clear()
    navigation._entries.update(kept)
