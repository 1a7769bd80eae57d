"""The only writers of this room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cauce.access.models import Office
from cauce.access.viewer import Viewer
from cauce.audit import log
from cauce.kernel.problems import Problem
from cauce.records import writing
from cauce.records.models import Batch
from cauce.records.programmes.queries import closed_months
from cauce.records.programmes.rules import check_open
from cauce.records.surveys import permissions, queries, rules, vocabularies
from cauce.records.surveys.enums import RoundState
from cauce.records.surveys.models import Interview, Round


def plan_round(*, by: Viewer, **fields: Any) -> Round:
    """Write one round, planned unless ``state`` says otherwise; its code is made when it has none."""
    permissions.check_edit(by)
    fields.setdefault("office_id", by.office)
    round_ = Round(**fields)
    with transaction.atomic():
        existing = Round.objects.filter(capture=round_.capture).first()
        if existing is not None:
            return existing
        _prepare_rounds([round_])
        return writing.add(round_, by=by, dates=dates_of_round(round_))


def plan_rounds(rounds: Sequence[Round], *, by: Viewer, batch: Batch | None = None) -> list[Round]:
    """The bulk form of ``plan_round``; rounds come without being saved."""
    permissions.check_edit(by)
    with transaction.atomic():
        _prepare_rounds(rounds)
        return writing.add_many(rounds, by=by, batch=batch, dates=dates_of_round)


def _prepare_rounds(rounds: Sequence[Round]) -> None:
    today = timezone.localdate()
    for round_ in rounds:
        rules.check_round(round_, today=today)
    _give_codes([round_ for round_ in rounds if not round_.code])
    codes = [round_.code for round_ in rounds]
    if taken := {*queries.codes_taken(codes)} | {code for code in codes if codes.count(code) > 1}:
        raise code_taken(sorted(taken)[0])


def code_taken(code: str) -> Problem:
    return Problem(
        "surveys.code_taken",
        _("Ya hay una ronda con la clave %(value)s."),
        fix=_("Ábrala y complétela, o use otra clave."),
        field="code",
        value=code,
    )


def _give_codes(rounds: Sequence[Round]) -> None:
    """Codes such as TAP-R22-003: office, year of the start, running number."""
    for office in sorted({round_.office_id for round_ in rounds}):
        # Two people who plan at the same moment get two numbers.
        Office.objects.select_for_update().get(pk=office)
        for round_ in (each for each in rounds if each.office_id == office):
            prefix = f"{office}-R{round_.starts_on:%y}-"
            given = [int(each.code[len(prefix) :]) for each in rounds if each.code.startswith(prefix)]
            round_.code = f"{prefix}{max([queries.last_number(prefix), *given]) + 1:03d}"


def dates_of_round(round_: Round) -> tuple[date, ...]:
    return (round_.starts_on, round_.ends_on)


def correct_round(round_: Round, changes: Mapping[str, Any], *, reason: str, by: Viewer) -> Round:
    """Change what a round says. The state has actions of its own; interviews stay where they are filed."""
    permissions.check_edit(by)
    if {"state", "published_on", "code"} & set(changes):
        raise TypeError("state, published_on and code are not corrected")
    _check_unpublished(round_)
    trial = Round(**{field.attname: getattr(round_, field.attname) for field in Round._meta.concrete_fields})
    for name, value in changes.items():
        setattr(trial, name, value)
    rules.check_round(trial, today=timezone.localdate())
    with transaction.atomic():
        for interview in round_.interviews.live():
            rules.check_fits(interview, trial)
        dates = (*dates_of_round(round_), *dates_of_round(trial))
        return writing.correct(round_, changes, reason=reason, by=by, dates=dates)


def _check_unpublished(round_: Round) -> None:
    if round_.state == RoundState.PUBLISHED:
        raise Problem(
            "surveys.round_published",
            _("La ronda %(round)s ya se publicó y no cambia."),
            fix=_("Si hay un error de fondo, anúlela y planee otra."),
            round=round_.code,
        )


def start(round_: Round, *, by: Viewer) -> Round:
    """Begin (or, after closing, resume) to collect interviews."""
    permissions.check_edit(by)
    rules.check_begun(round_, today=timezone.localdate())
    return _step(round_, RoundState.COLLECTING, by=by)


def close(round_: Round, *, by: Viewer, refusals: int | None = None, repeats_dropped: int | None = None) -> Round:
    """Say that collection ended, with how many refused and how many repeats were dropped. Now it counts."""
    permissions.check_edit(by)
    told = {"refusals": refusals, "repeats_dropped": repeats_dropped}
    return _step(round_, RoundState.CLOSED, by=by, **{name: value for name, value in told.items() if value is not None})


def publish(round_: Round, *, on: date, by: Viewer) -> Round:
    """Note the day the round's report came out; from then on the round does not change."""
    permissions.check_edit(by)
    trial = Round(starts_on=round_.starts_on, ends_on=round_.ends_on, state=round_.state, published_on=on)
    rules.check_round(trial, today=timezone.localdate())
    return _step(round_, RoundState.PUBLISHED, by=by, published_on=on)


