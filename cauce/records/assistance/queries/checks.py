"""What actions ask before they write."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cauce.kernel.problems import Problem
from cauce.records.assistance.models import Referral, SiteSupport, SupportLine
from cauce.records.assistance.new import NewSupport
from cauce.records.assistance.rules import OPEN_REFERRALS
from cauce.records.people.enums import Basis, Purpose
from cauce.records.people.models import Consent


class Consents:
    """What some people said to one purpose (to be referred, when left out), read at once."""

    def __init__(self, people: Iterable[UUID], purpose: str = Purpose.REFERRAL) -> None:
        self._given: dict[UUID, list[Consent]] = defaultdict(list)
        wanted, size = sorted(people), 500 if connection.vendor == "sqlite" else 10_000
        for start in range(0, len(wanted), size):
            rows = Consent.objects.filter(
                person__in=wanted[start : start + size], purpose=purpose, voided_at=None
            ).only("id", "person_id", "given", "given_on", "withdrawn_at", "expires_on", "basis")
            for consent in rows.order_by("given_on", "recorded_at", "id"):
                self._given[consent.person_id].append(consent)

    def standing(self, person: UUID, day: date) -> UUID | None:
        """The consent in force on a day: the last word said until then, if it was yes and still stood."""
        last = self._last(person, day)
        if last is None or not last.given:
            return None
        if last.withdrawn_at is not None and timezone.localdate(last.withdrawn_at) <= day:
            return None
        return None if last.expires_on is not None and last.expires_on < day else last.pk

    def answer(self, person: UUID, day: date) -> bool | None:
        """Whether the person's yes stood on a day; None when they had not been asked by then."""
        return None if self._last(person, day) is None else self.standing(person, day) is not None

    def refused(self, person: UUID, day: date) -> bool:
        """Had they said no, or taken their yes back, by then? Another legal basis is no refusal."""
        last = self._last(person, day)
        return last is not None and last.basis == Basis.CONSENT and self.standing(person, day) is None

    def _last(self, person: UUID, day: date) -> Consent | None:
        said = [each for each in self._given[person] if each.given_on <= day]
        return said[-1] if said else None


def open_referrals_of(person: UUID) -> list[Referral]:
    """Every open referral of a person, whatever office or vault it lies in: for the withdrawal of consent."""
    return list(Referral.objects.live().filter(person=person, state__in=OPEN_REFERRALS).select_for_update(of=("self",)))


def lines_of(support: SiteSupport) -> list[SupportLine]:
    return list(support.lines.filter(voided_at=None).order_by("recorded_at", "capture"))


@dataclass(frozen=True, slots=True)
class Twin:
    """A delivery about to be recorded that looks like one already there."""

    row: NewSupport
    support: UUID
    problem: Problem


def twins(rows: Sequence[NewSupport]) -> Iterator[Twin]:
    """Deliveries with the same site, date, item class and quantity as one recorded (domain.md §6.16)."""
    sites = {row.site.pk for row in rows if row.received_on}
    known: dict[tuple[object, ...], UUID] = {}
    for start in range(0, len(sites), 500):
        lines = SupportLine.objects.live().filter(
            support__site__in=sorted(sites)[start : start + 500], support__voided_at=None,
            support__received_on__in={row.received_on for row in rows if row.received_on},
        )  # fmt: skip
        for site, day, item_class, quantity, support in lines.values_list(
            "support__site", "support__received_on", "item_class", "quantity", "support"
        ):
            known[(site, day, item_class, quantity)] = support
    for row in rows:
        for line in row.lines if row.received_on else ():
            key = (row.site.pk, row.received_on, line.item_class, line.quantity)
            if (twin := known.setdefault(key, row.capture)) != row.capture:
                yield Twin(row, twin, _looks_double(row))
                break


def _looks_double(row: NewSupport) -> Problem:
    return Problem(
        "assistance.looks_double",
        _("Ya hay un apoyo a %(site)s del %(day)s con el mismo artículo y la misma cantidad."),
        fix=_("Si es otro apoyo, confírmelo; si es el mismo, no lo registre otra vez."),
        row=row.row,
        field="sure",
        site=row.site.name,
        day=row.received_on.strftime("%d/%m/%Y") if row.received_on else "",
    )
