"""``cauce import``: a workbook or CSV through the same intake as the screens."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cauce.access.viewer import Viewer
from cauce.capture import queries, shown
from cauce.capture.models import Finding
from cauce.capture.report import errors_workbook
from cauce.capture.run import import_file
from cauce.cli.console import bar, err, say
from cauce.cli.people import acting
from cauce.records.models import Batch

# Refused rows that are told one by one; the workbook of errors has them all.
_TOLD = 10
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
    if batch.state != Batch.State.REFUSED:
        report(batch)
    _explain(batch, viewer)
    if errors and batch.state != Batch.State.REFUSED:
        _write_errors(batch, errors, viewer)
    if batch.state != Batch.State.COMPLETE:
        err.print(_nothing_written(batch), markup=False)
        raise typer.Exit(1)


def _explain(batch: Batch, viewer: Viewer) -> None:
    """Why a file could not be read, what is odd about it, and what is wrong with its rows."""
    for sentence in queries.said_of_file(viewer, batch, Finding.Outcome.STOP):
        err.print(f"✗ {sentence}", style="red", markup=False)
    for sentence in queries.said_of_file(viewer, batch, Finding.Outcome.NOTICE):
        err.print(f"! {sentence}", markup=False)
    refused = queries.rows_found(viewer, batch, Finding.Outcome.REFUSED)
    for row in refused[:_TOLD]:
        err.print(f"  {shown.sheet_label(row.sheet)}, fila {row.number}: {' '.join(row.said)}", markup=False)
    if (more := refused.count() - _TOLD) > 0:
        err.print(f"  … y {more} filas más: déjelas en un libro con --errors LIBRO.xlsx", markup=False)


def _nothing_written(batch: Batch) -> str:
    """Why a file was not written, and what to do."""
    counts = batch.summary.get("counts", {})
    if batch.state == Batch.State.REFUSED:
        return "No se escribió nada."
    if shown.is_stopped(batch):
        again = " Repita el mandato con --only-good." if batch.summary.get("halt") == "late" else " Repita el mandato."
        return f"La importación se detuvo a medias y nada de ella se ve todavía. {shown.halt_of(batch)}{again}"
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
