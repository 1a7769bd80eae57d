"""What an entry of the log says, as a sentence a person reads."""

from __future__ import annotations

from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cauce.access.roles import ROLES
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
    "expire": gettext_lazy("Borró, cumplido su plazo"),
    "change_password": gettext_lazy("Cambió su contraseña"),
    "reset_password": gettext_lazy("Puso una nueva primera contraseña"),
    "language": gettext_lazy("Cambió de idioma"),
    "verify": gettext_lazy("Comprobó"),
    "search": gettext_lazy("Buscó"),
    "group": gettext_lazy("Movió de grupo"),
    "restrict": gettext_lazy("Restringió"),
    "receive": gettext_lazy("Recibió"),
    "recategorise": gettext_lazy("Cambió la categoría"),
    "open": gettext_lazy("Abrió"),
    "file": gettext_lazy("Asignó a una ronda"),
    "decide": gettext_lazy("Puso una indicación"),
    "upload": gettext_lazy("Envió un archivo"),
    "uncomplete": gettext_lazy("Quitó la conclusión"),
    "stop": gettext_lazy("Detuvo"),
    "resume": gettext_lazy("Reanudó"),
    "reserve": gettext_lazy("Reservó"),
    "release": gettext_lazy("Quitó la reserva"),
    "refuse": gettext_lazy("Rechazó"),
    "plan": gettext_lazy("Planeó"),
    "offer": gettext_lazy("Ofreció"),
    "end": gettext_lazy("Terminó"),
    "draft": gettext_lazy("Preparó un borrador"),
    "consent": gettext_lazy("Anotó un consentimiento"),
    "confirm": gettext_lazy("Confirmó"),
    "check": gettext_lazy("Revisó"),
    "assign": gettext_lazy("Asignó"),
}


# What each table holds, in words; a test names the tables that are missing here.
THINGS = {
    "access.user": gettext_lazy("cuenta"),
    "access.office": gettext_lazy("oficina"),
    "access.grant": gettext_lazy("función de una cuenta"),
    "access.elevation": gettext_lazy("sesión elevada"),
    "audit.entry": gettext_lazy("bitácora"),
    "records.batch": gettext_lazy("importación"),
    "places.site": gettext_lazy("sitio"),
    "places.organisation": gettext_lazy("organización"),
    "places.serviceoffered": gettext_lazy("servicio que se ofrece"),
    "programmes.donor": gettext_lazy("donante"),
    "programmes.project": gettext_lazy("proyecto"),
    "programmes.response": gettext_lazy("respuesta"),
    "programmes.monthlyclosing": gettext_lazy("cierre del mes"),
    "people.person": gettext_lazy("persona"),
    "people.travelgroup": gettext_lazy("grupo de viaje"),
    "people.reception": gettext_lazy("recepción de una persona"),
    "people.identitydocument": gettext_lazy("documento de identidad"),
    "people.notice": gettext_lazy("aviso de privacidad"),
    "people.consent": gettext_lazy("consentimiento"),
    "people.decision": gettext_lazy("indicación sobre una persona"),
    "assistance.service": gettext_lazy("servicio"),
    "assistance.referral": gettext_lazy("canalización"),
    "assistance.identityprocedure": gettext_lazy("trámite de identidad"),
    "assistance.itemdelivery": gettext_lazy("artículo entregado"),
    "assistance.sitesupport": gettext_lazy("apoyo a un sitio"),
    "assistance.supportline": gettext_lazy("renglón de un apoyo"),
    "activities.event": gettext_lazy("evento"),
    "activities.session": gettext_lazy("sesión de un evento"),
    "activities.participation": gettext_lazy("participación"),
    "activities.evaluation": gettext_lazy("evaluación de un evento"),
    "surveys.round": gettext_lazy("ronda de encuestas"),
    "surveys.interview": gettext_lazy("entrevista"),
    "protection.case": gettext_lazy("caso"),
    "protection.episode": gettext_lazy("episodio de un caso"),
    "protection.gbvdetail": gettext_lazy("detalle reservado de un caso"),
    "protection.traffickingdetail": gettext_lazy("detalle reservado de un caso"),
    "protection.childdetail": gettext_lazy("detalle reservado de un caso"),
    "editions.edition": gettext_lazy("edición"),
}


def table_name(table: str) -> str:
    """The thing a table holds, in words; the table's own name when there are none."""
    return str(THINGS.get(table, table))


def role_name(roles: str) -> str:
    """The roles of an entry in words: ``case_worker+trainer`` → «Gestión de casos, Capacitación»."""
    known = {
        **{key: role.name for key, role in ROLES.items()},
        "system": _("El sistema"),
        "own_account": _("Su cuenta"),
    }
    return ", ".join(str(known.get(role, role)) for role in roles.split("+"))


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
