"""``cauce backup`` and ``cauce restore``: everything but the keys, encrypted."""

from __future__ import annotations

import shutil
import sqlite3
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, connections
from django.utils.translation import gettext_lazy as _

from cauce.cli.console import say
from cauce.kernel.problems import Problem
from cauce.keys import files

DATABASE = "database.sqlite3"


def backup(target: Path) -> None:
    """Respalda base de datos y ediciones en un archivo cifrado con las llaves de la misión."""
    if target.exists():
        raise Problem("cli.target_exists", _("Ya existe %(path)s."), fix=_("Elija otro nombre."), path=target)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".cauce-backup-") as folder:
        plain = Path(folder)
        _dump(plain)
        bundle, sealed = plain / "bundle.tar", plain / "sealed"
        with tarfile.open(bundle, "w") as tar:
            for path in sorted(plain.iterdir()):
                if path != bundle:
                    tar.add(path, path.name)
            if Path(settings.CAUCE_EDITIONS).exists():
                tar.add(settings.CAUCE_EDITIONS, "editions")
        with bundle.open("rb") as source, sealed.open("wb") as out:
            files.encrypt_stream(source, out, "backup")
        sealed.replace(target)
    say(f"Respaldo cifrado en {target}. Para abrirlo hacen falta las llaves de esta misión (cauce keys backup).")


def restore(source: Path, yes: Annotated[bool, typer.Option("--yes", help="No preguntar")] = False) -> None:
    """Trae un respaldo a una instalación vacía; lo que hubiera en ella se conserva aparte."""
    with tempfile.TemporaryDirectory(prefix="cauce-restore-") as folder:
        bundle = Path(folder) / "bundle.tar"
        with source.open("rb") as sealed, bundle.open("wb") as out:
            files.decrypt_stream(sealed, out, "backup")
        with tarfile.open(bundle) as tar:
            tar.extractall(folder, filter="data")
        if not yes and not typer.confirm("¿Reemplazar los datos de esta instalación por los del respaldo?"):
            raise typer.Exit(1)
        _load(Path(folder))
        _replace_folder(Path(folder) / "editions", Path(settings.CAUCE_EDITIONS))
    # Facts are derived: they are built anew from the restored records at the next reading.
    _replace_folder(Path(folder) / "no-facts", Path(settings.CAUCE_FACTS))
    call_command("migrate", verbosity=0, interactive=False)
    say("Respaldo restaurado. Compruébelo con: cauce doctor")


def _dump(folder: Path) -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(folder / DATABASE)) as copy:
            connection.connection.backup(copy)
            (verdict,) = copy.execute("PRAGMA integrity_check").fetchone()
        if verdict != "ok":
            raise Problem("cli.database_damaged", _("La base de datos está dañada."), fix=_("Corra «cauce doctor»."))
        return
    tables = folder / "tables"
    tables.mkdir()
    connection.ensure_connection()
    with connection.connection.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        for table, columns in _tables().items():
            with (tables / table).open("wb") as out, cursor.copy(f'COPY "{table}" ({columns}) TO STDOUT') as copy:
                for data in copy:
                    out.write(data)
        cursor.execute("COMMIT")


def _tables() -> dict[str, str]:
    """Every table with its columns, in an order in which foreign keys can be filled."""
    quoted = {}
    for model in [*apps.get_models(include_auto_created=True)]:
        columns = ", ".join(f'"{field.column}"' for field in model._meta.local_concrete_fields)
        quoted[model._meta.db_table] = columns
    return quoted


def _load(folder: Path) -> None:
    if connection.vendor == "sqlite" and (folder / DATABASE).exists():
        path = Path(settings.DATABASES["default"]["NAME"])
        connections.close_all()
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        for suffix in ("", "-wal", "-shm"):
            old = path.with_name(path.name + suffix)
            if old.exists():
                old.replace(old.with_name(old.name + ".before-restore"))
        (folder / DATABASE).replace(path)
        return
    if connection.vendor == "postgresql" and (folder / "tables").exists():
        _load_tables(folder / "tables")
        return
    raise Problem(
        "cli.other_database",
        _("El respaldo es de otro tipo de base de datos."),
        fix=_("Restaure en una instalación del mismo tipo (SQLite o PostgreSQL) que la del respaldo."),
    )


def _load_tables(folder: Path) -> None:
    call_command("migrate", verbosity=0, interactive=False)
    connection.ensure_connection()
    with connection.connection.cursor() as cursor:
        cursor.execute("BEGIN")
        # Constraints and the log's own triggers hold for people; a restore puts back what held before.
        cursor.execute("SET LOCAL session_replication_role = replica")
        tables = _tables()
        cursor.execute("TRUNCATE " + ", ".join(f'"{table}"' for table in tables) + " CASCADE")
        for table, columns in tables.items():
            if not (folder / table).exists():
                continue
            with (folder / table).open("rb") as source, cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copy:
                while data := source.read(1 << 20):
                    copy.write(data)
        cursor.execute("COMMIT")
    _reset_sequences()


def _reset_sequences() -> None:
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(apps.get_models())):
            cursor.execute(statement)


def _replace_folder(new: Path, old: Path) -> None:
    if old.exists():
        kept = old.with_name(old.name + ".before-restore")
        number = 1
        while kept.exists():
            kept, number = old.with_name(f"{old.name}.before-restore-{number}"), number + 1
        old.replace(kept)
    if new.exists():
        old.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(new, old)


def add_to(app: typer.Typer) -> None:
    app.command()(backup)
    app.command()(restore)
