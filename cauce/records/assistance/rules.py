"""Is it allowed: state machines and checks of assistance. Pure: values in, Problem out."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from cauce.kernel.problems import Problem
from cauce.records.assistance.enums import ItemState, ProcedureState, ReferralState, ServiceState, SupportState
from cauce.records.assistance.vocabulary import CONSULTATION, KITS, TEST

SERVICE = {
    ServiceState.PLANNED: {ServiceState.DELIVERED, ServiceState.CANCELLED, ServiceState.NO_SHOW},
}
REFERRAL = {
    ReferralState.DRAFT: {ReferralState.SENT, ReferralState.REVOKED},
    ReferralState.SENT: {ReferralState.ACCEPTED, ReferralState.DECLINED, ReferralState.REVOKED},
    ReferralState.ACCEPTED: {ReferralState.DELIVERED, ReferralState.NOT_DELIVERED, ReferralState.REVOKED},
}
PROCEDURE = {
    ProcedureState.RECEIVED: {ProcedureState.INCOMPLETE, ProcedureState.SUBMITTED, ProcedureState.REFUSED},
    ProcedureState.INCOMPLETE: {ProcedureState.SUBMITTED, ProcedureState.REFUSED},
    ProcedureState.SUBMITTED: {ProcedureState.ISSUED, ProcedureState.REFUSED},
    ProcedureState.ISSUED: {ProcedureState.DELIVERED},
}
ITEM = {
    ItemState.PLANNED: {ItemState.DELIVERED, ItemState.NOT_DELIVERED},
}
SUPPORT = {
    SupportState.PLANNED: {SupportState.DISPATCHED, SupportState.RECEIVED, SupportState.CANCELLED},
    SupportState.DISPATCHED: {SupportState.RECEIVED, SupportState.CANCELLED},
    SupportState.RECEIVED: {SupportState.CORRECTED},
}
OPEN_REFERRALS = (ReferralState.DRAFT, ReferralState.SENT, ReferralState.ACCEPTED)
MAX_KITS = 3

# Which dates a state stands on: state → (dates that must be there, dates that must not). The
# database has the same pairs as CHECKs; here they are said in words, field by field.
SERVICE_DATES = {
    ServiceState.PLANNED: (("planned_on",), ("delivered_on", "closed_on")),
    ServiceState.DELIVERED: (("delivered_on",), ("closed_on",)),
    ServiceState.CANCELLED: (("closed_on",), ("delivered_on",)),
    ServiceState.NO_SHOW: (("closed_on",), ("delivered_on",)),
}
ITEM_DATES = {
    ItemState.PLANNED: (("planned_on",), ("delivered_on", "closed_on")),
    ItemState.DELIVERED: (("delivered_on",), ("closed_on",)),
    ItemState.NOT_DELIVERED: (("closed_on",), ("delivered_on",)),
}
REFERRAL_DATES = {
    ReferralState.DRAFT: ((), ("sent_on", "answered_on", "delivered_on", "closed_on")),
    ReferralState.SENT: (("sent_on",), ("answered_on", "delivered_on", "closed_on")),
    ReferralState.ACCEPTED: (("sent_on", "answered_on"), ("delivered_on", "closed_on")),
    ReferralState.DECLINED: (("sent_on", "answered_on", "closed_on"), ("delivered_on",)),
    ReferralState.DELIVERED: (("sent_on", "answered_on", "delivered_on"), ("closed_on",)),
    ReferralState.NOT_DELIVERED: (("sent_on", "answered_on", "closed_on"), ("delivered_on",)),
    ReferralState.REVOKED: (("closed_on",), ("delivered_on",)),
}
PROCEDURE_DATES = {
    ProcedureState.RECEIVED: ((), ("submitted_on", "issued_on", "delivered_on", "refused_on")),
    ProcedureState.INCOMPLETE: ((), ("submitted_on", "issued_on", "delivered_on", "refused_on")),
    ProcedureState.SUBMITTED: (("submitted_on",), ("issued_on", "delivered_on", "refused_on")),
    ProcedureState.ISSUED: (("submitted_on", "issued_on"), ("delivered_on", "refused_on")),
    ProcedureState.DELIVERED: (("submitted_on", "issued_on", "delivered_on"), ("refused_on",)),
    ProcedureState.REFUSED: (("refused_on",), ("issued_on", "delivered_on")),
}
SUPPORT_DATES = {
    SupportState.PLANNED: (("planned_on",), ("dispatched_on", "received_on", "closed_on")),
    SupportState.DISPATCHED: (("dispatched_on",), ("received_on", "closed_on")),
    SupportState.RECEIVED: (("received_on",), ("closed_on",)),
    SupportState.CORRECTED: (("received_on",), ("closed_on",)),
    SupportState.CANCELLED: (("closed_on",), ("received_on",)),
}
_NAMES = {
    "planned_on": _("fecha prevista"),
    "delivered_on": _("fecha de entrega o prestación"),
    "closed_on": _("fecha de cierre"),
    "drafted_on": _("fecha de preparación"),
    "sent_on": _("fecha de envío"),
    "answered_on": _("fecha de respuesta"),
    "received_on": _("fecha de recepción"),
    "submitted_on": _("fecha de ingreso del trámite"),
    "issued_on": _("fecha de expedición"),
    "refused_on": _("fecha de negativa"),
    "dispatched_on": _("fecha de envío al sitio"),
}


def check_dates(record: object, table: dict, *, label: object) -> None:
    """The dates a state needs are there, and no date of a step not taken yet."""
    present, absent = table[record.state]
    for name in present:
        if getattr(record, name) is None:
            raise Problem(
                "assistance.date_missing",
                _("«%(state)s» necesita la %(date)s."),
                fix=_("Escríbala, o elija otro estado."),
                field=name,
                state=label,
                date=_NAMES[name],
            )
    for name in absent:
        if getattr(record, name) is not None:
            raise Problem(
                "assistance.date_too_many",
                _("«%(state)s» no lleva %(date)s."),
                fix=_("Bórrela, o elija el estado que corresponde."),
                field=name,
                state=label,
                date=_NAMES[name],
            )


def check_past(day: date | None, *, today: date, field: str) -> None:
    """What has happened lies not in the future (domain.md §6.1)."""
    if day is not None and day > today:
        raise Problem(
            "assistance.future",
            _("La %(date)s es posterior a hoy."),
            fix=_("Revise el día, el mes y el año; lo que aún no ocurre se registra como previsto."),
            field=field,
            date=_NAMES[field],
        )


def check_born(day: date | None, birth: date | None, *, field: str) -> None:
    """Nobody is served before birth (domain.md §6.1)."""
    if day is not None and birth is not None and day < birth:
        raise Problem(
            "assistance.before_birth",
            _("La %(date)s es anterior al nacimiento de la persona."),
            fix=_("Revise la fecha, o corrija la de nacimiento en la ficha de la persona."),
            field=field,
            date=_NAMES[field],
        )


def check_order(record: object, names: Sequence[str]) -> None:
    """The dates that are there follow each other in this order (domain.md §6.11)."""
    stand = [(name, getattr(record, name)) for name in names if getattr(record, name) is not None]
    for (before, first), (after, second) in itertools.pairwise(stand):
        if second < first:
            raise Problem(
                "assistance.date_order",
                _("La %(after)s es anterior a la %(before)s."),
                fix=_("Revise las dos fechas."),
                field=after,
                after=_NAMES[after],
                before=_NAMES[before],
            )


def check_not_before(day: date, before: date, *, field: str) -> None:
    """A step is not dated before the step it follows."""
    if day < before:
        raise Problem(
            "assistance.step_too_early",
            _("La %(date)s es anterior al paso previo, del %(before)s."),
            fix=_("Revise la fecha."),
            field=field,
            date=_NAMES[field],
            before=before.strftime("%d/%m/%Y"),
        )


def check_quantity(quantity: int | None) -> None:
    if quantity is None or quantity < 1:
        raise Problem(
            "assistance.quantity", _("La cantidad es al menos 1."), fix=_("Escriba cuántos."), field="quantity"
        )


def check_kinds(type: str, kinds: Iterable[str]) -> None:
    """A consultation says its kinds, and only a consultation does: one visit, one record."""
    kinds = list(kinds)
    if type == CONSULTATION and not kinds:
        raise Problem(
            "assistance.kinds_missing",
            _("Falta la clase de consulta."),
            fix=_("Marque una o varias: médica y psicosocial en la misma visita son una sola consulta."),
            field="kinds",
        )
    if type != CONSULTATION and kinds:
        raise Problem(
            "assistance.kinds_too_many",
            _("Solo una consulta lleva clases de consulta."),
            fix=_("Quítelas, o elija «Consulta» como tipo de servicio."),
            field="kinds",
        )


def check_result(type: str, outcome: str, state: str) -> None:
    """A test that was done has its result, inconclusive being one (counting rules)."""
    if type == TEST and state == ServiceState.DELIVERED and not outcome:
        raise Problem(
            "assistance.result_missing",
            _("Falta el resultado de la prueba."),
            fix=_("Elija uno; si no fue claro, «no concluyente»."),
            field="outcome",
        )


def check_reason(reason: str) -> None:
    if not reason.strip():
        raise Problem(
            "assistance.reason_missing",
            _("Falta el motivo."),
            fix=_("Escriba en pocas palabras por qué; queda en la bitácora."),
            field="reason",
        )


def check_kits(item_class: str, quantity: int, already: int) -> None:
    """One to three kits of a class a person and year (domain.md §6.9); ``already`` were delivered before."""
    if item_class in KITS and already + quantity > MAX_KITS:
        raise Problem(
            "assistance.too_many_kits",
            _("A esta persona se le entregaron ya %(already)s kits de esta clase en el año; el máximo es %(max)s."),
            fix=_("Revise la cantidad y si la entrega ya estaba registrada."),
            field="quantity",
            already=already,
            max=MAX_KITS,
        )


def check_consent(*, has_consent: bool, override_reason: str) -> None:
    """Nothing is sent without the person's consent to be referred, or a reason for an override (§6.7)."""
    if not has_consent and not override_reason.strip():
        raise Problem(
            "assistance.no_consent",
            _("La persona no ha consentido que la canalicemos a otra organización."),
            fix=_("Pida y registre su consentimiento; sin él, escriba el motivo y otra persona lo aprobará."),
            field="override_reason",
        )


