"""Why a record counts in a figure, or does not, and which other record also carries it.

What a figure means in words is in ``cauce.figures.wording``; the list of records behind it is
``evaluate.records``. From outside both are reached through ``cauce.disclosure``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cauce.facts.store import FactStore
from cauce.figures import oracle
from cauce.figures.evaluate import Question, carriers, facts_of
from cauce.kernel.periods import Period
from cauce.mission.definition import FigureDefinition, Filter, How


class Standing(StrEnum):
    """What a record is to a figure."""

    DECIDING = "deciding"
    CARRIED = "carried"
    NOT_COUNTED = "not_counted"


class Why(StrEnum):
    """Why a record is not counted, where it is not a filter that leaves it out."""

    NO_FACT = "no_fact"
    DATE = "date"
    OFFICE = "office"
    NOTHING_TO_COUNT = "nothing_to_count"
    NO_CONSENT = "no_consent"


@dataclass(frozen=True, slots=True)
class Verdict:
    """``carried_by`` names the records (room, id) that carry the same things; ``reasons`` why it is left out."""

    standing: Standing
    carried_by: tuple[tuple[str, str], ...] = ()
    reasons: tuple[Why | Filter, ...] = ()


def judge(
    definition: FigureDefinition,
    period: Period,
    source_room: str,
    source_id: str,
    *,
    office: str | None = None,
    store: FactStore | None = None,
) -> Verdict:
    """What the record ``source_id`` of ``source_room`` is to this figure.

    Deciding: without it the figure would be another number. Carried: it is counted, and others
    carry each of its things as well. Not counted: with the reasons, all of them.
    """
    question = Question.of(definition, period, office, store)
    rows = carriers(question, source_room, source_id)
    own = [row for row in rows if (row[0], row[1]) == (source_room, source_id)]
    if not own:
        return Verdict(Standing.NOT_COUNTED, reasons=_reasons(question, source_room, source_id))
    if definition.count.how is How.SUM:
        # A quantity of zero is in the sum and changes nothing.
        return Verdict(Standing.DECIDING if sum(row[4] for row in own) else Standing.CARRIED)
    if definition.count.how is How.ROWS:
        return Verdict(Standing.DECIDING)
    others = [row for row in rows if (row[0], row[1]) != (source_room, source_id)]
    carried = {row[3] for row in others}
    if any(row[3] not in carried for row in own):
        return Verdict(Standing.DECIDING)
    return Verdict(Standing.CARRIED, tuple(dict.fromkeys((room, record) for room, record, *_rest in others)))


def _reasons(question: Question, room: str, record: str) -> tuple[Why | Filter, ...]:
    definition, facts = question.definition, facts_of(question, room, record)
    if not facts:
        return (Why.NO_FACT,)
    found: list[Why | Filter] = []
    for fact in facts:
        objections = list(oracle.objections(definition, fact, question.period, office=question.office))
        found += [Why(each) if isinstance(each, str) else each for each in objections]
        if not objections:
            no_consent = definition.consented_only and not fact.consented
            found.append(Why.NO_CONSENT if no_consent else Why.NOTHING_TO_COUNT)
    return tuple(dict.fromkeys(found))
