"""Another published value gives other records, and so another figure: the simulator knows totals, not figures."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from pathlib import Path

import pytest

from cauce.simulator.year import simulate
from tests.flow.reference import PUBLISHED

YEAR = 2022


def mission_with(folder: Path, **changed: int) -> Path:
    """A copy of the mission package in which some published values are others (``.`` is written ``__``)."""
    shutil.copytree(PUBLISHED.parents[1], folder / "mexico")
    path = folder / "mexico" / "reference" / PUBLISHED.name
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    targets = {key.replace("__", "."): value for key, value in changed.items()}
    assert set(targets) <= {row["key"] for row in rows}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["key", "value", "unit"])
        writer.writeheader()
        writer.writerows({**row, "value": targets.get(row["key"], row["value"])} for row in rows)
    return folder / "mexico"


def counted(mission: Path) -> dict[str, int]:
    """The year's own count of what it wrote, by the rules of the sheets; no figure is asked."""
    year = simulate(mission)
    kits = [
        act.values
        for act in year.acts
        if act.sheet == "items" and act.values["state"] == "delivered" and act.day.year == YEAR
        and act.values["item_class"] in {"prenatal_kit", "postnatal_kit"}
    ]  # fmt: skip
    helped = {
        act.values["case"]
        for act in year.acts
        if act.sheet in {"services", "referrals"} and act.values["state"] == "delivered" and act.values.get("case")
        and act.day.year == YEAR
    }  # fmt: skip
    held = [each for each in year.events.events if each.state in {"held", "evaluated"} and each.starts_on.year == YEAR]
    trained = [each for each in held if each.type == "training"]
    assert all(each.starts_on >= date(YEAR, 1, 1) for each in held)
    return {
        "protection.perinatal_kits": sum(values["quantity"] for values in kits),
        "protection.perinatal_people": len({values["folio"] for values in kits}),
        "protection.cases": len(helped),
        "protection.fairs": sum(each.type == "service_fair" for each in held),
        "capacity.participants": sum(
            sum(each.counts.values()) + sum(attended for *_rest, attended in each.attendees) for each in trained
        ),
    }


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"protection__perinatal_kits": 260},
        {"protection__perinatal_people": 253, "protection__cases": 5773, "capacity__participants": 6200},
        {"protection__cases": 400, "protection__fairs": 7},
    ],
    ids=["as published", "more kits", "one case more", "a small year"],
)
def test_the_records_follow_the_published_values(changed, tmp_path):
    mission = mission_with(tmp_path, **changed)
    with (mission / "reference" / PUBLISHED.name).open(encoding="utf-8", newline="") as file:
        wanted = {row["key"]: int(row["value"]) for row in csv.DictReader(file)}
    found = counted(mission)
    assert found == {key: wanted[key] for key in found}


def test_the_same_seed_gives_the_same_year(tmp_path):
    mission = mission_with(tmp_path, protection__cases=300, capacity__participants=400)
    first, again = simulate(mission), simulate(mission)
    assert first.acts == again.acts
    assert [case.code for case in first.cases.cases] == [case.code for case in again.cases.cases]
    assert simulate(mission, seed=7).acts != first.acts


def test_everybody_is_marked_as_simulated(tmp_path):
    year = simulate(mission_with(tmp_path, protection__cases=300, capacity__participants=400))
    names = [f"{each.given_names} {each.first_surname} {each.second_surname}" for each in year.registry.people]
    names += [name for event in year.events.events for _sector, _body, name, _sex, _came in event.attendees]
    names += [each.name for each in year.sites.sites] + [each.name for each in year.sites.organisations]
    assert names
    assert not [name for name in names if "(simulad" not in name]
