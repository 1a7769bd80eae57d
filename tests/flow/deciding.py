"""Judges a sample of the demonstration's records, voids each through its room, and counts again.

    python -m tests.flow.deciding        (in a copy of the demonstration: CAUCE_HOME)

Prints what was found as JSON: ``records``, ``acts`` of cases (judged for their case), and the ``figures`` they were
judged for; ``test_records`` says what must be true of it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from random import Random
from typing import Any

import django

django.setup()

from cauce.access.queries import viewer_of
from cauce.access.roles import ROLES
from cauce.access.viewer import Viewer
from cauce.disclosure import insight
from cauce.disclosure.release import release
from cauce.facts.refresh import refresh
from cauce.facts.store import current as current_store
from cauce.figures import oracle
from cauce.kernel.periods import Period
from cauce.mission.definition import FigureDefinition
from cauce.mission.package import current as current_mission
from cauce.records.activities import actions as activities
from cauce.records.activities.models import Event, Participation
from cauce.records.assistance import actions as assistance
from cauce.records.assistance.models import IdentityProcedure, ItemDelivery, Referral, Service, SiteSupport
from cauce.records.base import Record
from cauce.records.protection import actions as protection
from cauce.records.protection.models import Case

YEAR = Period.year(2022)
REASON = "Prueba: se anula para recontar"
# How many records are asked for at once: databases take a bounded number of values.
ASKED = 500
# Model → the figures its records stand behind, and the room's own way to void one.
STANDS_BEHIND: dict[type[Record], tuple[tuple[str, ...], Callable[..., Any]]] = {
    Case: (("protection.cases",), protection.void_case),
    Service: (("assistance.people_direct",), assistance.void_service),
    ItemDelivery: (
        ("protection.perinatal_people", "protection.perinatal_kits", "assistance.people_direct"),
        assistance.void_item,
    ),
    IdentityProcedure: (("protection.birth_certificates",), assistance.void_procedure),
    SiteSupport: (("shelters.supported", "shelters.other_institutions"), assistance.void_support),
    Event: (("protection.fairs", "protection.birth_registration_days", "capacity.topics"), activities.void_event),
    Participation: (("capacity.participants", "protection.fair_participants"), activities.void_participation),
}
# Model → what a sample must have of everything.
STRATA: dict[type[Record], tuple[str, ...]] = {
    Case: ("category",),
    Service: ("state",),
    ItemDelivery: ("item_class", "state"),
    IdentityProcedure: ("type", "state"),
    SiteSupport: ("site__kind", "state"),
    # Before the events: of a void event nobody's participation counts.
    Participation: ("event__starts_on__year", "event__type", "presence"),
    Event: ("starts_on__year", "type", "state"),
}


@dataclass
class Found:
    """One record judged for one figure. ``without`` is what the oracle counts when its facts are left out."""

    table: str
    record: str
    state: str
    figure: str
    standing: str
    carried_by: list[str]
    reasons: list[str]
    before: int
    without: int
    after: int


def main(count: int) -> dict[str, list[Found]]:
    everybody = viewer_of(id="prueba", name="Prueba", office="MEX", roles=tuple(ROLES), is_command=True)
    refresh()
    found = []
    for record in sample(count, everybody):
        figures, void = STANDS_BEHIND[type(record)]
        judged = [judge(record, current_mission().figures[key], everybody) for key in figures]
        void(record, reason=REASON, by=everybody)
        refresh()
        for each in judged:
            each.after = value(current_mission().figures[each.figure], everybody)
        found += judged
    return {"records": found, "acts": [act_of_a_case(act, everybody) for act in acts_of_cases()]}


def sample(count: int, by: Viewer) -> Iterator[Record]:
    """First a record that decides each figure, then records of the workbooks of every kind, state and class in turn.

    Which ones differs between two demonstrations (keys are drawn when a workbook is imported); that every
    figure has its deciding record, and every class its turn, does not.
    What colleagues recorded these weeks lies in another year, some of it closed to any change.
    """
    given = 0
    for key, model in ((key, model) for model, (keys, _void) in STANDS_BEHIND.items() for key in keys):
        decider = first_deciding(model, current_mission().figures[key], by)
        if decider is not None:
            given += 1
            yield decider
    random = Random(2022)
    piles = []
    for model, fields in STRATA.items():
        by_class: dict[tuple, list] = {}
        for pk, *classes in model.objects.live().exclude(batch=None).order_by("pk").values_list("pk", *fields):
            by_class.setdefault(tuple(classes), []).append(pk)
        piles += [(model, random.sample(keys, k=min(len(keys), count))) for _class, keys in sorted(by_class.items())]
    while given < count and any(keys for _model, keys in piles):
        for model, keys in piles:
            record = model.objects.live().filter(pk=keys.pop()).first() if keys and given < count else None
            if record is not None:
                given += 1
                yield record


def first_deciding(model: type[Record], definition: FigureDefinition, by: Viewer) -> Record | None:
    """A record of the workbooks on the figure's list that alone carries what it counts; None when there is none."""
    room = model.table().partition(".")[0]
    listed = insight.records(definition, YEAR, viewer_vaults=by.vaults).rows
    alone = [row.source_id for row in listed if row.source_room == room and row.counts and not row.also]
    of_workbooks = model.objects.live().exclude(batch=None)
    found = (of_workbooks.filter(pk__in=alone[start : start + ASKED]) for start in range(0, len(alone), ASKED))
    return next((record for some in found if (record := some.order_by("pk").first())), None)


