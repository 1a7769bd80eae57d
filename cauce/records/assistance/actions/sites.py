"""Writing support to sites: a delivery note with its lines."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from cauce.access.viewer import Viewer
from cauce.records import writing
from cauce.records.assistance import queries, rules, vocabulary
from cauce.records.assistance.actions import common
from cauce.records.assistance.enums import SupportState
from cauce.records.assistance.models import SiteSupport, SupportLine
from cauce.records.assistance.new import NewLine, NewSupport
from cauce.records.models import Batch
from cauce.records.places.rules import check_receives_on

ORDER = ("planned_on", "dispatched_on", "received_on")


def support_site(*, by: Viewer, sure: bool = False, **fields: Any) -> SiteSupport:
    """Record one delivery to a site; ``fields`` are those of ``new.NewSupport``.

    A delivery that looks like one already recorded (same site, date, class and quantity, domain.md
    §6.16) raises Problem ``assistance.looks_double`` until the caller is ``sure``.
    """
    row = NewSupport(**fields)
    known = SiteSupport.objects.filter(capture=row.capture).exists()
    if not sure and not known and (twin := next(iter(queries.twins([row])), None)):
        raise twin.problem
    return support_sites([row], by=by)[0]


def support_sites(rows: Sequence[NewSupport], *, by: Viewer, batch: Batch | None = None) -> list[SiteSupport]:
    """The bulk form. Duplicates are warned of before (``queries.twins``), never refused."""
    ground = check_supports(rows, by=by, batch=batch)
    with transaction.atomic():
        supports = common.insert([_support(row, ground) for row in rows], by=by, batch=batch)
        lines = [
            _line(line, number, support)
            for row, support in zip(rows, supports, strict=True)
            for number, line in enumerate(row.lines)
        ]
        if len(rows) == 1 and SupportLine.objects.filter(support=supports[0]).exists():
            return supports  # the same form sent again
        writing.add_many(lines, by=by, batch=batch)
    return supports


def check_supports(rows: Sequence[NewSupport], *, by: Viewer, batch: Batch | None = None) -> common.Ground:
    """Raises Problems for every row that cannot be written."""
    by.require("assistance.site_support")
    ground = common.Ground(rows, by, batch=batch)
    common.check_all(rows, lambda row: _checks(row, ground))
    return ground


def _checks(row: NewSupport, ground: common.Ground) -> list[Callable[[], None]]:
    checks = [
        lambda: rules.check_dates(row, rules.SUPPORT_DATES, label=SupportState(row.state).label),
        lambda: rules.check_order(row, ORDER),
        lambda: rules.check_lines(row.lines),
        *(lambda line=line: _check_line(line) for line in row.lines),
        *common.common_checks(row, ground, ("dispatched_on", "received_on", "closed_on"), "received_on"),
    ]
    if row.state in (SupportState.RECEIVED, SupportState.CORRECTED):
        checks.append(lambda: rules.check_signed(row.signed_by))
    if row.received_on:
        site, day = row.site, row.received_on
        checks.append(lambda: check_receives_on(site.name, site.opened, site.closed, day))
    return checks


def _check_line(line: NewLine) -> None:
    vocabulary.check("item_classes", line.item_class, field="item_class")
    rules.check_quantity(line.quantity)


def _support(row: NewSupport, ground: common.Ground) -> SiteSupport:
    return SiteSupport(
        capture=row.capture,
        office_id=ground.office(row),
        site=row.site,
        state=row.state,
        planned_on=row.planned_on,
        dispatched_on=row.dispatched_on,
        received_on=row.received_on,
        closed_on=row.closed_on,
        signed_by=row.signed_by.strip(),
        note_number=row.note_number.strip(),
        note=row.note.strip() or None,
        response=row.response,
        projects=list(row.projects),
    )


def _line(line: NewLine, number: int, support: SiteSupport) -> SupportLine:
    return SupportLine(
        # Derived, so that a delivery note sent twice has its lines once.
        capture=uuid.uuid5(support.capture, str(number)),
        office_id=support.office_id,
        support=support,
        item_class=line.item_class,
        item=line.item.strip(),
        quantity=line.quantity,
        measure=line.measure.strip(),
    )


def dispatch_support(support: SiteSupport, *, by: Viewer, on: date | None = None) -> SiteSupport:
    """The goods left for the site."""
    by.require("assistance.site_support")
    day = on or timezone.localdate()
    rules.check_past(day, today=timezone.localdate(), field="dispatched_on")
    return common.step(support, SupportState.DISPATCHED, by=by, allowed=rules.SUPPORT, dispatched_on=day)


def receive_support(
    support: SiteSupport, *, by: Viewer, signed_by: str, on: date | None = None, note_number: str = ""
) -> SiteSupport:
    """The site signed for the goods on ``on``; from then on the delivery counts."""
    by.require("assistance.site_support")
    day = on or timezone.localdate()
    site = support.site
    common.check_step(
        lambda: rules.check_signed(signed_by),
        lambda: rules.check_past(day, today=timezone.localdate(), field="received_on"),
        lambda: rules.check_not_before(day, support.dispatched_on or day, field="received_on"),
        lambda: check_receives_on(site.name, site.opened, site.closed, day),
        lambda: common.check_step_day(support, day, "received_on"),
    )
    more = {"note_number": note_number.strip()} if note_number.strip() else {}
    return common.step(
        support, SupportState.RECEIVED, by=by, allowed=rules.SUPPORT, received_on=day, signed_by=signed_by.strip(),
        **more,
    )  # fmt: skip


def cancel_support(support: SiteSupport, *, by: Viewer, reason: str) -> SiteSupport:
    """The delivery will not take place; needs a reason."""
    by.require("assistance.site_support")
    rules.check_reason(reason)
    return common.step(
        support, SupportState.CANCELLED, by=by, allowed=rules.SUPPORT, reason=reason, closed_on=timezone.localdate()
    )


def correct_line(line: SupportLine, *, by: Viewer, reason: str, quantity: int, item: str | None = None) -> SupportLine:
    """Correct a line of a delivery already received; the delivery is marked as corrected and counts as it now says."""
    by.require("assistance.site_support")
    rules.check_quantity(quantity)
    changes: dict[str, Any] = {"quantity": quantity} | ({} if item is None else {"item": item.strip()})
    support = line.support
    rules.check_received(support.state)
    with transaction.atomic():
        writing.correct(line, changes, reason=reason, by=by, dates=common.fact_dates(support))
        if support.state == SupportState.RECEIVED:
            common.step(support, SupportState.CORRECTED, by=by, allowed=rules.SUPPORT, reason=reason)
    return line


def correct_support(support: SiteSupport, /, *, by: Viewer, reason: str, **changes: Any) -> SiteSupport:
    """Correct dates, site, response or signature of a delivery; lines by ``correct_line``."""
    common.refuse_state(changes)
    by.require("assistance.site_support")
    names = ("site", "state", "planned_on", "dispatched_on", "received_on", "closed_on", "signed_by", "response",
             "projects")  # fmt: skip
    stands = {name: getattr(support, name) for name in names}
    lines = [NewLine(item_class=each.item_class, quantity=each.quantity) for each in queries.lines_of(support)]
    row = NewSupport(lines=lines, **{**stands, **{n: v for n, v in changes.items() if n in names}})
    common.check_all([row], lambda row: _checks(row, common.Ground([row], by, anew=False)))
    return common.amend(support, changes, reason=reason, by=by)


def void_support(support: SiteSupport, *, by: Viewer, reason: str) -> SiteSupport:
    """Take a delivery with its lines out of every count, with the reason."""
    by.require("assistance.site_support")
    with transaction.atomic():
        for line in queries.lines_of(support):
            writing.void(line, reason=reason, by=by, dates=common.fact_dates(support))
        return common.strike(support, reason=reason, by=by)
