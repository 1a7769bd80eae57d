"""Comparing what people type with what is declared: case, accents, spacing and asterisks are ignored."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from django.utils import translation

_NOT_WORD = re.compile(r"[\W_]+")
# Zero-width and direction marks that copying from chats and PDFs leaves behind.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_SPACES = re.compile(r"[^\S\n]+")
# UTF-8 read as Windows-1252: what "á", "é", "í", "ñ" and their like become.
_MOJIBAKE = re.compile("Ã[\u00a0-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|Â[¡¿º°ª]|\ufffd")

# Languages a header or a choice may be written in besides its code.
LANGUAGES = ("es", "en")


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """``"Fecha de\\nNACIMIENTO *"`` → ``"fecha de nacimiento"``: the form in which two wordings are compared."""
    decomposed = unicodedata.normalize("NFKD", text)
    letters = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _NOT_WORD.sub(" ", letters).strip().casefold()


def clean(text: str) -> str:
    """The text as a person meant it: composed letters, single spaces, nothing invisible; line breaks stay."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split()) if "  " in text or text[:1] == " " or text[-1:] == " " else text
    text = unicodedata.normalize("NFC", text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n"))
    text = _CONTROL.sub("", _INVISIBLE.sub("", text))
    return "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n")).strip()


def looks_damaged(text: str) -> bool:
    """True for text that was decoded with the wrong encoding somewhere on its way ("JosÃ©")."""
    return not text.isascii() and _MOJIBAKE.search(text) is not None


def closest(word: str, options: Iterable[str]) -> str | None:
    """The option a person most likely meant, or None when nothing is near."""
    by_plain = {plain(option): option for option in options}
    wanted = plain(word)
    near = difflib.get_close_matches(wanted, by_plain, n=1, cutoff=0.72)
    return by_plain[near[0]] if near else None


def wordings(label: object) -> list[str]:
    """A lazily translated label in every language a file may use, without repetitions."""
    found = []
    for language in LANGUAGES:
        with translation.override(language):
            found.append(str(label))
    return list(dict.fromkeys(found))
