"""The rows of an import, in the one order in which they are checked and written."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from cauce.capture import files
from cauce.capture.intakes import registry
from cauce.capture.intakes.base import Intake
from cauce.exchange import Reading, Row, read
from cauce.exchange.reading import FoundSheet
from cauce.records.models import Batch

CHUNK = 500  # rows a transaction: enough that commits cost little, few enough that nobody else waits noticeably


def reading_of(batch: Batch) -> Reading:
    """Open the sealed file again. Raises Problem as ``exchange.read`` does."""
    intakes = registry.chosen(batch.sheets)
    return read(files.open_again(batch.pk), [intake.sheet for intake in intakes], filename=batch.filename)


def sheets_of(batch: Batch, reading: Reading) -> Iterator[tuple[Intake, FoundSheet]]:
    """Each sheet found in the file with its intake, in the order of the registry."""
    intakes = {intake.sheet.key: intake for intake in registry.chosen(batch.sheets)}
    for found in reading.sheets:
        yield intakes[found.sheet.key], found


def chunks(rows: Iterator[Row], size: int = CHUNK) -> Iterator[list[Row]]:
    while chunk := list(islice(rows, size)):
        yield chunk
