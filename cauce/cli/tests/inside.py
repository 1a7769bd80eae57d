"""Steps that tests take inside an installation of its own: python -m cauce.cli.tests.inside STEP …"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path

import django

django.setup()

from django.conf import settings
from django.db import connection

from cauce import keys
from cauce.access.actions import create_user
from cauce.access.models import User
from cauce.access.queries import viewer_of
from cauce.audit import verification
from cauce.cli.tests import terminal
from cauce.facts.refresh import refresh
from cauce.facts.store import current as current_store
from cauce.keys.ring import load_key_file
from cauce.keys.rotation import sealed_columns
from cauce.records.assistance import actions as assistance
from cauce.records.people import actions as people
from cauce.records.people.models import Person
from tests.cast import PASSWORD

NAMES = ("Yesenia", "Marie", "Óscar", "Rosa")


def somebody():
    roles = ("case_worker", "information_officer")
    return viewer_of(id="prueba", name="Prueba", office="TIJ", roles=roles, is_command=True)


def populate() -> None:
    """Four people, each with a service; an account that imports, an editor's edition folder, facts."""
    by, admin = somebody(), viewer_of(id="prueba", name="Prueba", office="MEX", roles=("administrator",))
    create_user(
        username="luis", full_name="Luis Balam (simulado)", office="TIJ", password=PASSWORD,
        roles=("information_officer",), by=admin.elevate(1, frozenset({"access.edit", "access.grant"})),
    )  # fmt: skip
    for number, name in enumerate(NAMES):
        person = people.register(
            by=by, given_names=name, first_surname="Ortiz (simulada)", sex="female", age=20 + number,
            nationalities=["HND"], consents={"service": True, "statistics": True},
        )  # fmt: skip
        assistance.record_service(
            person=person, type="legal_advice", state="delivered", delivered_on=date(2022, 3, 1 + number),
            note="Nota (simulada)", by=by,
        )  # fmt: skip
    for folder in (settings.CAUCE_EDITIONS, settings.CAUCE_UPLOADS):
        Path(folder).mkdir()
        (Path(folder) / "algo").write_text("algo")
    refresh()


def state() -> None:
    """What must be the same after a restore: people, services by facts, the log, files."""
    refresh()
    names = sorted(person.given_names for person in Person.objects.live())
    rows = sum(
        current_store().count(kind, month) for kind in current_store().kinds() for month in current_store().months(kind)
    )
    files = [
        path.read_text() for path in (Path(settings.CAUCE_EDITIONS) / "algo", Path(settings.CAUCE_UPLOADS) / "algo")
    ]
    print(names, rows, [str(each) for each in verification.verify()], files, User.objects.count())


def versions() -> None:
    """The versions of the keys under which sealed values lie, and that each opens."""
    found = set()
    for model, fields in sealed_columns():
        for row in model._base_manager.all():
            for field in fields:
                blob = row.__dict__[field.attname]
                if blob is not None:
                    found.add(bytes(blob)[0])
                    getattr(row, field.attname)
    print(sorted(found), load_key_file(Path(settings.CAUCE_KEY_FILE)).newest, keys.fingerprint())


def register(name: str) -> None:
    """One person more."""
    people.register(
        by=somebody(), given_names=name, first_surname="Paz (simulada)", sex="female", age=30, nationalities=["HTI"],
        consents={"service": True},
    )  # fmt: skip


def tamper() -> None:
    """Change a step of the log as somebody with the database in hand could."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER audit_entry_no_update")
        cursor.execute("UPDATE audit_entry SET verb = 'nada' WHERE number = 2")


def several(commands: str) -> None:
    """Run several commands one after the other: starting the interpreter is most of a command's time."""
    said = [asdict(terminal.run(*command)) for command in json.loads(commands)]
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    steps = {each.__name__: each for each in (populate, state, versions, register, tamper, several)}
    steps[sys.argv[1]](*sys.argv[2:])
