"""What one may be allowed to do with places, in plain words, and who may touch an entry."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from cauce.access.viewer import Viewer

PERMISSIONS = {
    "places.view": _("Ver sitios, organizaciones y los servicios que ofrecen"),
    "places.edit": _("Registrar y corregir sitios, organizaciones y servicios de su oficina"),
    "places.address": _("Ver la dirección de sitios protegidos; cada consulta queda en la bitácora"),
}


def check_can_edit(viewer: Viewer, office: str) -> None:
    """Editors work on the entries of their own office. Raises PermissionDenied."""
    viewer.require("places.edit")
    if not viewer.sees_office(office):
        raise PermissionDenied("places.edit")


def may_edit(viewer: Viewer, office: str) -> bool:
    return viewer.may("places.edit") and viewer.sees_office(office)


def may_read_address(viewer: Viewer, protected: bool) -> bool:
    """An open address is everybody's; a protected one needs the permission."""
    return not protected or viewer.may("places.address")
