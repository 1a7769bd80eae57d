"""Consent per purpose: recorded, and taken back with effect (R1, design.md §6)."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cauce.access.viewer import Viewer
from cauce.audit import log
from cauce.kernel.problems import Problem, Problems
from cauce.records import writing
from cauce.records.people import rules
from cauce.records.people.enums import Basis, Purpose
from cauce.records.people.models import Consent, Notice, Person
from cauce.records.people.notices import in_language

# Rooms above act on a withdrawal (close open referrals …): each adds a function in its AppConfig.ready().
# Called inside the transaction with the withdrawn consent and who noted it; raising undoes everything.
on_withdrawal: list[Callable[[Consent, Viewer], None]] = []


def record_consent(
    person: Person,
    purpose: str,
    given: bool,
    *,
    by: Viewer,
    given_on: date | None = None,
    capture: uuid.UUID | None = None,
    **more: Any,
) -> Consent:
    """Note what a person said to one purpose; ``more`` are further fields of ``Consent``.

    A "no" to what was a "yes" is a withdrawal as well, and has its effects.
    """
    by.require("people.consent")
    day = given_on or timezone.localdate()
    problems = list(rules.check_basis(more.get("basis", Basis.CONSENT), more.get("basis_reason", "")))
    if day > timezone.localdate():
        problems.append(Problem("people.future", _("La fecha está en el futuro."), field="given_on"))
    if problems:
        raise Problems(problems)
    with transaction.atomic():
        before = _standing(person, purpose)
        consent = Consent(
            person=person,
            # Noted by the office that asked, which may be another than the one that registered the person.
            office_id=by.office,
            purpose=purpose,
            given=given,
            given_on=day,
            capture=capture or uuid.uuid4(),
            **more,
        )
        consent = writing.add(consent, by=by, verb="consent" if given else "refuse", concerns=(person.pk,))
        if before is not None and not given:
            _withdraw(before, str(_("Retirado al decir que no.")), by)
        _settle_statistics(person, purpose, by)
    return consent


def withdraw_consent(consent: Consent, *, reason: str, by: Viewer) -> Consent:
    """Take a consent back. Asked twice, nothing more happens. Raises Problem without a reason."""
    by.require("people.consent")
    rules.check_reason(reason)
    with transaction.atomic():
        locked = Consent.objects.select_for_update().get(pk=consent.pk)
        if locked.withdrawn_at is None:
            if not locked.given:
                raise Problem(
                    "people.nothing_to_withdraw",
                    _("La persona no había aceptado: no hay nada que retirar."),
                )
            _withdraw(locked, reason, by)
            _settle_statistics(locked.person, locked.purpose, by)
    return locked


def _withdraw(consent: Consent, reason: str, by: Viewer) -> None:
    consent.withdrawn_at, consent.withdrawn_by, consent.withdraw_reason = timezone.now(), by.id, reason.strip()
    consent.save(update_fields=["withdrawn_at", "withdrawn_by", "withdraw_reason"])
    log.record(
        by.actor,
        "withdraw",
        Consent.table(),
        consent.pk,
        consent.office_id,
        concerns=(consent.person_id,),
        reason=reason,
    )
    for act in on_withdrawal:
        act(consent, by)


def _standing(person: Person, purpose: str) -> Consent | None:
    """The consent in force now, locked."""
    given = Consent.objects.live().filter(person=person, purpose=purpose, given=True, withdrawn_at=None)
    return given.select_for_update().order_by("-given_on", "-recorded_at").first()


def _settle_statistics(person: Person, purpose: str, by: Viewer) -> None:
    """Keep ``in_statistics`` at what was said last; the audit step makes the facts follow."""
    if purpose != Purpose.STATISTICS:
        return
    # Read again, locked: the caller's object may be older than the last answer.
    locked = Person.objects.select_for_update().get(pk=person.pk)
    last = Consent.objects.live().filter(person=locked, purpose=purpose).order_by("-given_on", "-recorded_at").first()
    counted = last is None or (last.given and last.withdrawn_at is None)
    person.in_statistics = counted
    if counted != locked.in_statistics:
        old, locked.in_statistics = locked.in_statistics, counted
        locked.save(update_fields=["in_statistics"])
        log.record(
            by.actor,
            "correct",
            Person.table(),
            locked.pk,
            locked.office_id,
            concerns=(locked.pk,),
            changes={"in_statistics": (old, counted)},
        )


def current_notice(language: str, *, by: Viewer) -> Notice:
    """The notice in force in this language, kept in the table from its first use on."""
    text = in_language(language)
    with transaction.atomic():
        notice, made = Notice.objects.get_or_create(
            version=text.version, language=text.language, defaults={"text": text.text, "since": text.since}
        )
        if made:
            log.record(by.actor, "add", "people.notice", notice.pk, by.office)
    return notice
