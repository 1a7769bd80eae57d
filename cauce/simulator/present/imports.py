"""Files that colleagues sent: one waits for a decision, one was written without its bad rows, one was taken
back, one could not be read."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from cauce.access.viewer import Viewer
from cauce.capture import actions
from cauce.capture.run import import_file
from cauce.records.models import Batch
from cauce.records.places.models import Site
from cauce.simulator.present.cast import Cast

State = Batch.State
Line = Sequence[str]
_CSO, _PRIVATE = "Organización de la sociedad civil", "Particular (LFPDPPP)"


def imports(folder: Path, loader: Viewer) -> None:
    """Send the files as their senders would. Each is written once; interrupted, it goes on with the same file."""
    cast = Cast(loader)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _send(folder / "albergue-registro-semanal.csv", _register(cast), cast["ana"], State.CHECKED)
    _send(folder / "entregas-albergues.csv", _supports(cast), cast["lalo"], State.COMPLETE, only_good=True)
    _send(folder / "notas-de-la-reunion.csv", _notes(), cast["luis"], State.REFUSED, sheets=("places.organisations",))
    path = folder / "organizaciones-copia.csv"
    if not Batch.objects.filter(filename=path.name, state=State.WITHDRAWN).exists():
        batch = _send(path, _organisations(), cast["luis"], State.COMPLETE)
        actions.withdraw(batch, reason="Era una copia de prueba de la oficina (simulado)", by=cast["luis"])


def _send(
    path: Path, lines: Sequence[Line], by: Viewer, ends: str, *, only_good: bool = False, sheets: Line = ()
) -> Batch:
    """Import a file unless it has come to where it ends."""
    batch = Batch.objects.filter(filename=path.name, state=ends).first()
    if batch is not None:
        return batch
    if not path.exists():
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(lines)
    batch = import_file(path, by, only_good=only_good, sheets=sheets)
    if batch.state != ends:
        raise ValueError(f"{path.name} is {batch.state}, expected {ends}: {batch.summary}")
    return batch


def _register(cast: Cast) -> list[Line]:
    """A shelter's list: good rows, and mistakes that the dry run explains."""
    day = cast.day(-1).strftime("%d/%m/%Y")
    return [
        ("Fecha de registro", "Nombres", "Primer apellido", "Sexo", "Edad estimada", "Nacionalidad",
         "Consentimiento para servicios"),
        (day, "Keyla Sarahí (simulada)", "Maradiaga", "Mujer", "24", "Honduras", "Sí"),
        (day, "Wislande (simulada)", "Joseph", "Mujer", "31", "Haití", "Sí"),
        (day, "Elmer (simulado)", "Ajanel", "Hombre", "37", "Guatemala", "Sí"),
        (cast.day(3).strftime("%d/%m/%Y"), "Brayan (simulado)", "Tejada", "Hombre", "19", "El Salvador", "Sí"),
        (day, "", "", "Hombre", "27", "Guatemala", "Sí"),
        (day, "Nohemí (simulada)", "Caal", "Mujer", "veinte", "Guatemala", "Sí"),
        (day, "Elías (simulado)", "Rojas", "Hombre", "42", "Venezuela", "No"),
    ]  # fmt: skip


def _supports(cast: Cast) -> list[Line]:
    """Deliveries of last week; one to a place nobody knows."""
    sites = Site.objects.live().filter(kind="shelter", municipality="02004", closed=None).order_by("name")[7:10]
    day = cast.day(-6).strftime("%d/%m/%Y")
    rows = [(site.name, "Tijuana", "Higiene", "120", "piezas", day, "Coordinación del albergue") for site in sites]
    header = ("Sitio", "Municipio", "Clase de artículo", "Cantidad", "Medida", "Recibido el", "Quién firmó (función)")
    return [header, *rows, ("Albergue que nadie conoce", "Tijuana", "Higiene", "30", "piezas", day, "Coordinación")]


def _organisations() -> list[Line]:
    return [
        ("Nombre", "Tipo", "Municipio", "Régimen legal", "Puesto de contacto"),
        ("Red de casas (simulada, copia)", _CSO, "Tijuana", _PRIVATE, "Coordinación"),
        ("Voluntariado del puerto (simulado, copia)", _CSO, "Tapachula", _PRIVATE, "Coordinación"),
    ]


def _notes() -> list[Line]:
    """Not a list of anything."""
    return [("Acuerdos de la reunión", "Quién"), ("Comprar café", "Todas"), ("Mandar la minuta", "Luis")]
