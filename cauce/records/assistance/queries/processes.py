"""What processes ask about their acts: when something of them was delivered, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cauce.kernel.periods import Period
from cauce.records.assistance.enums import ReferralState, ServiceState
from cauce.records.assistance.models import Referral, Service


@dataclass(frozen=True, slots=True)
class Delivered:
    """A delivered service or referral of a process. A referral has no site of ours: ``site`` is None."""

    process: UUID
    day: date
    act: UUID
    office: str
    response: str | None
    projects: tuple[str, ...]
    site: UUID | None


def delivered_of(kind: str, period: Period) -> Iterator[Delivered]:
    """Services and referrals of processes of this kind delivered in the period, always in the same order.

    Items and identity procedures are not among them: a case is assisted by a service or a referral
    (counting rules).
    """
    fields = ("process_id", "delivered_on", "id", "office_id", "response_id", "projects")
    within = {"process_kind": kind, "delivered_on__range": (period.start, period.end)}
    services = Service.objects.live().filter(state=ServiceState.DELIVERED, **within)
    referrals = Referral.objects.live().filter(state=ReferralState.DELIVERED, **within)
    for queryset, columns in ((services, (*fields, "site_id")), (referrals, fields)):
        for row in queryset.order_by("delivered_on", "id").values_list(*columns).iterator(chunk_size=2000):
            process, day, act, office, response, projects, *site = row
            yield Delivered(process, day, act, office, response, tuple(projects), site[0] if site else None)


def delivery_dates(kind: str, processes: Iterable[UUID]) -> dict[UUID, list[date]]:
    """Process → every date a service or referral of it was delivered: the months its facts lie in."""
    found: dict[UUID, set[date]] = {process: set() for process in processes}
    for model, state in ((Service, ServiceState.DELIVERED), (Referral, ReferralState.DELIVERED)):
        rows = model.objects.live().filter(process_kind=kind, process_id__in=list(found), state=state)
        for process, day in rows.values_list("process_id", "delivered_on"):
            found[process].add(day)
    return {process: sorted(days) for process, days in found.items()}
