"""Opening what was sent, whatever it is called: the content decides, and each refusal says what to do."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import python_calamine
from django.utils.translation import gettext_lazy as _

from cauce.exchange import csvfiles, scanning
from cauce.kernel.problems import Problem

MAX_BYTES = 100 * 1024 * 1024
MAX_MANIFEST = 1024 * 1024  # a manifest lists a few dozen parts
Source = str | Path | bytes | BinaryIO
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class ErrorCell(str):
    """A cell in which Excel shows an error, such as #N/A or #REF!."""


@dataclass(slots=True)
class Table:
    """One sheet as it stands in the file; ``rows()`` begins at row 1 and column A every time it is called."""

    name: str
    rows: Callable[[], Iterator[list[Any]]]
    height: int
    merged: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)
    errors: dict[int, dict[int, str]] = field(default_factory=dict)
    hidden: bool = False
    dates_from_1904: bool = False


@dataclass(slots=True)
class Opened:
    """The tables of a file and what kind of file it turned out to be ("xlsx", "xls", "ods" or "csv")."""

    kind: str
    tables: list[Table]
    notices: list[Problem]


def open_file(source: Source, filename: str = "") -> Opened:
    """Open a workbook or CSV. Raises Problem: empty, too big, password, damaged, or not a workbook at all."""
    if not filename and isinstance(source, (str, Path)):
        filename = Path(source).name
    data = _bytes(source)
    if not data.strip(b"\xef\xbb\xbf\0\r\n\t "):
        raise Problem("exchange.empty_file", _("El archivo está vacío."), fix=_("Revise que sea el archivo correcto."))
    kind = _kind(data)
    tables = _csv(data, filename) if kind == "csv" else _workbook(data, kind)
    return Opened(kind, tables, _extension_notices(filename, kind))


def _bytes(source: Source) -> bytes:
    if isinstance(source, (str, Path)):
        path = Path(source)
        if path.stat().st_size > MAX_BYTES:
            raise _too_heavy()
        return path.read_bytes()
    data = source if isinstance(source, bytes) else source.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise _too_heavy()
    return data


def _too_heavy() -> Problem:
    return Problem(
        "exchange.too_heavy",
        _("El archivo pesa más de %(limit)s MB."),
        fix=_("Divídalo en varios archivos."),
        limit=MAX_BYTES // 1024 // 1024,
    )


