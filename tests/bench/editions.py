"""An edition: its first draft in a fresh process, the next one, its files, and the check of its archive.

    python -m tests.bench.editions [--people 4000] [--cases 2000]

Beside them, in the same run: the start of a process that does nothing, and one page through Typst alone.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from tests.bench.pages import make, set_up

REPORT = "en-cifras"
_START = "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'cauce.settings'; import django; django.setup()"


def measure(people: int, cases: int, home: Path) -> list[tuple[str, float, float]]:
    """(step, seconds, of them computing in this process; for the start, the child's seconds)."""
    found: list[tuple[str, float, float]] = []

    def take(name: str, what: Callable[[], Any]) -> Any:
        wall, processor = time.perf_counter(), time.process_time()
        given = what()
        found.append((name, time.perf_counter() - wall, time.process_time() - processor))
        return given

    take("start of a process", lambda: subprocess.run([sys.executable, "-c", _START], check=True))
    set_up(home)
    make(people, cases)

    from typst import compile as typst

    from cauce.access.queries import viewer_for
    from cauce.editions import actions
    from cauce.editions.build import build_outputs
    from cauce.editions.verification import verify
    from cauce.kernel.periods import Period
    from tests.cast import User

    info, head = (viewer_for(User.objects.get(username=name)) for name in ("info", "head"))
    year = Period.year(date.today().year)
    page = home / "page.typ"
    page.write_text("= Una página\n" + "Texto de una página. " * 300)
    take("one page of text by Typst alone", lambda: typst(str(page), format="pdf"))
    draft = take("first draft", lambda: actions.draft(REPORT, year, by=info))
    take("second draft", lambda: actions.draft(REPORT, year, by=info, language="en"))
    edition = actions.publish(actions.approve(actions.request_review(draft, by=info), by=head), by=head)
    out = home / "out"
    take("its files", lambda: build_outputs(edition, out))
    checked = take("check of its archive", lambda: verify(out / "edition.zip"))
    assert checked.complete, checked
    return found


def main(people: int = 4_000, cases: int = 2_000) -> None:
    """Measure in a throw-away installation and print the table."""
    with tempfile.TemporaryDirectory() as home:
        found = measure(people, cases, Path(home))
    alone = next(seconds for name, seconds, _computing in found if name.startswith("one page"))
    for name, seconds, computing in found:
        sys.stdout.write(
            f"{name:<34} {seconds:>6.2f} s  (computing here {computing:>5.2f} s)  {seconds / alone:>5.1f} × one page\n"
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=4_000)
    parser.add_argument("--cases", type=int, default=2_000)
    given = parser.parse_args()
    main(given.people, given.cases)
