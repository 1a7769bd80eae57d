"""No model without a screen, no screen without data: the demonstration has something in every one of them."""

from __future__ import annotations

import json
import shutil

import pytest

from cauce.access.demo import ACCOUNTS
from cauce.cli.tests.terminal import spawn
from tests.flow.conftest import DEMO

USERS = [each.username for each in ACCOUNTS]
# Tables that may be empty, with the reason.
MAY_BE_EMPTY: dict[str, str] = {}
# States nothing stays in.
PASSING = {
    "records.batch.state": {"uploaded", "checking", "writing"},  # while a worker is at it
}
# Tables in which a mistake must stand, struck through, with its reason.
VOIDED = {
    "activities.event", "assistance.service", "assistance.referral", "people.identitydocument", "people.person",
    "places.organisation", "protection.case",
}  # fmt: skip
# (account, address) of a list that is empty for this account, with the reason.
EMPTY_LISTS: dict[tuple[str, str], str] = {}
# Account → sections of its home in which something waits for it.
WORK = {
    "ana": {"cases", "services", "referrals", "procedures", "items", "consents", "imports"},
    "elsa": {"services", "supports", "items", "consents"},
    "marta": {"cases", "referrals", "services"},
    "ines": {"cases", "referrals", "procedures", "services"},
    "nora": {"services", "referrals"},
    "raul": {"services", "referrals"},
    "lalo": {"supports", "items", "months"},
    "tere": {"events", "coming"},
    "paco": {"figures", "editions"},
    "pilar": {"figures", "editions"},
    "luis": {"figures", "imports", "months", "editions", "unfiled"},
    "delia": {"watched"},
    "jimena": {"figures", "editions"},
    "adan": {"accounts"},
}
# Account → how many tiles of its home count something, at least. Who has none looks at figures.
# (The demonstration may be made before midnight and looked at after: nothing hangs on what was done today.)
TILES = {"ana": 3, "elsa": 3, "marta": 2, "ines": 2, "nora": 2, "raul": 1, "lalo": 2, "tere": 2, "delia": 3, "adan": 2}


@pytest.fixture(scope="module")
def seen(demonstration, tmp_path_factory) -> dict:
    """What ``walking`` saw in a copy of the demonstration: signing in leaves traces."""
    copy = tmp_path_factory.mktemp("walking") / "home"
    shutil.copytree(demonstration.home, copy, ignore=shutil.ignore_patterns("workbooks"))
    said = spawn(copy, module="tests.flow.walking", env=DEMO)
    assert said.code == 0, said.err
    return json.loads(said.out)


def test_every_table_has_a_row_that_stands(seen):
    assert len(seen["rows"]) > 40
    assert {table for table, rows in seen["rows"].items() if not rows} == set(MAY_BE_EMPTY)


def test_every_state_has_a_record_in_it(seen):
    assert len(seen["states"]) >= 10
    empty = {field: {state for state, rows in states.items() if not rows} for field, states in seen["states"].items()}
    assert {field: states for field, states in empty.items() if states} == PASSING


def test_mistakes_stand_struck_through(seen):
    assert set(seen["void"]) >= VOIDED


@pytest.mark.parametrize("username", USERS)
def test_every_entry_of_the_navigation_opens(seen, username):
    entries = seen["accounts"][username]["navigation"]
    assert len(entries) >= 3
    assert {key: entry["status"] for key, entry in entries.items() if entry["status"] != 200} == {}


@pytest.mark.parametrize("username", USERS)
def test_no_list_is_empty(seen, username):
    """Every page that opens by its address alone, not only those of the navigation."""
    pages = seen["accounts"][username]["pages"]
    lists = {path: page["rows"] for path, page in pages.items() if "rows" in page}
    assert len(lists) >= 3
    empty = {path for path, rows in lists.items() if not rows}
    assert empty == {path for who, path in EMPTY_LISTS if who == username}


@pytest.mark.parametrize("username", USERS)
def test_home_says_what_waits(seen, username):
    home = seen["accounts"][username]["home"]
    assert {key for key, many in home["sections"].items() if many} >= WORK[username]
    assert sum(bool(many) for many in home["tiles"].values()) >= TILES.get(username, 0)


def test_what_is_expected_of_homes_names_every_account():
    assert set(WORK) == set(USERS)
