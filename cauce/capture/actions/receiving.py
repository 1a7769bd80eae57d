"""Taking a file in: sealed, hashed, not yet read."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import PurePosixPath, PureWindowsPath

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cauce import keys
from cauce.access.viewer import Viewer
from cauce.audit import log
from cauce.capture import files
from cauce.capture.intakes import registry
from cauce.kernel.problems import Problem
from cauce.records.models import Batch

TABLE = "records.batch"


def receive(data: bytes, filename: str, *, by: Viewer, sheets: Sequence[str] = ()) -> Batch:
    """Keep a file to be checked; ``sheets`` are keys of intakes, none means all that ``by`` may use.

    Raises PermissionDenied for a sheet ``by`` may not write; Problem when the same file is already held.
    """
    by.require("capture.import")
    usable = registry.open_to(by)
    wanted = registry.chosen(sheets) if sheets else usable
    for intake in wanted:
        by.require(intake.permission)
    if not wanted:
        raise Problem(
            "capture.no_sheet",
            _("No hay ninguna hoja que pueda importar con su función."),
            fix=_("Pida a quien administra las cuentas la función que corresponde."),
        )
    # Keyed, so that the table does not tell whether somebody's known file was sent.
    content = keys.digest(hashlib.sha256(data).hexdigest(), "upload")
    batch = Batch(
        office_id=by.office,
        filename=_bare(filename),
        content_hash=content,
        by=by.id,
        sheets=[intake.key for intake in wanted],
    )
    files.keep(batch.pk, data)
    try:
        with transaction.atomic():
            _refuse_twice(content, by)
            batch.save(force_insert=True)
            log.record(by.actor, "upload", TABLE, batch.pk, batch.office_id)
    except IntegrityError:
        files.remove(batch.pk)
        # Sent by somebody else between our look and our row: the table lets one in.
        _refuse_twice(content, by)
        raise
    except BaseException:
        files.remove(batch.pk)
        raise
    return batch


def held(content: str) -> Batch | None:
    """The import that already holds a file with this keyed hash."""
    return Batch.objects.filter(content_hash=content, state__in=Batch.HOLDING).order_by("created_at").first()


def unfinished(data: bytes, *, by: Viewer) -> Batch | None:
    """The import of this very file that ``by`` began and that did not come to its end."""
    batch = held(keys.digest(hashlib.sha256(data).hexdigest(), "upload"))
    return batch if batch and batch.by == by.id and batch.state != Batch.State.COMPLETE else None


def _refuse_twice(content: str, by: Viewer) -> None:
    other = held(content)
    if other is None:
        return
    seen = by.sees_office(other.office_id)
    raise Problem(
        "capture.same_file",
        _("Este mismo archivo ya se envió: importación «%(name)s» del %(day)s (%(state)s).")
        if seen
        else _("Otra oficina ya envió este mismo archivo."),
        fix=_("Ábrala en la lista de importaciones. Para enviarlo otra vez, retire antes esa importación."),
        name=other.filename,
        day=date_format(other.created_at, "j M Y"),
        state=other.get_state_display(),
    )


def _bare(filename: str) -> str:
    """The name without folders (those of either system) and of a bearable length."""
    return PureWindowsPath(PurePosixPath(filename).name).name[-200:] or "archivo"
