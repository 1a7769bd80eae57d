"""``cauce keys``: create, back up, bring back, rotate."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cauce import keys
from cauce.cli.console import say
from cauce.cli.ready import check_installed, has_data
from cauce.kernel.problems import Problem
from cauce.keys import files, rotation
from cauce.keys.ring import create_key_file, load_key_file, write_key_file

group = typer.Typer(help="Llaves de la misión: sin ellas no se lee ningún dato de personas.", no_args_is_help=True)
_Passphrase = Annotated[str, typer.Option(prompt="Frase de paso", confirmation_prompt=True, hide_input=True)]


def _path() -> Path:
    return Path(settings.CAUCE_KEY_FILE)


@group.command()
def create() -> None:
    """Crea el archivo de llaves de una instalación nueva."""
    if has_data():
        # New keys beside old data would open nothing and hide what is missing: the sentence of a missing file.
        load_key_file(_path())
    create_key_file(_path())
    say(f"Llaves creadas en {_path()}. Huella para firmar: {keys.fingerprint()}")


@group.command()
def backup(target: Path, passphrase: _Passphrase) -> None:
    """Guarda las llaves bajo una frase de paso; guárdelo lejos de los datos."""
    blob = files.lock_ring(load_key_file(_path()), passphrase)
    if target.exists():
        raise Problem("cli.target_exists", _("Ya existe %(path)s."), fix=_("Elija otro nombre."), path=target)
    partial = target.with_name(f".{target.name}.partial")
    try:
        partial.touch(mode=0o600)
        partial.write_bytes(blob)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    say(f"Respaldo de llaves en {target}. Sin la frase de paso no sirve: guárdela aparte.")


@group.command()
def restore(source: Path, passphrase: Annotated[str, typer.Option(prompt="Frase de paso", hide_input=True)]) -> None:
    """Trae las llaves de un respaldo a una instalación que no las tiene."""
    if _path().exists():
        raise Problem(
            "keys.exists", _("Ya hay un archivo de llaves en %(path)s."), fix=_("Muévalo primero."), path=_path()
        )
    write_key_file(_path(), files.unlock_ring(source.read_bytes(), passphrase))
    say(f"Llaves restauradas en {_path()}.")


@group.command()
def rotate(
    resume: Annotated[
        bool, typer.Option("--resume", help="Terminar una rotación interrumpida, sin otra llave")
    ] = False,
) -> None:
    """Estrena una llave y vuelve a sellar lo guardado. Hágalo con el servidor detenido."""
    check_installed()
    work = rotation.resume if resume else rotation.rotate
    total = work(_path(), lambda table, rows: say(f"  {table}: {rows}"))
    say(f"{total} valores vueltos a sellar. Respalde las llaves de nuevo: cauce keys backup ARCHIVO")


def add_to(app: typer.Typer) -> None:
    app.add_typer(group, name="keys")
