"""Everything that is measured, one after the other: ``script/bench [figures|import|pages|edition] …``.

Without a name all of them run, each in a process of its own (memory and caches are its own then).
What is said after a name goes to that bench: ``script/bench import 50000``.
"""

from __future__ import annotations

import importlib.metadata
import os
import platform
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

BENCHES = {"figures": "figures", "import": "imports", "pages": "pages", "edition": "editions"}


def machine() -> str:
    """One paragraph about what it ran on, for the reader of the tables."""
    engines = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("duckdb", "ibis-framework", "django"))
    return (
        f"{date.today().isoformat()}: {_processor()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, "
        f"{platform.system()} {platform.release().split('-')[0]}\n"
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {engines}"
    )


def _processor() -> str:
    file = Path("/proc/cpuinfo")
    if file.exists():
        for line in file.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def main(asked: list[str]) -> int:
    """Run the bench that is named, or all; 1 when one did not end well (a figure's goal missed counts)."""
    name, *rest = asked or [""]
    if name and name not in BENCHES:
        sys.stderr.write(f"No bench is called {name!r}. There are: {', '.join(BENCHES)}.\n")
        return 2
    sys.stdout.write(machine() + "\n")
    worst = 0
    for each in [name] if name else BENCHES:
        sys.stdout.write(f"\n== {each} ==\n\n")
        sys.stdout.flush()
        worst = max(worst, subprocess.call([sys.executable, "-m", f"tests.bench.{BENCHES[each]}", *rest]))
    return min(worst, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
