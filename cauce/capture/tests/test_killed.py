"""A process killed in the middle of an import loses nothing good and leaves nothing half-done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from cauce.capture.tests.kit import roster

ROOT = Path(__file__).resolve().parents[3]


def test_a_killed_import_goes_on_exactly_where_it_was(tmp_path):
    env = {name: value for name, value in os.environ.items() if not name.startswith("CAUCE_")}
    env |= {"CAUCE_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "cauce.settings", "PYTHONPATH": str(ROOT)}

    def ran(*step: str) -> subprocess.CompletedProcess:
        command = [sys.executable, "-m", "cauce.capture.tests.killed", *step]
        return subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, timeout=300)

    path = tmp_path / "lista.csv"
    path.write_bytes(roster(1000))
    assert ran("prepare").returncode == 0
    died = ran("die", str(path))
    assert died.returncode == -signal.SIGKILL, died.stderr
    finished = ran("finish", str(path))
    assert finished.returncode == 0, finished.stderr
    # One chunk had been committed, the second was undone; the second process wrote it again.
    assert finished.stdout.split() == ["writing", "500", "500", "complete", "1000", "1000", "[]"]
