"""What one may be allowed to do with imports, in plain words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cauce.access.viewer import Viewer
from cauce.records.models import Batch

PERMISSIONS = {
    "capture.import": _("Importar hojas de cálculo a los registros que puede escribir"),
    "capture.withdraw": _("Retirar por completo una importación de su oficina"),
}


def may_read_rows(viewer: Viewer, batch: Batch) -> bool:
    """The rows of a file may hold anything, also of vaults: only who sent it reads them here."""
    return batch.by == viewer.id


def may_decide(viewer: Viewer, batch: Batch) -> bool:
    """Confirming writes in one's own name: only who sent the file can."""
    return viewer.may("capture.import") and batch.by == viewer.id


def may_withdraw(viewer: Viewer, batch: Batch) -> bool:
    return viewer.may("capture.withdraw") and viewer.sees_office(batch.office_id)
