"""``cauce import``: a workbook or CSV through the same intake as the screens."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cauce.access.viewer import Viewer
from cauce.capture.report import errors_workbook
from cauce.capture.run import import_file
from cauce.cli.console import bar, err, say
from cauce.cli.people import acting
from cauce.records.models import Batch

_WHAT = {"check": "Revisión", "write": "Escritura"}


def load(
    path: Path, viewer: Viewer, *, sheets: tuple[str, ...] = (), only_good: bool = False, quiet: bool = False
) -> Batch:
    """Import a file with a bar per stage; resumes the same file where it was stopped."""
    if quiet:
        return import_file(path, viewer, sheets=sheets, only_good=only_good)
    with bar(path.name) as tell:
        return import_file(
            path,
            viewer,
            sheets=sheets,
            only_good=only_good,
            progress=lambda what, done, total: tell(done, total, f"{path.name}: {_WHAT.get(what, what)}"),
        )


def report(batch: Batch) -> None:
    """What came of it: counts that add up to the rows of the file."""
    counts = batch.summary.get("counts", {})
    said = {
        "accepted": "aceptadas",
        "mended": "enmendadas por una regla declarada",
        "refused": "rechazadas",
        "duplicate": "duplicadas exactas",
    }
    say(f"{batch.filename}: {batch.get_state_display().lower()}")
    for key, words in said.items():
        if key in counts:
            say(f"  {counts[key]:>8} {words}")
    say(f"  {sum(counts.get(key, 0) for key in said):>8} filas en total")


def import_(
    path: Path,
    as_: Annotated[str, typer.Option("--as", help="Cuenta que importa")],
    sheet: Annotated[list[str] | None, typer.Option(help="Hoja o formato; vacío: se reconoce")] = None,
    only_good: Annotated[bool, typer.Option(help="Importar las filas buenas y rechazar las demás")] = False,
    errors: Annotated[Path | None, typer.Option(help="Dónde dejar las filas rechazadas, con su problema")] = None,
) -> None:
    """Importa un libro o CSV: primero revisa todo, luego escribe. Interrumpido, se retoma con el mismo mandato."""
    viewer = acting(as_)
    batch = load(path, viewer, sheets=tuple(sheet or ()), only_good=only_good)
    report(batch)
    if errors:
        _write_errors(batch, errors, viewer)
    if batch.state != Batch.State.COMPLETE:
        err.print(_nothing_written(batch), markup=False)
        raise typer.Exit(1)


def _nothing_written(batch: Batch) -> str:
    """Why a checked file was not written, and what to do."""
    counts = batch.summary.get("counts", {})
    if not counts.get("refused", 0):
        return "No se escribió nada: todas las filas ya están registradas. Retire la importación o envíe otro archivo."
    if not counts.get("accepted", 0) + counts.get("mended", 0):
        return "No se escribió nada: ninguna fila es buena. Corríjalas y envíe de nuevo el archivo."
    return "No se escribió nada. Corrija las filas rechazadas, o use --only-good."


def _write_errors(batch: Batch, target: Path, viewer: Viewer) -> None:
    with target.open("wb") as file:
        rows = errors_workbook(file, batch, viewer)
    say(f"  {rows} filas con problemas en {target}")


def add_to(app: typer.Typer) -> None:
    app.command("import")(import_)
