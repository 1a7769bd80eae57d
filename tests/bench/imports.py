"""Imports: people per second through the whole intake, beside reading the file alone.

    python -m tests.bench.imports [ROWS]

Works in an installation of its own that is thrown away. ``measure`` is for script/bench.
"""

from __future__ import annotations

import cProfile
import io
import os
import pstats
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_GIVEN = ("Yesenia", "José Luis", "Wilmer", "Marie-Ange", "Dulce María", "Óscar", "Nahomi", "Jean Robert")
_SURNAMES = ("Ortiz", "Mejía", "de la Cruz", "Núñez", "Pierre", "López", "Xol", "Canales", "Zelaya", "Ávila")
# A neighbour who writes one small row over and over, as a phone would, and notes how long each write took.
_NEIGHBOUR = """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], timeout=60, isolation_level=None)
connection.execute("CREATE TABLE IF NOT EXISTS bench_neighbour (at REAL)")
print("ready", flush=True)
while True:
    began = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO bench_neighbour VALUES (?)", (began,))
    connection.execute("COMMIT")
    print(time.perf_counter() - began, flush=True)
    time.sleep(0.05)
"""


@dataclass
class Measured:
    """Seconds by step for ``rows`` people, and those spent computing (a shared machine shows the difference);
    waits of a neighbour's writes in seconds; where the time went."""

    rows: int
    seconds: dict[str, float] = field(default_factory=dict)
    computing: dict[str, float] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    profile: list[tuple[str, float]] = field(default_factory=list)

    def rate(self, step: str) -> float:
        return self.rows / self.seconds[step]

    def table(self) -> list[tuple[str, str, str, str, str]]:
        """(step, seconds, of them computing, rows a second, times reading the file alone)."""
        alone = self.seconds["read alone"]
        return [
            (step, f"{spent:.2f}", f"{self.computing[step]:.2f}", f"{self.rows / spent:,.0f}", f"{spent / alone:.1f} ×")
            for step, spent in self.seconds.items()
        ]

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Measure what is done inside."""
        began, computed = time.perf_counter(), time.process_time()
        yield
        self.seconds[name] = time.perf_counter() - began
        self.computing[name] = time.process_time() - computed


def workbook(rows: int) -> bytes:
    """A workbook of people as offices keep them: two surnames or one, ages and birth dates, consents."""
    from datetime import date, timedelta

    from cauce.exchange import write
    from cauce.records.people.columns import PEOPLE

    def person(number: int) -> dict:
        birth = date(1960, 1, 1) + timedelta(days=number * 7 % 18_000)
        return {
            "registered_on": date(2022, 1, 1) + timedelta(days=number % 365),
            "given_names": _GIVEN[number % len(_GIVEN)],
            "first_surname": f"{_SURNAMES[number % 10]} {_SURNAMES[number // 10 % 10]}",
            "second_surname": f"{_SURNAMES[number // 100 % 10]} (simulada)",
            "birth_date": birth if number % 3 else None,
            "age": None if number % 3 else number % 80,
            "sex": ("female", "male")[number % 2],
            "nationality": ("HND", "GTM", "SLV", "HTI", "VEN")[number % 5],
            "phone": f"664{number:07}" if number % 4 == 0 else "",
            "consent_service": True,
            "consent_statistics": number % 10 != 0,
            "consent_internal_case": True,
        }

    out = io.BytesIO()
    write(out, [(PEOPLE, (person(number) for number in range(rows)))])
    return out.getvalue()


def measure(rows: int = 10_000) -> Measured:
    """Import ``rows`` people in the installation that is set up (an empty one), and measure each step."""
    import python_calamine

    from cauce.access.queries import viewer_for
    from cauce.capture import actions
    from cauce.exchange import read
    from cauce.records.people.columns import PEOPLE
    from tests.cast import User, assemble

    assemble()
    viewer = viewer_for(User.objects.get(username="info"))
    found, data = Measured(rows), workbook(rows)

    with found.step("read alone"):
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        read_alone = sum(1 for _row in book.get_sheet_by_index(0).iter_rows())
    with found.step("read by columns"):
        read_well = sum(not row.problems for row in read(data, [PEOPLE]))
    assert (read_alone, read_well) == (rows + 1, rows)

    batch = actions.receive(data, "bench.xlsx", by=viewer, sheets=["people.people"])
    with found.step("dry run"):
        _run(batch, viewer)
    batch.refresh_from_db()
    assert batch.summary["counts"] == {"accepted": rows}, batch.summary
    actions.confirm(batch, by=viewer)
    with _Neighbour(found.waits), found.step("write"):
        _run(batch, viewer)
    batch.refresh_from_db()
    assert batch.state == "complete"
    for spent in (found.seconds, found.computing):
        spent["whole import"] = spent["dry run"] + spent["write"]
    return found


def profile(found: Measured, rows: int = 2_000) -> None:
    """Import some more under the profiler, and note the parts of the house by their own time."""
    from cauce.access.queries import viewer_for
    from cauce.capture import actions
    from tests.cast import User

    viewer = viewer_for(User.objects.get(username="info"))
    batch = actions.receive(workbook(rows), "profile.xlsx", by=viewer, sheets=["people.people"])
    _run(batch, viewer)
    batch.refresh_from_db()
    actions.confirm(batch, by=viewer)
    profiler = cProfile.Profile()
    profiler.enable()
    _run(batch, viewer)
    profiler.disable()
    spent: dict[str, float] = {}
    for (file, _line, function), (_calls, _all, own, _total, _callers) in pstats.Stats(profiler).stats.items():  # type: ignore[attr-defined]
        spent[_part(file, function)] = spent.get(_part(file, function), 0.0) + own
    whole = sum(spent.values())
    found.profile = sorted(((part, own / whole) for part, own in spent.items()), key=lambda each: -each[1])[:14]


def _part(file: str, function: str) -> str:
    if "/cauce/" in file:
        return "cauce." + ".".join(Path(file.rpartition("/cauce/")[2]).with_suffix("").parts[:3])
    if "site-packages/" in file:
        return file.rpartition("site-packages/")[2].split("/")[0]
    # "<function SQLiteCursorWrapper.executemany at 0x…>", "<method 'commit' of 'sqlite3.Connection' objects>"
    return re.sub(r" at 0x\w+|[<>']", "", function) if file == "~" else Path(file).stem


def _run(batch, viewer) -> None:
    from cauce.capture import run

    run.run_batch(batch.pk, viewer=viewer)


class _Neighbour:
    """Somebody else's small writes while an import is written (SQLite only: there is one writer at a time)."""

    def __init__(self, waits: list[float]) -> None:
        self.waits = waits

    def __enter__(self) -> None:
        from django.db import connection

        self.process = None
        name = connection.settings_dict["NAME"]
        if connection.vendor == "sqlite" and Path(str(name)).exists():
            self.process = subprocess.Popen(
                [sys.executable, "-c", _NEIGHBOUR, str(name)], stdout=subprocess.PIPE, text=True
            )
            assert self.process.stdout is not None
            assert self.process.stdout.readline() == "ready\n"

    def __exit__(self, *_exc: object) -> None:
        if self.process is not None:
            self.process.terminate()
            said, _errors = self.process.communicate()
            self.waits.extend(float(line) for line in said.split())


