"""The errors workbook: refused rows as they came, with what is wrong in each, ready to be mended and sent again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from cauce.access.viewer import Viewer
from cauce.capture import queries
from cauce.capture.models import Finding
from cauce.exchange import write_errors
from cauce.records.models import Batch


def errors_workbook(target: BinaryIO, batch: Batch, viewer: Viewer) -> int:
    """Write the refused rows of all sheets; gives their number."""
    return write_errors(target, list(_sheets(batch, viewer)))


def _sheets(
    batch: Batch, viewer: Viewer
) -> Iterator[tuple[str, Sequence[str], Iterator[tuple[int, list[Any], list[str]]]]]:
    for key, (name, titles) in queries.heads(batch).items():
        found = queries.rows_found(viewer, batch, Finding.Outcome.REFUSED).filter(sheet=key)
        if found.exists():
            rows = ((each.number, each.cells, each.said) for each in found.iterator(500))
            yield name or key, titles, rows
