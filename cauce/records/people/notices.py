"""The privacy notices this version carries, from ``data/notices.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

import yaml

from cauce.languages.locales import LANGUAGES

WORDS_A_MINUTE = 150  # a calm voice; slower through an interpreter


@dataclass(frozen=True, slots=True)
class NoticeText:
    """One notice: what is read aloud in one language."""

    version: str
    language: str
    text: str
    since: date

    @property
    def name(self) -> str:
        """The language's own name."""
        return dict(LANGUAGES).get(self.language, self.language)

    @property
    def seconds(self) -> int:
        """How long it takes to read aloud."""
        return round(len(self.text.split()) * 60 / WORDS_A_MINUTE)


@cache
def catalogue() -> dict[str, NoticeText]:
    """language → the notice in force; Spanish stands in where a language has none."""
    file = resources.files("cauce.records.people") / "data" / "notices.yaml"
    data = yaml.safe_load(file.read_text("utf-8"))
    return {
        language: NoticeText(data["version"], language, text.strip(), data["since"])
        for language, text in data["texts"].items()
    }


def in_language(language: str) -> NoticeText:
    return catalogue().get(language) or catalogue()["es"]
