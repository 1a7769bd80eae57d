"""The sheets of this room, for templates, intake and export."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from cauce.access.models import Office
from cauce.exchange import Choice, Column, Day, Flag, Folio, Sheet, Text, Whole
from cauce.kernel.privacy import Privacy
from cauce.records.assistance import vocabulary
from cauce.records.assistance.enums import (
    DeclineReason,
    ItemState,
    ProcedureState,
    ReferralState,
    RefusalReason,
    ServiceState,
    SharedField,
    SupportState,
    Urgency,
)


def offices() -> dict[str, str]:
    return dict(Office.objects.values_list("code", "name"))


def _listed(key: str) -> Any:
    """Choices asked once per file: the mission may change its lists while the program runs."""
    return lambda: vocabulary.mapping(key)


def _person() -> Column:
    return Column(
        "folio",
        _("Folio de la persona"),
        Folio(max=24),
        required=True,
        example="MX-TIJ-004487",
        privacy=Privacy.CONFIDENTIAL,
        note=_("La persona se registra antes, o en la hoja Personas de este archivo"),
    )


def _case() -> Column:
    return Column(
        "case",
        _("Clave del caso"),
        Folio(max=24),
        example="MX-TIJ-C-00873",
        privacy=Privacy.CONFIDENTIAL,
        note=_("Vacía si no es parte de un caso de protección"),
    )


def _under() -> list[Column]:
    """Under what an act was done; the same last columns on every sheet."""
    return [
        Column("response", _("Respuesta"), Text(120), note=_("Clave o nombre, por ejemplo MPP"), hxl="#crisis"),
        Column("projects", _("Proyectos"), Folio(max=20), many=True, note=_("Claves separadas por punto y coma")),
        Column(
            "office",
            _("Oficina"),
            Choice(),
            choices=offices,
            note=_("Vacía: la oficina que importa"),
            hxl="#org+office",
        ),
    ]


def _site(*, required: bool = False) -> list[Column]:
    return [
        Column(
            "site", _("Sitio"), Text(160), required=required, note=_("Nombre u otro nombre conocido"), hxl="#loc+name"
        ),
        Column(
            "municipality",
            _("Municipio del sitio"),
            Text(120),
            note=_("Solo si hay varios sitios con ese nombre"),
            hxl="#adm2+name",
        ),
    ]


_STATE_NOTE = _("Vacío: según las fechas escritas")

SERVICES = Sheet(
    "services",
    _("Servicios"),
    [
        _person(),
        _case(),
        Column(
            "type", _("Tipo de servicio"), Choice(), choices=_listed("service_types"), required=True,
            privacy=Privacy.CONFIDENTIAL, hxl="#activity+type",
        ),
        Column(
            "kinds", _("Clases de consulta"), Choice(), choices=_listed("consultation_kinds"), many=True,
            privacy=Privacy.CONFIDENTIAL, note=_("Una visita es un renglón, con todas sus clases: médica; psicosocial"),
        ),
        Column("state", _("Estado"), Choice(), choices=dict(ServiceState.choices), note=_STATE_NOTE),
        Column("planned_on", _("Prevista para"), Day()),
        Column("delivered_on", _("Fecha del servicio"), Day(), hxl="#date+delivered"),
        Column("closed_on", _("Cancelada el"), Day()),
        *_site(),
        Column("provider", _("Quién lo presta"), Text(160), note=_("Vacío: la misión"), hxl="#org+impl"),
        Column("quantity", _("Cantidad"), Whole(min=1, max=10000), note=_("Vacía: 1"), hxl="#value+quantity"),
        Column(
            "outcome", _("Resultado de la prueba"), Choice(), choices=_listed("test_results"),
            privacy=Privacy.STRICTLY_CONFIDENTIAL,
        ),
        Column("note", _("Nota"), Text(2000, lines=True), privacy=Privacy.STRICTLY_CONFIDENTIAL),
        *_under(),
    ],
    note=_("Un servicio por renglón. Lo previsto, cancelado o con inasistencia se registra y no se cuenta."),
)  # fmt: skip

REFERRALS = Sheet(
    "referrals",
    _("Canalizaciones"),
    [
        _person(),
        _case(),
        Column(
            "to", _("Organización"), Text(160), required=True, note=_("Nombre u otro nombre conocido"), hxl="#org+to"
        ),
        Column(
            "type", _("Servicio que se pide"), Choice(), choices=_listed("service_types"), required=True,
            privacy=Privacy.CONFIDENTIAL, hxl="#activity+type",
        ),
        Column(
            "shared", _("Datos que se comparten"), Choice(), choices=dict(SharedField.choices), many=True,
            required=True, example=_("Folio; Necesidad"),
        ),
        Column("reason", _("Motivo"), Text(2000, lines=True), privacy=Privacy.STRICTLY_CONFIDENTIAL),
        Column("urgency", _("Urgencia"), Choice(), choices=dict(Urgency.choices), note=_("Vacía: ordinaria")),
        Column("state", _("Estado"), Choice(), choices=dict(ReferralState.choices), note=_STATE_NOTE),
        Column("sent_on", _("Enviada el"), Day(), hxl="#date+sent"),
        Column("answered_on", _("Respondida el"), Day()),
        Column("delivered_on", _("Cumplida el"), Day(), hxl="#date+delivered"),
        Column("closed_on", _("Cerrada el"), Day()),
        Column("closing", _("Motivo de cierre"), Choice(), choices=dict(DeclineReason.choices)),
        Column("closing_note", _("Otro motivo"), Text(500), privacy=Privacy.STRICTLY_CONFIDENTIAL),
        *_under(),
    ],
    note=_("Una canalización por renglón. Lo enviado sin consentimiento para canalizar se rechaza."),
)  # fmt: skip

PROCEDURES = Sheet(
    "procedures",
    _("Trámites de identidad"),
    [
        _person(),
        _case(),
        Column("type", _("Trámite"), Choice(), choices=_listed("identity_procedures"), required=True),
        Column("state", _("Estado"), Choice(), choices=dict(ProcedureState.choices), note=_STATE_NOTE),
        Column("received_on", _("Recibido el"), Day(), required=True, hxl="#date+received"),
        Column("submitted_on", _("Ingresado el"), Day()),
        Column("issued_on", _("Expedido el"), Day(), note=_("De esta fecha depende la cuenta"), hxl="#date+issued"),
        Column("delivered_on", _("Entregado el"), Day()),
        Column("refused_on", _("Negado el"), Day()),
        Column("refusal", _("Motivo de la negativa"), Choice(), choices=dict(RefusalReason.choices)),
        Column("missing", _("Qué falta"), Text(500), privacy=Privacy.STRICTLY_CONFIDENTIAL),
        Column("number", _("Número del documento"), Folio(), privacy=Privacy.STRICTLY_CONFIDENTIAL),
        *_site(),
        *_under(),
    ],
    note=_("Un trámite por renglón, de la solicitud a la entrega."),
)

ITEMS = Sheet(
    "items",
    _("Artículos entregados"),
    [
        _person(),
        _case(),
        Column(
            "item_class", _("Clase de artículo"), Choice(), choices=_listed("item_classes"), required=True,
            hxl="#item+type",
        ),
        Column("item", _("Artículo"), Text(120), hxl="#item+name"),
        Column("quantity", _("Cantidad"), Whole(min=1, max=10000), note=_("Vacía: 1"), hxl="#value+quantity"),
        Column("state", _("Estado"), Choice(), choices=dict(ItemState.choices), note=_STATE_NOTE),
        Column("planned_on", _("Prevista para"), Day()),
        Column("delivered_on", _("Fecha de entrega"), Day(), hxl="#date+delivered"),
        Column("closed_on", _("Cancelada el"), Day()),
        *_site(),
        Column("signed", _("Recibo firmado"), Flag()),
        *_under(),
    ],
    note=_("Una entrega por renglón. En los kits prenatal y posnatal la persona es la madre."),
)  # fmt: skip

SUPPORTS = Sheet(
    "site_support",
    _("Apoyos a sitios"),
    [
        *_site(required=True),
        Column(
            "item_class", _("Clase de artículo"), Choice(), choices=_listed("item_classes"), required=True,
            hxl="#item+type",
        ),
        Column("item", _("Artículo"), Text(120), hxl="#item+name"),
        Column("quantity", _("Cantidad"), Whole(min=1, max=1_000_000), required=True, hxl="#value+quantity"),
        Column("measure", _("Medida"), Text(30), example=_("cajas")),
        Column("state", _("Estado"), Choice(), choices=dict(SupportState.choices), note=_STATE_NOTE),
        Column("planned_on", _("Previsto para"), Day()),
        Column("dispatched_on", _("Enviado el"), Day()),
        Column("received_on", _("Recibido el"), Day(), hxl="#date+received"),
        Column("closed_on", _("Cancelado el"), Day()),
        Column(
            "signed_by", _("Quién firmó (función)"), Text(80), example=_("Coordinación del albergue"),
            note=_("Nunca un nombre"),
        ),
        Column("note_number", _("Número de acta"), Folio(max=40)),
        *_under(),
    ],
    note=_("Un renglón por artículo entregado a un sitio. Cuenta lo recibido y firmado."),
)  # fmt: skip

SHEETS = [SERVICES, REFERRALS, PROCEDURES, ITEMS, SUPPORTS]


def state_of(values: dict[str, Any], steps: tuple[tuple[str, str], ...], otherwise: str) -> str:
    """The state a row means: as written, or that of the last step it has a date for."""
    if values["state"]:
        return str(values["state"])
    return next((state for field, state in steps if values[field] is not None), otherwise)


SERVICE_STEPS = (("delivered_on", ServiceState.DELIVERED), ("closed_on", ServiceState.CANCELLED))
REFERRAL_STEPS = (
    ("delivered_on", ReferralState.DELIVERED),
    ("answered_on", ReferralState.ACCEPTED),
    ("sent_on", ReferralState.SENT),
)
PROCEDURE_STEPS = (
    ("refused_on", ProcedureState.REFUSED),
    ("delivered_on", ProcedureState.DELIVERED),
    ("issued_on", ProcedureState.ISSUED),
    ("submitted_on", ProcedureState.SUBMITTED),
)
ITEM_STEPS = (("delivered_on", ItemState.DELIVERED), ("closed_on", ItemState.NOT_DELIVERED))
SUPPORT_STEPS = (
    ("received_on", SupportState.RECEIVED),
    ("closed_on", SupportState.CANCELLED),
    ("dispatched_on", SupportState.DISPATCHED),
)
