"""What the screens say about an import: states in words, counts as tiles, reasons for a halt."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from cauce.capture.intakes import registry
from cauce.records.models import Batch
from cauce.ui.parts import Progress, Slice, Tile

TONES = {
    "uploaded": "waiting", "checking": "waiting", "checked": "primary", "writing": "waiting", "complete": "ok",
    "refused": "danger", "withdrawn": "grey",
}  # fmt: skip

HALTS = {
    "late": lazy(
        "Desde la revisión, algunas filas dejaron de ser válidas: otra persona registró lo mismo o cambió algo."
    ),
    "permission": lazy("Quien subió el archivo ya no tiene la función que hace falta para escribir estos registros."),
    "disk": lazy("No hay espacio en el disco del servidor. Avise a quien administra el sistema."),
    "capture.sender_gone": lazy("Quien subió el archivo ya no tiene una cuenta abierta."),
    "capture.file_gone": lazy("El archivo ya no está guardado. Retire la importación y súbalo otra vez."),
}


def rows_until(batch: Batch) -> datetime | None:
    """When the rows of the report are removed; None while nobody can say, or when there are none."""
    if batch.state != Batch.State.COMPLETE or not batch.completed_at or not batch.findings.exists():
        return None
    return batch.completed_at + timedelta(days=settings.CAUCE_FINDINGS_DAYS)


def rows_gone(batch: Batch) -> str:
    """Why the report no longer says what was wrong; empty while it does."""
    if batch.state not in (Batch.State.COMPLETE, Batch.State.REFUSED) or batch.findings.exists():
        return ""
    if batch.state == Batch.State.REFUSED:
        return _("El motivo ya se borró: se guarda %(days)s días.") % {"days": settings.CAUCE_FINDINGS_DAYS}
    return _("Las filas de esta importación ya se borraron: se guardan %(days)s días.") % {
        "days": settings.CAUCE_FINDINGS_DAYS
    }


def is_stopped(batch: Batch) -> bool:
    return batch.stop_requested and batch.state in ("uploaded", "checking", "writing")


def is_running(batch: Batch) -> bool:
    return not batch.stop_requested and batch.state in ("uploaded", "checking", "writing")


def state_of(batch: Batch) -> str:
    return _("Detenido") if is_stopped(batch) else batch.get_state_display()


def tone_of(batch: Batch) -> str:
    return "danger" if is_stopped(batch) else TONES[batch.state]


def halt_of(batch: Batch) -> Any:
    """Why it stopped; a sentence even for what nobody foresaw."""
    reason = batch.summary.get("halt")
    if not reason:
        return _("Alguien lo detuvo. Nada se pierde: puede reanudarse donde quedó.")
    return HALTS.get(reason) or _("Hubo un error del sistema. Lo escrito está a salvo; puede reanudarse donde quedó.")


def progress_of(batch: Batch) -> Progress:
    if is_stopped(batch):
        return Progress(batch.cursor, batch.total, _("Detenido"), "waiting", halt_of(batch))
    label = _("Escribiendo los registros") if batch.state == "writing" else _("Revisando fila por fila")
    detail = (
        _("Aparecerán todos a la vez, al terminar.")
        if batch.state == "writing"
        else _("Todavía no se guarda nada en los registros.")
    )
    state = "running" if is_running(batch) else "done"
    return Progress(min(batch.cursor, batch.total), batch.total, label, state, detail)


def counts_of(batch: Batch) -> dict[str, int]:
    counts = batch.summary.get("counts", {})
    return {name: counts.get(name, 0) for name in ("accepted", "mended", "duplicate", "refused")}


def good_of(batch: Batch) -> int:
    counts = counts_of(batch)
    return counts["accepted"] + counts["mended"]


def tiles_of(batch: Batch) -> list[Tile]:
    """The rows of the file, each in one of four counts."""
    counts = counts_of(batch)
    alarm = "danger" if counts["refused"] else "slate"
    return [
        Tile(counts["accepted"], _("buenas"), _("sin cambios"), tone="primary"),
        Tile(counts["mended"], _("reparadas"), _("por regla"), tone="slate"),
        Tile(counts["duplicate"], _("repetidas"), _("ya estaban"), tone="slate"),
        Tile(counts["refused"], _("rechazadas"), _("no entran"), tone=alarm),
    ]


def sheet_label(key: str) -> str:
    """A sheet in words; one whose intake is gone keeps its key."""
    intake = registry.of_sheet(key)
    return _capital(intake.sheet.label) if intake else key


def _capital(label: Any) -> str:
    """With a capital, and abbreviations left as they are."""
    text = str(label)
    return text[:1].upper() + text[1:]


def sheet_labels(batch: Batch) -> str:
    """The sheets found in the file; those asked for, while it was not yet read."""
    found = [sheet["key"] for sheet in batch.summary.get("sheets", [])]
    if found:
        return ", ".join(map(sheet_label, found))
    return ", ".join(_capital(intake.sheet.label) for intake in registry.chosen(batch.sheets))


def columns_with_problems(batch: Batch) -> list[Slice]:
    """In how many refused rows each column has a problem, the most frequent first."""
    slices = []
    for sheet in batch.summary.get("sheets", []):
        intake = registry.of_sheet(sheet["key"])
        labels = {column.key: str(column.label) for column in intake.sheet.columns} if intake else {}
        slices += [Slice(labels.get(key, key), rows) for key, rows in sheet.get("fields", {}).items()]
    return sorted(slices, key=lambda each: -each.value)[:8]
