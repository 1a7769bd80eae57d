"""``cauce setup``: a real, empty installation with its first administrator."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.core.management import call_command

from cauce.access import actions as access
from cauce.cli.console import say
from cauce.cli.ready import has_data
from cauce.keys.ring import create_key_file, load_key_file
from cauce.records.places import actions as places


def prepare() -> None:
    """Folders, tables, static files, key file and reference lists; safe to repeat."""
    home = Path(settings.HOME)
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    key_file = Path(settings.CAUCE_KEY_FILE)
    if not key_file.exists() and not has_data():
        create_key_file(key_file)
    load_key_file(key_file)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False, clear=False)
    places.load_reference()
    access.load_offices()


def setup(
    administrator: Annotated[str, typer.Option(prompt="Nombre de usuario de la administración")],
    full_name: Annotated[str, typer.Option(prompt="Nombre completo")],
    office: Annotated[str, typer.Option(prompt="Clave de su oficina (por ejemplo CDMX)")],
    password: Annotated[str, typer.Option(prompt="Contraseña", confirmation_prompt=True, hide_input=True)],
) -> None:
    """Crea una instalación vacía y su primera cuenta de administración."""
    prepare()
    access.create_first_administrator(username=administrator, full_name=full_name, office=office, password=password)
    say(f"Instalación lista en {settings.HOME}.")
    say(f"Llaves: {settings.CAUCE_KEY_FILE}. Respáldelas ahora, aparte de los datos: cauce keys backup ARCHIVO")
    say("Para empezar: cauce serve")


def add_to(app: typer.Typer) -> None:
    app.command()(setup)
