"""The sheets of this room, for templates, intake and export: events, attendance lists, head counts."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from cauce.access.models import Office
from cauce.exchange.columns import Column, Sheet
from cauce.exchange.kinds import Choice, Day, Decimal, Flag, Folio, Text, Whole
from cauce.kernel.privacy import Privacy
from cauce.records.activities import vocabularies
from cauce.records.activities.enums import CountedAge, EventState, Presence, Sex


def offices() -> dict[str, str]:
    return dict(Office.objects.values_list("code", "name"))


def _event() -> Column:
    return Column("event", _("Clave del evento"), Folio(24), required=True, example="TIJ-E22-0007")


def _sector() -> Column:
    return Column(
        "sector",
        _("Sector"),
        Choice(),
        choices=vocabularies.sectors,
        many=True,
        required=True,
        hxl="#group+sector",
        note=_("Si pertenece a varios, sepárelos con punto y coma: se cuenta uno, primero el de albergues."),
    )


def _sex() -> Column:
    return Column("sex", _("Sexo"), Choice(), choices=dict(Sex.choices), hxl="#sex", note=_("Vacío: sin dato"))


EVENTS = Sheet(
    "events",
    _("Eventos"),
    [
        Column("code", _("Clave"), Folio(24), required=True, example="TIJ-E22-0007", hxl="#activity+code"),
        Column(
            "type", _("Tipo"), Choice(), choices=vocabularies.event_types, required=True, hxl="#activity+type"
        ),
        Column("title", _("Título"), Text(200), required=True, hxl="#activity+name"),
        Column("starts_on", _("Inicio"), Day(), required=True, hxl="#date+start"),
        Column("ends_on", _("Fin"), Day(), note=_("Vacío: el mismo día"), hxl="#date+end"),
        Column("state", _("Estado"), Choice(), choices=dict(EventState.choices), required=True),
        Column("cancel_reason", _("Motivo de cancelación"), Text(400)),
        Column(
            "modality", _("Modalidad"), Choice(), choices=vocabularies.modalities, note=_("Vacía: presencial")
        ),
        Column(
            "language", _("Idioma"), Choice(), choices=vocabularies.languages, note=_("Vacío: español")
        ),
        Column(
            "municipality", _("Municipio"), Text(120), example="Tijuana, Baja California",
            note=_("Clave INEGI o nombre, con el estado si hay varios; vacío si fue en línea"), hxl="#adm2+name",
        ),
        Column("site", _("Sitio"), Text(160), note=_("Nombre u otro nombre conocido"), hxl="#loc+name"),
        Column("organiser", _("Organiza"), Text(160), note=_("Vacío: la misión"), hxl="#org"),
        Column("partners", _("Con quién"), Text(160), many=True, note=_("Nombres separados por punto y coma")),
        Column("topics", _("Temas"), Choice(), choices=vocabularies.topics, many=True, hxl="#subsector"),
        Column("facilitators", _("Personas facilitadoras"), Whole(0, 500)),
        Column("session_days", _("Fechas de las sesiones"), Day(), many=True, note=_("Vacías: cada día del evento")),
        Column(
            "hours", _("Horas en total"), Decimal(style=",", places=1, min=0, max=2000),
            note=_("Se reparten por igual entre las sesiones; vacías si no se llevan horas"),
        ),
        Column("response", _("Respuesta"), Text(120), note=_("Clave o nombre, por ejemplo MPP"), hxl="#crisis"),
        Column("projects", _("Proyectos"), Folio(20), many=True, note=_("Claves separadas por punto y coma")),
        Column(
            "office", _("Oficina"), Choice(), choices=offices, note=_("Vacía: la oficina que importa"), hxl="#org+office"
        ),
    ],
    note=_("Un evento por renglón, aunque dure varios días o sea en varios lugares."),
)  # fmt: skip

ATTENDANCE = Sheet(
    "attendance",
    _("Asistencia individual"),
    [
        _event(),
        Column("name", _("Nombre"), Text(160), privacy=Privacy.CONFIDENTIAL, note=_("Puede quedar vacío")),
        Column(
            "person", _("Folio de la persona"), Folio(24), privacy=Privacy.CONFIDENTIAL,
            note=_("Solo personas registradas; obligatorio en cursos de competencias laborales"),
        ),
        _sector(),
        _sex(),
        Column("age", _("Edad"), Whole(0, 120), privacy=Privacy.CONFIDENTIAL),
        Column("organisation", _("Institución"), Text(160), privacy=Privacy.CONFIDENTIAL),
        Column("position", _("Cargo"), Text(120), privacy=Privacy.CONFIDENTIAL),
        Column(
            "presence", _("Asistencia"), Choice(), choices=dict(Presence.choices), note=_("Vacía: asistió")
        ),
        Column("sessions", _("Sesiones a las que fue"), Day(), many=True, note=_("Fechas; vacías: a todas")),
        Column("pre_score", _("Prueba inicial"), Decimal(style=",", places=1, min=0, max=100)),
        Column("post_score", _("Prueba final"), Decimal(style=",", places=1, min=0, max=100)),
    ],
    note=_("Una persona por renglón. El evento se registra antes, o en la hoja Eventos de este archivo."),
)  # fmt: skip

COUNTS = Sheet(
    "counts",
    _("Conteos"),
    [
        _event(),
        _sector(),
        _sex(),
        Column("counted_age", _("Grupo de edad"), Choice(), choices=dict(CountedAge.choices)),
        Column("quantity", _("Personas"), Whole(1, 100_000), required=True, hxl="#reached"),
        Column("organisation", _("Institución"), Text(160)),
        Column(
            "apart", _("Son otras que las de la lista"), Flag(),
            note=_("Sí, si ese sector también tiene lista de nombres en el mismo evento y aquí no se repite a nadie"),
        ),
    ],
    note=_("Para actos abiertos o cuando solo se contó. Un renglón por sector y sexo."),
)  # fmt: skip

SHEETS: list[Sheet] = [EVENTS, ATTENDANCE, COUNTS]


def of_event(event: Any) -> dict[str, Any]:
    """An event as a row of the sheet (export); what the sheet asks and the event does not hold stays empty."""
    return {
        "code": event.code, "type": event.type, "title": event.title, "starts_on": event.starts_on,
        "ends_on": event.ends_on, "state": event.state, "cancel_reason": event.cancel_reason,
        "modality": event.modality, "language": event.language,
        "municipality": str(event.municipality or ""), "site": str(event.site or ""),
        "organiser": str(event.organiser or ""), "topics": event.topics, "facilitators": event.facilitators,
        "response": event.response.code if event.response else "", "projects": event.projects,
        "office": event.office_id,
    }  # fmt: skip
