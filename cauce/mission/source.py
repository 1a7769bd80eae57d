"""YAML that remembers its lines, and a reader that collects every mistake with its place.

A mission's files are written by people. Each mistake is a ``Problem`` that says the file, the
line, what is wrong and what would be right; a file is read to its end, so that all of its
mistakes are reported together.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import yaml
from django.utils.translation import gettext_lazy as _

from cauce.kernel.problems import Problem

# The C reader is ten times faster and is in every wheel; both only compose nodes, never objects.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLACE = _("%(file)s, línea %(line)s: ")
_CODE = re.compile(r"[a-z0-9][a-z0-9_+-]*(\.[a-z0-9][a-z0-9_+-]*)*")
_FLAGS = {"yes": True, "true": True, "si": True, "sí": True, "no": False, "false": False}

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")


@dataclass
class Findings:
    """The mistakes found so far, in the order they were met."""

    problems: list[Problem] = field(default_factory=list)

    def add(self, node: Node, code: str, text: object, fix: object = "", **params: object) -> None:
        """Note a mistake at ``node``; ``text`` and ``fix`` are lazily translated templates."""
        found = Problem(f"mission.{code}", _Joined(_PLACE, text), fix=fix, row=node.line)
        found.params = {**params, "file": node.file, "line": node.line}
        self.problems.append(found)


class _Joined:
    """Two lazy texts joined only when they are shown, in the language of that moment."""

    def __init__(self, first: object, second: object) -> None:
        self._parts = (first, second)

    def __str__(self) -> str:
        return "".join(str(part) for part in self._parts)


@dataclass(frozen=True)
class Node:
    """One YAML node with its place. ``raw`` is None for a value that is not there."""

    raw: yaml.Node | None
    file: str
    line: int
    findings: Findings = field(repr=False, compare=False)

    def child(self, raw: yaml.Node) -> Node:
        return Node(raw, self.file, raw.start_mark.line + 1, self.findings)

    def wrong(self, code: str, text: object, fix: object = "", **params: object) -> None:
        self.findings.add(self, code, text, fix, **params)

    # Reading: each returns a usable value even after a mistake, so that reading goes on.

    def text(self) -> str:
        """A scalar as it was written, without YAML's guesses (``no`` stays ``no``)."""
        if isinstance(self.raw, yaml.ScalarNode):
            return self.raw.value.strip()
        self.wrong("not_text", _("aquí va un texto, no una lista ni un bloque."))
        return ""

    def code(self) -> str:
        value = self.text()
        if value and not _CODE.fullmatch(value):
            self.wrong(
                "not_a_code",
                _("«%(value)s» no es un código."),
                _("Use minúsculas sin acentos, cifras, guion bajo y puntos: por ejemplo «feria_de_servicios»."),
                value=value,
            )
        return value

    def whole(self) -> int:
        value = self.text()
        if re.fullmatch(r"-?\d{1,12}", value):
            return int(value)
        self.wrong("not_whole", _("«%(value)s» no es un número entero."), _("Escriba sólo cifras."), value=value)
        return 0

    def flag(self) -> bool:
        value = self.text().lower()
        if value not in _FLAGS:
            self.wrong("not_a_flag", _("«%(value)s» no es sí ni no."), _("Escriba yes o no."), value=value)
        return _FLAGS.get(value, False)

    def one_of(self, allowed: Iterable[str], what: object) -> str:
        """A code out of a closed list; the nearest is proposed when it is another."""
        value, choices = self.text(), list(allowed)
        if value not in choices:
            self.wrong(
                "not_one_of",
                _("«%(value)s» no es %(what)s."),
                suggestion(value, choices),
                value=value,
                what=what,
                **suggested(value, choices),
            )
        return value

    def member(self, enum: type[E], what: object) -> E:
        value = self.one_of([member.value for member in enum], what)
        return enum(value) if value in {member.value for member in enum} else next(iter(enum))

    def items(self) -> list[Node]:
        """The elements of a list; a single value counts as a list of one."""
        if isinstance(self.raw, yaml.SequenceNode):
            return [self.child(raw) for raw in self.raw.value]
        return [] if self.raw is None else [self]

    def pairs(self) -> Iterator[tuple[Node, Node]]:
        """The keys and values of a block; a key written twice is a mistake."""
        if self.raw is None:
            return
        if not isinstance(self.raw, yaml.MappingNode):
            self.wrong("not_a_block", _("aquí va un bloque de «clave: valor»."))
            return
        seen: dict[str, int] = {}
        for raw_key, raw_value in self.raw.value:
            key, value = self.child(raw_key), self.child(raw_value)
            name = key.text()
            if name in seen:
                key.wrong(
                    "twice",
                    _("la clave «%(key)s» ya está en la línea %(before)s."),
                    _("Deje sólo una."),
                    key=name,
                    before=seen[name],
                )
                continue
            seen[name] = key.line
            yield key, value

    def block(self, known: Iterable[str]) -> Block:
        """The node as a block whose keys are all known."""
        known = list(known)
        found: dict[str, Node] = {}
        for key, value in self.pairs():
            name = key.text()
            if name in known:
                found[name] = value
            else:
                key.wrong(
                    "unknown_key",
                    _("no se conoce la clave «%(key)s»."),
                    suggestion(name, known),
                    key=name,
                    **suggested(name, known),
                )
        return Block(self, found)


