"""Reads figure definitions from YAML and finds every mistake in them.

A wrong value in a filter would silently count nothing, so values are checked against the
mission's code lists; a wrong key, column or reference says which is nearest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import yaml
from django.utils.translation import gettext_lazy as _

from cauce.kernel.facts import LIST_COLUMNS
from cauce.kernel.units import PEOPLE_UNITS, Unit
from cauce.mission.definition import (
    AGE_SETS,
    BREAKDOWN_COLUMNS,
    COUNT_COLUMNS,
    FILTER_COLUMNS,
    KINDS,
    Breakdown,
    Check,
    Count,
    Disclosure,
    FigureDefinition,
    Filter,
    How,
    MustHold,
    Order,
    Percent,
    Share,
    Source,
    When,
)
from cauce.mission.source import Block, Node, suggested, suggestion
from cauce.mission.texts import NO_TEXT, Texts, read_texts
from cauce.mission.vocabulary import Vault, Vocabulary

FIGURE_KEYS = (
    "key", "version", "owner", "chapter", "unit", "label", "sentence", "kinds", "count", "where", "when",
    "breakdowns", "shares", "must_hold", "never_add", "disclosure", "notes", "changes",
)  # fmt: skip
BREAKDOWN_KEYS = ("key", "by", "label", "list", "order", "others", "unknown", "percent", "base_label")
SHARES_KEYS = ("of", "figures")
SHARE_KEYS = ("key", "code", "label", "sentence")
MUST_HOLD_KEYS = ("left", "relation", "right", "note")
DISCLOSURE_KEYS = ("vault", "sensitive")
RELATIONS = ("equal", "at_most")
TESTS = {"not": Check.NOT_IN, "contains": Check.CONTAINS, "lacks": Check.LACKS, "ages": Check.IN}
# Columns whose values come from a code list of the mission, and columns whose values have a shape.
CODED = frozenset({"category", "within", "response", "site_kind", "organisation_kind", "sex", "age_band", "topics"})
SHAPES = {
    **dict.fromkeys(("country", "nationality", "origin", "destination"), (r"[A-Z]{3}", _("ISO 3166-1, como MEX"))),
    "state": (r"\d{2}", _("clave INEGI de dos cifras, como 02")),
    "place": (r"\d{5}", _("clave INEGI de cinco cifras, como 02004")),
}


@dataclass(frozen=True)
class Lists:
    """What a definition may refer to outside itself."""

    vocabularies: Mapping[str, Vocabulary]
    chapters: tuple[str, ...]

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(entry.code for vocabulary in self.vocabularies.values() for entry in vocabulary)


def read_figures(node: Node, lists: Lists) -> list[FigureDefinition]:
    """The definitions of one file: a YAML list of blocks."""
    return [_read_figure(item, lists) for item in node.items()]


def _read_figure(node: Node, lists: Lists) -> FigureDefinition:
    block = node.block(FIGURE_KEYS)
    key = block.must("key", Node.code, "")
    unit = block.must("unit", lambda value: value.member(Unit, _("una unidad")), Unit.EVENT)
    breakdowns = tuple(_read_breakdown(item, lists) for item in block.items("breakdowns"))
    _check_once(block.items("breakdowns"), [cut.key for cut in breakdowns])
    shares_of, shares = _read_shares(block, key, breakdowns)
    return FigureDefinition(
        key=key,
        version=block.must("version", Node.whole, 1),
        owner=block.must("owner", Node.code, ""),
        chapter=block.must("chapter", lambda value: value.one_of(lists.chapters, _("un capítulo del informe")), ""),
        unit=unit,
        label=block.must("label", read_texts, NO_TEXT),
        sentence=block.must("sentence", read_sentence, NO_TEXT),
        sources=block.must("kinds", lambda value: _read_sources(value, lists), ()),
        count=block.must("count", _read_count, Count(How.ROWS)),
        when=block.read("when", lambda value: value.member(When, _("una regla de fecha")), When.WITHIN),
        disclosure=_read_disclosure(block, unit),
        filters=block.read("where", lambda value: _read_filters(value, lists), ()),
        breakdowns=breakdowns,
        shares_of=shares_of,
        shares=shares,
        must_hold=tuple(_read_must_hold(item) for item in block.items("must_hold")),
        never_add=tuple(item.code() for item in block.items("never_add")),
        notes=block.read("notes", read_texts, NO_TEXT),
        changes=block.read("changes", read_texts, NO_TEXT),
        place=f"{node.file}:{node.line}",
    )


def read_sentence(node: Node) -> Texts:
    """A sentence per language; each says where the number goes with ``{value}``."""
    texts = read_texts(node)
    for language, text in texts.mapping.items():
        if "{value}" not in text:
            node.wrong(
                "no_value",
                _("la frase en «%(language)s» no dice dónde va la cifra."),
                _("Escriba {value} en el lugar de la cifra."),
                language=language,
            )
    return texts


def _read_sources(node: Node, lists: Lists) -> tuple[Source, ...]:
    return tuple(_read_source(item, lists) for item in node.items())


def _read_source(node: Node, lists: Lists) -> Source:
    what = _("una clase de hecho")
    if not _is_block(node):
        return Source(node.one_of(KINDS, what))
    block = node.block(["kind", "where"])
    return Source(
        kind=block.must("kind", lambda value: value.one_of(KINDS, what), ""),
        filters=block.read("where", lambda value: _read_filters(value, lists), ()),
    )


def _read_count(node: Node) -> Count:
    if not _is_block(node):
        if node.text() != How.ROWS:
            node.wrong(
                "bad_count",
                _("no se entiende cómo contar."),
                _("Escriba rows, o un bloque: {sum: quantity}, {distinct: columna} o {elements: columna de lista}."),
            )
        return Count(How.ROWS)
    block = node.block([How.SUM, How.DISTINCT, How.ELEMENTS])
    if len(block.found) != 1:
        node.wrong("bad_count", _("la cuenta lleva una sola clave."), _("Deje sum, distinct o elements."))
        return Count(How.ROWS)
    how, column = next(iter(block.found.items()))
    allowed = {How.SUM: ("quantity",), How.DISTINCT: COUNT_COLUMNS, How.ELEMENTS: LIST_COLUMNS}[How(how)]
    return Count(How(how), column.one_of(allowed, _("una columna que se pueda contar así")))


def _read_filters(node: Node, lists: Lists) -> tuple[Filter, ...]:
    return tuple(_read_filter(key, value, lists) for key, value in node.pairs())


def _read_filter(key: Node, node: Node, lists: Lists) -> Filter:
    column = key.one_of(FILTER_COLUMNS, _("una columna de los hechos"))
    if not _is_block(node):
        if column not in LIST_COLUMNS and [item.text() for item in node.items()] == ["present"]:
            return Filter(column, Check.PRESENT)
        if column in LIST_COLUMNS:
            node.wrong("list_column", _("«%(column)s» es una lista."), _("Escriba {contains: [...]}."), column=column)
        return Filter(column, Check.IN, _read_values(column, node, lists))
    block = node.block([*TESTS, "is"])
    if len(block.found) != 1:
        node.wrong("bad_filter", _("la condición lleva una sola clave."), _("Deje is, not, contains, lacks o ages."))
        return Filter(column, Check.PRESENT)
    name, value = next(iter(block.found.items()))
    return _read_test(column, name, value, lists)


def _read_test(column: str, name: str, value: Node, lists: Lists) -> Filter:
    if name == "is":
        state = value.one_of(("present", "empty"), _("una condición de presencia"))
        return Filter(column, Check.EMPTY if state == "empty" else Check.PRESENT)
    if name == "ages":
        chosen = value.one_of(AGE_SETS, _("un conjunto de edades"))
        if column != "age_band":
            value.wrong("ages_elsewhere", _("«ages» sólo va en age_band."))
        return Filter("age_band", Check.IN, AGE_SETS.get(chosen, ()))
    test = TESTS[name]
    if (test in {Check.CONTAINS, Check.LACKS}) != (column in LIST_COLUMNS):
        value.wrong(
            "wrong_test",
            _("«%(test)s» no sirve para la columna «%(column)s»."),
            _("Las columnas de lista llevan contains o lacks; las demás, un valor, una lista de valores o not."),
            test=name,
            column=column,
        )
    return Filter(column, test, _read_values(column, value, lists))


def _read_values(column: str, node: Node, lists: Lists) -> tuple[str, ...]:
    values = []
    for item in node.items():
        value = item.text()
        if column in SHAPES and not re.fullmatch(SHAPES[column][0], value):
            item.wrong(
                "bad_shape",
                _("«%(value)s» no es un valor de «%(column)s»."),
                _("Se escribe así: %(shape)s."),
                value=value,
                column=column,
                shape=SHAPES[column][1],
            )
        elif column in CODED and value not in lists.codes:
            item.wrong(
                "unknown_code",
                _("«%(value)s» no está en ninguna lista de códigos."),
                suggestion(value, sorted(lists.codes)),
                value=value,
                **suggested(value, sorted(lists.codes)),
            )
        values.append(value)
    if not values:
        node.wrong("no_values", _("falta al menos un valor."))
    return tuple(values)


def _read_breakdown(node: Node, lists: Lists) -> Breakdown:
    block = node.block(BREAKDOWN_KEYS)
    columns = tuple(item.one_of(BREAKDOWN_COLUMNS, _("una columna para desglosar")) for item in block.must_items("by"))
    if not 1 <= len(columns) <= 2 or (len(columns) == 2 and set(columns) & {*LIST_COLUMNS}):
        node.wrong("bad_by", _("un desglose va por una columna o por dos que no sean listas."))
    vocabulary = block.read("list", lambda value: value.one_of(lists.vocabularies, _("una lista de códigos")), None)
    entries = lists.vocabularies[vocabulary].codes if vocabulary and vocabulary in lists.vocabularies else ()
    percent = block.read("percent", lambda value: value.member(Percent, _("una forma de porcentaje")), Percent.NONE)
    if percent is Percent.PARTS and set(columns) & {*LIST_COLUMNS}:
        node.wrong(
            "not_parts",
            _("los elementos de una lista no son partes de un total."),
            _("Escriba percent: base: cada porcentaje es de todas las respuestas."),
        )
    order = block.read("order", lambda value: value.member(Order, _("un orden")), None)
    return Breakdown(
        key=block.must("key", Node.code, ""),
        columns=columns,
        label=block.must("label", read_texts, NO_TEXT),
        vocabulary=vocabulary,
        order=order or (Order.LISTED if vocabulary else Order.CODE),
        others=block.read("others", Node.flag, False),
        unknown=block.read("unknown", Node.flag, True),
        percent=percent,
        base_label=block.read("base_label", read_texts, NO_TEXT),
        vaults=tuple((entry.code, entry.vault) for entry in entries if entry.vault is not None),
        unknown_codes=tuple(entry.code for entry in entries if entry.unknown),
        listed_codes=tuple(entry.code for entry in entries),
    )


def _read_shares(block: Block, key: str, cuts: tuple[Breakdown, ...]) -> tuple[str | None, tuple[Share, ...]]:
    node = block.get("shares")
    if node is None:
        return None, ()
    inner = node.block(SHARES_KEYS)
    parts = [cut.key for cut in cuts if cut.percent is Percent.PARTS]
    of = inner.must("of", lambda value: value.one_of(parts, _("un desglose con percent: parts")), "")
    vaults = dict(next((cut.vaults for cut in cuts if cut.key == of), ()))
    items = inner.must_items("figures")
    shares = tuple(_read_share(item, key, vaults) for item in items)
    _check_once(items, [share.key for share in shares])
    return of, shares


def _read_share(node: Node, parent: str, vaults: Mapping[str, Vault]) -> Share:
    block = node.block(SHARE_KEYS)
    name = block.must("key", Node.code, "")
    code = block.read("code", Node.code, name)
    return Share(
        key=f"{parent}.share.{name}",
        code=code,
        label=block.must("label", read_texts, NO_TEXT),
        sentence=block.read("sentence", read_sentence, NO_TEXT),
        vault=vaults.get(code),
    )


def _read_must_hold(node: Node) -> MustHold:
    block = node.block(MUST_HOLD_KEYS)

    def names(value: Node) -> tuple[str, ...]:
        return tuple(item.text() for item in value.items())

    return MustHold(
        left=block.must("left", names, ()),
        relation=block.must("relation", lambda value: value.one_of(RELATIONS, _("una relación")), "equal"),
        right=block.must("right", names, ()),
        note=block.read("note", read_texts, NO_TEXT),
    )


def _read_disclosure(block: Block, unit: Unit) -> Disclosure:
    node = block.get("disclosure")
    vault, sensitive = None, True
    if node is not None:
        inner = node.block(DISCLOSURE_KEYS)
        vault = inner.read("vault", lambda value: value.member(Vault, _("una reserva")), None)
        sensitive = inner.read("sensitive", Node.flag, True)
        if vault and not sensitive:
            node.wrong("vault_not_sensitive", _("una cifra reservada siempre es sensible."), _("Quite sensitive: no."))
    return Disclosure(people=unit in PEOPLE_UNITS, vault=vault, sensitive=sensitive)


def _is_block(node: Node) -> bool:
    return isinstance(node.raw, yaml.MappingNode)


def _check_once(nodes: Iterable[Node], keys: Iterable[str]) -> None:
    seen: set[str] = set()
    for node, key in zip(nodes, keys, strict=True):
        if key in seen:
            node.wrong("twice_key", _("la clave «%(key)s» ya se usó."), _("Use otra clave."), key=key)
        seen.add(key)


def check_references(figures: Mapping[str, FigureDefinition], find: Callable[[str], Node]) -> None:
    """Sums and exclusions must name figures that are declared (``key`` or ``key/breakdown``)."""
    keys = {key for figure in figures.values() for key in figure.keys}
    cuts = {f"{figure.key}/{cut.key}" for figure in figures.values() for cut in figure.breakdowns}
    for figure in figures.values():
        named = [name for rule in figure.must_hold for name in (*rule.left, *rule.right)]
        for name in (*named, *figure.never_add):
            if name not in keys | cuts:
                find(figure.key).wrong(
                    "unknown_figure",
                    _("«%(name)s» no es una cifra declarada."),
                    suggestion(name, sorted(keys)),
                    name=name,
                    **suggested(name, sorted(keys)),
                )