def acts_of_cases() -> list[Service | Referral]:
    """Deliveries of cases that have one, and of cases that have two: both of them, one after the other."""
    chosen: dict[tuple[type, int], list] = {}
    for model in (Service, Referral):
        delivered = model.objects.live().exclude(batch=None).filter(state="delivered", process_id__isnull=False)
        for act in delivered.order_by("pk")[:400]:
            others = [
                each
                for other in (Service, Referral)
                for each in other.objects.live().filter(state="delivered", process_id=act.process_id)
            ]
            pile = chosen.setdefault((model, len(others)), [])
            if len(others) <= 2 and len(pile) < 2 * len(others):
                pile += others
            if all(len(chosen.get((model, number), ())) >= 2 * number for number in (1, 2)):
                break
    return list({act.pk: act for pile in chosen.values() for act in pile}.values())


def act_of_a_case(act: Service | Referral, by: Viewer) -> Found:
    """Judge the case an act was delivered for, void the act, count again."""
    case = Case.objects.get(pk=act.process_id)
    definition = current_mission().figures["protection.cases"]
    found = judge(case, definition, by)
    rows = list(current_store().read(definition.kinds, YEAR))
    own = [fact for fact in rows if fact.source_id == str(case.pk)]
    (assistance.void_service if isinstance(act, Service) else assistance.void_referral)(act, reason=REASON, by=by)
    refresh()
    found.table, found.record = act.table(), str(act.pk)
    found.without = found.before - (len(own) == 1)
    found.after = value(definition, by)
    return found


def judge(record: Record, definition: FigureDefinition, by: Viewer) -> Found:
    room = record.table().partition(".")[0]
    verdict = insight.judge(definition, YEAR, room, str(record.pk), viewer_vaults=by.vaults)
    assert verdict is not None
    store = current_store()
    rest = [
        fact
        for fact in store.read(definition.kinds, YEAR)
        if (fact.source_room, fact.source_id) != (room, str(record.pk))
    ]
    return Found(
        table=record.table(),
        record=str(record.pk),
        state=" ".join(str(part) for part in classes_of(record)),
        figure=definition.key,
        standing=verdict.standing.value,
        carried_by=[" ".join(carrier) for carrier in verdict.carried_by],
        reasons=[getattr(reason, "column", reason) for reason in verdict.reasons],
        before=value(definition, by),
        without=oracle.evaluate(definition, rest, YEAR).value,
        after=-1,
    )


def classes_of(record: Record) -> tuple:
    return type(record).objects.filter(pk=record.pk).values_list(*STRATA[type(record)])[0]


def value(definition: FigureDefinition, by: Viewer) -> int:
    cell = release(definition, YEAR, profile="internal", viewer_vaults=by.vaults).cell
    assert cell.value is not None
    return cell.value


if __name__ == "__main__":
    told = main(int(sys.argv[1]))
    figures = sorted({key for keys, _void in STANDS_BEHIND.values() for key in keys})
    found = {name: [asdict(each) for each in several] for name, several in told.items()}
    sys.stdout.write(json.dumps({"figures": figures, **found}))
