"""The only ways a record is written; each leaves its audit step in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cauce.access.viewer import Viewer
from cauce.audit import log
from cauce.audit.inserting import insert_many
from cauce.kernel.problems import Problem
from cauce.records.base import Record
from cauce.records.models import Batch, Correction

R = TypeVar("R", bound=Record)
Dates = Iterable[date]


def add(
    record: R, *, by: Viewer, verb: str = "add", dates: Dates = (), concerns: Sequence[object] = (), reason: str = ""
) -> R:
    """Insert one record. When its ``capture`` is already there, that record is returned instead.

    Raises PermissionDenied when ``by`` does not work in the record's office.
    """
    with transaction.atomic():
        existing = type(record).objects.filter(capture=record.capture).first()
        if existing is not None:
            return existing
        try:
            with transaction.atomic():
                _insert([record], by=by, batch=None)
        except IntegrityError:
            # Two phones (or a double click) sent the same capture at the same moment.
            existing = type(record).objects.filter(capture=record.capture).first()
            if existing is None:
                raise
            return existing
        log.record_many(by.actor, [_entry(record, verb, dates, concerns, reason, None)])
    return record


def add_many(
    records: Sequence[R],
    *,
    by: Viewer,
    batch: Batch | None = None,
    verb: str = "add",
    dates: Callable[[R], Dates] = lambda _record: (),
    concerns: Callable[[R], Sequence[object]] = lambda _record: (),
) -> list[R]:
    """Insert many records of one table in one transaction, each with its own audit step."""
    with transaction.atomic():
        _insert(records, by=by, batch=batch)
        log.record_many(
            by.actor, [_entry(record, verb, dates(record), concerns(record), "", batch) for record in records]
        )
    return list(records)


def _insert(records: Sequence[R], *, by: Viewer, batch: Batch | None) -> None:
    if not records:
        return
    for record in records:
        if not by.sees_office(record.office_id):
            raise _foreign_office(record.office_id)
        record.recorded_by = by.id
        record.batch = batch
    insert_many(records)


def _foreign_office(code: str) -> Problem:
    return Problem(
        "records.foreign_office",
        _("No trabaja en la oficina %(office)s y no puede registrar en ella."),
        fix=_("Elija su oficina, o pida a quien trabaja ahí que lo registre."),
        office=code,
        field="office",
    )


def _entry(
    record: Record, verb: str, dates: Dates, concerns: Sequence[object], reason: str, batch: Batch | None, **more: Any
) -> log.NewEntry:
    return log.NewEntry(
        verb=verb,
        table=record.table(),
        record=str(record.pk),
        office=record.office_id,
        concerns=[str(each) for each in concerns if each],
        dates=dates,
        reason=reason,
        batch=batch.pk if batch else None,
        **more,
    )


def correct(
    record: R,
    changes: Mapping[str, Any],
    *,
    reason: str,
    by: Viewer,
    verb: str = "correct",
    dates: Dates = (),
    concerns: Sequence[object] = (),
) -> R:
    """Change fields; the old values stay in ``records.Correction``, sealed, with the reason.

    ``dates`` are the record's dates before and after. Raises Problem without a reason, or when the
    record is void.
    """
    _check_reason(reason)
    _check_stands(record)
    changed = {
        name: (_plain(record, name), value) for name, value in changes.items() if _plain(record, name) != _out(value)
    }
    if not changed:
        return record
    with transaction.atomic():
        now = timezone.now()
        Correction.objects.bulk_create(
            Correction(
                table=record.table(), record=str(record.pk), field=name, old=str(old), reason=reason, by=by.id, at=now
            )
            for name, (old, _new) in changed.items()
        )
        for name in changed:
            setattr(record, name, changes[name])
        record.save(update_fields=list(changed))
        entry = _entry(record, verb, dates, concerns, reason, None, changes=changed)
        log.record_many(by.actor, [entry])
    return record


def void(record: R, *, reason: str, by: Viewer, dates: Dates = (), concerns: Sequence[object] = ()) -> R:
    """Take a record out of every count; the row, the reason and who did it stay."""
    _check_reason(reason)
    _check_stands(record)
    with transaction.atomic():
        record.voided_at, record.voided_by, record.void_reason = timezone.now(), by.id, reason.strip()
        record.save(update_fields=["voided_at", "voided_by", "void_reason"])
        log.record_many(by.actor, [_entry(record, "void", dates, concerns, reason, None)])
    return record


def transition(
    record: R,
    field: str,
    to: str,
    *,
    by: Viewer,
    allowed: Mapping[str, Iterable[str]],
    reason: str = "",
    dates: Dates = (),
    concerns: Sequence[object] = (),
    **also_set: Any,
) -> R:
    """Move a state along its machine; refuses a step the machine does not have.

    The row is locked and read again first, so that two people cannot both take the same step.
    """
    _check_stands(record)
    with transaction.atomic():
        locked = type(record).objects.select_for_update().get(pk=record.pk)
        before = getattr(locked, field)
        if to not in allowed.get(before, ()):
            raise Problem(
                "records.no_such_step",
                _("No se puede pasar de «%(before)s» a «%(to)s»."),
                fix=_("Vuelva a abrir la página: otra persona pudo haberlo cambiado."),
                before=_label(record, field, before),
                to=_label(record, field, to),
            )
        changes = {field: (before, to), **{name: (getattr(locked, name), value) for name, value in also_set.items()}}
        for name, (_old, value) in changes.items():
            setattr(record, name, value)
        record.save(update_fields=list(changes))
        entry = _entry(record, str(to), dates, concerns, reason, None, changes=changes)
        log.record_many(by.actor, [entry])
    return record


def _label(record: Record, field: str, value: str) -> str:
    return str(dict(type(record)._meta.get_field(field).flatchoices).get(value, value))


def _plain(record: Record, name: str) -> Any:
    return _out(getattr(record, name))


def _out(value: Any) -> Any:
    # Related rows compare and are kept by their key.
    return value.pk if hasattr(value, "pk") else value


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise Problem(
            "records.reason_missing",
            _("Falta el motivo."),
            fix=_("Escriba en pocas palabras por qué; queda en la bitácora."),
            field="reason",
        )


def _check_stands(record: Record) -> None:
    if record.is_void:
        raise Problem(
            "records.is_void",
            _("Este registro está anulado y ya no se puede cambiar."),
            fix=_("Registre uno nuevo si hace falta."),
        )
