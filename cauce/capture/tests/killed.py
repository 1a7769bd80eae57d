"""A process that dies in the middle of an import, and one that goes on after it (run by test_killed.py).

python -m cauce.capture.tests.killed prepare | die FILE | finish FILE
"""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import replace
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402 – models can only be imported once Django is set up
from django.core.management import call_command  # noqa: E402

from cauce import keys  # noqa: E402
from cauce.access.queries import viewer_for  # noqa: E402
from cauce.audit import verification  # noqa: E402
from cauce.capture import run  # noqa: E402
from cauce.capture.intakes import registry  # noqa: E402
from cauce.capture.tests.kit import INTAKE, folios  # noqa: E402
from tests.cast import User, assemble  # noqa: E402

registry.INTAKES[:] = [INTAKE]


def prepare() -> None:
    keys.create_key_file(settings.CAUCE_KEY_FILE)
    call_command("migrate", verbosity=0)
    assemble()


def die(path: Path) -> None:
    written = []

    def die_at_the_second(rows, viewer, batch):
        INTAKE.write(rows, viewer, batch)
        written.append(len(rows))
        if len(written) == 2:
            # The rows are in the transaction, which is not committed.
            os.kill(os.getpid(), signal.SIGKILL)

    registry.INTAKES[:] = [replace(INTAKE, write=die_at_the_second)]
    run.import_file(path, _ana())


def finish(path: Path) -> None:
    from cauce.records.models import Batch

    (before,) = Batch.objects.all()
    visible = len(folios())
    batch = run.import_file(path, _ana())
    said = (before.state, before.cursor, visible, batch.state, len(folios()), len(set(folios())), verification.verify())
    sys.stdout.write(" ".join(map(str, said)))


def _ana():
    return viewer_for(User.objects.get(username="ana"))


if __name__ == "__main__":
    step, *rest = sys.argv[1:]
    {"prepare": prepare, "die": die, "finish": finish}[step](*map(Path, rest))
