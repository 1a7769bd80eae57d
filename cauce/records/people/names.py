"""Names as people here have them: several given names, two surnames, one, or in another order."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Joining words carry no identity and are dropped or kept at will on documents.
PARTICLES = frozenset({"DE", "DEL", "LA", "LAS", "LOS", "Y", "E", "DA", "DO", "DOS", "DI", "VAN"})
_MARK = re.compile(r"\(\s*simulad[oa]s?\s*\)", re.IGNORECASE)
_NOT_LETTER = re.compile(r"[^A-Z]+")
# Apostrophes join (O'Brien, N’Guessan); everything else that is no letter separates.
_JOINED = re.compile(r"['’`´]")


def fold(text: str) -> str:
    """Capitals without accents: "Núñez" → "NUNEZ"."""
    if text.isascii():
        return text.upper()
    text = text.replace("ß", "ss").replace("Ø", "O").replace("ø", "o").replace("ł", "l").replace("Ł", "L")
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).upper()


def tokens(name: str) -> tuple[str, ...]:
    """The words of a name that identify, folded, in order; marks of simulation and particles left out.

    A name made of particles alone keeps its words, so that nobody is without one.
    """
    plain = _MARK.sub(" ", name) if "(" in name else name
    words = [word for written in plain.split() for word in _words(written)]
    return tuple([word for word in words if word not in PARTICLES] or words)


@lru_cache(maxsize=65_536)
def _words(written: str) -> tuple[str, ...]:
    """What stands between two spaces: mostly one word, two with a hyphen. Cached: names repeat."""
    return tuple(word for word in _NOT_LETTER.split(_JOINED.sub("", fold(written))) if word)


def clean(name: str) -> str:
    """As it is kept: one space between words, composed letters, no control signs; the case stays as written."""
    text = unicodedata.normalize("NFC", name)
    if not text.isprintable():
        text = "".join(sign if unicodedata.category(sign)[0] != "C" else " " for sign in text)
    return " ".join(text.split())


def document(number: str) -> str:
    """A document number as it is compared: capitals and digits alone."""
    return re.sub(r"[^0-9A-Z]", "", fold(number))


def phone(number: str) -> str:
    """The last ten digits: national numbers here have ten (eight in Central America), prefixes vary."""
    digits = re.sub(r"\D", "", number)
    return digits[-10:] if len(digits) > 10 else digits
