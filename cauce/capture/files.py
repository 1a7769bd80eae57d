"""Uploaded files, sealed on disk until their import is complete, refused or withdrawn."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cauce import keys
from cauce.kernel.problems import Problem


def path_of(batch: UUID) -> Path:
    return Path(settings.CAUCE_UPLOADS) / f"{batch}.sealed"


def keep(batch: UUID, data: bytes) -> None:
    """Seal the file. It is whole on disk before this returns, or not there at all."""
    folder = Path(settings.CAUCE_UPLOADS)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = folder / f"{batch}.partial"
    try:
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(keys.encrypt(data, f"upload:{batch}"))
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path_of(batch))
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise no_room() from error


def open_again(batch: UUID) -> bytes:
    """The file as it was sent. Raises Problem when it is no longer there."""
    try:
        return keys.decrypt(path_of(batch).read_bytes(), f"upload:{batch}")
    except FileNotFoundError as error:
        raise Problem(
            "capture.file_gone",
            _("El archivo de esta importación ya no está guardado."),
            fix=_("Súbalo otra vez."),
        ) from error


def remove(batch: UUID) -> None:
    path_of(batch).unlink(missing_ok=True)


def no_room() -> Problem:
    return Problem(
        "capture.no_room",
        _("No hay espacio en el disco del servidor; no se guardó nada."),
        fix=_("Avise a quien administra el sistema y suba el archivo otra vez."),
    )
