"""The form that takes a file in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from cauce.access.viewer import Viewer
from cauce.capture import shown
from cauce.capture.intakes import registry
from cauce.exchange.opening import MAX_BYTES
from cauce.ui import forms as ui


class UploadForm(ui.Form):
    """Which sheets, and the file. Nothing chosen means: whatever of mine is in it."""

    file = forms.FileField(
        label=_("Archivo"),
        help_text=_("Libro de Excel (.xlsx, .xls), de LibreOffice (.ods) o CSV, sin contraseña, hasta 100 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.tsv,.txt"}),
        error_messages={
            "required": _("Elija un archivo."),
            "empty": _("El archivo está vacío. Revise que sea el correcto."),
        },
    )
    sheets = ui.CheckCards(
        label=_("Qué contiene el archivo"),
        help_text=_("Si no marca nada, se lee todo lo que el archivo tenga y usted pueda registrar."),
        required=False,
    )

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sheets"].choices = [  # type: ignore[attr-defined]
            (intake.key, shown.sheet_label(intake.sheet.key)) for intake in registry.open_to(viewer)
        ]

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            raise ValidationError(_("El archivo pesa más de 100 MB. Divídalo en varios."), code="too_heavy")
        return file
