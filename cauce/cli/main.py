"""The ``cauce`` command: everything an administrator does from a terminal."""

from __future__ import annotations

import os
import sys

import typer

app = typer.Typer(
    name="cauce",
    help="Cauce: el trabajo diario de una misión y las cifras que publica.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


def main() -> None:
    """Run a command; a Problem is said in a sentence, without a traceback, and ends with 1."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cauce.settings")
    import django

    from cauce.kernel.problems import Problem, Problems

    try:
        django.setup()
        _load_commands()
        app(prog_name="cauce")
    except (Problem, Problems) as problem:
        from cauce.cli.console import say_problem

        say_problem(problem)
        sys.exit(1)
    except OSError as error:
        from cauce.cli.console import say_disk_error

        if not say_disk_error(error):
            raise
        sys.exit(1)


def _load_commands() -> None:
    """Models exist only after set-up, so the commands are read here and not at the top."""
    from cauce.cli import backups, demo, doctor, editions, figures, imports, keyfile, serve, setup

    for module in (setup, demo, serve, imports, figures, editions, keyfile, backups, doctor):
        module.add_to(app)