def _kind(data: bytes) -> str:
    """What the bytes are. Raises Problem for what Cauce does not read, naming it."""
    if data.startswith(b"PK"):
        return _zip_kind(data)
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise _password()
        if not any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")):
            raise _foreign(_("un documento antiguo de Office"))
        return "xls"
    head = data[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    for beginning, name in (
        (b"%pdf", _("un PDF")),
        (b"\x89png", _("una imagen")),
        (b"\xff\xd8\xff", _("una imagen")),
        (b"{\\rtf", _("un documento de texto")),
        (b"<!doctype html", _("una página web, aunque se llame .xls")),
        (b"<html", _("una página web, aunque se llame .xls")),
        (b"<table", _("una página web, aunque se llame .xls")),
        (b"<?xml", _("un archivo XML")),
        (b"rar!", _("un archivo comprimido")),
        (b"7z\xbc\xaf", _("un archivo comprimido")),
        (b"\x1f\x8b", _("un archivo comprimido")),
    ):
        if head.startswith(beginning):
            raise _foreign(name)
    return "csv"


def _zip_kind(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "xl/workbook.xml" in names:
                return "xlsx"
            if "content.xml" in names and "mimetype" in names:
                if b"spreadsheet" in _beginning(archive, "mimetype", 100):
                    if b"encryption-data" in _beginning(archive, "META-INF/manifest.xml", MAX_MANIFEST):
                        raise _password()
                    return "ods"
                raise _foreign(_("un documento de LibreOffice que no es una hoja de cálculo"))
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError) as error:
        raise scanning.damaged() from error
    if "xl/workbook.bin" in names:
        raise _foreign(_("un libro binario de Excel (.xlsb)"))
    if any(name.startswith("word/") for name in names):
        raise _foreign(_("un documento de Word"))
    if any(name.endswith(".iwa") for name in names):
        raise _foreign(_("un documento de Numbers"))
    raise _foreign(_("un archivo comprimido"))


def _beginning(archive: zipfile.ZipFile, name: str, size: int) -> bytes:
    """The first bytes of a part, "" where there is none: a part of a few kilobytes may unpack to gigabytes."""
    if name not in archive.namelist():
        return b""
    with archive.open(name) as part:
        return part.read(size)


def _foreign(what: Any) -> Problem:
    return Problem(
        "exchange.not_a_workbook",
        _("El archivo no es un libro de cálculo: es %(what)s."),
        fix=_("Ábralo, guárdelo como .xlsx o .csv y envíe esa copia."),
        what=what,
    )


def _password() -> Problem:
    return Problem(
        "exchange.password",
        _("El archivo está protegido con contraseña y no se puede leer."),
        fix=_("Ábralo en Excel, quite la contraseña (Archivo, Información, Proteger libro) y envíe esa copia."),
    )


def _workbook(data: bytes, kind: str) -> list[Table]:
    found = scanning.Scan()
    if kind == "xlsx":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = scanning.scan(archive)
    else:
        _try_apart(data)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [
            _table(book, meta, found)
            for meta in book.sheets_metadata
            if meta.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
    except python_calamine.PasswordError as error:
        raise _password() from error
    except BaseException as error:
        # The reader's own library ends in a "panic" on some damaged files, which is no Exception.
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise scanning.damaged() from error
        raise


_PROBE = """
import io, sys
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (1 << 31, 1 << 31))
except ImportError:
    pass
import python_calamine
book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
for meta in book.sheets_metadata:
    book.get_sheet_by_name(meta.name)
"""


def _try_apart(data: bytes) -> None:
    """Open an old or an OpenDocument workbook in a process of its own, with 2 GB at most.

    Both formats can claim a sheet of any extent in a few bytes, and running out of memory ends the whole process.
    They are rare and small, so reading them twice costs little. Raises Problem when that process did not survive.
    """
    try:
        ended = subprocess.run(
            [sys.executable, "-I", "-c", _PROBE], input=data, capture_output=True, timeout=120, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise scanning.too_big() from error
    # An ordinary refusal (1) is repeated here, with its sentence; a signal or a failed allocation is final.
    if ended.returncode < 0 or b"MemoryError" in ended.stderr or b"memory allocation" in ended.stderr:
        raise scanning.too_wide("")


def _table(book: Any, meta: Any, found: scanning.Scan) -> Table:
    sheet = book.get_sheet_by_name(meta.name)
    return Table(
        name=meta.name,
        rows=sheet.iter_rows,
        height=(sheet.end[0] + 1) if sheet.end else 0,
        merged=sheet.merged_cell_ranges or [],
        errors=found.errors_of(meta.name),
        hidden=meta.visible != python_calamine.SheetVisibleEnum.Visible,
        dates_from_1904=found.dates_from_1904,
    )


def _csv(data: bytes, filename: str) -> list[Table]:
    text, _encoding = csvfiles.decode(data)
    return [Table(name=Path(filename).stem, rows=lambda: csvfiles.records(text), height=text.count("\n") + 1)]


def _extension_notices(filename: str, kind: str) -> list[Problem]:
    ending = Path(filename).suffix.lower().lstrip(".")
    usual = {"xlsx": {"xlsx", "xlsm", "xltx"}, "csv": {"csv", "tsv", "txt"}}.get(kind, {kind})
    if not ending or ending in usual:
        return []
    return [
        Problem(
            "exchange.extension",
            _("El archivo termina en .%(ending)s pero es un %(kind)s; se leyó como tal."),
            ending=ending,
            kind=kind.upper(),
        )
    ]
