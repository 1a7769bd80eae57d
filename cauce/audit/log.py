"""Writing the log: the only functions that add a step (domain.md R13).

Every step carries a keyed code over its own content and the code before it. Without the key file
nobody, not even the database's administrator, can change, drop or insert a step unseen.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from cauce import keys
from cauce.audit.inserting import insert_many
from cauce.audit.models import Entry, Head, Seal
from cauce.kernel.actors import Actor

GENESIS = "0" * 64
MANY = 20  # from here on rows go in by one prepared statement, and their ids stay unknown


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What one step says, before it has its place in the chain."""

    verb: str
    table: str
    record: str
    office: str
    concerns: Sequence[str] = ()
    dates: Iterable[date] = ()
    changes: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    reason: str = ""
    batch: UUID | str | None = None


def record(
    by: Actor,
    verb: str,
    table: str,
    record: object,
    office: str,
    *,
    concerns: Sequence[object] = (),
    dates: Iterable[date] = (),
    changes: Mapping[str, tuple[Any, Any]] | None = None,
    reason: str = "",
    batch: UUID | str | None = None,
) -> Entry:
    """Add one step. Raises RuntimeError outside a transaction: no write without its record."""
    new = NewEntry(
        verb, table, str(record), office, [str(each) for each in concerns], dates, changes or {}, reason, batch
    )
    return record_many(by, [new])[0]


def read(
    by: Actor, table: str, record_id: object, office: str, *, concerns: Sequence[object] = (), reason: str = ""
) -> Entry:
    """Note that somebody read something sensitive."""
    return record(by, "read", table, record_id, office, concerns=concerns, reason=reason)


def record_many(by: Actor, entries: Sequence[NewEntry]) -> list[Entry]:
    """Add many steps at once, in order, each its own link of its office's chain."""
    if not connection.in_atomic_block:
        raise RuntimeError("audit entries are written in the transaction of what they record")
    at = timezone.now()
    written: list[Entry] = []
    by_office: dict[str, list[NewEntry]] = defaultdict(list)
    for entry in entries:
        by_office[entry.office].append(entry)
    # Offices in one fixed order, so that two writers never wait for each other in a circle.
    for office in sorted(by_office):
        head, _created = Head.objects.select_for_update().get_or_create(pk=office, defaults={"mac": GENESIS})
        for new in by_office[office]:
            head.number += 1
            step = _step(by, new, head.number, at)
            head.mac = step.mac = mac_of(step, head.mac)
            written.append(step)
        head.save(update_fields=["number", "mac"])
    if len(written) > MANY:
        insert_many(written)
        return written
    return Entry.objects.bulk_create(written)


def _step(by: Actor, new: NewEntry, number: int, at: datetime) -> Entry:
    changes = {
        name: [keys.digest(f"{new.record}|{name}|{old}"), keys.digest(f"{new.record}|{name}|{value}")]
        for name, (old, value) in new.changes.items()
    }
    return Entry(
        office=new.office,
        number=number,
        at=at,
        actor=by.id,
        role=by.role,
        verb=new.verb,
        table=new.table,
        record=new.record,
        concerns=list(new.concerns),
        dates=sorted({day.isoformat() for day in new.dates if day is not None}),
        changes=changes,
        reason=new.reason,
        batch=str(new.batch or ""),
    )


def mac_of(entry: Entry, before: str) -> str:
    """The keyed code of a step that follows the step whose code is ``before``."""
    content = json.dumps(
        [
            before, entry.office, entry.number, entry.at.isoformat(), entry.actor, entry.role, entry.verb, entry.table,
            entry.record, entry.concerns, entry.dates, entry.changes, entry.reason, entry.batch,
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )  # fmt: skip
    return keys.digest(content, "audit-chain")


def seal_heads() -> Seal:
    """Seal all heads together; done after each import, each edition and at least daily."""
    if not connection.in_atomic_block:
        raise RuntimeError("heads are sealed inside a transaction")
    heads = {head.office: [head.number, head.mac] for head in Head.objects.select_for_update().order_by("office")}
    last = Seal.objects.order_by("-number").first()
    seal = Seal(number=last.number + 1 if last else 1, at=timezone.now(), heads=heads)
    seal.mac = seal_mac(seal, last.mac if last else GENESIS)
    seal.save(force_insert=True)
    return seal


def seal_mac(seal: Seal, before: str) -> str:
    content = json.dumps([before, seal.number, seal.at.isoformat(), seal.heads], sort_keys=True)
    return keys.digest(content, "audit-seal")
