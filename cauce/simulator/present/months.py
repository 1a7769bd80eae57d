"""Months that offices handed in: locked, validated, waiting to be validated, opened again."""

from __future__ import annotations

from datetime import date

from cauce.access.models import Office
from cauce.records.programmes import actions
from cauce.records.programmes.models import MonthlyClosing
from cauce.simulator.present.cast import Cast

# Offices whose months are kept, and who hands them in: the office's logistician, or Información for it.
_OFFICES = {"TIJ": "lalo", "TAP": "", "MEX": ""}
# Months back from the present one. Nothing of the present is dated as early as the last of them.
_WAITING, _VALIDATED = 2, 3


def months(cast: Cast) -> None:
    """The months of this year and the one before, up to two months ago; last month is still to be handed in."""
    luis = cast["luis"]
    for office, username in _OFFICES.items():
        by = cast[username] if username else cast.loader
        for back in range(cast.today.month + 11, _WAITING - 1, -1):
            closing = actions.submit_month(office, _month(cast.today, back), by=by)
            if back > _WAITING:
                closing = actions.validate_month(closing, by=luis)
            if back > _VALIDATED:
                closing = actions.lock_month(closing, by=luis)
    again = MonthlyClosing.objects.live().get(office="TAP", month=_month(cast.today, _VALIDATED + 1))
    actions.reopen_month(again, reason="Faltaba una jornada de registro (simulado)", by=luis)
    _others(cast)


def _others(cast: Cast) -> None:
    """The other offices have nothing waiting: their months of this year are locked."""
    others = Office.objects.filter(open=True).exclude(code__in=_OFFICES).order_by("code")
    for office in others.values_list("code", flat=True):
        for back in range(cast.today.month - 1, _WAITING - 1, -1):
            closing = actions.submit_month(office, _month(cast.today, back), by=cast.loader)
            actions.lock_month(actions.validate_month(closing, by=cast["luis"]), by=cast["luis"])


def _month(today: date, back: int) -> date:
    """The first day of the month so many months ago."""
    count = today.year * 12 + today.month - 1 - back
    return date(count // 12, count % 12 + 1, 1)
