"""Definitions with one rule broken, for the tests that prove each rule is felt.

A set of facts is a good test of a definition only if every mutation of the definition gives
another number (design.md §9: near misses).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from cauce.mission.definition import Count, FigureDefinition, How, When


@dataclass(frozen=True, slots=True)
class Mutation:
    """A definition with one rule broken, and what was done to it."""

    what: str
    definition: FigureDefinition


def mutations(definition: FigureDefinition) -> Iterator[Mutation]:
    """Each filter dropped, each value of a filter dropped, each kind dropped, counting and dating swapped."""
    for place, each in enumerate(definition.filters):
        rest = definition.filters[:place] + definition.filters[place + 1 :]
        yield Mutation(f"without the condition on {each.column}", replace(definition, filters=rest))
        for value in each.values if len(each.values) > 1 else ():
            fewer = replace(each, values=tuple(kept for kept in each.values if kept != value))
            changed = (*definition.filters[:place], fewer, *definition.filters[place + 1 :])
            yield Mutation(f"without {value} in {each.column}", replace(definition, filters=changed))
    yield from _of_sources(definition)
    yield from _of_counting(definition)


def _of_sources(definition: FigureDefinition) -> Iterator[Mutation]:
    for place, source in enumerate(definition.sources):
        if len(definition.sources) > 1:
            rest = definition.sources[:place] + definition.sources[place + 1 :]
            yield Mutation(f"without {source.kind}", replace(definition, sources=rest))
        for each in source.filters:
            looser = replace(source, filters=tuple(kept for kept in source.filters if kept is not each))
            changed = (*definition.sources[:place], looser, *definition.sources[place + 1 :])
            yield Mutation(
                f"without the condition on {each.column} for {source.kind}", replace(definition, sources=changed)
            )


def _of_counting(definition: FigureDefinition) -> Iterator[Mutation]:
    count = definition.count
    if count.how in {How.DISTINCT, How.ELEMENTS}:
        yield Mutation(f"rows for distinct {count.column}", replace(definition, count=Count(How.ROWS)))
    if count.how is How.DISTINCT and count.column != "subject":
        swapped = replace(definition, count=Count(How.DISTINCT, "subject"))
        yield Mutation(f"distinct subject for distinct {count.column}", swapped)
    if count.how is How.SUM:
        yield Mutation("rows for a sum", replace(definition, count=Count(How.ROWS)))
    if definition.when is When.OVERLAPPING:
        yield Mutation("by date for an interval", replace(definition, when=When.WITHIN))
    if definition.consented_only:
        open_guard = replace(definition.disclosure, vault=None)
        yield Mutation("without asking for consent", replace(definition, disclosure=open_guard, with_consent=False))
