"""A look into a zipped workbook before it is opened: its true size, its extent, its error cells.

The reader behind us unpacks whole sheets and reserves memory for the rectangle from the first cell to the last, so a
file of a few kilobytes could take all memory there is. And it gives error cells (#N/A) back as empty ones,
and so it does with formulas whose result nobody saved.
"""

from __future__ import annotations

import copy
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

from django.utils.translation import gettext_lazy as _

from cauce.kernel.problems import Problem

MAX_UNPACKED = 600 * 1024 * 1024
# 250,000 rows of 48 columns; the reader takes about 32 bytes for each.
MAX_CELLS = 12_000_000
_STEP = 1 << 20
# Cells as every program writes them, and, where that does not account for all, as XML would also allow.
_LETTERS = re.compile(rb'<c r="([A-Z]{1,3})\d')
_NUMBERS = re.compile(rb'<c r="[A-Z]{1,3}(\d{1,7})"')
_ANY_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_ANY_PLACE = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br\s*=\s*["']([^"']{0,40})""")
_PLACE = re.compile(rb"([A-Za-z]{1,3})(\d{1,7})")
_FILLED = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["'][^>]*(?<!/)>""")
_ERROR = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*\bt="e"[^>]*>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?<v>([^<]*)</v>')
# A formula nobody computed. One whose result is the empty text says so (t="str") and is simply empty.
_UNCOMPUTED = re.compile(
    rb'<c r="([A-Z]+)(\d+)"(?:(?! t="str")[^>])*><f(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)
# What ``Scan.errors`` says of such a cell; no error of a spreadsheet is called so.
UNCOMPUTED = "="
# More than a sheet has rows: a whole column of them is still told row by row.
_MAX_ERRORS = 300_000


@dataclass(slots=True)
class Scan:
    """What was found: sheet part → row → column → the error's text (rows and columns from 0)."""

    errors: dict[str, dict[int, dict[int, str]]] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)
    dates_from_1904: bool = False

    def errors_of(self, sheet: str) -> dict[int, dict[int, str]]:
        return self.errors.get(self.parts.get(sheet, ""), {})


def scan(archive: zipfile.ZipFile) -> Scan:
    """Unpack every part once, counting. Raises Problem for what would not fit in memory or is damaged."""
    found = Scan()
    unpacked = 0
    try:
        for info in archive.infolist():
            # Any part may be named as a sheet by the workbook, so all are measured.
            measure = _Measure()
            for chunk in _chunks(archive, info):
                unpacked += len(chunk)
                if unpacked > MAX_UNPACKED:
                    raise too_big()
                if info.filename.endswith((".xml", ".rels")) or not info.filename.startswith("xl/media/"):
                    measure.take(chunk)
            measure.end()
            if measure.bound() > MAX_CELLS:
                _check_filled(archive, info)
            found.errors[info.filename] = measure.errors
        found.parts, found.dates_from_1904 = _parts(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise damaged() from error
    return found


def _chunks(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    # A bomb may understate its size, where zipfile would stop reading but the reader behind us would not.
    honest = copy.copy(info)
    honest.file_size = MAX_UNPACKED + _STEP
    with archive.open(honest) as part:
        while chunk := part.read(_STEP):
            yield chunk


class _Measure:
    """The extent and the error cells of one part, from its text in pieces."""

    def __init__(self) -> None:
        self.rows = self.columns = self.cells = 0
        self.errors: dict[int, dict[int, str]] = {}
        self._rest = b""
        self._count = 0
        self._begun = False

    def take(self, chunk: bytes) -> None:
        if not self._begun and chunk[:2] in (b"\xff\xfe", b"\xfe\xff"):
            # XML in UTF-16 would pass unseen; no spreadsheet program writes it.
            raise damaged()
        self._begun = True
        text = self._rest + chunk
        # Cut before a cell, so that none is seen in halves or twice.
        cut = max(text.rfind(b"<c "), 0) or max(text.rfind(b"<"), 0)
        if len(text) - cut > 4 * _STEP:
            raise damaged()
        self._rest = text[cut:]
        self._see(text[:cut])

    def end(self) -> None:
        self._see(self._rest)

    def _see(self, text: bytes) -> None:
        cells = len(_ANY_CELL.findall(text)) if b":c" in text or b"<c" in text else 0
        if not cells:
            return
        self.cells += cells
        letters = _LETTERS.findall(text)
        rows = set(_NUMBERS.findall(text))
        columns = set(letters)
        if len(letters) != cells:
            for place in set(_ANY_PLACE.findall(text)):
                match = _PLACE.fullmatch(place)
                if match is None:
                    raise damaged()
                columns.add(match[1].upper())
                rows.add(match[2])
        self.columns = max([self.columns, *map(column_number, columns)])
        self.rows = max([self.rows, *map(int, rows)])
        if b't="e"' in text:
            self._note((match, match[3].decode("ascii", "replace")) for match in _ERROR.finditer(text))
        if b"<f" in text:
            self._note((match, UNCOMPUTED) for match in _UNCOMPUTED.finditer(text))

    def _note(self, found: Iterable[tuple[re.Match[bytes], str]]) -> None:
        for match, error in found:
            self._count += 1
            if self._count > _MAX_ERRORS:
                raise _too_many_errors()
            self.errors.setdefault(int(match[2]) - 1, {})[column_number(match[1])] = error

    def bound(self) -> int:
        return max(self.rows * (self.columns + 1), self.cells)


def _check_filled(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    """The slow, exact measure, for sheets whose formatting reaches further than their data."""
    last_row = last_column = cells = 0
    rest = cell = b""
    for chunk in _chunks(archive, info):
        text = rest + chunk
        cut = text.rfind(b"<")
        rest = text[cut:]
        for match in _FILLED.finditer(text, 0, cut):
            row, column = int(match[2]), column_number(match[1].upper())
            cells += 1
            if row > last_row or column > last_column:
                cell = match[1] + match[2]
            last_row, last_column = max(last_row, row), max(last_column, column)
    if max(last_row * (last_column + 1), cells) > MAX_CELLS:
        raise too_wide(cell.decode("ascii"))


def column_number(letters: bytes) -> int:
    """``b"A"`` → 0, ``b"AA"`` → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def column_letters(index: int) -> str:
    """0 → ``"A"``, 26 → ``"AA"``."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _parts(archive: zipfile.ZipFile) -> tuple[dict[str, str], bool]:
    """Sheet name → the part that holds it, and whether the workbook counts its days from 1904."""
    book = _xml(archive, "xl/workbook.xml")
    links = _xml(archive, "xl/_rels/workbook.xml.rels")
    if book is None or links is None:
        return {}, False
    targets = {link.get("Id"): (link.get("Target") or "").lstrip("/") for link in links}
    parts, from_1904 = {}, False
    for element in book.iter():
        tag = element.tag.rpartition("}")[2]
        if tag == "sheet":
            rel = next((value for key, value in element.attrib.items() if key.endswith("}id")), None)
            target = targets.get(rel, "")
            parts[element.get("name") or ""] = target if target.startswith("xl/") else f"xl/{target}"
        elif tag == "workbookPr":
            from_1904 = element.get("date1904") in ("1", "true")
    return parts, from_1904


def _xml(archive: zipfile.ZipFile, name: str) -> ElementTree.Element | None:
    try:
        info = archive.getinfo(name)
    except KeyError:
        return None
    text = b"".join(_chunks(archive, info))
    # Workbooks have no document type; without one there are no entities to expand.
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise damaged()
    try:
        return ElementTree.fromstring(text)  # noqa: S314 - entities are refused just above
    except ElementTree.ParseError as error:
        raise damaged() from error


def too_big() -> Problem:
    return Problem(
        "exchange.too_big",
        _("El archivo contiene mucho más de lo que su tamaño dice y no se abrió."),
        fix=_("Copie solo los datos a un libro nuevo y envíe ese."),
    )


def too_wide(cell: str) -> Problem:
    return Problem(
        "exchange.too_wide",
        _("Una hoja llega hasta la celda %(cell)s: es demasiado grande para leerla."),
        fix=_("Copie solo las filas y columnas con datos a un libro nuevo."),
        cell=cell or "…",
    )


def _too_many_errors() -> Problem:
    return Problem(
        "exchange.too_many_errors",
        _("El libro tiene más de %(limit)s celdas con error o con fórmulas sin resultado."),
        fix=_("Ábralo en Excel o LibreOffice, corrija las fórmulas, guárdelo y envíe esa copia."),
        limit=_MAX_ERRORS,
    )


def damaged() -> Problem:
    return Problem(
        "exchange.damaged_file",
        _("El archivo está dañado o incompleto y no se pudo abrir."),
        fix=_("Ábralo en Excel o LibreOffice, guárdelo otra vez como .xlsx y envíe esa copia."),
    )
