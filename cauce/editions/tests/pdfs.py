"""Reads a PDF as a checker would: its structure tree, and its text through the fonts' ToUnicode maps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

import pikepdf


def open_pdf(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(data))


def elements(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every structure element in reading order."""

    def walk(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
        if isinstance(node, pikepdf.Dictionary) and "/S" in node:
            yield node
        kids = node.get("/K") if isinstance(node, pikepdf.Dictionary) else node
        if isinstance(kids, pikepdf.Array):
            for kid in kids:
                if isinstance(kid, pikepdf.Dictionary):
                    yield from walk(kid)
        elif isinstance(kids, pikepdf.Dictionary):
            yield from walk(kids)

    yield from walk(pdf.Root.StructTreeRoot)


def tags(pdf: pikepdf.Pdf) -> list[str]:
    return [str(element.S)[1:] for element in elements(pdf)]


def fonts(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    found = []
    for page in pdf.pages:
        found += list(page.obj.get("/Resources", {}).get("/Font", {}).values())
    return found


def text(pdf: pikepdf.Pdf) -> str:
    """All text; what one operator shows stands unbroken, operators are parted by a blank."""
    shown = []
    for page in pdf.pages:
        maps = {name: _characters(font) for name, font in page.obj.Resources.get("/Font", {}).items()}
        current: dict[bytes, str] = {}
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name == "Tf":
                current = maps.get(str(operands[0]), {})
            elif name in {"Tj", "TJ"}:
                shown.append("".join(_decoded(bytes(part), current) for part in _strings(operands[0])))
    return " ".join(shown)


def _strings(operand) -> Iterator[pikepdf.String]:
    if isinstance(operand, pikepdf.String):
        yield operand
    elif isinstance(operand, pikepdf.Array):
        yield from (part for part in operand if isinstance(part, pikepdf.String))


def _decoded(data: bytes, characters: dict[bytes, str]) -> str:
    return "".join(characters.get(data[i : i + 2], "") for i in range(0, len(data), 2))


def _characters(font: pikepdf.Object) -> dict[bytes, str]:
    """Glyph code → characters, from the font's ToUnicode map."""
    cmap = bytes(font.ToUnicode.read_bytes()).decode("latin-1")
    found: dict[bytes, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.S):
        for code, characters in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[bytes.fromhex(code)] = bytes.fromhex(characters).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.S):
        for low, high, start in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            first = int(start, 16)
            for offset in range(int(high, 16) - int(low, 16) + 1):
                found[(int(low, 16) + offset).to_bytes(len(low) // 2, "big")] = chr(first + offset)
    return found
