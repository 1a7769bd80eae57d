"""For every record the system can say what it is to a figure, and voiding it proves that it was right."""

from __future__ import annotations

import json
import shutil
from collections import Counter

import pytest

from cauce.cli.tests.terminal import spawn
from tests.flow.conftest import DEMO

SAMPLE = 84


@pytest.fixture(scope="module")
def told(demonstration, tmp_path_factory) -> dict[str, list]:
    """What ``deciding`` found in a copy of the demonstration."""
    copy = tmp_path_factory.mktemp("deciding") / "home"
    shutil.copytree(demonstration.home, copy, ignore=shutil.ignore_patterns("static", "workbooks"))
    said = spawn(copy, SAMPLE, module="tests.flow.deciding", env=DEMO)
    assert said.code == 0, said.err
    return json.loads(said.out)


@pytest.fixture(scope="module")
def records(told) -> list[dict]:
    return told["records"]


def test_the_sample_has_records_of_every_kind_and_standing(told, records):
    assert len({each["record"] for each in records}) >= 60
    assert {each["table"] for each in records} == {
        "protection.case", "assistance.service", "assistance.itemdelivery", "assistance.identityprocedure",
        "assistance.sitesupport", "activities.event", "activities.participation",
    }  # fmt: skip
    standings = Counter(each["standing"] for each in records)
    assert standings["deciding"] >= 15 and standings["carried"] >= 5 and standings["not_counted"] >= 20
    deciding = {each["figure"] for each in records if each["standing"] == "deciding"}
    # No event of the year is the only one on its topics.
    assert set(told["figures"]) - deciding == {"capacity.topics"}


def test_without_a_record_the_figure_is_what_the_oracle_says(records):
    assert not [each for each in records if each["after"] != each["without"]]


def test_only_deciding_records_change_a_figure(records):
    assert not [each for each in records if (each["after"] != each["before"]) != (each["standing"] == "deciding")]


def test_a_case_stands_as_long_as_one_of_its_deliveries_does(told):
    assert {each["table"] for each in told["acts"]} == {"assistance.service", "assistance.referral"}
    assert not [each for each in told["acts"] if each["after"] != each["without"]]
    assert {each["before"] - each["after"] for each in told["acts"]} == {0, 1}
    assert {each["standing"] for each in told["acts"]} == {"deciding"}


def test_a_record_that_is_carried_names_who_carries_it(records):
    for each in records:
        assert bool(each["carried_by"]) == (each["standing"] == "carried"), each
        assert f"{each['table'].partition('.')[0]} {each['record']}" not in each["carried_by"]


def test_a_record_that_does_not_count_says_why(records):
    for each in records:
        assert bool(each["reasons"]) == (each["standing"] == "not_counted"), each
    said = {reason for each in records for reason in each["reasons"]}
    assert said >= {"no_fact", "date", "category", "within", "site_kind", "age_band"}


def test_what_did_not_happen_never_counts(records):
    """Planned, cancelled, missed, on its way, absent: whatever the table."""
    waiting = {"planned", "cancelled", "no_show", "not_delivered", "dispatched", "incomplete", "submitted", "absent"}
    near_misses = [each for each in records if waiting & set(each["state"].split())]
    assert len(near_misses) >= 20
    assert {each["standing"] for each in near_misses} == {"not_counted"}
