"""Blind indexes of a person: what search compares without opening a seal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from cauce import keys
from cauce.records.people import names
from cauce.records.people.enums import KeyKind
from cauce.records.people.phonetics import phonetic

# A purpose per kind, so that an index of one kind never equals one of another.
_PURPOSE = {
    KeyKind.EXACT: "people.exact",
    KeyKind.PHONETIC: "people.phonetic",
    KeyKind.PAIR: "people.pair",
    KeyKind.DOCUMENT: "people.document",
    KeyKind.PHONE: "people.phone",
}
# What stands in the table; asking an enumeration for its value took a tenth of an index's time.
_EXACT, _PHONETIC, _PAIR = KeyKind.EXACT.value, KeyKind.PHONETIC.value, KeyKind.PAIR.value
MAX_WORDS = 8  # more words than this in one name are not indexed: pairs grow with the square


class Index:
    """Makes indexes; keeps those of words, which repeat, for as long as it lives (one import, one search)."""

    def __init__(self) -> None:
        self._words: dict[str, int] = {}
        self._blind_word = keys.blinder(_PURPOSE[KeyKind.PHONETIC])
        self._blind_pair = keys.blinder(_PURPOSE[KeyKind.PAIR])
        self._blind_exact = keys.blinder(_PURPOSE[KeyKind.EXACT])

    def word(self, sound: str) -> int:
        known = self._words.get(sound)
        if known is None:
            known = self._words[sound] = self._blind_word(sound)
        return known

    def of_names(self, *parts: str) -> Iterator[tuple[str, int]]:
        """The whole name in any order, every word as it sounds, and every two words."""
        words = names.tokens(" ".join(parts))
        if not words:
            return
        yield _EXACT, self._blind_exact(_in_order(words))
        sounds = sorted({phonetic(word) for word in words[:MAX_WORDS]})
        for sound in sounds:
            yield _PHONETIC, self.word(sound)
        for pair in combinations(sounds, 2):
            yield _PAIR, self._blind_pair(_paired(pair))

    def of(self, *, parts: Iterable[str], documents: Iterable[str] = (), phone: str = "") -> list[tuple[str, int]]:
        """Every index of one person."""
        found = list(self.of_names(*parts))
        found.extend((KeyKind.DOCUMENT.value, document(number)) for number in documents)
        if names.phone(phone):
            found.append((KeyKind.PHONE.value, phone_key(phone)))
        return found


def exact(words: Iterable[str]) -> int:
    return keys.blind(_in_order(words), _PURPOSE[KeyKind.EXACT])


def _in_order(words: Iterable[str]) -> str:
    return " ".join(sorted(words))


def pair_key(pair: tuple[str, str]) -> int:
    """Of two sounds in alphabetical order."""
    return keys.blind(_paired(pair), _PURPOSE[KeyKind.PAIR])


def _paired(pair: tuple[str, str]) -> str:
    return "|".join(pair)


def document(number: str) -> int:
    return keys.blind(names.document(number), _PURPOSE[KeyKind.DOCUMENT])


def phone_key(number: str) -> int:
    return keys.blind(names.phone(number), _PURPOSE[KeyKind.PHONE])
