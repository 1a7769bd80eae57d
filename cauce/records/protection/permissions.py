"""What a role may do here, in plain words; and the vaults, which are asked beside the permission."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from cauce.access.viewer import Viewer
from cauce.kernel.problems import Problem
from cauce.records.protection.enums import Sensitivity

PERMISSIONS = {
    "protection.view": _("Ver los casos de protección de su oficina; los reservados, solo quien tiene su reserva"),
    "protection.open": _("Abrir casos de protección"),
    "protection.work": _("Trabajar casos: necesidades, categorías, pausas, próximos pasos y responsable"),
    "protection.close": _("Cerrar y reabrir casos, con motivo"),
    "protection.vault": _("Leer y escribir el detalle de violencia, de trata o de niñez, según su reserva"),
}


def holds(viewer: Viewer, sensitivity: str) -> bool:
    """May the viewer open cases of this class?"""
    return sensitivity == Sensitivity.STANDARD or sensitivity in viewer.vaults


def check_class(viewer: Viewer, sensitivity: str) -> None:
    """Raises Problem: a case of a restricted class is for those who hold its role (domain.md §6.5).

    The sentence does not name the class: it may be read over a shoulder.
    """
    if not holds(viewer, sensitivity):
        raise Problem(
            "protection.restricted",
            _("Este caso corresponde a personal especializado y usted no puede registrarlo."),
            fix=_("No escriba el relato. Llame a la persona especialista de su oficina, que lo abrirá."),
            field="categories",
        )


def check_vault(viewer: Viewer, vault: str) -> None:
    """Raises PermissionDenied without ``protection.vault`` or without the vault itself."""
    viewer.require("protection.vault")
    if vault not in viewer.vaults:
        raise PermissionDenied(f"vault {vault}")
