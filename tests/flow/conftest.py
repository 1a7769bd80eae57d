"""The demonstration, made once for all flow tests: a year simulated, imported, counted and printed."""

from __future__ import annotations

import fcntl
import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from cauce.cli.tests.terminal import spawn
from cauce.facts.store import FactStore

DEMO = {"CAUCE_DEMO": "1"}


@dataclass(frozen=True)
class Demonstration:
    """A finished ``cauce demo``: its installation and its edition. Tests read it; who changes, copies."""

    home: Path
    out: Path
    said: str

    @property
    def store(self) -> FactStore:
        return FactStore(self.home / "facts")

    @property
    def key_file(self) -> Path:
        return self.home / "keys.json"


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory) -> Demonstration:
    """Always on SQLite; workers of one run share it, and the first to come makes it."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "demonstration"
    shared.mkdir(exist_ok=True)
    home, out, log = shared / "home", shared / "out" / "mexico-2022", shared / "said"
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not log.exists():
            made = spawn(home, "demo", "--no-serve", "--out", out, env=DEMO)
            assert made.code == 0, made.out + made.err
            log.write_text(made.out)
    return Demonstration(home, out, log.read_text())
