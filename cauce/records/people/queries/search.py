"""Search before create: by name in any order and spelling, folio, document or phone (design.md §6).

It looks through all offices, so that nobody is registered twice, and shows only what the viewer may see:
a file of another office, and one whose name is reserved, is said to exist and nothing else (README).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from uuid import UUID

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cauce.access.viewer import Viewer
from cauce.records.people import indexing, likeness, names
from cauce.records.people.models import NameKey, Person
from cauce.records.people.phonetics import phonetic
from cauce.records.people.queries.persons import display_name, may_name

VERY, SIMILAR = "very", "similar"
LIKENESS = {VERY: gettext_lazy("Muy parecida"), SIMILAR: gettext_lazy("Parecida")}
POOL = 400  # people with words in common that are looked at by age and nationality alone
CANDIDATES = 60  # people whose names are opened and compared


@dataclass(frozen=True, slots=True)
class Match:
    """A person who resembles what was searched.

    ``veiled``: the viewer may not see whose file it is; title and reasons then say only what was typed,
    and ``person`` must not be shown. ``reasons`` are (agrees, sentence).
    """

    person: Person = field(repr=False)
    title: str
    folio: str
    likeness: str
    reasons: Sequence[tuple[bool, str]]
    veiled: bool = False

    @property
    def label(self) -> str:
        return str(LIKENESS[self.likeness])


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was typed, taken apart."""

    words: tuple[str, ...]
    code: str
    age: int | None
    birth: date | None
    nationality: str | None


def search(
    text: str,
    viewer: Viewer,
    *,
    age: int | None = None,
    birth: date | None = None,
    nationality: str | None = None,
    limit: int = 20,
) -> list[Match]:
    """People who may be the one meant, the most alike first.

    ``text`` is a name in any order, a folio (or its number), a document's or phone's number. ``age`` in
    completed years. Raises PermissionDenied without ``people.search``. A read that shows veiled files is
    noted by ``actions.look_for``, which screens call.
    """
    viewer.require("people.search")
    today = timezone.localdate()
    asked = _Asked(
        words=_words(text),
        code=text.strip(),
        age=age if age is not None or birth is None else _age(birth, today),
        birth=birth,
        nationality=nationality or None,
    )
    by_code = _by_code(asked.code, viewer)
    by_name = _by_name(asked, today) if asked.words else []
    persons = {person.pk: person for person in _load({*by_code, *by_name})}
    seen = set(Person.objects.visible_to(viewer).filter(pk__in=list(persons)).values_list("pk", flat=True))
    found = []
    for person in persons.values():
        compared, code = _compared(person, asked, today), by_code.get(person.pk)
        if code or compared.is_very_like or compared.is_like:
            rank = (code is not None, *compared.rank, person.registered_on, person.folio)
            found.append((rank, person, compared, code))
    found.sort(key=lambda each: each[0], reverse=True)
    matches = (_match(*each[1:], asked, viewer, each[1].pk in seen) for each in found)
    return list(islice((match for match in matches if match is not None), limit))


def _words(text: str) -> tuple[str, ...]:
    """The words as typed that are words of a name."""
    typed = [part for written in text.split() for part in written.split("-")]
    words = [word for word in typed if names.tokens(word) and not any(sign.isdigit() for sign in word)]
    kept = [word for word in words if names.fold(word) not in names.PARTICLES]
    return tuple(kept or words)[: indexing.MAX_WORDS]


def _age(birth: date, today: date) -> int:
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def _load(ids: Iterable[UUID]) -> Iterable[Person]:
    return Person.objects.live().filter(pk__in=list(ids))


def _by_code(code: str, viewer: Viewer) -> dict[UUID, str]:
    """id → "folio", "document" or "phone" of people found by a number."""
    if not any(sign.isdigit() for sign in code):
        return {}
    found: dict[UUID, str] = {}
    keys = {}
    if len(names.document(code)) >= 4:
        keys[indexing.document(code)] = "document"
    if len(names.phone(code)) >= 7:
        keys[indexing.phone_key(code)] = "phone"
    for pk, key in NameKey.objects.filter(key__in=list(keys)).values_list("person_id", "key"):
        found[pk] = keys[key]
    folios = Q(folio=code.upper())
    if re.fullmatch(r"\d{1,6}", code):
        # The number alone, as people say it: of the own office.
        folios |= Q(folio__endswith=f"-{viewer.office}-{int(code):06d}")
    for pk in Person.objects.filter(folios, folio_released=False).values_list("pk", flat=True):
        found[pk] = "folio"
    return found


