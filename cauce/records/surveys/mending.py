"""The declared repairs of interview lines: each with a key, a sentence, and a pure function.

A rule mends only what can mean one thing. What could mean two is refused; what is an answer that
says nothing ("NS/NR") is an answer and is not mended. docs/explanation/dtm-data.md tells what each
rule was made for.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from cauce.exchange.wording import looks_damaged, plain
from cauce.kernel.problems import Problem

# Words that programs write where there is nothing. "NA" is also Namibia in two letters, but the file holds three.
EMPTY_MARKERS = frozenset({"<null>", "null", "(null)", "na", "n/a", "#n/a", "nan", "none", "nil", "-", "--", "<na>"})
# Two names are near when most of their letters stand in the same order: "Ju7rez" and "Juárez".
NEAR = 0.7
# The state changed its name in 2016; P-code files still carry the old one.
FORMER_STATES = {"distrito federal": "09", "mexico df": "09", "df": "09", "d f": "09"}


@dataclass(frozen=True, slots=True)
class Rule:
    """A repair: its stable key, and the sentence a person reads about each use of it."""

    key: str
    sentence: Any


EMPTY = Rule("empty_marker", _("%(column)s: «%(raw)s» es una marca de vacío y se leyó como celda vacía."))
ENCODING = Rule("encoding", _("%(column)s: «%(raw)s» venía con la codificación dañada y se leyó «%(meant)s»."))
MUNICIPALITY = Rule(
    "municipality_name", _("%(column)s: «%(raw)s» se leyó «%(meant)s», que es el municipio de la clave %(code)s.")
)
STATE = Rule("state_name", _("%(column)s: «%(raw)s» se leyó «%(meant)s», que es la entidad de la clave %(code)s."))
CODE = Rule("place_code", _("%(column)s: faltaba la clave; se tomó %(meant)s por el nombre «%(raw)s»."))
SPELLING = Rule("spelling", _("%(column)s: «%(raw)s» se escribió «%(meant)s», como el lugar que nombra."))

RULES = {rule.key: rule for rule in (EMPTY, ENCODING, MUNICIPALITY, STATE, CODE, SPELLING)}


class Mend(str):
    """One use of a rule on one line, as the sentence that is shown; ``rule`` is the key it is counted by."""

    rule: str

    def __new__(cls, rule: Rule, **values: Any) -> Mend:
        mend = super().__new__(cls, rule.sentence % values)
        mend.rule = rule.key
        return mend


def empty_marker(text: str) -> bool:
    """True when a program wrote that there is nothing."""
    return text.strip().casefold() in EMPTY_MARKERS


def redecoded(text: str) -> str | None:
    """The text as it was before UTF-8 was read as Windows-1252 ("JuÃ¡rez" → "Juárez"); None when it was not.

    Only a whole, exact way back is taken: a text that lost letters on the way stays damaged.
    """
    if not looks_damaged(text):
        return None
    try:
        mended = text.encode("cp1252").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return None
    return None if looks_damaged(mended) else mended


@dataclass(frozen=True)
class Catalogue:
    """The names of places, by INEGI key; ``said`` are other names people use, by their plain form."""

    states: Mapping[str, str] = field(default_factory=dict)
    municipalities: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)

    def __hash__(self) -> int:
        return id(self)


def name_of_code(name: str, code: str, names: Mapping[str, str], said: Mapping[str, str]) -> str | None:
    """The catalogue's name of ``code`` when ``name`` is spelled otherwise; None when they agree.

    The code decides, as long as the name can be a spelling of it: another name people use, or one
    that is near. Raises Problem when the name is another place's, or like nothing.
    """
    official, wanted = names[code], plain(name)
    if wanted == plain(official):
        return None
    if said.get(wanted) == code:
        return official
    elsewhere = any(plain(other) == wanted for key, other in names.items() if key != code)
    near = difflib.SequenceMatcher(None, wanted, plain(official)).ratio() >= NEAR
    if elsewhere or not near:
        raise Problem(
            "surveys.place_disagrees",
            _("La clave %(key)s es de «%(official)s» y el nombre dice «%(name)s»."),
            fix=_("Corrija la clave o el nombre: no se sabe cuál de los dos vale."),
            key=code,
            official=official,
            name=name,
        )
    return official


def code_of_name(name: str, state: str, names: Mapping[str, str], said: Mapping[str, str]) -> str | None:
    """The municipality a name stands for within a state; None unless it is exactly one. Never guesses."""
    wanted = plain(name)
    found = {code for code, other in names.items() if plain(other) == wanted and code[:2] == state}
    if not found and said.get(wanted, "")[:2] == state:
        found = {said[wanted]}
    return found.pop() if len(found) == 1 else None


def spelled(text: str, known: Mapping[str, str]) -> str | None:
    """The usual spelling of a name that differs only in accents, case or spaces; None when it is spelled so."""
    usual = known.get(plain(text))
    return None if usual is None or usual == text else usual


@dataclass(slots=True)
class Place:
    """Where a line says it was taken, after mending; ``municipality`` may be empty."""

    state: str = ""
    municipality: str = ""


class PlaceMender:
    """Puts codes and names of a line's place together. Remembers what it found: files repeat a few places."""

    def __init__(self, catalogue: Catalogue, labels: Mapping[str, Any]) -> None:
        self.catalogue, self.labels = catalogue, labels
        self._read = lru_cache(maxsize=4096)(self._find)

    def read(self, values: Mapping[str, Any]) -> tuple[Place, tuple[Mend, ...], tuple[Problem, ...]]:
        """The place of a line from its four cells, what was mended on the way, and why it cannot be used."""
        return self._read(*(values.get(key) or "" for key in ("adm1_code", "adm1_name", "adm2_code", "adm2_name")))

    def _find(
        self, state_code: str, state_name: str, code: str, name: str
    ) -> tuple[Place, tuple[Mend, ...], tuple[Problem, ...]]:
        mends: list[Mend] = []
        try:
            state = self._state(state_code, state_name, code, mends)
            municipality = self._municipality(code, name, state, mends)
        except Problem as problem:
            return Place(), tuple(mends), (problem,)
        return Place(state, municipality), tuple(mends), ()

    def _state(self, code: str, name: str, municipality: str, mends: list[Mend]) -> str:
        key = _key(code, self.catalogue.states, "adm1_code") or _key(
            municipality[:4], self.catalogue.states, "adm2_code"
        )
        if key and not code:
            mends.append(Mend(CODE, column=self.labels["adm1_code"], raw=municipality, meant=f"MX{key}"))
        if not key:
            wanted = plain(name)
            by_name = [each for each, official in self.catalogue.states.items() if plain(official) == wanted]
            key = by_name[0] if len(by_name) == 1 else FORMER_STATES.get(wanted, "")
            if not key:
                raise _no_place()
            mends.append(Mend(CODE, column=self.labels["adm1_code"], raw=name, meant=f"MX{key}"))
        elif name and (official := self._checked("adm1_name", name, key, self.catalogue.states, FORMER_STATES)):
            mends.append(Mend(STATE, column=self.labels["adm1_name"], raw=name, meant=official, code=f"MX{key}"))
        return key

    def _municipality(self, code: str, name: str, state: str, mends: list[Mend]) -> str:
        names, said = self.catalogue.municipalities, self.catalogue.said
        key = _key(code, names, "adm2_code")
        if key and key[:2] != state:
            raise Problem(
                "surveys.place_elsewhere",
                _("El municipio %(municipality)s no es de la entidad %(state)s."),
                fix=_("Revise las dos claves."),
                field="adm2_code",
                municipality=key,
                state=state,
            )
        if key and name and (official := self._checked("adm2_name", name, key, names, said)):
            mends.append(Mend(MUNICIPALITY, column=self.labels["adm2_name"], raw=name, meant=official, code=f"MX{key}"))
        if not key and name:
            key = code_of_name(name, state, names, said) or ""
            if not key:
                raise Problem(
                    "surveys.no_such_municipality",
                    _("«%(name)s» no es un municipio de la entidad %(state)s."),
                    fix=_("Escriba la clave del municipio (por ejemplo MX02004)."),
                    field="adm2_name",
                    name=name,
                    state=state,
                )
            mends.append(Mend(CODE, column=self.labels["adm2_code"], raw=name, meant=f"MX{key}"))
        return key

    @staticmethod
    def _checked(column: str, name: str, key: str, names: Mapping[str, str], said: Mapping[str, str]) -> str | None:
        try:
            return name_of_code(name, key, names, said)
        except Problem as problem:
            raise problem.at(field=column) from None


def _key(code: str, known: Mapping[str, str], column: str) -> str:
    """The INEGI key of a P-code; "" for none. Raises Problem for a code that is in no catalogue."""
    if not code:
        return ""
    key = code.strip().upper().removeprefix("MX")
    if key not in known:
        raise Problem(
            "surveys.no_such_code",
            _("No hay ningún lugar con la clave «%(value)s»."),
            fix=_("Las claves son «MX» con dos cifras (entidad) o cinco (municipio)."),
            field=column,
            value=code,
        )
    return key


def _no_place() -> Problem:
    return Problem(
        "surveys.place_missing",
        _("La fila no dice dónde se hizo la entrevista."),
        fix=_("Escriba al menos la clave de la entidad, por ejemplo MX07."),
        field="adm1_code",
    )