def set_up(home: Path) -> None:
    """An empty installation in ``home``; call it before anything of Django is imported."""
    for name in [name for name in os.environ if name.startswith("CAUCE_")]:
        del os.environ[name]
    os.environ |= {"CAUCE_HOME": str(home), "DJANGO_SETTINGS_MODULE": "cauce.settings"}
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from cauce import keys

    keys.create_key_file(settings.CAUCE_KEY_FILE)
    call_command("migrate", verbosity=0)


def main(rows: int = 10_000) -> Measured:
    """Measure in a throw-away installation and print the tables."""
    with tempfile.TemporaryDirectory() as home:
        set_up(Path(home))
        found = measure(rows)
        profile(found)
    say = sys.stdout.write
    say(f"{rows:,} people, SQLite {sqlite3.sqlite_version}\n")
    for step, seconds, computing, rate, ratio in found.table():
        say(f"  {step:<16} {seconds:>8} s ({computing:>6} computing) {rate:>10} rows/s {ratio:>9}\n")
    if found.waits:
        waits = sorted(found.waits)
        say(
            f"  a neighbour's {len(waits)} writes meanwhile: median {waits[len(waits) // 2] * 1000:.0f} ms, "
            f"longest {waits[-1] * 1000:.0f} ms\n"
        )
    say("  where the time of writing goes:\n")
    for part, share in found.profile:
        say(f"    {share:>5.0%} {part}\n")
    return found


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
