"""What a person may see across rooms, in plain words."""

from django.utils.translation import gettext_lazy as _

PERMISSIONS = {
    "desk.home": _("Ver su página de hoy"),
    "desk.search": _("Buscar personas, casos, eventos y sitios que puede ver"),
    "figures.view": _("Ver las cifras, con sus reglas y desgloses"),
    "figures.records": _("Ver los registros detrás de una cifra, de los que puede ver"),
    "audit.view": _("Ver la bitácora de escrituras y lecturas sensibles"),
    "audit.verify": _("Comprobar que nadie alteró la bitácora"),
}
