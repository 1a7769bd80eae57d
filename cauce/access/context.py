"""What the sign-in page of a demonstration shows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from cauce.access.demo import ACCOUNTS, PASSWORD


def demo(request: HttpRequest) -> dict[str, Any]:
    """The log-ins, in a demonstration and nowhere else."""
    if not settings.CAUCE_DEMO:
        return {}
    return {"demo_accounts": ACCOUNTS, "demo_password": PASSWORD}
