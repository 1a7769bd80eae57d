"""What a person decides about an import: go on, stop, take back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cauce.access.viewer import Viewer
from cauce.audit import log
from cauce.capture import files, permissions
from cauce.capture.actions.receiving import TABLE
from cauce.kernel.problems import Problem
from cauce.records.models import Batch

State = Batch.State


def confirm(batch: Batch, *, by: Viewer, only_good: bool = False) -> Batch:
    """Let a checked import be written. The whole file must be good, or ``only_good`` be chosen."""
    by.require("capture.import")
    _check_own(batch, by)
    with transaction.atomic():
        locked = _locked(batch)
        _check_state(locked, State.CHECKED)
        counts = locked.summary.get("counts", {})
        if not counts.get("accepted", 0) + counts.get("mended", 0) and not counts.get("refused", 0):
            raise Problem(
                "capture.nothing_new",
                _("Todas las filas del archivo ya están registradas."),
                fix=_("No hay nada que importar: retire la importación."),
            )
        if not counts.get("accepted", 0) + counts.get("mended", 0):
            raise Problem(
                "capture.nothing_good",
                _("El archivo no tiene ninguna fila que se pueda importar."),
                fix=_("Corrija las filas en el libro de errores y súbalo de nuevo."),
            )
        if counts.get("refused", 0) and not only_good:
            raise Problem(
                "capture.not_all_good",
                _("El archivo tiene filas con problemas."),
                fix=_("Elija «Importar las filas buenas», o corrija el archivo y súbalo de nuevo."),
            )
        locked.state, locked.only_good, locked.cursor = State.WRITING, only_good, 0
        locked.stop_requested = False
        locked.save(update_fields=["state", "only_good", "cursor", "stop_requested"])
        log.record(by.actor, "confirm", TABLE, locked.pk, locked.office_id)
    return locked


def stop(batch: Batch, *, by: Viewer) -> Batch:
    """Ask the work on an import to pause; what is written stays, invisible, and it can go on later."""
    by.require("capture.import")
    _check_office(batch, by)
    with transaction.atomic():
        locked = _locked(batch)
        _check_state(locked, State.UPLOADED, State.CHECKING, State.WRITING)
        if not locked.stop_requested:
            locked.stop_requested = True
            locked.save(update_fields=["stop_requested"])
            log.record(by.actor, "stop", TABLE, locked.pk, locked.office_id)
    return locked


def resume(batch: Batch, *, by: Viewer, only_good: bool = False) -> Batch:
    """Let a stopped import go on exactly where it was; ``only_good`` leaves out rows refused since the dry run."""
    by.require("capture.import")
    _check_own(batch, by)
    with transaction.atomic():
        locked = _locked(batch)
        _check_state(locked, State.UPLOADED, State.CHECKING, State.WRITING)
        locked.stop_requested = False
        locked.only_good = locked.only_good or only_good
        locked.summary.pop("halt", None)
        locked.save(update_fields=["stop_requested", "only_good", "summary"])
        log.record(by.actor, "resume", TABLE, locked.pk, locked.office_id)
    return locked


def withdraw(batch: Batch, *, reason: str, by: Viewer) -> Batch:
    """Take a whole import back: its records leave lists, search and figures; the rows and the reason stay."""
    by.require("capture.withdraw")
    _check_office(batch, by)
    if not reason.strip():
        raise Problem(
            "capture.reason_missing",
            _("Falta el motivo."),
            fix=_("Escriba por qué se retira la importación."),
            field="reason",
        )
    with transaction.atomic():
        locked = _locked(batch)
        if locked.state == State.WITHDRAWN:
            return locked
        locked.state = State.WITHDRAWN
        locked.withdrawn_at, locked.withdrawn_by, locked.withdraw_reason = timezone.now(), by.id, reason.strip()
        locked.leased_by, locked.leased_until = "", None
        locked.save()
        locked.findings.all().delete()
        log.record(by.actor, "withdraw", TABLE, locked.pk, locked.office_id, reason=reason)
        transaction.on_commit(lambda: files.remove(locked.pk))
    return locked


def note_export(batch: Batch, *, by: Viewer, rows: int) -> None:
    """Leave a step in the log for refused rows that leave the system as a file."""
    with transaction.atomic():
        log.record(by.actor, "export", TABLE, batch.pk, batch.office_id, reason=f"{rows}")


def _locked(batch: Batch) -> Batch:
    return Batch.objects.select_for_update().get(pk=batch.pk)


def _check_state(batch: Batch, *allowed: str) -> None:
    if batch.state not in allowed:
        raise Problem(
            "capture.no_such_step",
            _("La importación está en «%(state)s» y esto ya no se puede hacer."),
            fix=_("Vuelva a abrir la página: otra persona pudo haberla cambiado."),
            state=batch.get_state_display(),
        )


def _check_own(batch: Batch, by: Viewer) -> None:
    if not permissions.may_decide(by, batch):
        raise Problem(
            "capture.not_yours",
            _("Solo quien subió el archivo puede decidir que se importe."),
            fix=_("Pídaselo, o retire la importación."),
        )


def _check_office(batch: Batch, by: Viewer) -> None:
    if not by.sees_office(batch.office_id):
        raise Batch.DoesNotExist
