"""Writing items handed to people: kits, food, medicines, glasses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Sum
from django.db.models.functions import ExtractYear
from django.utils import timezone

from cauce.access.viewer import Viewer
from cauce.records.assistance import rules, vocabulary
from cauce.records.assistance.actions import common
from cauce.records.assistance.enums import ItemState
from cauce.records.assistance.models import ItemDelivery
from cauce.records.assistance.new import NewItem
from cauce.records.models import Batch

# (person, item class, year)
KitKey = tuple[UUID, str, int]


def deliver_item(*, by: Viewer, **fields: Any) -> ItemDelivery:
    """Record items for one person; ``fields`` are those of ``new.NewItem``."""
    return deliver_items([NewItem(**fields)], by=by)[0]


def deliver_items(rows: Sequence[NewItem], *, by: Viewer, batch: Batch | None = None) -> list[ItemDelivery]:
    """The bulk form; kits of a person are added up over the rows and what was delivered before."""
    ground = check_items(rows, by=by, batch=batch)
    return common.insert([_item(row, ground) for row in rows], by=by, batch=batch)


def check_items(
    rows: Sequence[NewItem], *, by: Viewer, batch: Batch | None = None, earlier: Counter[KitKey] | None = None
) -> common.Ground:
    """Raises Problems for every row that cannot be written.

    ``earlier`` are kits of the same file's rows checked before; a dry run passes it on, and it grows.
    """
    by.require("assistance.items")
    ground = common.Ground(rows, by, batch=batch)
    already = _kits_of({row.person.pk for row in rows if row.item_class in vocabulary.KITS})
    tally: Counter[KitKey] = Counter() if earlier is None else earlier
    # A form sent twice is the same delivery: its first sending does not count against it.
    known = {row.capture for row in rows} if len(rows) == 1 else set()
    for delivery in ItemDelivery.objects.live().filter(capture__in=known):
        already[_key_of(delivery)] -= delivery.quantity
    common.check_all(rows, lambda row: _checks(row, ground, already, tally))
    return ground


def _key_of(row: NewItem | ItemDelivery) -> KitKey:
    person = row.person_id if isinstance(row, ItemDelivery) else row.person.pk
    return (person, row.item_class, row.delivered_on.year if row.delivered_on else 0)


def _kits_of(people: set[UUID]) -> Counter[KitKey]:
    """Kits delivered to these people by class and year."""
    found: Counter[KitKey] = Counter()
    wanted, size = sorted(people), 500 if connection.vendor == "sqlite" else 10_000
    for start in range(0, len(wanted), size):
        delivered = ItemDelivery.objects.filter(
            person__in=wanted[start : start + size], item_class__in=vocabulary.KITS, state=ItemState.DELIVERED,
            voided_at=None,
        )  # fmt: skip
        rows = delivered.annotate(year=ExtractYear("delivered_on")).values_list("person", "item_class", "year")
        found.update({(person, kind, year): total for person, kind, year, total in rows.annotate(Sum("quantity"))})
    return found


def _checks(
    row: NewItem, ground: common.Ground, already: Counter[KitKey], tally: Counter[KitKey]
) -> list[Callable[[], None]]:
    def kits() -> None:
        if row.item_class in vocabulary.KITS and row.state == ItemState.DELIVERED:
            key = _key_of(row)
            rules.check_kits(row.item_class, row.quantity, already[key] + tally[key])
            tally[key] += row.quantity

    return [
        lambda: vocabulary.check("item_classes", row.item_class, field="item_class"),
        lambda: rules.check_dates(row, rules.ITEM_DATES, label=ItemState(row.state).label),
        lambda: rules.check_quantity(row.quantity),
        kits,
        *common.common_checks(row, ground, ("delivered_on", "closed_on"), "delivered_on"),
    ]


def _item(row: NewItem, ground: common.Ground) -> ItemDelivery:
    return ItemDelivery(
        capture=row.capture,
        office_id=ground.office(row),
        person=row.person,
        item_class=row.item_class,
        item=row.item.strip(),
        quantity=row.quantity,
        state=row.state,
        planned_on=row.planned_on,
        delivered_on=row.delivered_on,
        closed_on=row.closed_on,
        site=row.site,
        signed=row.signed,
        response=row.response,
        projects=list(row.projects),
        **common.process_fields(row),
    )


def hand_over(item: ItemDelivery, *, by: Viewer, on: date | None = None, signed: bool = False) -> ItemDelivery:
    """Planned items were handed to the person on ``on`` (today when left out)."""
    by.require("assistance.items")
    day = on or timezone.localdate()
    already = _kits_of({item.person_id})
    common.check_step(
        lambda: rules.check_past(day, today=timezone.localdate(), field="delivered_on"),
        lambda: rules.check_born(day, item.person.birth_date, field="delivered_on"),
        lambda: rules.check_kits(item.item_class, item.quantity, already[(item.person_id, item.item_class, day.year)]),
        lambda: common.check_step_day(item, day, "delivered_on"),
    )
    return common.step(item, ItemState.DELIVERED, by=by, allowed=rules.ITEM, delivered_on=day, signed=signed)


def not_handed_over(item: ItemDelivery, *, by: Viewer, reason: str) -> ItemDelivery:
    """Planned items will not be handed over; needs a reason."""
    by.require("assistance.items")
    rules.check_reason(reason)
    return common.step(
        item, ItemState.NOT_DELIVERED, by=by, allowed=rules.ITEM, reason=reason, closed_on=timezone.localdate()
    )


def correct_item(item: ItemDelivery, /, *, by: Viewer, reason: str, **changes: Any) -> ItemDelivery:
    """Correct class, quantity, date or site; the state changes by its steps alone."""
    common.refuse_state(changes)
    by.require("assistance.items")
    names = ("item_class", "item", "quantity", "state", "planned_on", "delivered_on", "closed_on", "site", "signed",
             "response", "projects")  # fmt: skip
    stands = {name: getattr(item, name) for name in names}
    row = NewItem(person=item.person, **{**stands, **{n: v for n, v in changes.items() if n in names}})
    already = _kits_of({item.person_id})
    if item.state == ItemState.DELIVERED:
        already[_key_of(item)] -= item.quantity
    common.check_all([row], lambda row: _checks(row, common.Ground([row], by, anew=False), already, Counter()))
    return common.amend(item, changes, reason=reason, by=by)


def void_item(item: ItemDelivery, *, by: Viewer, reason: str) -> ItemDelivery:
    """Take a delivery out of every count, with the reason."""
    by.require("assistance.items")
    return common.strike(item, reason=reason, by=by)
