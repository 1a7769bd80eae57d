"""CSV as it really comes: three encodings, four separators, an unclosed quote."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from cauce.kernel.problems import Problem

SEPARATORS = (",", ";", "\t", "|")


def decode(data: bytes) -> tuple[str, str]:
    """The text and the encoding it was in: UTF-8, UTF-16 (with or without mark) or Windows-1252.

    Raises Problem when it is no text at all.
    """
    if data.startswith(codecs.BOM_UTF8):
        return _strictly(data, "utf-8-sig"), "utf-8"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strictly(data, "utf-16"), "utf-16"
    if b"\0" in data[:4000]:
        head = data[:4000]
        # Western text in UTF-16 has a zero in every second byte.
        for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
            if zeros.count(0) > 0.6 * len(zeros):
                return _strictly(data, encoding), "utf-16"
        raise not_text()
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    if b"\0" in data or sum(byte < 9 for byte in data[:4000]) > 0:
        raise not_text()
    return _strictly(data, "cp1252"), "windows-1252"


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise not_text() from error


def separator(text: str) -> tuple[str, int]:
    """The separator and where the data begin: after a line ``sep=;``, or the one that splits the first rows alike."""
    first, _newline, _rest = text.partition("\n")
    declared = first.strip().strip('"').lower()
    if declared.startswith("sep=") and len(declared) == 5:
        return declared[-1], len(first) + 1
    if first.strip().lower() == "sep=":
        return "\t", len(first) + 1
    sample = text[:65536].splitlines(keepends=True)[:40]

    def score(mark: str) -> int:
        counts: Counter[int] = Counter()
        try:
            for record in csv.reader(sample, delimiter=mark):
                if len(record) > 1:
                    counts[len(record)] += 1
        except csv.Error:
            return 0
        return max((times * width for width, times in counts.items()), default=0)

    best = max(SEPARATORS, key=score)
    return (best if score(best) else ","), 0


def records(text: str) -> Iterator[list[str]]:
    """Every record of the text, empty ones too. Raises Problem at a quote that is never closed, or closed too late:
    it would swallow the rows below into one cell."""
    mark, start = separator(text)
    stream = io.StringIO(text, newline="")
    stream.seek(start)
    lines: list[str] = []
    reader = csv.reader(_noting(stream, lines), delimiter=mark)
    number = 0
    while True:
        try:
            record = next(reader)
            if len(lines) > 1:
                # A quote forgotten in one row and met by one of a later row reads well, except to the letter.
                list(csv.reader(lines, delimiter=mark, strict=True))
        except StopIteration:
            return
        except csv.Error as error:
            raise _unreadable(number + 1, lines) from error
        lines.clear()
        number += 1
        yield record


def _noting(stream: Iterator[str], lines: list[str]) -> Iterator[str]:
    for line in stream:
        lines.append(line)
        yield line


def _unreadable(row: int, lines: list[str]) -> Problem:
    if len(lines) == 1 and '"' not in lines[0]:
        return Problem(
            "exchange.csv_cell",
            _("La fila %(line)s del archivo CSV tiene una celda de más de %(limit)s caracteres."),
            fix=_("Acorte esa celda, o revise si al archivo le faltan saltos de línea."),
            line=row,
            limit=csv.field_size_limit(),
        )
    return Problem(
        "exchange.csv_quote",
        _("El archivo CSV no se puede leer desde la fila %(line)s: hay comillas que no se cierran."),
        fix=_("Revise las comillas de esa fila, o guarde el archivo como .xlsx."),
        line=row,
    )


def not_text() -> Problem:
    return Problem(
        "exchange.not_a_workbook",
        _("El archivo no es un libro de cálculo ni un CSV."),
        fix=_("Guárdelo como .xlsx o .csv y envíe esa copia."),
    )
