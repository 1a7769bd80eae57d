"""A definition in words: what is counted, on what conditions, when, and how it is guarded.

In the language of the edition or of the screen, in full for es and en (others read Spanish). These
sentences are printed in the methodology annex and kept with an edition, so they are not taken from
the interface's catalogue, which changes with the program.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cauce.figures.words import COLUMNS, KINDS, LISTS, PHRASES, UNITS
from cauce.kernel.periods import Period
from cauce.mission import Mission
from cauce.mission.definition import AGE_SETS, Check, FigureDefinition, Filter, When


@dataclass(frozen=True, slots=True)
class Explanation:
    """A figure's rule as sentences. ``conditions`` must all hold; ``cuts`` are its breakdowns' names."""

    counts: str
    conditions: tuple[str, ...]
    when: str
    guard: str
    cuts: tuple[str, ...]
    notes: str

    @property
    def sentences(self) -> tuple[str, ...]:
        """All of it, in reading order."""
        return tuple(part for part in (self.counts, *self.conditions, self.when, self.guard, self.notes) if part)


def explain(
    definition: FigureDefinition,
    mission: Mission,
    language: str = "es",
    *,
    period: Period | None = None,
    office: str | None = None,
) -> Explanation:
    """The definition in words; with the period and office asked, when they are given."""
    words = PHRASES.get(language, PHRASES["es"])
    conditions = [_condition(each, definition, mission, language) for each in definition.filters]
    for source in definition.sources:
        for each in source.filters:
            condition = _condition(each, definition, mission, language, kinds=(source.kind,))
            conditions.append(words["only_for"].format(kind=_kind(source.kind, language), condition=condition))
    if office:
        conditions.append(words["office"].format(office=office))
    return Explanation(
        counts=_counts(definition, language),
        conditions=tuple(conditions),
        when=_when(definition, period, language),
        guard=_guard(definition, language),
        cuts=tuple(cut.label.get(language) for cut in definition.breakdowns),
        notes=definition.notes.get(language),
    )


def _counts(definition: FigureDefinition, language: str) -> str:
    words = PHRASES.get(language, PHRASES["es"])
    kinds = _joined((_kind(kind, language) for kind in definition.kinds), language)
    column = _column(definition.count.column or "", language)
    if definition.count.column == "subject":
        spanish, english = UNITS[definition.unit.value]
        column = english if language == "en" else spanish
    return words[f"count_{definition.count.how.value}"].format(kinds=kinds, column=column)


def _when(definition: FigureDefinition, period: Period | None, language: str) -> str:
    words = PHRASES.get(language, PHRASES["es"])
    sentence = words["overlapping"] if definition.when is When.OVERLAPPING else words["within"]
    asked = words["period"].format(start=period.start, end=period.end) if period else ""
    return f"{sentence} {asked}".strip()


def _guard(definition: FigureDefinition, language: str) -> str:
    words, guard = PHRASES.get(language, PHRASES["es"]), definition.disclosure
    if not guard.people:
        return words["not_people"]
    if guard.vault:
        return words["vault"]
    return words["sensitive"] if guard.sensitive else words["not_sensitive"]


def _condition(
    each: Filter, definition: FigureDefinition, mission: Mission, language: str, kinds: tuple[str, ...] = ()
) -> str:
    words = PHRASES.get(language, PHRASES["es"])
    values = [value for value in each.values if value is not None]
    if each.column == "age_band" and each.values in AGE_SETS.values():
        name = next(name for name, bands in AGE_SETS.items() if bands == each.values)
        return words[name]
    labels = (_label(each.column, value, kinds or definition.kinds, mission, language) for value in values)
    how = _joined(labels, language, last=words["and"] if each.test in {Check.NOT_IN, Check.LACKS} else words["or"])
    return words[each.test.value].format(column=_column(each.column, language), values=how)


def _label(column: str, value: str, kinds: Iterable[str], mission: Mission, language: str) -> str:
    """A value's label out of the list its column takes codes from, for these kinds of fact."""
    for kind in kinds:
        vocabulary = mission.vocabularies.get(LISTS.get((kind, column)) or LISTS.get(("", column)) or "")
        if vocabulary is not None and value in vocabulary:
            return vocabulary.text(value, language)
    return value


def _kind(kind: str, language: str) -> str:
    spanish, english = KINDS[kind]
    return english if language == "en" else spanish


def _column(column: str, language: str) -> str:
    spanish, english = COLUMNS.get(column, ("", ""))
    return english if language == "en" else spanish


def _joined(parts: Iterable[str], language: str, last: str | None = None) -> str:
    found = list(parts)
    link = last or PHRASES.get(language, PHRASES["es"])["and"]
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} {link} {found[-1]}"


def describe_filter(each: Filter, definition: FigureDefinition, mission: Mission, language: str = "es") -> str:
    """One condition in words: why a record that fails it does not count."""
    return _condition(each, definition, mission, language)
