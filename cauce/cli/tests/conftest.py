"""An installation as ``cauce setup`` leaves it, made once; tests that change it copy it."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from cauce.cli.tests.terminal import Said, spawn

SETUP = (
    "setup", "--administrator", "admin1", "--full-name", "Adán Poot (simulado)", "--office", "MEX",
    "--password", "nadie adivina esto 22",
)  # fmt: skip


@dataclass(frozen=True)
class Installation:
    """A folder with a database, keys and facts of its own, on SQLite."""

    home: Path

    def run(self, *arguments: object, module: str = "cauce.cli", typed: str = "", **more: str) -> Said:
        return spawn(self.home, *arguments, module=module, env=more, typed=typed)

    def runs(self, *commands: tuple[object, ...]) -> list[Said]:
        """Several commands in one process, each from its beginning."""
        told = self.inside("several", json.dumps([[str(part) for part in command] for command in commands]))
        return [Said(**each) for each in json.loads(told)]

    def inside(self, step: str, *arguments: object) -> str:
        """Run a step of ``inside.py`` in it; its output."""
        said = self.run(step, *arguments, module="cauce.cli.tests.inside")
        assert said.code == 0, said.err
        return said.out.strip()


@pytest.fixture(scope="session")
def made(tmp_path_factory) -> tuple[Installation, Said]:
    """A new installation with a few records, and what ``cauce setup`` said. Read only."""
    installation = Installation(tmp_path_factory.mktemp("installation") / "home")
    said = installation.run(*SETUP)
    assert said.code == 0, said.err
    installation.inside("populate")
    return installation, said


@pytest.fixture
def installation(made, tmp_path) -> Installation:
    """A copy of it, to break."""
    copy = tmp_path / "home"
    shutil.copytree(made[0].home, copy)
    return Installation(copy)