def _step(round_: Round, to: str, *, by: Viewer, **also_set: Any) -> Round:
    return writing.transition(
        round_, "state", to, by=by, allowed=rules.TRANSITIONS, dates=dates_of_round(round_), **also_set
    )


def void_round(round_: Round, *, reason: str, by: Viewer) -> Round:
    """Take a round out of every count; its interviews must be filed elsewhere or voided first."""
    permissions.check_edit(by)
    with transaction.atomic():
        if round_.interviews.live().exists():
            raise Problem(
                "surveys.round_has_interviews",
                _("La ronda %(round)s tiene entrevistas."),
                fix=_("Pase las entrevistas a otra ronda o retire la importación que las trajo."),
                round=round_.code,
            )
        return writing.void(round_, reason=reason, by=by, dates=dates_of_round(round_))


def record_interview(*, by: Viewer, **fields: Any) -> Interview:
    """Write one anonymous interview; under the given round, or the one it belongs to, or none yet."""
    permissions.check_edit(by)
    fields.setdefault("office_id", by.office)
    interview = Interview(**fields)
    with transaction.atomic():
        existing = Interview.objects.filter(capture=interview.capture).first()
        if existing is not None:
            return existing
        _prepare_interviews([interview], by=by)
        return writing.add(interview, by=by, dates=dates_of(interview))


def record_interviews(interviews: Sequence[Interview], *, by: Viewer, batch: Batch | None = None) -> list[Interview]:
    """The bulk form of ``record_interview``: same rules, same audit. Interviews come without being saved.

    Lines of a file that are already live interviews must have been left out before (``fingerprint``).
    """
    permissions.check_edit(by)
    with transaction.atomic():
        _prepare_interviews(interviews, by=by, batch=batch)
        return writing.add_many(interviews, by=by, batch=batch, dates=dates_of)


def _prepare_interviews(interviews: Sequence[Interview], *, by: Viewer, batch: Batch | None = None) -> None:
    today, reasons = timezone.localdate(), frozenset(vocabularies.reasons())
    rounds: list[Round] | None = None
    closed = {office: closed_months(office) for office in {interview.office_id for interview in interviews}}
    for interview in interviews:
        check_open(interview.date, closed[interview.office_id], interview.office_id)
        interview.state = interview.state or (interview.municipality_id or "")[:2]
        rules.check_interview(interview, today=today, reasons=reasons)
        if interview.round is None:
            rounds = queries.standing_rounds(by, batch) if rounds is None else rounds
            interview.round = rules.round_of(interview, rounds)
        else:
            rules.check_takes_interviews(interview.round)
            rules.check_fits(interview, interview.round)


def dates_of(interview: Interview) -> tuple[date, ...]:
    return (interview.date,)


def correct_interview(interview: Interview, changes: Mapping[str, Any], *, reason: str, by: Viewer) -> Interview:
    permissions.check_edit(by)
    if interview.round is not None:
        _check_unpublished(interview.round)
    fields = Interview._meta.concrete_fields
    trial = Interview(**{field.attname: getattr(interview, field.attname) for field in fields})
    for name, value in changes.items():
        setattr(trial, name, value)
    rules.check_interview(trial, today=timezone.localdate(), reasons=frozenset(vocabularies.reasons()))
    if trial.round is not None:
        rules.check_fits(trial, trial.round)
    return writing.correct(interview, changes, reason=reason, by=by, dates=(interview.date, trial.date))


def void_interview(interview: Interview, *, reason: str, by: Viewer) -> Interview:
    """A double, a refusal noted as an interview, a test."""
    permissions.check_edit(by)
    if interview.round is not None:
        _check_unpublished(interview.round)
    return writing.void(interview, reason=reason, by=by, dates=dates_of(interview))


def file_under(round_: Round, *, by: Viewer) -> int:
    """File every interview that fits this round and has none yet; returns how many. One step of the log each."""
    permissions.check_edit(by)
    rules.check_takes_interviews(round_)
    with transaction.atomic():
        interviews = list(queries.fitting_unfiled(by, round_).order_by("date", "pk"))
        entries = [
            log.NewEntry(
                verb="file",
                table=Interview.table(),
                record=str(interview.pk),
                office=interview.office_id,
                dates=dates_of(interview),
                changes={"round": (None, round_.pk)},
            )
            for interview in interviews
        ]
        for interview in interviews:
            interview.round = round_
        Interview.objects.bulk_update(interviews, ["round"], batch_size=200)
        log.record_many(by.actor, entries)
    return len(interviews)
