"""What people may do in this room, in plain words; ``access.roles`` gives them to roles."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cauce.access.viewer import Viewer

VIEW, EDIT = "surveys.view", "surveys.edit"

PERMISSIONS = {
    VIEW: _("Ver rondas de encuesta y entrevistas anónimas"),
    EDIT: _("Planear, cerrar y publicar rondas; capturar, corregir y asignar entrevistas"),
}


def check_edit(by: Viewer) -> None:
    by.require(EDIT)
