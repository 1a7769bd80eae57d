"""``cauce doctor``: is this installation sound, and what to mend if not."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import typer
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from cauce import keys
from cauce.audit.models import Entry
from cauce.audit.verification import verify
from cauce.cli.console import out, say
from cauce.cli.ready import has_data
from cauce.facts.store import current
from cauce.kernel.problems import Problem, Problems
from cauce.keys.ring import load_key_file
from cauce.keys.rotation import sealed_columns
from cauce.mission.package import current as current_mission

# SQLite before this version may corrupt a database when two connections checkpoint at once.
SOUND_SQLITE = (3, 51, 3)
ROOM_NEEDED = 2 * 1024**3


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: ``level`` is ok, warning or error; ``advice`` says what to do."""

    name: str
    level: str
    found: str
    advice: str = ""


def examine() -> Iterator[Check]:
    """Look at everything, one check after the other; a check that cannot be made says so."""
    readable = True
    for name, look, needs_data in _LOOKS:
        if needs_data and not readable:
            continue
        try:
            found = list(look())
        except (Problem, Problems) as problem:
            found = [_refused(name, problem)]
        except (DatabaseError, sqlite3.Error) as error:
            advice = "Si está dañada o falta, restaure el último respaldo: cauce restore ARCHIVO"
            found = [Check(name, "error", f"la base de datos no responde ({type(error).__name__})", advice)]
        except OSError as error:
            found = [Check(name, "error", f"{error.filename or ''}: {error.strerror}", "Revise permisos y disco.")]
        if look is _database:
            readable = all(check.level != "error" for check in found)
        yield from found


def _refused(name: str, problem: Problem | Problems) -> Check:
    first = next(iter(problem)) if isinstance(problem, Problems) else problem
    return Check(name, "error", first.sentence, first.advice)


def _key_file() -> Iterator[Check]:
    path = Path(settings.CAUCE_KEY_FILE)
    ring = load_key_file(path)
    if path.stat().st_mode & 0o077:
        yield Check("Llaves", "error", f"{path} lo pueden leer otras cuentas.", f"chmod 600 {path}")
    elif path.resolve().is_relative_to(Path(settings.HOME)) and not settings.CAUCE_DEMO:
        advice = "Guárdelas en otro disco con CAUCE_KEY_FILE: quien se lleve los datos no debe llevarse las llaves."
        yield Check("Llaves", "warning", f"{path} está junto a los datos.", advice)
    else:
        yield Check("Llaves", "ok", f"{path}, versión {ring.newest}, huella {keys.fingerprint()}")


def _database() -> Iterator[Check]:
    if not has_data():
        advice = "Restaure un respaldo (cauce restore ARCHIVO) o, si es nueva, use «cauce setup»."
        yield Check("Base de datos", "error", f"no hay una instalación en {settings.HOME}", advice)
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA quick_check")
            verdict = cursor.fetchone()[0]
        else:
            cursor.execute("SELECT version()")
            verdict = "ok"
    name = settings.DATABASES["default"]["NAME"]
    if verdict == "ok":
        yield Check("Base de datos", "ok", f"{connection.display_name}, {name}")
    else:
        yield Check(
            "Base de datos", "error", f"{name} está dañada: {verdict}", "Restaure el último respaldo: cauce restore"
        )


def _migrations() -> Iterator[Check]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        yield Check("Tablas", "warning", f"Faltan {len(plan)} cambios.", "Se aplican al iniciar: cauce serve")
    else:
        yield Check("Tablas", "ok", "al día")


def _sealed() -> Iterator[Check]:
    """The newest value of each sealed column opens with the present keys."""
    looked = 0
    for model, fields in sealed_columns():
        for field in fields:
            row = model._base_manager.exclude(**{f"{field.attname}__isnull": True}).order_by("-pk").first()
            if row is not None:
                getattr(row, field.attname)
                looked += 1
    yield Check("Datos sellados", "ok", f"se abren ({looked} columnas con datos)")


def _log() -> Iterator[Check]:
    findings = verify()
    if findings:
        advice = "Avise al punto focal de protección de datos; conserve un respaldo antes de tocar nada."
        yield Check("Bitácora", "error", "; ".join(str(each) for each in findings[:3]), advice)
    else:
        yield Check("Bitácora", "ok", f"íntegra, {Entry.objects.count()} pasos")


def _facts() -> Iterator[Check]:
    wrong = current().check()
    if wrong:
        advice = "Se rehacen desde los registros: cauce figures rebuild"
        yield Check("Hechos", "warning", f"{len(wrong)} archivos no corresponden.", advice)
    else:
        yield Check("Hechos", "ok", f"{len(current().kinds())} clases en {current().root}")


def _mission() -> Iterator[Check]:
    mission = current_mission()
    yield Check("Misión", "ok", f"{mission.name}: {len(mission.figures)} cifras")


def _disk() -> Iterator[Check]:
    free = shutil.disk_usage(settings.HOME if Path(settings.HOME).exists() else ".").free
    level = "ok" if free > ROOM_NEEDED else "warning"
    yield Check("Disco", level, f"{free / 1024**3:.1f} GiB libres", "" if level == "ok" else "Libere espacio.")


def _sqlite() -> Iterator[Check]:
    if connection.vendor != "sqlite":
        return
    if sqlite3.sqlite_version_info < SOUND_SQLITE:
        advice = "Un proceso a la vez no corre riesgo; con varios, use una versión 3.51.3 o posterior, o PostgreSQL."
        yield Check("SQLite", "warning", f"versión {sqlite3.sqlite_version}", advice)
    else:
        yield Check("SQLite", "ok", f"versión {sqlite3.sqlite_version}")


_LOOKS: tuple[tuple[str, Callable[[], Iterator[Check]], bool], ...] = (
    ("Llaves", _key_file, False),
    ("Base de datos", _database, False),
    ("Tablas", _migrations, True),
    ("Datos sellados", _sealed, True),
    ("Bitácora", _log, True),
    ("Hechos", _facts, False),
    ("Misión", _mission, False),
    ("Disco", _disk, False),
    ("SQLite", _sqlite, False),
)
_MARK: dict[str, tuple[str, str]] = {"ok": ("✓", "green"), "warning": ("!", "yellow"), "error": ("✗", "red")}


def doctor() -> None:
    """Revisa llaves, base de datos, bitácora, hechos y disco; dice qué hacer si algo falta."""
    sound = True
    for check in examine():
        mark, colour = _MARK[check.level]
        out.print(f"[{colour}]{mark}[/] ", end="")
        say(f"{check.name}: {check.found}")
        if check.advice:
            say(f"    {check.advice}")
        sound = sound and check.level != "error"
    if not sound:
        raise typer.Exit(1)


def add_to(app: typer.Typer) -> None:
    app.command()(doctor)
