"""What a role may do here, in the words an administrator reads."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

PERMISSIONS = {
    "people.view": _("Ver fichas de personas que su oficina registró o recibió."),
    "people.search": _("Buscar personas por nombre, folio, documento o teléfono."),
    "people.register": _("Registrar personas y recibir en su oficina a las que otra oficina registró."),
    "people.correct": _("Corregir o anular fichas y documentos de personas, con motivo."),
    "people.consent": _("Registrar consentimientos y su retiro."),
    "people.groups": _("Formar grupos de viaje y cambiar quién los integra."),
    "people.decide": _("Poner y levantar decisiones que los demás deben respetar."),
    "people.names": _("Abrir un nombre reservado, con motivo y aviso al punto focal de protección de datos."),
}
