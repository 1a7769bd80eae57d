"""What one may be allowed to do with projects and months, in plain words."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from cauce.access.viewer import Viewer

PERMISSIONS = {
    "programmes.view": _("Ver proyectos, donantes, respuestas y el cierre de los meses de su oficina"),
    "programmes.edit": _("Registrar y corregir proyectos, donantes y respuestas"),
    "programmes.close": _("Entregar los datos de un mes de su oficina"),
    "programmes.validate": _("Validar y cerrar los meses que otra persona entregó, y reabrirlos"),
}


def check_can_submit(viewer: Viewer, office: str) -> None:
    """Who hands a month in works in that office. Raises PermissionDenied."""
    viewer.require("programmes.close")
    if not viewer.sees_office(office):
        raise PermissionDenied("programmes.close")


def check_can_validate(viewer: Viewer, office: str) -> None:
    """Validation is for those who see the office. Raises PermissionDenied."""
    viewer.require("programmes.validate")
    if not viewer.sees_office(office):
        raise PermissionDenied("programmes.validate")
