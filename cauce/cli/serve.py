"""``cauce serve``: one process group, no other server needed."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext_lazy as _

from cauce.cli.console import say
from cauce.kernel.problems import Problem
from cauce.keys.ring import load_key_file


def check_ready() -> None:
    """Refuse to start, with what to do, without keys, tables or static files."""
    load_key_file(Path(settings.CAUCE_KEY_FILE))
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan and not executor.loader.applied_migrations:
        raise Problem(
            "cli.not_set_up",
            _("Aquí todavía no hay una instalación (%(home)s)."),
            fix=_("Use «cauce setup» para crear una, o script/demo para probar."),
            home=settings.HOME,
        )
    if plan:
        call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False, clear=False)


def serve(
    host: Annotated[str, typer.Option(help="Dirección en la que escucha")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Puerto")] = 8000,
    workers: Annotated[int, typer.Option(help="Procesos")] = 2,
) -> None:
    """Sirve esta instalación hasta que se interrumpa (Ctrl+C)."""
    check_ready()
    say(f"Cauce escucha en http://{host}:{port}/ (Ctrl+C para terminar)")
    connection.close()
    arguments = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", "2", "--log-level", "warning", "--no-access-log",
        "cauce.wsgi:application",
    ]  # fmt: skip
    os.execv(sys.executable, arguments)  # noqa: S606 – our own interpreter, no shell


def add_to(app: typer.Typer) -> None:
    app.command()(serve)
