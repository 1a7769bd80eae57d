"""What people may do in this room, in plain words; ``access.roles`` gives them to roles."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cauce.access.viewer import Viewer

VIEW, EDIT, ATTEND = "activities.view", "activities.edit", "activities.attend"

PERMISSIONS = {
    VIEW: _("Ver eventos, sus sesiones y cuántas personas asistieron, en su oficina"),
    EDIT: _("Planear, corregir, realizar, evaluar, validar y cancelar eventos de su oficina"),
    ATTEND: _("Registrar asistencia y conteos, y ver los nombres de las listas de asistencia"),
}


def check_edit(by: Viewer) -> None:
    by.require(EDIT)


def check_attend(by: Viewer) -> None:
    by.require(ATTEND)


def sees_names(viewer: Viewer) -> bool:
    """Names on attendance lists are for those who keep the lists (domain.md R7)."""
    return viewer.may(ATTEND)