def check_not_refused(refused: bool) -> None:
    """Who said no to services, or took their yes back, is helped without a record (design.md §6)."""
    if refused:
        raise Problem(
            "assistance.refused_services",
            _("La persona dijo que no a recibir servicios, o lo retiró: no se registran servicios con sus datos."),
            fix=_("Pregúntele de nuevo y anote su respuesta en su ficha, o atiéndala sin registrarla."),
            field="person",
        )


def check_approver(*, asked_by: str, approver: str) -> None:
    """Whoever asks for an override does not approve it."""
    if asked_by == approver:
        raise Problem(
            "assistance.own_approval",
            _("Usted pidió esta excepción y no puede aprobarla."),
            fix=_("Pida a otra persona con esta facultad que la revise."),
        )


def check_shared(shared: Sequence[str], known: Iterable[str]) -> None:
    """A referral names what it shares (domain.md R3)."""
    if not shared:
        raise Problem(
            "assistance.nothing_shared",
            _("Falta decir qué datos se comparten."),
            fix=_("Marque solo lo que la otra organización necesita; el folio basta muchas veces."),
            field="shared",
        )
    known = set(known)
    for each in shared:
        if each not in known:
            raise Problem(
                "assistance.unknown_shared",
                _("«%(value)s» no es un dato que se pueda compartir."),
                fix=_("Elija de la lista."),
                field="shared",
                value=each,
            )


