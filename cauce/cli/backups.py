"""``cauce backup`` and ``cauce restore``: everything but the keys, encrypted."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tarfile
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext_lazy as _

from cauce import __version__
from cauce.cli import tables
from cauce.cli.console import agreed, say
from cauce.cli.ready import check_installed
from cauce.kernel.problems import Problem
from cauce.keys import files
from cauce.keys.ring import load_key_file

DATABASE, ABOUT, TABLES = "database.sqlite3", "about.json", "tables"
# Folder in the bundle → the setting that says where it lies here.
FOLDERS = {"editions": "CAUCE_EDITIONS", "uploads": "CAUCE_UPLOADS"}
_WORK = ".cauce-backup-"
# A backup takes minutes; what is older was left by a process that died, and is not encrypted.
_STALE_SECONDS = 6 * 3600


def backup(target: Path) -> None:
    """Respalda base de datos, ediciones e importaciones pendientes, cifradas con las llaves de la misión."""
    check_installed()
    target = target.resolve()
    if target.exists():
        raise Problem("cli.target_exists", _("Ya existe %(path)s."), fix=_("Elija otro nombre."), path=target)
    if not target.parent.is_dir():
        raise Problem(
            "cli.no_folder", _("No existe la carpeta %(path)s."), fix=_("Créela o elija otra."), path=target.parent
        )
    _sweep(target.parent)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=_WORK) as folder:
        plain = Path(folder) / "plain"
        plain.mkdir()
        _dump(plain)
        bundle, sealed = Path(folder) / "bundle.tar", Path(folder) / "sealed"
        with tarfile.open(bundle, "w") as tar:
            for path in sorted(plain.iterdir()):
                tar.add(path, path.name)
            for name, setting in FOLDERS.items():
                if Path(getattr(settings, setting)).exists():
                    tar.add(getattr(settings, setting), name)
        sealed.touch(mode=0o600)
        with bundle.open("rb") as source, sealed.open("wb") as out:
            files.encrypt_stream(source, out, "backup")
        sealed.replace(target)
    say(f"Respaldo cifrado en {target}. Para abrirlo hacen falta las llaves de esta misión (cauce keys backup).")


def _sweep(folder: Path) -> None:
    """Remove what a killed backup left: it holds the database in clear."""
    for left in folder.glob(f"{_WORK}*"):
        if left.stat().st_mtime < time.time() - _STALE_SECONDS:
            shutil.rmtree(left, ignore_errors=True)


def _dump(folder: Path) -> None:
    if connection.vendor == "sqlite":
        _dump_sqlite(folder / DATABASE)
    else:
        tables.dump(folder / TABLES)
    about = {"version": __version__, "engine": connection.vendor, "migrations": _applied()}
    (folder / ABOUT).write_text(json.dumps(about))


def _dump_sqlite(target: Path) -> None:
    # Django's own connection: only it knows the functions that constraints are written with.
    with connection.cursor() as cursor:
        (verdict,) = cursor.execute("PRAGMA integrity_check").fetchone()
    with closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy)
    if verdict != "ok":
        raise Problem(
            "cli.database_damaged",
            _("La base de datos está dañada; no se hizo el respaldo."),
            fix=_("Corra «cauce doctor» y restaure el último respaldo bueno."),
        )


def _applied() -> list[list[str]]:
    return sorted([app, name] for app, name in MigrationRecorder(connection).applied_migrations())


def restore(source: Path, yes: Annotated[bool, typer.Option("--yes", help="No preguntar")] = False) -> None:
    """Trae un respaldo a esta instalación; lo que hubiera en ella se conserva aparte."""
    load_key_file(Path(settings.CAUCE_KEY_FILE))
    if not source.is_file():
        raise Problem("cli.no_file", _("No existe el archivo %(path)s."), fix=_("Revise la ruta."), path=source)
    home = Path(settings.HOME)
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Beside the data: what was unpacked is moved into place in one step, and on no other disk is it ever in clear.
    with tempfile.TemporaryDirectory(dir=home, prefix=".cauce-restore-") as work:
        folder = Path(work) / "plain"
        _unpack(source, Path(work) / "bundle.tar", folder)
        _check_fits(folder)
        if not yes and not agreed("¿Reemplazar los datos de esta instalación por los del respaldo?"):
            raise Problem("cli.not_confirmed", _("No se cambió nada."))
        _load(folder)
        for name, setting in FOLDERS.items():
            _put(folder / name, Path(getattr(settings, setting)))
    # Facts are derived: they are built anew from the restored records at the next reading.
    _set_aside(Path(settings.CAUCE_FACTS))
    call_command("migrate", verbosity=0, interactive=False)
    say("Respaldo restaurado. Compruébelo con: cauce doctor")


def _unpack(source: Path, bundle: Path, folder: Path) -> None:
    with source.open("rb") as sealed, bundle.open("wb") as out:
        files.decrypt_stream(sealed, out, "backup")
    with tarfile.open(bundle) as tar:
        tar.extractall(folder, filter="data")
    bundle.unlink()


def _check_fits(folder: Path) -> None:
    """The backup is of this kind of database, and of a version whose tables this program knows."""
    about = json.loads((folder / ABOUT).read_text())
    if about["engine"] != connection.vendor:
        raise Problem(
            "cli.other_database",
            _("El respaldo es de otro tipo de base de datos (%(engine)s)."),
            fix=_("Restaure en una instalación del mismo tipo que la del respaldo."),
            engine=about["engine"],
        )
    known = set(MigrationLoader(None).disk_migrations)
    if any((app, name) not in known for app, name in about["migrations"]):
        raise Problem(
            "cli.newer_backup",
            _("El respaldo es de una versión más nueva de Cauce (%(version)s)."),
            fix=_("Instale esa versión y repita."),
            version=about["version"],
        )


def _load(folder: Path) -> None:
    if connection.vendor != "sqlite":
        call_command("migrate", verbosity=0, interactive=False)
        tables.load(folder / TABLES)
        return
    path = Path(settings.DATABASES["default"]["NAME"])
    connections.close_all()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # The write-ahead log first: it must never meet another database's file.
    for suffix in ("-wal", "-shm", ""):
        _set_aside(path.with_name(path.name + suffix))
    (folder / DATABASE).chmod(0o600)
    (folder / DATABASE).replace(path)


def _put(new: Path, old: Path) -> None:
    _set_aside(old)
    if new.exists():
        old.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(new, old)


def _set_aside(old: Path) -> None:
    """Rename what is there to ``….before-restore``, with a number when there is one already."""
    if not old.exists():
        return
    kept, number = old.with_name(old.name + ".before-restore"), 1
    while kept.exists():
        kept, number = old.with_name(f"{old.name}.before-restore-{number}"), number + 1
    old.replace(kept)


def add_to(app: typer.Typer) -> None:
    app.command()(backup)
    app.command()(restore)
