"""The colours of the look keep their contrast in light and in dark (WCAG 2.2: 4.5 for text, 3 for controls)."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parent.parent / "static" / "cauce"
FILES = ("tokens.css", "frame.css", "cauce.css", "cauce.js", "theme.js")
TOKENS = (STATIC / "tokens.css").read_text(encoding="utf-8")


def _values(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6})", block))


_LIGHT, _SYSTEM, _CHOSEN = (
    _values(re.search(pattern, TOKENS, re.S)[1])
    for pattern in (
        r"\A.*?:root \{(.*?)\n\}",
        r":root:not\(\[data-theme=\"light\"\]\) \{(.*?)\n  \}",
        r":root\[data-theme=\"dark\"\] \{(.*?)\n\}",
    )
)
THEMES = {"light": _LIGHT, "dark": {**_LIGHT, **_CHOSEN}}


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(c * 2 for c in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


ACCENTS = ["protection", "returns", "emergencies", "strengthening", "integration", "coordination", "communication"]
TEXT = [
    *[
        (ink, ground)
        for ink in ("ink", "strong", "muted", "link", "danger-text")
        for ground in ("card", "ground", "hover")
    ],
    ("nav-ink", "nav"),
    ("nav-muted", "nav"),
    ("nav-ink", "nav-hover"),
    ("on-primary", "primary"),
    ("on-primary", "primary-hover"),
    ("on-danger", "danger"),
    ("on-danger", "danger-hover"),
    ("on-tonal", "tonal"),
    ("on-tonal", "tonal-hover"),
    ("stop", "stop-ground"),
    ("offline", "offline-ground"),
    ("consent", "consent-ground"),
    ("ink", "consent-ground"),
    ("danger-text", "consent-ground"),
    ("elevated", "elevated-ground"),
    ("ink", "elevated-ground"),
    ("muted", "elevated-ground"),
    ("ink", "info-ground"),
    ("grey", "hatch-a"),
    ("muted", "grey-t"),
    ("ink", "field"),
    ("muted", "field"),
    *[(f"a-{accent}", "card") for accent in ACCENTS],
]
CHIPS = ["blue", "teal", "orange", "purple", "green", "slate", "amber", "grey"]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read(theme, ink, ground):
    assert contrast(THEMES[theme][ink], THEMES[theme][ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", CHIPS)
def test_chips_can_be_read_well(theme, name):
    assert contrast(THEMES[theme][name], THEMES[theme][f"{name}-t"]) >= 6


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", ["card", "ground", "field"])
def test_the_edge_of_a_control_can_be_seen(theme, ground):
    assert contrast(THEMES[theme]["control"], THEMES[theme][ground]) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_the_focus_can_be_seen_on_every_ground(theme):
    tokens = THEMES[theme]
    for ground in ("card", "ground", "nav", "primary"):
        assert max(contrast(tokens["focus"], tokens[ground]), contrast(tokens["focus-ring"], tokens[ground])) >= 3


def test_dark_by_wish_of_the_system_and_by_choice_are_the_same():
    assert _SYSTEM == _CHOSEN


def test_dark_forgets_no_colour():
    kept = {"focus", "focus-ring"}
    assert set(_LIGHT) - set(_CHOSEN) <= kept


def test_styles_name_only_tokens_that_exist():
    css = TOKENS + "".join((STATIC / name).read_text(encoding="utf-8") for name in ("frame.css", "cauce.css"))
    known = set(re.findall(r"--([\w-]+)\s*:", css))
    assert set(re.findall(r"var\(--([\w-]+)", css)) <= known


def test_a_first_visit_stays_small():
    """Own files, compressed as they are sent; the fonts are compressed already."""
    sent = sum(len(gzip.compress((STATIC / name).read_bytes())) for name in FILES)
    assert sent < 20_000
