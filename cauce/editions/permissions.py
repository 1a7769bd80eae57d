"""What people may do with editions, in plain words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

PERMISSIONS = {
    "editions.read": _("Leer ediciones en preparación y publicadas"),
    "editions.draft": _("Preparar borradores de ediciones"),
    "editions.request": _("Pedir la revisión de una edición"),
    "editions.approve": _("Aprobar o devolver ediciones que preparó otra persona"),
    "editions.publish": _("Publicar una edición aprobada"),
    "editions.withdraw": _("Retirar una edición publicada"),
}
