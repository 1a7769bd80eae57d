"""The mission's list of reasons for leaving, as choices in the language of the screen."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import get_language

from cauce import mission


def reasons() -> dict[str, str]:
    return dict(mission.current().vocabulary("departure_reasons").choices(get_language() or "es"))


def reason_labels(codes: Iterable[str]) -> list[str]:
    known, language = mission.current().vocabulary("departure_reasons"), get_language() or "es"
    return [known.text(code, language) for code in codes]
