"""Working a case: needs and category, pauses, next step, who is responsible, closing and reopening."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from cauce.access.models import User
from cauce.access.queries import viewer_for
from cauce.access.viewer import Viewer
from cauce.kernel.problems import Problem
from cauce.records import writing
from cauce.records.assistance import actions as assistance
from cauce.records.assistance import vocabulary
from cauce.records.assistance.new import Process
from cauce.records.assistance.queries import delivery_dates
from cauce.records.assistance.rules import check_said_why
from cauce.records.people import actions as people
from cauce.records.people.models import Person
from cauce.records.protection import rules
from cauce.records.protection.enums import CaseState
from cauce.records.protection.models import Case, Episode
from cauce.records.protection.models.case import PROCESS, STANDARD
from cauce.records.protection.permissions import check_class, holds


def process_of(case: Case) -> Process:
    """How acts name this case, and the vault they inherit from it."""
    return Process(PROCESS, case.pk, "" if case.sensitivity == STANDARD else case.sensitivity)


def concerns(case: Case) -> list[object]:
    return [case.person_id, case.pk]


def dates_of(case: Case) -> list[date]:
    """Every date the case was assisted on: a changed category changes the facts of all those months."""
    return delivery_dates(PROCESS, [case.pk])[case.pk]


def _step(
    case: Case,
    to: str,
    *,
    by: Viewer,
    reason: str = "",
    dates: Sequence[date] = (),
    only_from: str = "",
    **also_set: Any,
) -> Case:
    """Take a step; ``only_from`` narrows it where several states lead to the same one."""
    check_class(by, case.sensitivity)
    allowed = {only_from: rules.CASE[only_from]} if only_from else rules.CASE
    return writing.transition(
        case, "state", to, by=by, allowed=allowed, reason=reason, dates=dates, concerns=concerns(case), **also_set
    )


def begin_case(case: Case, *, by: Viewer, on: date | None = None) -> Case:
    """Open an identified case."""
    by.require("protection.open")
    day = on or timezone.localdate()
    rules.check_dates(identified=case.identified_on, opened=day, closed=None, today=timezone.localdate())
    return _step(case, CaseState.OPEN, by=by, only_from=CaseState.IDENTIFIED, opened_on=day)


def hold_case(case: Case, *, by: Viewer, reason: str) -> Case:
    """Pause an open case, with the reason."""
    by.require("protection.work")
    rules.check_reason(reason)
    return _step(case, CaseState.ON_HOLD, by=by, reason=reason)


def resume_case(case: Case, *, by: Viewer) -> Case:
    """Go on with a paused case. A closed one is reopened instead."""
    by.require("protection.work")
    return _step(case, CaseState.OPEN, by=by, only_from=CaseState.ON_HOLD)


def close_case(case: Case, *, by: Viewer, closing: str, closing_note: str = "", on: date | None = None) -> Case:
    """Close a case with a reason from the list; what is planned for it stays as it is."""
    by.require("protection.close")
    vocabulary.check("case_closings", closing, field="closing")
    check_said_why(closing, closing_note)
    day = on or timezone.localdate()
    rules.check_dates(identified=case.identified_on, opened=case.opened_on, closed=day, today=timezone.localdate())
    return _step(
        case, CaseState.CLOSED, by=by, closed_on=day, closing=closing, closing_note=closing_note.strip() or None
    )


def reopen_case(case: Case, *, by: Viewer, reason: str) -> Case:
    """Open a closed case again: what was is kept as an episode, the case goes on under the same code."""
    by.require("protection.close")
    rules.check_reason(reason)
    check_class(by, case.sensitivity)
    with transaction.atomic():
        # Read anew: what is kept as the episode is what stands in the table now.
        closed = Case.objects.select_for_update().get(pk=case.pk)
        before = Episode(
            office_id=case.office_id, case=case, number=closed.episode, opened_on=closed.opened_on,
            closed_on=closed.closed_on, closing=closed.closing,
        )  # fmt: skip
        case = _step(
            case, CaseState.OPEN, by=by, reason=reason, only_from=CaseState.CLOSED, closed_on=None, closing="",
            closing_note=None, opened_on=closed.opened_on or timezone.localdate(), episode=closed.episode + 1,
        )  # fmt: skip
        writing.add(before, by=by, concerns=concerns(case))
    return case


def assign_case(case: Case, *, by: Viewer, to: str, reason: str = "") -> Case:
    """Make a colleague responsible; they work in the case's office and hold its vault."""
    by.require("protection.work")
    check_class(by, case.sensitivity)
    user = User.objects.filter(pk=to, is_active=True).first()
    owner = viewer_for(user) if user else None
    able = owner is not None and owner.may("protection.work") and owner.sees_office(case.office_id)
    if not able or not holds(owner, case.sensitivity):
        raise Problem(
            "protection.cannot_own",
            _("Esa persona no puede llevar este caso."),
            fix=_("Elija a alguien de la lista: trabaja en la oficina del caso y tiene la función que hace falta."),
            field="to",
        )
    return writing.correct(
        case, {"owner": to}, reason=reason or _t("Cambio de responsable"), by=by, verb="assign",
        concerns=concerns(case),
    )  # fmt: skip


