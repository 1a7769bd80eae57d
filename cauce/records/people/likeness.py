"""How two names resemble each other, said in sentences a person at a desk can check. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cauce.records.people import names
from cauce.records.people.countries import name_of
from cauce.records.people.phonetics import phonetic

GIVEN, FIRST, SECOND, KNOWN = "given", "first", "second", "known"
NEAR_AGE = 2  # years: estimated ages are rough


@dataclass(frozen=True, slots=True)
class Written:
    """A word of a stored name: folded, as written, and what part of the name it is."""

    word: str
    shown: str
    part: str


@dataclass(frozen=True, slots=True)
class Pairing:
    """A typed word and the stored word it stands for; ``how`` is same, sound or near."""

    place: int
    typed: str
    stored: Written
    how: str


@dataclass(slots=True)
class Comparison:
    """A typed name beside a stored one."""

    pairings: list[Pairing]
    unmatched: list[str]
    stored: list[Written]
    age_gap: int | None = None
    same_birth: bool = False
    swapped_birth: bool = False
    same_nationality: bool | None = None
    shown: dict[str, str] = field(default_factory=dict)

    @property
    def matched(self) -> int:
        return len(self.pairings)

    @property
    def parts(self) -> set[str]:
        return {pairing.stored.part for pairing in self.pairings}

    @property
    def contradicts(self) -> bool:
        """Age or nationality speak against it."""
        return self.same_nationality is False or (self.age_gap is not None and self.age_gap > NEAR_AGE)

    @property
    def is_very_like(self) -> bool:
        """Everything typed is in the name, a given name and a surname at least, and nothing speaks against it."""
        whole = self.matched >= 2 and not self.unmatched and (GIVEN in self.parts or KNOWN in self.parts)
        whole = whole and bool(self.parts & {FIRST, SECOND})
        return (whole and not self.contradicts) or (self.same_birth and self.matched >= 2)

    @property
    def is_like(self) -> bool:
        alone = self.matched + len(self.unmatched) == 1
        agrees = self.age_gap is not None and self.age_gap <= NEAR_AGE and self.same_nationality is True
        return self.matched >= 2 or (self.matched == 1 and (alone or agrees or self.same_birth))

    @property
    def rank(self) -> tuple:
        """Order of the list: never shown."""
        exact = sum(pairing.how == "same" for pairing in self.pairings)
        return (
            self.is_very_like, self.same_birth, self.matched - len(self.unmatched), not self.contradicts, exact,
            -len(self.stored),
        )  # fmt: skip


def written(parts: Iterable[tuple[str, str | None]]) -> list[Written]:
    """The words of a stored name: ``[("given", "Ana María"), ("first", "López"), …]``."""
    found: list[Written] = []
    for part, text in parts:
        for shown in (text or "").replace("-", " ").split():
            found.extend(Written(word, shown.strip("(),."), part) for word in names.tokens(shown))
    marks = {"SIMULADA", "SIMULADO"}
    kept = [each for each in found if each.word not in marks and each.word not in names.PARTICLES]
    return kept or found


def compare(typed: Sequence[str], stored: list[Written]) -> Comparison:
    """Pair typed words with stored ones, each once: the same first, then what sounds alike, then slips."""
    pairings: list[Pairing] = []
    open_typed, open_stored = list(enumerate(typed)), list(stored)
    for how, alike in (
        ("same", lambda a, b: a == b),
        ("sound", lambda a, b: phonetic(a) == phonetic(b)),
        ("near", _is_slip),
    ):
        for place, word in list(open_typed):
            for each in open_stored:
                if alike(names.fold(word), each.word):
                    pairings.append(Pairing(place, word, each, how))
                    open_typed.remove((place, word))
                    open_stored.remove(each)
                    break
    pairings.sort(key=lambda pairing: pairing.place)
    return Comparison(pairings, [word for _place, word in open_typed], stored)


def _is_slip(a: str, b: str) -> bool:
    """One letter more, less, other, or two swapped, in words of five letters and more."""
    if min(len(a), len(b)) < 5 or abs(len(a) - len(b)) > 1 or a[0] != b[0]:
        return False
    if len(a) == len(b):
        off = [place for place, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
        swapped = len(off) == 2 and off[1] == off[0] + 1 and a[off[0]] == b[off[1]] and a[off[1]] == b[off[0]]
        return len(off) <= 1 or swapped
    short, long = sorted((a, b), key=len)
    return any(long[:place] + long[place + 1 :] == short for place in range(len(long)))


def add_person_facts(
    found: Comparison,
    *,
    age: int | None,
    birth: date | None,
    nationality: str | None,
    stored_age: int | None,
    stored_birth: date | None,
    stored_nationalities: Sequence[str],
) -> None:
    """Compare what was typed besides the name with what is stored."""
    if birth and stored_birth:
        found.same_birth = birth == stored_birth
        found.swapped_birth = (birth.year, birth.month, birth.day) == (
            stored_birth.year, stored_birth.day, stored_birth.month,
        ) and not found.same_birth  # fmt: skip
    if age is not None and stored_age is not None:
        found.age_gap = 0 if found.swapped_birth else abs(age - stored_age)
    if nationality and stored_nationalities:
        found.same_nationality = nationality in stored_nationalities
    found.shown = {
        "age": "" if stored_age is None else str(stored_age),
        "country": name_of(stored_nationalities[0]) if stored_nationalities else "",
    }


def sentences(found: Comparison) -> list[tuple[bool, str]]:
    """Why it resembles and in what it differs; names of the stored person are in them."""
    return [*((True, text) for text in _name_sentences(found)), *_fact_sentences(found, tell=True)]


def veiled_sentences(found: Comparison) -> list[tuple[bool, str]]:
    """The same without saying anything that was not typed: for files the viewer may not open."""
    name = _("El nombre coincide") if not found.unmatched else _("Parte del nombre coincide")
    return [(True, name), *_fact_sentences(found, tell=False)]


def _name_sentences(found: Comparison) -> Iterable[str]:
    exact = all(pairing.how == "same" for pairing in found.pairings)
    places = [found.stored.index(pairing.stored) for pairing in found.pairings]
    if exact and not found.unmatched and len(places) == len(found.stored) and places == sorted(places):
        yield _("Mismo nombre completo")
        return
    yield from _surname_sentences(found)
    given = [each for each in found.pairings if each.stored.part == GIVEN and each.how == "same"]
    if given and len(given) == sum(each.part == GIVEN for each in found.stored):
        yield ngettext("Mismo nombre", "Mismos nombres", len(given))
    elif given:
        yield _("Coincide el nombre «%(name)s»") % {"name": " ".join(each.stored.shown for each in given)}
    for pairing in found.pairings:
        if pairing.how != "same":
            text = _("«%(typed)s» suena como «%(stored)s»") if pairing.how == "sound" else _(
                "«%(typed)s» se escribe casi como «%(stored)s»"
            )  # fmt: skip
            yield text % {"typed": pairing.typed, "stored": pairing.stored.shown}
        elif pairing.stored.part == KNOWN:
            yield _("Le dicen «%(name)s»") % {"name": pairing.stored.shown}


def _surname_sentences(found: Comparison) -> Iterable[str]:
    surnames = [each for each in found.pairings if each.stored.part in (FIRST, SECOND)]
    given = [each for each in found.pairings if each.stored.part == GIVEN]
    if {each.stored.part for each in surnames} == {FIRST, SECOND}:
        first = min(each.place for each in surnames if each.stored.part == FIRST)
        second = min(each.place for each in surnames if each.stored.part == SECOND)
        yield _("Mismos apellidos") if first < second else _("Mismos apellidos, en otro orden")
    elif surnames and all(each.how == "same" for each in surnames):
        yield _("Coincide el apellido «%(name)s»") % {"name": " ".join(each.stored.shown for each in surnames)}
    if given and surnames and min(each.place for each in surnames) < min(each.place for each in given):
        yield _("Apellido y nombre, en otro orden")


def _fact_sentences(found: Comparison, *, tell: bool) -> Iterable[tuple[bool, str]]:
    if found.same_birth:
        yield True, _("Misma fecha de nacimiento")
    elif found.swapped_birth:
        yield True, _("Misma fecha de nacimiento, con día y mes al revés")
    same_age = found.age_gap == 0 and not found.same_birth and not found.swapped_birth
    if same_age and found.same_nationality:
        yield True, _("Misma edad y nacionalidad")
    elif same_age:
        yield True, _("Misma edad")
    elif found.same_nationality:
        yield True, _("Misma nacionalidad")
    if found.age_gap is not None and 0 < found.age_gap <= NEAR_AGE:
        yield True, _("Edad cercana: %(age)s") % {"age": found.shown["age"]} if tell else _("Edad cercana")
    differs = []
    if found.age_gap is not None and found.age_gap > NEAR_AGE:
        differs.append(_("edad %(age)s") % {"age": found.shown["age"]} if tell else _("la edad"))
    if found.same_nationality is False:
        differs.append(found.shown["country"] if tell else _("la nacionalidad"))
    differs.extend(_("«%(word)s» no está en su nombre") % {"word": word} for word in found.unmatched)
    if differs:
        yield False, _("Difiere: %(list)s") % {"list": ", ".join(differs)}
