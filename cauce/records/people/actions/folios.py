"""Folios: given by the office in order, or brought by an import and checked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from django.db import connection
from django.utils.translation import gettext_lazy as _

from cauce.access.models import Office
from cauce.kernel.problems import Problem, Problems
from cauce.records.models import Batch
from cauce.records.people.countries import alpha2_of
from cauce.records.people.models import FolioCounter, Person

DEAD = (Batch.State.REFUSED, Batch.State.WITHDRAWN)


def give(wanted: Sequence[tuple[str, str, int | None]]) -> list[str]:
    """A folio for every (office code, brought folio or "", row), in order.

    The offices' counters stay locked until the transaction ends. Raises Problems when a brought folio
    is already somebody's.
    """
    _claim([(folio, row) for _office, folio, row in wanted if folio])
    offices = sorted({office for office, _folio, _row in wanted})
    counters = {code: _locked(code) for code in offices}
    prefixes = dict(Office.objects.filter(pk__in=offices).values_list("code", "country"))
    begins = {code: f"{alpha2_of(country)}-{code}-" for code, country in prefixes.items()}
    folios = []
    for office, brought, _row in wanted:
        counter = counters[office]
        if brought:
            counter.last = max(counter.last, _number(brought, begins[office]))
            folios.append(brought)
        else:
            counter.last += 1
            folios.append(f"{begins[office]}{counter.last:06d}")
    for counter in counters.values():
        counter.save(update_fields=["last"])
    return folios


def _locked(office: str) -> FolioCounter:
    counter, _created = FolioCounter.objects.select_for_update().get_or_create(office_id=office)
    return counter


def _number(folio: str, begin: str) -> int:
    """The number of a folio of this office's own series, so that the counter goes on after it."""
    rest = folio.removeprefix(begin)
    return int(rest) if rest != folio and re.fullmatch(r"\d{1,9}", rest) else 0


def _claim(brought: list[tuple[str, int | None]]) -> None:
    """Refuse folios that are taken; free those of voided records and of withdrawn imports."""
    count = Counter(folio for folio, _row in brought)
    rows = dict(brought)
    taken = {folio for folio, times in count.items() if times > 1}
    for chunk in _chunks(sorted(count)):
        holders = Person.objects.filter(folio__in=chunk, folio_released=False)
        free = [person.pk for person in holders.select_related("batch").only("folio", "voided_at", "batch__state")
                if person.is_void or (person.batch and person.batch.state in DEAD)]  # fmt: skip
        Person.objects.filter(pk__in=free).update(folio_released=True)
        taken |= set(holders.exclude(pk__in=free).values_list("folio", flat=True))
    if taken:
        raise Problems(_taken(folio, rows[folio]) for folio in sorted(taken))


def _taken(folio: str, row: int | None) -> Problem:
    return Problem(
        "people.folio_taken",
        _("El folio %(folio)s ya es de otra persona."),
        fix=_("Si es la misma persona, no la registre otra vez; si no, deje el folio vacío y la oficina dará uno."),
        field="folio",
        row=row,
        folio=folio,
    )


def _chunks(values: list[str]) -> Iterable[list[str]]:
    size = 400 if connection.vendor == "sqlite" else 5000
    return (values[start : start + size] for start in range(0, len(values), size))
