"""What an entry of the log says, as a sentence a person reads."""

from __future__ import annotations

from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cauce.audit.models import Entry

# Verbs that every room uses; a room's own states are said with their label.
VERBS = {
    "add": gettext_lazy("Registró"),
    "register": gettext_lazy("Registró"),
    "correct": gettext_lazy("Corrigió"),
    "void": gettext_lazy("Anuló"),
    "read": gettext_lazy("Leyó"),
    "break_glass": gettext_lazy("Abrió un nombre reservado"),
    "grant": gettext_lazy("Dio una función"),
    "end_grant": gettext_lazy("Quitó una función"),
    "elevate": gettext_lazy("Inició una sesión elevada"),
    "end_elevation": gettext_lazy("Terminó una sesión elevada"),
    "close": gettext_lazy("Cerró"),
    "reopen": gettext_lazy("Reabrió"),
    "export": gettext_lazy("Exportó"),
    "complete": gettext_lazy("Completó"),
    "withdraw": gettext_lazy("Retiró"),
    "change_password": gettext_lazy("Cambió su contraseña"),
    "reset_password": gettext_lazy("Puso una nueva primera contraseña"),
    "language": gettext_lazy("Cambió de idioma"),
    "verify": gettext_lazy("Comprobó"),
}


def table_name(table: str) -> str:
    """The thing a table holds, in words; the table's own name when the model is gone."""
    try:
        return str(apps.get_model(table)._meta.verbose_name)
    except (LookupError, ValueError):
        return table


def sentence(entry: Entry) -> str:
    """«Corrigió: persona»; a state step names the state."""
    verb = VERBS.get(entry.verb)
    if verb is None:
        return _("Cambió a «%(state)s»: %(thing)s") % {"state": _state(entry), "thing": table_name(entry.table)}
    return f"{verb}: {table_name(entry.table)}"


def _state(entry: Entry) -> str:
    """The label of a state, when the table has a field with that choice."""
    try:
        fields = apps.get_model(entry.table)._meta.get_fields()
    except (LookupError, ValueError):
        return entry.verb
    for field in fields:
        label = dict(getattr(field, "flatchoices", None) or ()).get(entry.verb)
        if label:
            return str(label)
    return entry.verb
