"""PostgreSQL's tables as files, one a table, read in one snapshot and put back in one transaction."""

from __future__ import annotations

import json
from pathlib import Path

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from cauce.kernel.problems import Problem

COLUMNS = "columns.json"
PIECE = 1 << 20


def ours() -> dict[str, list[str]]:
    """Every table of a model with its columns, but those that the database computes from others."""
    models = apps.get_models(include_auto_created=True)
    return {
        model._meta.db_table: [field.column for field in model._meta.local_concrete_fields if not field.generated]
        for model in models
        if model._meta.managed and not model._meta.proxy
    }


def dump(folder: Path) -> None:
    """Write every table into ``folder``; all as they stood at one moment, whoever works meanwhile."""
    folder.mkdir()
    tables = ours()
    (folder / COLUMNS).write_text(json.dumps(tables))
    # COPY goes past Django's cursor: without this its errors would be psycopg's own, which nobody says in a sentence.
    with connection.wrap_database_errors, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        for table, columns in tables.items():
            copying = f"COPY {_quoted(table)} ({_listed(columns)}) TO STDOUT"
            with (folder / table).open("wb") as out, cursor.copy(copying) as copy:
                for data in copy:
                    out.write(data)


def load(folder: Path) -> None:
    """Put back what ``dump`` wrote, over whatever is there; all of it or nothing.

    Raises Problem ``cli.other_tables`` when the tables have changed since, ``cli.not_superuser`` when the
    account may not suspend constraints for the time of the restore.
    """
    told: dict[str, list[str]] = json.loads((folder / COLUMNS).read_text())
    tables = ours()
    if {table: set(columns) for table, columns in told.items()} != {name: set(all_) for name, all_ in tables.items()}:
        raise Problem(
            "cli.other_tables",
            _("Las tablas del respaldo no son las de esta versión de Cauce."),
            fix=_("Restaure con la versión con la que se hizo y actualice después."),
        )
    _check_superuser()
    with connection.wrap_database_errors, transaction.atomic(), connection.cursor() as cursor:
        # Constraints and the log's own triggers hold for people; a restore puts back what held before.
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("TRUNCATE " + ", ".join(map(_quoted, tables)) + " CASCADE")
        for table, columns in told.items():
            copying = f"COPY {_quoted(table)} ({_listed(columns)}) FROM STDIN"
            with (folder / table).open("rb") as source, cursor.copy(copying) as copy:
                while data := source.read(PIECE):
                    copy.write(data)
        for statement in connection.ops.sequence_reset_sql(no_style(), list(apps.get_models())):
            cursor.execute(statement)


def _check_superuser() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        (allowed,) = cursor.fetchone()
    if not allowed:
        raise Problem(
            "cli.not_superuser",
            _("La cuenta de PostgreSQL no puede restaurar: no es superusuaria."),
            fix=_("Restaure con una cuenta superusuaria en CAUCE_DATABASE_URL; después vuelva a la de siempre."),
        )


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _listed(columns: list[str]) -> str:
    return ", ".join(map(_quoted, columns))
