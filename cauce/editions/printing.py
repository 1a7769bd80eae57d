"""From a print document to PDF and PNG, with Typst, offline and reproducible."""

from __future__ import annotations

import json
import re
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock

import typst
from django.utils.translation import gettext_lazy as _

from cauce.kernel.problems import Problem

ROOT = Path(__file__).resolve().parent / "typst"
TEMPLATE = ROOT / "edition.typ"
ICONS = ROOT / "icons"
_OVERFLOW = re.compile(r"overflow:(?P<place>[^:\"]*):(?P<mm>[\d.]+)")


@cache
def _fonts() -> typst.Fonts:
    # Only the project's own fonts: a print must not depend on what the machine has installed.
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(ROOT / "fonts")])


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(str(TEMPLATE), root=str(ROOT), font_paths=_fonts())


# A compiler serves one thread at a time ("Already borrowed"); a page asks for all its previews at once.
_turn = Lock()

# A page a little too full is printed a little smaller, by at most an eighth; then it is too full.
_SHRINK = (1, 0.97, 0.94, 0.91, 0.88)


def _compile(document_json: str, **options):
    overflow: re.Match[str] | None = None
    for share in _SHRINK:
        try:
            with _turn:
                return _compiler().compile(sys_inputs={"document": _scaled(document_json, share)}, **options)
        except typst.TypstError as error:
            overflow = _OVERFLOW.search(str(error))
            if overflow is None:
                raise
    assert overflow is not None  # every round either returned or found one
    raise Problem(
        "editions.overflow",
        _("El contenido de «%(place)s» no cabe: sobran %(mm)s mm."),
        fix=_("Quite un bloque, acorte sus textos o páselo a otra página en el archivo del informe."),
        place=overflow["place"],
        mm=overflow["mm"],
    )


def _scaled(document_json: str, share: float) -> str:
    if share == 1:
        return document_json
    data = json.loads(document_json)
    return json.dumps({**data, "density": data["density"] * share}, ensure_ascii=False)


def pdf(document_json: str, issued: datetime) -> bytes:
    """A PDF/UA-1 file; the same document and moment give the same bytes."""
    return _compile(document_json, format="pdf", pdf_standards=["ua-1"], timestamp=int(issued.timestamp()))


def png(document_json: str, *, ppi: float = 110) -> list[bytes]:
    """One PNG for each page."""
    pages = _compile(document_json, format="png", ppi=ppi)
    return [pages] if isinstance(pages, bytes) else list(pages)


def on_paper(document_json: str, paper: str) -> str:
    """The same document on another sheet: A4 is A3 scaled by the square root of a half."""
    data = json.loads(document_json)
    if data["paper"] != paper:
        data["density"] *= 2**-0.5 if paper == "a4" else 2**0.5
        data["paper"] = paper
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def icon_svg(name: str) -> str:
    """The SVG of a pictogram of the print set."""
    return (ICONS / f"{name}.svg").read_text(encoding="utf-8")
