"""Codes of cases: given by the office in order, or brought by an import and checked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from cauce.access.models import Office
from cauce.kernel.problems import Problem, Problems
from cauce.records.models import Batch
from cauce.records.people.countries import alpha2_of
from cauce.records.protection.models import Case, CaseCounter
from cauce.records.protection.new import NewCase

DEAD = (Batch.State.REFUSED, Batch.State.WITHDRAWN)
FORM = re.compile(r"[A-Z0-9][A-Z0-9./-]{2,23}")


def give(rows: Sequence[NewCase], offices: Sequence[str]) -> list[str]:
    """A code for every row, like ``MX-TIJ-C-00873``; the offices' counters stay locked until the end.

    Raises Problems when a brought code is already another case's.
    """
    _claim([row for row in rows if row.code])
    wanted = sorted(set(offices))
    counters = {code: CaseCounter.objects.select_for_update().get_or_create(office_id=code)[0] for code in wanted}
    countries = dict(Office.objects.filter(pk__in=wanted).values_list("code", "country"))
    begins = {code: f"{alpha2_of(countries[code])}-{code}-C-" for code in wanted}
    given = []
    for row, office in zip(rows, offices, strict=True):
        counter = counters[office]
        if row.code:
            rest = row.code.removeprefix(begins[office])
            if rest != row.code and re.fullmatch(r"\d{1,9}", rest):
                counter.last = max(counter.last, int(rest))
            given.append(row.code)
        else:
            counter.last += 1
            given.append(f"{begins[office]}{counter.last:05d}")
    for counter in counters.values():
        counter.save(update_fields=["last"])
    return given


def check_form(code: str) -> None:
    if code and not FORM.fullmatch(code):
        raise Problem(
            "protection.code",
            _("«%(value)s» no tiene la forma de una clave de caso."),
            fix=_("Use letras mayúsculas, números y guiones, por ejemplo MX-TIJ-C-00873."),
            field="code",
            value=code,
        )


def taken(codes: Iterable[str]) -> tuple[set[str], list[UUID]]:
    """Of these codes those that standing cases hold, and the dead cases (void, import withdrawn) that hold others."""
    names, size = sorted(set(filter(None, codes))), 400 if connection.vendor == "sqlite" else 5000
    held, dead = set(), []
    for start in range(0, len(names), size):
        holders = Case.objects.filter(code__in=names[start : start + size], code_released=False)
        for case in holders.select_related("batch").only("code", "voided_at", "batch__state"):
            if case.is_void or (case.batch and case.batch.state in DEAD):
                dead.append(case.pk)
            else:
                held.add(case.code)
    return held, dead


def check_free(code: str, held: Collection[str]) -> None:
    if code in held:
        raise _taken(code, None)


def _claim(brought: Sequence[NewCase]) -> None:
    """Refuse codes that are taken; free those of dead cases."""
    count = Counter(row.code for row in brought)
    rows = {row.code: row.row for row in brought}
    held, dead = taken(count)
    Case.objects.filter(pk__in=dead).update(code_released=True)
    if refused := held | {code for code, times in count.items() if times > 1}:
        raise Problems(_taken(code, rows[code]) for code in sorted(refused))


def _taken(code: str, row: int | None) -> Problem:
    return Problem(
        "protection.code_taken",
        _("La clave %(value)s ya es de otro caso."),
        fix=_("Si es el mismo caso, no lo registre otra vez; si no, deje la clave vacía y la oficina dará una."),
        field="code",
        row=row,
        value=code,
    )
