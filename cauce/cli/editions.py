"""``cauce edition``: build the files of an edition, verify an archive."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cauce.cli.console import say
from cauce.cli.figures import period_of
from cauce.cli.people import acting
from cauce.cli.ready import check_installed
from cauce.editions import actions, queries
from cauce.editions.build import build_outputs
from cauce.editions.models import Edition
from cauce.editions.verification import verify as verify_archive
from cauce.facts.refresh import refresh

group = typer.Typer(help="Ediciones: archivos y comprobación.", no_args_is_help=True)


@group.command()
def draft(
    report: Annotated[str, typer.Argument(help="Informe de la misión, por ejemplo en-cifras")],
    period: Annotated[str, typer.Argument(help="2022, 2022-Q4 …")],
    as_: Annotated[str, typer.Option("--as", help="Cuenta que la prepara")],
    language: Annotated[str, typer.Option(help="es o en")] = "es",
    real_data: Annotated[
        bool, typer.Option("--real-data", help="En una demostración: los datos de este informe no son simulados")
    ] = False,
) -> None:
    """Congela un borrador y pide su revisión."""
    viewer = acting(as_)
    refresh()
    drafted = actions.draft(
        report, period_of(period), by=viewer, language=language, simulated=False if real_data else None
    )
    edition = actions.request_review(drafted, by=viewer)
    say(f"{edition.name}: en revisión. La aprueba otra persona: cauce edition approve {edition.name} --as CUENTA")


@group.command()
def approve(name: str, as_: Annotated[str, typer.Option("--as", help="Cuenta que aprueba y publica")]) -> None:
    """Aprueba y publica una edición que otra persona preparó."""
    viewer = acting(as_)
    edition = actions.publish(actions.approve(queries.named(name), by=viewer), by=viewer)
    say(f"{edition.name}: publicada.")


@group.command()
def build(name: str, out: Annotated[Path | None, typer.Option(help="Carpeta; por omisión out/NOMBRE")] = None) -> None:
    """Escribe el PDF, las imágenes, la página, las tablas y el archivo de una edición."""
    check_installed()
    target = out or Path("out") / name
    paths = build_outputs(queries.named(name), target, progress=lambda file: say(f"  {file}"))
    say(f"{len(paths)} archivos en {target}")


@group.command()
def verify(
    archive: Path,
    key_file: Annotated[Path | None, typer.Option(help="Llaves, si no son las de esta instalación")] = None,
    fingerprint: Annotated[str | None, typer.Option(help="Huella que debe tener quien firmó")] = None,
) -> None:
    """Comprueba un archivo: firma, miembros, sumas, y recuenta cada número desde sus propias definiciones."""
    verified = verify_archive(archive, key_file=key_file, fingerprint=fingerprint)
    for finding in verified.findings:
        say(f"✓ {finding}")


@group.command("list")
def list_editions() -> None:
    """Las ediciones, con su estado."""
    check_installed()
    for edition in Edition.objects.live().order_by("key", "sequence"):
        say(f"{edition.name:<28} {edition.get_state_display():<14} {edition.title}")


def add_to(app: typer.Typer) -> None:
    app.add_typer(group, name="edition")