def check_said_why(reason: str, note: str | None, *, field: str = "closing") -> None:
    """A refusal has its reason from the list, and words where the list has none."""
    if not reason:
        raise Problem("assistance.why", _("Falta el motivo."), fix=_("Elija uno de la lista."), field=field)
    if reason == "other" and not (note or "").strip():
        raise Problem(
            "assistance.why_other", _("Falta decir cuál es el otro motivo."), fix=_("Escríbalo."), field=f"{field}_note"
        )


def check_signed(signed_by: str) -> None:
    if not signed_by.strip():
        raise Problem(
            "assistance.not_signed",
            _("Falta quién firmó el acta de entrega."),
            fix=_("Escriba su función, por ejemplo «Coordinación del albergue»; nunca su nombre."),
            field="signed_by",
        )


def check_received(state: str) -> None:
    """Lines are corrected once the site has signed; before, the delivery is planned anew."""
    if state not in (SupportState.RECEIVED, SupportState.CORRECTED):
        raise Problem(
            "assistance.not_received_yet",
            _("El apoyo aún no se ha recibido; sus renglones se corrigen después de la firma."),
            fix=_("Cancele este apoyo y registre uno nuevo con las cantidades correctas."),
        )


def check_lines(lines: Sequence[object]) -> None:
    if not lines:
        raise Problem(
            "assistance.no_lines",
            _("El apoyo no tiene ningún artículo."),
            fix=_("Agregue al menos un renglón con su cantidad."),
            field="lines",
        )
