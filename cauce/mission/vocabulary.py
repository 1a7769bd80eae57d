"""Code lists: what a mission calls things, with labels, order of precedence and vaults."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from cauce.mission.source import Node
from cauce.mission.texts import NO_TEXT, Texts, read_texts


class Vault(StrEnum):
    """Records behind a role of their own (domain.md R4); their small counts have a threshold of 11."""

    GBV = "gbv"
    TRAFFICKING = "trafficking"
    CHILD = "child"
    SEA = "sea"


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a list. ``retired`` codes stay readable and are no longer offered."""

    code: str
    label: Texts
    note: Texts = NO_TEXT
    vault: Vault | None = None
    unknown: bool = False
    retired: bool = False


@dataclass(frozen=True)
class Vocabulary:
    """A closed list of codes in the mission's order."""

    key: str
    label: Texts
    codes: tuple[Code, ...]
    precedence: tuple[str, ...] = ()

    def __contains__(self, code: object) -> bool:
        return any(entry.code == code for entry in self.codes)

    def __iter__(self):
        return iter(self.codes)

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, code: str) -> Code:
        """The entry of a code; KeyError names the list."""
        for entry in self.codes:
            if entry.code == code:
                return entry
        raise KeyError(f"{code} is not in the list {self.key}")

    def text(self, code: str, language: str = "es") -> str:
        """The label of a code; a code that is not in the list stands for itself."""
        return self[code].label.get(language) if code in self else code

    def choices(self, language: str = "es", *, with_retired: bool = False) -> list[tuple[str, str]]:
        """Pairs for a form or a column, in the mission's order."""
        return [(entry.code, entry.label.get(language)) for entry in self.codes if with_retired or not entry.retired]

    def first_by_precedence(self, codes: Iterable[str]) -> str | None:
        """The one code that counts when several apply (counting-rules: exactly one category, one sector)."""
        present = set(codes)
        return next((code for code in self.precedence if code in present), None)

    def vault_of(self, code: str | None) -> Vault | None:
        return self[code].vault if code is not None and code in self else None


def read_vocabularies(node: Node) -> list[Vocabulary]:
    """The lists of one file: a YAML list of blocks ``list, label, precedence, codes``."""
    return [_read_vocabulary(item) for item in node.items()]


def _read_vocabulary(node: Node) -> Vocabulary:
    block = node.block(["list", "label", "precedence", "codes"])
    codes: list[Code] = []
    if (listed := block.need("codes")) is not None:
        codes = [_read_code(key, value) for key, value in listed.pairs()]
        if not codes:
            listed.wrong("no_codes", _("la lista no tiene códigos."), _("Agregue al menos uno."))
    names = [code.code for code in codes]
    precedence: list[str] = []
    for item in block.items("precedence"):
        name = item.one_of(names, _("un código de esta lista"))
        if name in precedence:
            item.wrong("twice_in_order", _("«%(value)s» está dos veces."), _("Deje sólo una."), value=name)
        precedence.append(name)
    return Vocabulary(
        key=block.must("list", Node.code, ""),
        label=block.must("label", read_texts, NO_TEXT),
        codes=tuple(codes),
        precedence=tuple(precedence),
    )


def _read_code(key: Node, node: Node) -> Code:
    block = node.block(["label", "note", "vault", "unknown", "retired"])
    vault = block.get("vault")
    return Code(
        code=key.code(),
        label=block.must("label", read_texts, NO_TEXT),
        note=block.read("note", read_texts, NO_TEXT),
        vault=None if vault is None else vault.member(Vault, _("una reserva")),
        unknown=block.read("unknown", Node.flag, False),
        retired=block.read("retired", Node.flag, False),
    )
