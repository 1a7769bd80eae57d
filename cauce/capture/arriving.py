"""Uploads while they arrive: in memory, up to the size that is read, and from nobody who has not signed in."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from cauce.exchange.opening import MAX_BYTES


class InMemory(FileUploadHandler):
    """A workbook of people never lies on the disk unsealed, not even when the process is killed.

    What exceeds ``MAX_BYTES`` is counted and thrown away, so that the form can say that it is too heavy; what a
    stranger sends is thrown away altogether.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        user = getattr(self.request, "user", None)
        if user is None or not user.is_authenticated:
            raise SkipFile
        self.kept = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) <= MAX_BYTES:
            self.kept.write(raw_data)
        elif self.kept.tell():
            self.kept = io.BytesIO()

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.kept.seek(0)
        return InMemoryUploadedFile(
            file=self.kept, field_name=self.field_name, name=self.file_name, content_type=self.content_type,
            size=file_size, charset=self.charset, content_type_extra=self.content_type_extra,
        )  # fmt: skip
