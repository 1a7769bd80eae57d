"""A process killed in the middle of an import, or out of disk, loses nothing good and leaves nothing half-done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cauce.capture.tests.kit import roster

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def ran(tmp_path):
    """A function that runs a step of killed.py in a process of its own, in an installation of its own."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("CAUCE_")}
    env |= {"CAUCE_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "cauce.settings", "PYTHONPATH": str(ROOT)}

    def run(*step: str) -> subprocess.CompletedProcess:
        command = [sys.executable, "-m", "cauce.capture.tests.killed", *step]
        return subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, timeout=300)

    assert run("prepare").returncode == 0
    return run


@pytest.mark.parametrize(
    ("step", "found"),
    [
        # What the next process finds: the import's state, its cursor, and the people that can be seen.
        ("receiving", ["none", "0", "0"]),
        ("checking", ["checking", "500", "0"]),
        # One chunk was committed, the second was undone.
        ("writing", ["writing", "500", "0"]),
        ("completing", ["complete", "1000", "1000"]),
    ],
)
def test_a_killed_import_goes_on_where_it_was(ran, tmp_path, step, found):
    path = tmp_path / "lista.csv"
    path.write_bytes(roster(1000))
    died = ran(step, str(path))
    assert died.returncode == -signal.SIGKILL, died.stderr
    finished = ran("finish", str(path))
    assert finished.returncode == 0, finished.stderr
    # Everybody once, the log whole, and nothing of the file left on disk.
    assert finished.stdout.split() == [*found, "complete", "1000", "1000", "[]", "0"]


def test_an_import_on_a_full_disk_stops_whole_and_goes_on_when_there_is_room(ran, tmp_path):
    path = tmp_path / "lista.csv"
    path.write_bytes(roster(4000))
    stopped = ran("full", str(path))
    assert stopped.returncode == 0, stopped.stderr
    assert stopped.stdout.split("|") == ["database or disk is full", "writing", "disk", "True", "0"]
    finished = ran("finish", str(path)).stdout.split()
    assert (finished[0], finished[3:]) == ("writing", ["complete", "4000", "4000", "[]", "0"])
