"""Writing referrals: what is sent to another organisation, on which consent, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from cauce.access.viewer import Viewer
from cauce.records import writing
from cauce.records.assistance import queries, rules, vocabulary
from cauce.records.assistance.actions import common
from cauce.records.assistance.enums import ReferralState, SharedField
from cauce.records.assistance.models import Referral
from cauce.records.assistance.new import NewReferral
from cauce.records.models import Batch
from cauce.records.people.enums import Purpose
from cauce.records.people.models import Consent

ORDER = ("sent_on", "answered_on", "delivered_on")
# Withdrawing one of these ends what was asked of others for the person (design.md §6).
ENDS_REFERRALS = (Purpose.REFERRAL, Purpose.SERVICE, Purpose.INTERNAL_CASE)


def refer(*, by: Viewer, **fields: Any) -> Referral:
    """Send one referral; ``fields`` are those of ``new.NewReferral``.

    It is sent when the person's consent to be referred is in force. Without it, an
    ``override_reason`` leaves a draft that somebody else approves; without either, Problem
    ``assistance.no_consent`` (domain.md §6.7).
    """
    return refer_many([NewReferral(**fields)], by=by)[0]


def refer_many(rows: Sequence[NewReferral], *, by: Viewer, batch: Batch | None = None) -> list[Referral]:
    """The bulk form; rows may already be answered, delivered or closed."""
    ground, consents = check_referrals(rows, by=by, batch=batch)
    return common.insert([_referral(row, ground, consents) for row in rows], by=by, batch=batch)


def check_referrals(
    rows: Sequence[NewReferral], *, by: Viewer, batch: Batch | None = None, agreed: Collection[UUID] = ()
) -> tuple[common.Ground, queries.Consents]:
    """Raises Problems for every row that cannot be written.

    ``agreed`` are people a dry run knows to agree who are not registered yet.
    """
    by.require("assistance.refer")
    ground = common.Ground(rows, by, batch=batch)
    consents = queries.Consents({row.person.pk for row in rows})
    common.check_all(rows, lambda row: _checks(row, ground, consents, agreed))
    return ground, consents


def _sent(row: NewReferral, today: date) -> date | None:
    """The day something of the person left the house; a revoked draft never did."""
    if row.state == ReferralState.DRAFT:
        return None
    return row.sent_on or (today if row.state == ReferralState.SENT else None)


def _checks(
    row: NewReferral, ground: common.Ground, consents: queries.Consents, agreed: Collection[UUID]
) -> list[Callable[[], None]]:
    sent = _sent(row, ground.today)
    checks = [
        lambda: vocabulary.check("service_types", row.type, field="type"),
        lambda: rules.check_shared(row.shared, SharedField.values),
        lambda: rules.check_order(row, ORDER),
        *common.common_checks(row, ground, (*ORDER, "closed_on"), "delivered_on"),
    ]
    if row.state not in (ReferralState.SENT, ReferralState.DRAFT):
        checks.append(lambda: rules.check_dates(row, rules.REFERRAL_DATES, label=ReferralState(row.state).label))
    if row.state in (ReferralState.DECLINED, ReferralState.NOT_DELIVERED):
        checks.append(lambda: rules.check_said_why(row.closing, row.closing_note))
    if sent is not None:
        # An override is approved by somebody else, so only a referral sent just now may ask for one.
        reason = row.override_reason if row.state == ReferralState.SENT else ""
        checks.append(
            lambda: rules.check_consent(
                has_consent=row.person.pk in agreed or consents.standing(row.person.pk, sent) is not None,
                override_reason=reason,
            )
        )
    return checks


def _referral(row: NewReferral, ground: common.Ground, consents: queries.Consents) -> Referral:
    sent = _sent(row, ground.today)
    consent = consents.standing(row.person.pk, sent) if sent else None
    waits = row.state == ReferralState.DRAFT or (row.state == ReferralState.SENT and consent is None)
    return Referral(
        capture=row.capture,
        office_id=ground.office(row),
        person=row.person,
        to=row.to,
        type=row.type,
        reason=row.reason.strip() or None,
        urgency=row.urgency,
        shared=list(row.shared),
        consent_id=consent,
        override_reason=row.override_reason.strip() or None,
        state=ReferralState.DRAFT if waits else row.state,
        drafted_on=row.drafted_on or row.sent_on or ground.today,
        sent_on=None if waits else sent,
        answered_on=row.answered_on,
        delivered_on=row.delivered_on,
        closed_on=row.closed_on,
        closing=row.closing,
        closing_note=row.closing_note.strip() or None,
        follow_up_on=row.follow_up_on,
        response=row.response,
        projects=list(row.projects),
        **common.process_fields(row),
    )


def send_draft(referral: Referral, *, by: Viewer) -> Referral:
    """Send a draft now that the person has consented; Problem ``assistance.no_consent`` while they have not."""
    by.require("assistance.refer")
    today = timezone.localdate()
    consent = queries.Consents({referral.person_id}).standing(referral.person_id, today)
    rules.check_consent(has_consent=consent is not None, override_reason="")
    given = Consent.objects.get(pk=consent)
    return common.step(referral, ReferralState.SENT, by=by, allowed=rules.REFERRAL, sent_on=today, consent=given)


def approve_override(referral: Referral, *, by: Viewer) -> Referral:
    """Let a draft go out without consent. Who asked for it cannot approve it (domain.md §6.7)."""
    by.require("assistance.override")
    rules.check_approver(asked_by=referral.recorded_by, approver=by.id)
    rules.check_consent(has_consent=False, override_reason=referral.override_reason or "")
    return common.step(
        referral, ReferralState.SENT, by=by, allowed=rules.REFERRAL,
        reason=_("Excepción al consentimiento aprobada"), sent_on=timezone.localdate(), override_by=by.id,
    )  # fmt: skip


def accept_referral(referral: Referral, *, by: Viewer, on: date | None = None) -> Referral:
    """The organisation said yes."""
    by.require("assistance.refer")
    day = _check_day(referral, on, "answered_on", referral.sent_on)
    return common.step(referral, ReferralState.ACCEPTED, by=by, allowed=rules.REFERRAL, answered_on=day)


def decline_referral(
    referral: Referral, *, by: Viewer, closing: str, closing_note: str = "", on: date | None = None
) -> Referral:
    """The organisation (or the person) said no; the reason comes from a list."""
    by.require("assistance.refer")
    rules.check_said_why(closing, closing_note)
    day = _check_day(referral, on, "answered_on", referral.sent_on)
    return common.step(
        referral, ReferralState.DECLINED, by=by, allowed=rules.REFERRAL, answered_on=day, closed_on=day,
        closing=closing, closing_note=closing_note.strip() or None,
    )  # fmt: skip


def deliver_referral(referral: Referral, *, by: Viewer, on: date | None = None) -> Referral:
    """The service was given: from this date on the referral counts."""
    by.require("assistance.refer")
    day = _check_day(referral, on, "delivered_on", referral.answered_on)
    common.check_step_day(referral, day, "delivered_on")
    return common.step(referral, ReferralState.DELIVERED, by=by, allowed=rules.REFERRAL, delivered_on=day)


def fail_referral(
    referral: Referral, *, by: Viewer, closing: str, closing_note: str = "", on: date | None = None
) -> Referral:
    """Accepted, and yet the service was not given."""
    by.require("assistance.refer")
    rules.check_said_why(closing, closing_note)
    day = _check_day(referral, on, "closed_on", referral.answered_on)
    return common.step(
        referral, ReferralState.NOT_DELIVERED, by=by, allowed=rules.REFERRAL, closed_on=day, closing=closing,
        closing_note=closing_note.strip() or None,
    )  # fmt: skip


def revoke_referral(referral: Referral, *, by: Viewer, reason: str) -> Referral:
    """Take an open referral back, with the reason."""
    by.require("assistance.refer")
    rules.check_reason(reason)
    return common.step(
        referral, ReferralState.REVOKED, by=by, allowed=rules.REFERRAL, reason=reason, closed_on=timezone.localdate()
    )


def _check_day(referral: Referral, on: date | None, field: str, before: date | None) -> date:
    day = on or timezone.localdate()
    common.check_step(
        lambda: rules.check_past(day, today=timezone.localdate(), field=field),
        lambda: rules.check_not_before(day, before or day, field=field),
    )
    return day


CORRECTED = frozenset(
    {"to", "type", "shared", "urgency", "reason", "sent_on", "answered_on", "delivered_on", "closed_on", "follow_up_on"}
)


def correct_referral(referral: Referral, /, *, by: Viewer, reason: str, **changes: Any) -> Referral:
    """Correct whom it went to, what was asked or the dates of steps taken; the state changes by its steps alone.

    ``because`` stands for the referral's own ``reason``, which has the same name as why it is corrected.
    """
    common.refuse_state(changes)
    by.require("assistance.refer")
    if "because" in changes:
        changes["reason"] = changes.pop("because")
    if not set(changes) <= CORRECTED:
        raise ValueError(f"not corrected here: {sorted(set(changes) - CORRECTED)}")
    stands = SimpleNamespace(
        **{name: changes.get(name, getattr(referral, name)) for name in CORRECTED},
        state=referral.state,
    )
    checks = [
        lambda: vocabulary.check("service_types", stands.type, field="type"),
        lambda: rules.check_shared(stands.shared, SharedField.values),
        lambda: rules.check_dates(stands, rules.REFERRAL_DATES, label=ReferralState(referral.state).label),
        lambda: rules.check_order(stands, ORDER),
        *(
            lambda name=name: rules.check_past(getattr(stands, name), today=timezone.localdate(), field=name)
            for name in (*ORDER, "closed_on")
        ),
    ]
    if stands.sent_on is not None and not referral.override_by:
        consent = queries.Consents({referral.person_id}).standing(referral.person_id, stands.sent_on)
        checks.append(lambda: rules.check_consent(has_consent=consent is not None, override_reason=""))
    common.check_step(*checks)
    return common.amend(referral, changes, reason=reason, by=by)


def void_referral(referral: Referral, *, by: Viewer, reason: str) -> Referral:
    """Take a referral recorded by mistake out of every count, with the reason."""
    by.require("assistance.refer")
    return common.strike(referral, reason=reason, by=by)


def close_on_withdrawal(consent: Consent, by: Viewer) -> None:
    """A person withdrew consent: what is still open is closed, whoever's file it is in (design.md §6).

    Registered with people's ``on_withdrawal``. It needs no permission or vault of ``by``: the
    person's word is enough, and nothing is shown.
    """
    if consent.purpose not in ENDS_REFERRALS:
        return
    today = timezone.localdate()
    for referral in queries.open_referrals_of(consent.person_id):
        writing.transition(
            referral, "state", ReferralState.REVOKED, by=by, allowed=rules.REFERRAL,
            reason=_("La persona retiró su consentimiento"), concerns=common.concerns(referral), closed_on=today,
        )  # fmt: skip
