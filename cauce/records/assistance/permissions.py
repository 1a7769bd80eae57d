"""What a role may do here, in plain words."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from cauce.access.viewer import Viewer
from cauce.records.assistance.vocabulary import HEALTH_TYPES

PERMISSIONS = {
    "assistance.view": _("Ver los servicios, canalizaciones, trámites y entregas de su oficina"),
    "assistance.serve": _("Registrar servicios, y cancelarlos, corregirlos o anularlos con motivo"),
    "assistance.health": _("Registrar consultas y pruebas, y leer su detalle"),
    "assistance.refer": _("Canalizar personas a otras organizaciones y anotar la respuesta"),
    "assistance.override": _("Aprobar que una canalización de otra persona salga sin consentimiento, con motivo"),
    "assistance.identity": _("Llevar trámites de documentos de identidad"),
    "assistance.items": _("Entregar artículos y kits a personas"),
    "assistance.site_support": _("Registrar apoyos entregados a albergues y otros sitios"),
}


def may_read_health(viewer: Viewer) -> bool:
    """Kinds, results and notes of consultations and tests are for health staff."""
    return viewer.may("assistance.health")


def check_serve(viewer: Viewer, types: Iterable[str]) -> None:
    """Raises PermissionDenied: services need their permission, consultations and tests that of health."""
    viewer.require("assistance.serve")
    if any(each in HEALTH_TYPES for each in types):
        viewer.require("assistance.health")


def check_vault(viewer: Viewer, vault: str) -> None:
    """An act of a restricted process is written by those who may open the process."""
    if vault and vault not in viewer.vaults:
        raise PermissionDenied(f"vault {vault}")
