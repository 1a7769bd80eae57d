import pytest

from cauce.capture.intakes import registry
from cauce.capture.tests.kit import INTAKE


@pytest.fixture
def intakes(monkeypatch):
    """Only the test kit's intake is registered."""
    found = [INTAKE]
    monkeypatch.setattr(registry, "INTAKES", found)
    return found
