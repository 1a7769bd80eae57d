"""All intakes, in the order in which their sheets are written: what is referred to comes first."""

from __future__ import annotations

from collections.abc import Iterable

from cauce.access.viewer import Viewer
from cauce.capture.intakes import activities, assistance, people, places, programmes, protection, surveys
from cauce.capture.intakes.base import Intake

INTAKES: list[Intake] = [
    *places.INTAKES,
    *programmes.INTAKES,
    *people.INTAKES,
    *protection.INTAKES,
    *assistance.INTAKES,
    *activities.INTAKES,
    *surveys.INTAKES,
]


def of_sheet(key: str) -> Intake | None:
    """The intake of a sheet (sheets have keys of their own, unique among all intakes)."""
    return next((each for each in INTAKES if each.sheet.key == key), None)


def open_to(viewer: Viewer) -> list[Intake]:
    """The intakes a viewer may use, in order."""
    return [each for each in INTAKES if viewer.may("capture.import") and viewer.may(each.permission)]


def chosen(keys: Iterable[str]) -> list[Intake]:
    """The intakes with these keys, in the order of the registry; unknown keys are left out."""
    wanted = set(keys)
    return [each for each in INTAKES if each.key in wanted]
