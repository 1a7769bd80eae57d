"""What a person may do with accounts and with the log, in plain words."""

from django.utils.translation import gettext_lazy as _

PERMISSIONS = {
    "access.view": _("Ver cuentas, funciones y oficinas"),
    "access.edit": _("Crear y cerrar cuentas y oficinas (en sesión elevada)"),
    "access.grant": _("Dar y quitar funciones (en sesión elevada)"),
}
