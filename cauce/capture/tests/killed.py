"""A process that dies in the middle of an import, and one that goes on after it (run by test_killed.py).

python -m cauce.capture.tests.killed prepare | receiving FILE | checking FILE | writing FILE | completing FILE |
                                     full FILE | finish FILE
"""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import replace
from pathlib import Path

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection

from cauce import keys
from cauce.access.queries import viewer_for
from cauce.audit import verification
from cauce.capture import actions, files, run
from cauce.capture.intakes import registry
from cauce.capture.tests.kit import INTAKE, folios
from tests.cast import User, assemble

registry.INTAKES[:] = [INTAKE]


def prepare() -> None:
    keys.create_key_file(settings.CAUCE_KEY_FILE)
    call_command("migrate", verbosity=0)
    assemble()


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _second(call):
    """The same, until its second call is done; there the process dies."""
    calls = []

    def counted(*args):
        done = call(*args)
        calls.append(args)
        if len(calls) == 2:
            _die()
        return done

    return counted


def receiving(path: Path) -> None:
    """Die when the file is sealed on disk and not yet in the table."""
    keep = files.keep

    def keep_and_die(*args):
        keep(*args)
        _die()

    files.keep = keep_and_die
    run.import_file(path, _ana())


def checking(path: Path) -> None:
    registry.INTAKES[:] = [replace(INTAKE, check=_second(lambda *args: list(INTAKE.check(*args))))]
    run.import_file(path, _ana())


def writing(path: Path) -> None:
    """Die while the rows of the second chunk are in a transaction that is not committed."""
    registry.INTAKES[:] = [replace(INTAKE, write=_second(INTAKE.write))]
    run.import_file(path, _ana())


def completing(path: Path) -> None:
    """Die when the import is complete and its file is not yet removed."""
    files.remove = lambda _batch: _die()
    run.import_file(path, _ana())


def full(path: Path) -> None:
    """Write until the database may grow no more, as on a full disk; say what is left."""
    from cauce.records.models import Batch
    from cauce.records.people.models import Person

    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        # Room for the dry run and some of the rows.
        cursor.execute(f"PRAGMA max_page_count={pages + 400}")
    said = "enough room"
    try:
        run.import_file(path, _ana())
    except OperationalError as error:
        said = str(error)
    batch = Batch.objects.get()
    whole = 0 < batch.cursor < batch.total and Person.objects.count() == batch.cursor
    sys.stdout.write(f"{said}|{batch.state}|{batch.summary.get('halt')}|{whole}|{Person.objects.live().count()}")


def finish(path: Path) -> None:
    from cauce.records.models import Batch
    from cauce.records.people.models import Person

    before = Batch.objects.first() or Batch(state="none")
    visible = Person.objects.live().count()
    # What lies about now is old by tomorrow, when the server looks for it.
    for left in Path(settings.CAUCE_UPLOADS).iterdir():
        os.utime(left, (1, 1))
    batch = before if before.state == "complete" else run.import_file(path, _ana())
    actions.tidy()
    left = len(list(Path(settings.CAUCE_UPLOADS).iterdir()))
    said = (before.state, before.cursor, visible, batch.state, len(folios()), len(set(folios())), verification.verify())
    sys.stdout.write(" ".join(map(str, (*said, left))))


def _ana():
    return viewer_for(User.objects.get(username="ana"))


if __name__ == "__main__":
    step, *rest = sys.argv[1:]
    steps = (prepare, receiving, checking, writing, completing, full, finish)
    {each.__name__: each for each in steps}[step](*map(Path, rest))