def plan_next(case: Case, *, by: Viewer, next_step: str, next_on: date | None) -> Case:
    """Say what comes next and when; empty when nothing does."""
    by.require("protection.work")
    check_class(by, case.sensitivity)
    rules.check_active(case.state)
    changes = {"next_step": next_step.strip() or None, "next_on": next_on if next_step.strip() else None}
    return writing.correct(case, changes, reason=_t("Próximo paso"), by=by, verb="plan", concerns=concerns(case))


def correct_case(case: Case, *, by: Viewer, reason: str, **changes: Any) -> Case:
    """Correct risk, channel, population, summary or dates; category and needs by ``recategorise``."""
    by.require("protection.work")
    check_class(by, case.sensitivity)
    allowed = {"risk", "channel", "population", "summary", "identified_on", "opened_on"}
    if not set(changes) <= allowed:
        raise ValueError(f"not corrected here: {sorted(set(changes) - allowed)}")
    for key, field in (("channels", "channel"), ("populations", "population")):
        if field in changes:
            vocabulary.check(key, changes[field], field=field)
    opened = changes.get("opened_on", case.opened_on)
    rules.check_dates(
        identified=changes.get("identified_on", case.identified_on), opened=opened, closed=case.closed_on,
        today=timezone.localdate(),
    )  # fmt: skip
    rules.check_state(state=case.state, opened=opened, closed=case.closed_on)
    return writing.correct(case, changes, reason=reason, by=by, concerns=concerns(case))


def recategorise(
    case: Case,
    *,
    by: Viewer,
    reason: str,
    categories: Sequence[str],
    needs: Sequence[str],
    uasc: str | None = None,
    law_term: str | None = None,
) -> Case:
    """Say anew which categories and needs apply; the primary one, and with it the vault, follow.

    Whoever does it holds the old and the new class (domain.md §6.5). When the class changes, the acts
    and the name go behind the new vault, and a responsible colleague without its role is replaced by
    the one who acts. The audit entry names every month the case was assisted in.
    """
    by.require("protection.work")
    check_class(by, case.sensitivity)
    uasc, law_term = case.uasc if uasc is None else uasc, case.law_term if law_term is None else law_term
    rules.check_needs(needs)
    for key, codes, field in (("needs", needs, "needs"), (rules.CATEGORIES, categories, "categories")):
        for code in codes:
            vocabulary.check(key, code, field=field)
    person = case.person
    rules.check_child(uasc=uasc, law_term=law_term, age=person.age_on(case.began_on))
    applying = rules.applicable(categories, needs, uasc=uasc, law_term=law_term)
    category = rules.primary(applying)
    sensitivity = rules.sensitivity_of(category)
    check_class(by, sensitivity)
    rules.check_pregnant(applying=applying, sex=person.sex, gender_identity=person.gender_identity)
    changes: dict[str, Any] = {
        "categories": applying, "needs": list(needs), "category": category, "sensitivity": sensitivity,
        "uasc": uasc, "law_term": law_term,
    }  # fmt: skip
    owner = User.objects.filter(pk=case.owner).first() if case.owner else None
    if owner is None or not holds(viewer_for(owner), sensitivity):
        changes["owner"] = by.id
    before = case.sensitivity
    with transaction.atomic():
        case = writing.correct(
            case, changes, reason=reason, by=by, verb="recategorise", dates=dates_of(case), concerns=concerns(case)
        )
        if sensitivity != before:
            _move_vault(case, before, by)
    return case


def _move_vault(case: Case, before: str, by: Viewer) -> None:
    """The acts follow the case, and the name is reserved where a standing case of the person lies."""
    assistance.restrict_process(process_of(case), by=by)
    for vault in {before, case.sensitivity} - {STANDARD}:
        settle_name(case.person, vault, by=by)


def settle_name(person: Person, vault: str, *, by: Viewer) -> None:
    """Reserve the person's name in this vault while a standing case of theirs lies in it, and no longer."""
    if Case.objects.live().filter(person=person, sensitivity=vault).exists():
        people.reserve(person, vault, by=by)
    elif vault in person.vaults:
        people.release(person, vault, reason=_t("Ningún caso vigente la reserva"), by=by)


def void_case(case: Case, *, by: Viewer, reason: str) -> Case:
    """Take a case opened by mistake out of every count; its acts stay the person's."""
    by.require("protection.close")
    check_class(by, case.sensitivity)
    with transaction.atomic():
        case = writing.void(case, reason=reason, by=by, dates=dates_of(case), concerns=concerns(case))
        if case.is_sensitive:
            settle_name(case.person, case.sensitivity, by=by)
    return case