@dataclass(frozen=True)
class Block:
    """A mapping whose keys were checked."""

    node: Node
    found: dict[str, Node]

    def get(self, key: str) -> Node | None:
        return self.found.get(key)

    def need(self, key: str) -> Node | None:
        """The value of a key that must be there."""
        if key not in self.found and self.node.raw is not None:
            self.node.wrong("missing_key", _("falta la clave «%(key)s»."), _("Agréguela en este bloque."), key=key)
        return self.found.get(key)

    def read(self, key: str, how: Callable[[Node], T], default: T) -> T:
        """An optional value read by ``how``."""
        node = self.found.get(key)
        return default if node is None else how(node)

    def items(self, key: str) -> list[Node]:
        """The elements of an optional list."""
        node = self.found.get(key)
        return [] if node is None else node.items()

    def must_items(self, key: str) -> list[Node]:
        """The elements of a list that must be there."""
        node = self.need(key)
        return [] if node is None else node.items()

    def must(self, key: str, how: Callable[[Node], T], default: T) -> T:
        """A value that must be there, read by ``how``; ``default`` stands in after a mistake."""
        node = self.need(key)
        return default if node is None else how(node)


def suggestion(value: str, choices: Iterable[str]) -> object:
    """The lazy sentence that says what would be right (filled by ``suggested``)."""
    near = difflib.get_close_matches(value, list(choices), n=1, cutoff=0.6)
    return _("¿Quiso decir «%(near)s»?") if near else _("Se puede escribir: %(choices)s.")


def suggested(value: str, choices: Iterable[str]) -> dict[str, str]:
    choices = list(choices)
    near = difflib.get_close_matches(value, choices, n=1, cutoff=0.6)
    return {"near": near[0] if near else "", "choices": ", ".join(choices)}


def open_yaml(path: Path, root: Path, findings: Findings) -> Node:
    """Read one file into a node.

    A file that is not YAML, is empty or is not UTF-8 gives a node without a value and a finding
    that names the place.
    """
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    nothing = Node(None, name, 1, findings)
    try:
        raw = yaml.compose(path.read_text("utf-8"), Loader=_LOADER)
    except FileNotFoundError:
        nothing.wrong("no_file", _("el archivo no existe."), _("Cree el archivo; vea missions/mexico como ejemplo."))
        return nothing
    except UnicodeDecodeError:
        nothing.wrong("not_utf8", _("el archivo no está en UTF-8."), _("Guárdelo con codificación UTF-8."))
        return nothing
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        Node(None, name, line, findings).wrong(
            "not_yaml",
            _("el archivo no se puede leer como YAML (%(why)s)."),
            _("Revise la sangría, las comillas y los dos puntos de esta línea y de la anterior."),
            why=error.problem or error.context or "",
        )
        return nothing
    except yaml.YAMLError as error:
        nothing.wrong("not_yaml", _("el archivo no se puede leer como YAML (%(why)s)."), "", why=str(error))
        return nothing
    if raw is None:
        nothing.wrong("empty", _("el archivo está vacío."), _("Escriba su contenido o borre el archivo."))
        return nothing
    return Node(raw, name, raw.start_mark.line + 1, findings)
