"""The sheet of cases, for templates, intake and export."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from cauce.exchange import Choice, Column, Day, Folio, Sheet, Text
from cauce.kernel.privacy import Privacy
from cauce.records.assistance import vocabulary
from cauce.records.assistance.columns import offices
from cauce.records.protection import rules
from cauce.records.protection.enums import CaseState, LawTerm, LegalBasis, Risk, Uasc


def _listed(key: str) -> Any:
    return lambda: vocabulary.mapping(key)


def _said(choices: list[tuple[str, Any]]) -> dict[str, Any]:
    """The choices of a list without its empty one: an empty cell says that."""
    return {code: label for code, label in choices if code}


CASES = Sheet(
    "cases",
    _("Casos"),
    [
        Column(
            "code", _("Clave del caso"), Folio(max=24), example="MX-TIJ-C-00873",
            note=_("Vacía: la oficina da la siguiente"),
        ),
        Column(
            "folio", _("Folio de la persona"), Folio(max=24), required=True, example="MX-TIJ-004487",
            privacy=Privacy.CONFIDENTIAL,
        ),
        Column("identified_on", _("Identificado el"), Day(), note=_("Vacío: el día en que se abrió")),
        Column("opened_on", _("Abierto el"), Day(), hxl="#date+start"),
        Column("state", _("Estado"), Choice(), choices=dict(CaseState.choices), note=_("Vacío: según las fechas")),
        Column(
            "categories", _("Categorías que aplican"), Choice(), choices=_listed(rules.CATEGORIES), many=True,
            privacy=Privacy.CONFIDENTIAL, note=_("La principal se calcula: ver la guía de categorías"),
        ),
        Column(
            "needs", _("Necesidades"), Choice(), choices=_listed("needs"), many=True, required=True,
            privacy=Privacy.CONFIDENTIAL,
            note=_("«Cuidados prenatales» y «Protección especial de NNA» añaden su categoría"),
        ),
        Column("risk", _("Riesgo"), Choice(), choices=dict(Risk.choices), privacy=Privacy.CONFIDENTIAL),
        Column("channel", _("Cómo llegó"), Choice(), choices=_listed("channels"), required=True),
        Column(
            "population", _("Población"), Choice(), choices=_listed("populations"), required=True,
            privacy=Privacy.CONFIDENTIAL,
        ),
        Column(
            "uasc", _("Situación de NNA (Naciones Unidas)"), Choice(), choices=_said(Uasc.choices),
            privacy=Privacy.CONFIDENTIAL,
        ),
        Column(
            "law_term", _("Situación de NNA (ley mexicana)"), Choice(), choices=_said(LawTerm.choices),
            privacy=Privacy.CONFIDENTIAL,
        ),
        Column(
            "legal_basis", _("Base de licitud"), Choice(), choices=dict(LegalBasis.choices),
            note=_("Vacía: consentimiento"),
        ),
        Column(
            "basis_reason", _("Por qué sin consentimiento"), Text(500), privacy=Privacy.STRICTLY_CONFIDENTIAL,
        ),
        Column("closed_on", _("Cerrado el"), Day(), hxl="#date+end"),
        Column("closing", _("Motivo de cierre"), Choice(), choices=_listed("case_closings")),
        Column("closing_note", _("Detalle del cierre"), Text(500), privacy=Privacy.STRICTLY_CONFIDENTIAL),
        Column("owner", _("Responsable (usuario)"), Text(40), note=_("Nombre de usuario en Cauce")),
        Column("office", _("Oficina"), Choice(), choices=offices, note=_("Vacía: la oficina que importa")),
    ],
    note=_("Un caso por renglón. Los reservados solo los importa quien tiene su reserva. Sin relatos."),
)  # fmt: skip

SHEETS = [CASES]
STEPS = (("closed_on", CaseState.CLOSED), ("opened_on", CaseState.OPEN))
