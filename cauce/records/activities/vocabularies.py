"""The mission's code lists this room uses, as choices in the language of the screen."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import get_language

from cauce import mission
from cauce.mission.vocabulary import Vocabulary


def _list(key: str) -> Vocabulary:
    return mission.current().vocabulary(key)


def _choices(key: str) -> dict[str, str]:
    return dict(_list(key).choices(get_language() or "es"))


def event_types() -> dict[str, str]:
    return _choices("event_types")


def sectors() -> dict[str, str]:
    return _choices("sectors")


def topics() -> dict[str, str]:
    return _choices("training_topics")


def modalities() -> dict[str, str]:
    return _choices("modalities")


def languages() -> dict[str, str]:
    return _choices("interview_languages")


def sector_precedence() -> tuple[str, ...]:
    """Sectors from the one that wins: shelter staff count as such even where they are civil society."""
    known = _list("sectors")
    return known.precedence + tuple(entry.code for entry in known if entry.code not in known.precedence)


def labels(key: str, codes: Iterable[str]) -> list[str]:
    """What the screen says for these codes of a list."""
    known, language = _list(key), get_language() or "es"
    return [known.text(code, language) for code in codes]
