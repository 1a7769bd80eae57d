"""Decisions and holds: what others must obey about a person, and lifting them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cauce.access.viewer import Viewer
from cauce.audit import log
from cauce.kernel.problems import Problem, Problems
from cauce.records import writing
from cauce.records.models import Batch
from cauce.records.people import rules
from cauce.records.people.models import Decision, Person


def place_decision(
    person: Person,
    kind: str,
    message: str,
    *,
    by: Viewer,
    starts_on: date | None = None,
    until: date | None = None,
    call: str = "",
    grounds: str = "",
    capture: uuid.UUID | None = None,
) -> Decision:
    """Tell everybody what they must obey. ``message`` is shown to all who open the file and names no
    diagnosis; ``grounds`` are sealed and for those who decide."""
    by.require("people.decide")
    day = starts_on or timezone.localdate()
    problems = list(rules.check_decision(message, day, until))
    if problems:
        raise Problems(problems)
    decision = Decision(
        person=person,
        office_id=by.office,
        kind=kind,
        message=message.strip(),
        call=call.strip(),
        starts_on=day,
        until=until,
        grounds=grounds.strip() or None,
        capture=capture or uuid.uuid4(),
    )
    return writing.add(decision, by=by, verb="decide", concerns=(person.pk,))


def place_many(decisions: Sequence[Decision], *, by: Viewer, batch: Batch) -> list[Decision]:
    """Decisions of an import, unsaved: the same rules, one audit step each. Raises Problems for all together."""
    by.require("people.decide")
    problems = [
        problem for each in decisions for problem in rules.check_decision(each.message, each.starts_on, each.until)
    ]
    if problems:
        raise Problems(problems)
    return writing.add_many(
        decisions, by=by, batch=batch, verb="decide", concerns=lambda decision: (decision.person_id,)
    )


def lift(decision: Decision, *, reason: str, by: Viewer) -> Decision:
    """End a decision before its time, with the reason; lifting twice is refused."""
    by.require("people.decide")
    rules.check_reason(reason)
    with transaction.atomic():
        locked = Decision.objects.select_for_update().get(pk=decision.pk)
        if locked.lifted_at is not None:
            raise Problem(
                "people.already_lifted",
                _("Esta decisión ya se levantó."),
                fix=_("Vuelva a abrir la ficha para ver quién y por qué."),
            )
        locked.lifted_at, locked.lifted_by, locked.lift_reason = timezone.now(), by.id, reason.strip()
        locked.save(update_fields=["lifted_at", "lifted_by", "lift_reason"])
        log.record(
            by.actor, "lift", Decision.table(), locked.pk, locked.office_id, concerns=(locked.person_id,), reason=reason
        )
    return locked
