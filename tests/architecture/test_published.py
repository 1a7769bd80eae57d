"""The published values stand in one file; nothing that computes a figure can read it (design.md §9)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture import reading
from tests.architecture.published import reads_published


def test_only_planner_and_comparison_name_the_published_values():
    found = [
        str(violation)
        for path in reading.python_files()
        for violation in reads_published(path.relative_to(reading.ROOT), path.read_text())
    ]
    assert not found, "\n".join(found)


PLANTED = [
    ("cauce/figures/evaluate.py", "open(settings.MISSION / 'reference' / f'{year}.csv')"),
    ("cauce/mission/package.py", "text = (folder / 'reference/2022.csv').read_text()"),
    ("cauce/editions/freezing.py", "path = 'missions/mexico/reference'"),
    ("cauce/disclosure/release.py", "FILE = '2022.csv'"),
    ("cauce/facts/store.py", "from cauce.simulator.planner import Targets"),
    ("cauce/desk/home.py", "from cauce.simulator import planner"),
    ("cauce/cli/demo.py", "from cauce.simulator.planner import Targets"),
]


@pytest.mark.parametrize(("where", "source"), PLANTED)
def test_a_planted_reader_is_found(where, source):
    assert list(reads_published(Path(where), source))


def test_who_may_is_not_reported():
    assert not list(reads_published(Path("cauce/simulator/planner.py"), "mission / 'reference' / '2022.csv'"))
    assert not list(reads_published(Path("cauce/figures/oracle.py"), '"""The rules of reference/counting-rules.md."""'))
    assert not list(reads_published(Path("cauce/simulator/year.py"), "from cauce.simulator.planner import Targets"))


def test_a_mission_package_without_them_is_read_all_the_same(tmp_path):
    """Figures cannot depend on what is not there."""
    program = (
        "import django; django.setup()\n"
        "import shutil, sys\nfrom pathlib import Path\nfrom cauce.mission.package import load\n"
        "whole, copy = Path(sys.argv[1]), Path(sys.argv[2])\n"
        "shutil.copytree(whole, copy, ignore=shutil.ignore_patterns('reference'))\n"
        "kept = [each.fingerprint for each in load(whole).figures.values()]\n"
        "assert [each.fingerprint for each in load(copy).figures.values()] == kept != []\n"
    )
    environment = {**os.environ, "CAUCE_HOME": str(tmp_path / "home"), "DJANGO_SETTINGS_MODULE": "cauce.settings"}
    done = subprocess.run(
        [sys.executable, "-c", program, str(reading.ROOT / "missions" / "mexico"), str(tmp_path / "mexico")],
        cwd=reading.ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
