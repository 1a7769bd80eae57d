"""``cauce serve``: one process group, no other server needed."""

from __future__ import annotations

import errno
import os
import socket
import sys
from typing import Annotated

import typer
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext_lazy as _

from cauce.capture.run import learn_sizes
from cauce.cli.console import say
from cauce.cli.ready import check_installed
from cauce.kernel.problems import Problem


def check_ready() -> None:
    """Refuse to start, with what to do, without tables or keys; bring tables and static files up to date."""
    check_installed()
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False, clear=False)
    learn_sizes()


def check_port(host: str, port: int) -> None:
    """Raises Problem ``cli.port_taken`` when somebody else listens there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        # As the server does it: a port that was just left may be taken again.
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            raise Problem(
                "cli.port_taken",
                _("El puerto %(port)s ya está ocupado."),
                fix=_("Elija otro con --port, o detenga el programa que lo usa."),
                port=port,
            ) from None


def serve(
    host: Annotated[str, typer.Option(help="Dirección en la que escucha")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Puerto")] = 8000,
    workers: Annotated[int, typer.Option(help="Procesos")] = 2,
) -> None:
    """Sirve esta instalación hasta que se interrumpa (Ctrl+C)."""
    check_ready()
    check_port(host, port)
    say(f"Cauce escucha en http://{host}:{port}/ (Ctrl+C para terminar)")
    connection.close()
    arguments = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", "2", "--log-level", "warning", "--no-access-log",
        # Without it one worker that dies (killed for lack of memory, say) ends the whole server.
        "--respawn-failed-workers", "cauce.wsgi:application",
    ]  # fmt: skip
    os.execv(sys.executable, arguments)  # noqa: S606 – our own interpreter, no shell


def add_to(app: typer.Typer) -> None:
    app.command()(serve)
