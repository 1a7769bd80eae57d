"""All intakes, in the order in which their sheets are written: what is referred to comes first."""

from __future__ import annotations

from collections.abc import Iterable

from cauce.access.viewer import Viewer
from cauce.capture.intakes import people
from cauce.capture.intakes.base import Intake

INTAKES: list[Intake] = [*people.INTAKES]


def intake(key: str) -> Intake:
    """The intake of a sheet; KeyError when there is none."""
    for each in INTAKES:
        if each.key == key:
            return each
    raise KeyError(key)


def open_to(viewer: Viewer) -> list[Intake]:
    """The intakes a viewer may use, in order."""
    return [each for each in INTAKES if viewer.may("capture.import") and viewer.may(each.permission)]


def chosen(keys: Iterable[str]) -> list[Intake]:
    """The intakes with these keys, in the order of the registry; unknown keys are left out."""
    wanted = set(keys)
    return [each for each in INTAKES if each.key in wanted]
