"""The import contracts hold, and each is shown to fail on one planted violation."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def lint(folder: Path) -> subprocess.CompletedProcess:
    program = "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c(['--no-cache']))"
    return subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=False)


def test_the_contracts_hold():
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


PLANTED = {
    "flow": ("cauce/kernel/planted.py", "import cauce.records.base\n"),
    "flow: a new top-level package": ("cauce/common/__init__.py", ""),
    "rooms: an act that knows a process": (
        "cauce/records/assistance/planted.py",
        "import cauce.records.protection.rules\n",
    ),
    "rooms: siblings that meet": ("cauce/records/activities/planted.py", "import cauce.records.assistance.rules\n"),
    "rooms: a new room without a place": ("cauce/records/sports/__init__.py", ""),
    "gate: a second road to a number": ("cauce/desk/planted.py", "import cauce.figures.evaluate\n"),
    "published: figures that know the answer": ("cauce/figures/planted.py", "import cauce.simulator.planner\n"),
}


@pytest.mark.parametrize("planted", PLANTED, ids=PLANTED.keys())
def test_a_planted_violation_breaks_a_contract(planted, tmp_path):
    where, source = PLANTED[planted]
    shutil.copytree(ROOT / "cauce", tmp_path / "cauce", ignore=shutil.ignore_patterns("static", "__pycache__", "*.ttf"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / where).parent.mkdir(exist_ok=True)
    (tmp_path / where).write_text(source)
    result = lint(tmp_path)
    broken = [line for line in result.stdout.splitlines() if line.endswith("BROKEN")]
    assert [line for line in broken if line.startswith(planted.split(":")[0])], result.stdout + result.stderr
