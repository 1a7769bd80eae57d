"""The command as a person at a terminal has it: what it said, and the code it ended with."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from cauce.cli import main

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Said:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def refusal(self) -> str:
        """The sentence a command refused with; an AssertionError unless it ended as refusals must."""
        assert self.code == 1, f"ended with {self.code}: {self.out}{self.err}"
        assert "Traceback" not in self.out + self.err, self.err
        # A progress bar may stand before it.
        refusals = [line.removeprefix("✗ ") for line in self.err.splitlines() if line.startswith("✗ ")]
        assert refusals, self.err
        assert "%(" not in self.err, self.err
        return refusals[0]


def run(*arguments: object) -> Said:
    """Run the command in this process, on the test's own database and folders."""
    out, err = io.StringIO(), io.StringIO()
    code: object = 0
    with (
        mock.patch.object(sys, "argv", ["cauce", *map(str, arguments)]),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main.main()
        except SystemExit as ended:
            code = ended.code
    return Said(code if isinstance(code, int) else int(bool(code)), out.getvalue(), err.getvalue())


def environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of an installation of its own on SQLite, whatever the tests run on."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CAUCE_", "PYTEST_"))}
    return {**kept, "DJANGO_SETTINGS_MODULE": "cauce.settings", "CAUCE_HOME": str(home), **more}


def spawn(
    home: Path,
    *arguments: object,
    module: str = "cauce.cli",
    env: Mapping[str, str] | None = None,
    typed: str = "",
) -> Said:
    """Run the command in a process of its own, in the installation at ``home``; ``typed`` is what it is answered."""
    done = subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)],
        cwd=ROOT,
        env=environment(home, **(env or {})),
        capture_output=True,
        text=True,
        check=False,
        input=typed,
    )
    return Said(done.returncode, done.stdout, done.stderr)
