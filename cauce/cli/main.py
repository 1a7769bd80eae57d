"""The ``cauce`` command: everything an administrator does from a terminal."""

from __future__ import annotations

import importlib
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
    """Run a command; whatever refuses is said in a sentence, without a traceback, and ends with 1."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cauce.settings")
    import sqlite3

    import django
    from django.core.exceptions import ImproperlyConfigured, PermissionDenied
    from django.db import Error as DatabaseError

    from cauce.cli import console
    from cauce.kernel.problems import Problem, Problems

    try:
        django.setup()
        _load_commands()
        app(prog_name="cauce")
    except (Problem, Problems) as problem:
        console.say_problem(problem)
    except PermissionDenied:
        console.say_forbidden()
    except ImproperlyConfigured as error:
        console.say_settings(error)
    except (DatabaseError, sqlite3.Error) as error:
        console.say_database_error(error)
    except OSError as error:
        console.say_disk_error(error)
    sys.exit(1)


# Command → the module of this package that has it.
_MODULES = {
    "setup": "setup", "demo": "demo", "serve": "serve", "import": "imports", "figures": "figures",
    "edition": "editions", "keys": "keyfile", "backup": "backups", "restore": "backups", "doctor": "doctor",
}  # fmt: skip
_loaded: set[str] = set()


@app.callback()
def _group() -> None:
    """Without this a command that is loaded alone would lose its name."""


def _load_commands() -> None:
    """Read the command that was asked for, or all of them for the help.

    Models exist only after set-up, so not at the top; and counting and printing take a second to read
    that setting up or backing up need not wait for.
    """
    asked = next((each for each in sys.argv[1:] if not each.startswith("-")), "")
    for name in dict.fromkeys([_MODULES[asked]] if asked in _MODULES else _MODULES.values()):
        if name not in _loaded:
            importlib.import_module(f"cauce.cli.{name}").add_to(app)
            _loaded.add(name)