def _by_name(asked: _Asked, today: date) -> list[UUID]:
    sounds = sorted({phonetic(token) for word in asked.words for token in names.tokens(word)})
    index = indexing.Index()
    found: list[UUID] = []
    if len(sounds) > 1:
        pairs = [indexing.pair_key((a, b)) for place, a in enumerate(sounds) for b in sounds[place + 1 :]]
        hits = NameKey.objects.filter(key__in=pairs).values("person_id").annotate(hits=Count("key", distinct=True))
        ranked = hits.order_by("-hits").values_list("person_id", "hits")[:POOL]
        found = _nearest(list(ranked), asked, today)
    if len(sounds) == 1 or (len(found) < CANDIDATES and asked.age is not None and asked.nationality):
        # One word alone finds too many: age and nationality narrow it, where they are known.
        single = NameKey.objects.filter(key__in=[index.word(sound) for sound in sounds])
        if asked.age is not None:
            single = single.filter(_around(asked.age, today))
        if asked.nationality:
            single = single.filter(person__nationality=asked.nationality)
        found += list(single.values_list("person_id", flat=True)[:CANDIDATES])
    return found


def _nearest(ranked: list[tuple[UUID, int]], asked: _Asked, today: date) -> list[UUID]:
    """The candidates worth opening names for: most words in common, then near in age and nationality."""
    if len(ranked) <= CANDIDATES:
        return [pk for pk, _hits in ranked]
    hits = dict(ranked)
    columns = ("id", "birth_date", "age_estimate", "nationality")
    near: list[tuple[tuple, UUID]] = []
    for pk, birth, estimate, nationality in Person.objects.filter(pk__in=list(hits)).values_list(*columns):
        age = _age(birth, today) if birth else estimate
        gap = abs(age - asked.age) if age is not None and asked.age is not None else 0
        near.append(((-hits[pk], nationality != (asked.nationality or nationality), gap), pk))
    near.sort()
    return [pk for _order, pk in near[:CANDIDATES]]


def _around(age: int, today: date) -> Q:
    """Born, or estimated, within the years that count as a near age."""
    near = likeness.NEAR_AGE
    born = Q(
        person__birth_date__gte=today - timedelta(days=round((age + near + 1) * 365.25)),
        person__birth_date__lte=today - timedelta(days=round(max(0, age - near) * 365.25)),
    )
    return born | Q(person__age_estimate__range=(max(0, age - near - 10), age + near))


def _compared(person: Person, asked: _Asked, today: date) -> likeness.Comparison:
    compared = likeness.compare(asked.words, likeness.written(_parts(person)))
    likeness.add_person_facts(
        compared,
        age=asked.age,
        birth=asked.birth,
        nationality=asked.nationality,
        stored_age=person.age_on(today),
        stored_birth=person.birth_date,
        stored_nationalities=person.nationalities,
    )
    return compared


def _match(
    person: Person, compared: likeness.Comparison, code: str | None, asked: _Asked, viewer: Viewer, seen: bool
) -> Match | None:
    """What the viewer is told; None when they may not be told anything."""
    level = VERY if code or compared.is_very_like else SIMILAR
    reasons = _code_sentence(code)
    named = may_name(person, viewer)
    # A folio is no name: who types it may see the row, with the name reserved. A name, document or phone
    # beside a folio would tie the two together.
    if seen and (named or code == "folio"):
        if named and asked.words and not code:
            reasons += likeness.sentences(compared)
        return Match(person, display_name(person, viewer), person.folio, level, reasons)
    if level != VERY:
        return None
    if not code:
        reasons += likeness.veiled_sentences(compared)
    return Match(person, _("Registro de otra oficina o de acceso limitado"), "", level, reasons, veiled=True)


def _code_sentence(code: str | None) -> list[tuple[bool, str]]:
    if code is None:
        return []
    texts = {
        "folio": _("Es su folio"),
        "document": _("Coincide el número de documento"),
        "phone": _("Coincide el teléfono"),
    }
    return [(True, texts[code])]


def _parts(person: Person) -> list[tuple[str, str | None]]:
    return [
        (likeness.GIVEN, person.given_names),
        (likeness.FIRST, person.first_surname),
        (likeness.SECOND, person.second_surname),
        (likeness.KNOWN, person.known_as),
    ]
