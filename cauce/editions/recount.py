"""Checking an edition's numbers: its own sums and shares, and a recount by the oracle."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from cauce import disclosure
from cauce.editions.values import Sum, Values
from cauce.kernel.facts import Fact
from cauce.kernel.periods import Period
from cauce.mission.definition import FigureDefinition, from_plain

RELATIONS = {"equal": "=", "at_most": "≤", "at_least": "≥"}


def failed_sums(values: Values) -> list[str]:
    """The sums that do not hold, in words. One with a withheld term cannot be checked and is left out."""
    return [told for each in values.sums if (told := _failed(values, each))]


def _failed(values: Values, each: Sum) -> str:
    left, right = _terms(values, each.left), _terms(values, each.right)
    if left is None or right is None:
        return ""
    holds = {
        "equal": sum(left) == sum(right),
        "at_most": sum(left) <= sum(right),
        "at_least": sum(left) >= sum(right),
    }[each.relation]
    if holds:
        return ""
    told = f"{' + '.join(each.left)} {RELATIONS[each.relation]} {' + '.join(each.right)}"
    return f"{told} ({sum(left)}, {sum(right)})"


def _terms(values: Values, names: Sequence[str]) -> list[int] | None:
    """The numbers a side of a sum names: a figure, or a breakdown's cells (``figure/breakdown``)."""
    found: list[int | None] = []
    for name in names:
        if "/" in name:
            cut = values.breakdown(name)
            found += [None] if cut.withheld else [cell.value for cell in cut.cells]
        else:
            found.append(values.figure(name).value)
    return None if None in found else [value for value in found if value is not None]


def broken_shares(values: Values) -> list[str]:
    """Breakdowns whose percentages do not sum to 100, and shares that are not their breakdown's."""
    broken = []
    for cut in values.breakdowns:
        percents = [cell.percent for cell in cut.cells if cell.percent is not None]
        # Percentages of parts are rounded so that they sum to 100 (largest remainder).
        if cut.percent == "parts" and percents and len(percents) == len(cut.cells) and sum(percents) != 100:
            broken.append(_("%(cut)s suma %(sum)s%%") % {"cut": cut.name, "sum": sum(percents)})
    for figure in values.figures:
        if figure.parent and figure.value is not None and not 0 <= figure.value <= 100:
            broken.append(_("%(key)s no es un porcentaje") % {"key": figure.key})
    return broken


def definitions_of(values: Values) -> list[FigureDefinition]:
    """The definitions an edition was frozen with. Raises KeyError, TypeError or ValueError for damaged ones."""
    return [from_plain(data) for data in values.definitions]


def differences(values: Values, facts: Sequence[Fact]) -> list[str]:
    """Where a recount of ``facts`` by the frozen definitions, through the gate again, gives another number.

    The count is the oracle's, the gate is the same: a value that should have been withheld and was
    not is a difference too.
    """
    period = Period.parse(values.about.period)
    found: list[str] = []
    definitions = definitions_of(values)
    told = {figure.key: figure for figure in values.figures}
    cuts = {cut.name: cut for cut in values.breakdowns}
    for definition in definitions:
        # The oracle walks over all it is given: only the kinds the definition reads.
        own = [fact for fact in facts if fact.kind in definition.kinds]
        released = disclosure.release(
            definition, period, profile=values.about.profile, breakdown=disclosure.ALL, facts=own
        )
        for key, cell, _unit in released.rows():
            figure = told.pop(key, None)
            if figure is None or figure.value != cell.value:
                found.append(_different(key, None if figure is None else figure.value, cell.value))
        for table in released.breakdowns:
            name = f"{released.key}/{table.key}"
            cut = cuts.pop(name, None)
            counted = {cell.key: (cell.cell.value, cell.percent and cell.percent.value) for cell in table.cells}
            frozen = None if cut is None else {"/".join(c.codes): (c.value, c.percent) for c in cut.cells}
            if frozen != counted or (cut is not None and cut.base != table.base.value):
                found.append(_("el desglose %(name)s no coincide") % {"name": name})
    found += [_("%(name)s no tiene definición") % {"name": name} for name in (*told, *cuts)]
    return found


def _different(key: str, frozen: int | None, counted: int | None) -> str:
    hidden = _("reservado")
    return _("%(key)s dice %(frozen)s y el recuento da %(counted)s") % {
        "key": key,
        "frozen": hidden if frozen is None else frozen,
        "counted": hidden if counted is None else counted,
    }
