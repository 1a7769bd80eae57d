"""The state machines: any way of walking them keeps the dates that belong to a state, and no step is invented."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cauce.kernel.problems import Problem
from cauce.records.assistance import rules
from cauce.records.assistance.enums import ItemState, ProcedureState, ReferralState, ServiceState, SupportState
from cauce.records.assistance.tests.world import refused

MACHINES = {
    "service": (rules.SERVICE, rules.SERVICE_DATES, ServiceState),
    "referral": (rules.REFERRAL, rules.REFERRAL_DATES, ReferralState),
    "procedure": (rules.PROCEDURE, rules.PROCEDURE_DATES, ProcedureState),
    "item": (rules.ITEM, rules.ITEM_DATES, ItemState),
    "support": (rules.SUPPORT, rules.SUPPORT_DATES, SupportState),
}


@pytest.mark.parametrize("name", MACHINES)
def test_every_state_has_its_dates_and_can_be_reached(name):
    machine, dates, states = MACHINES[name]
    assert set(dates) == set(states)
    reached = {next(iter(states))}
    while (more := reached | {to for state in reached for to in machine.get(state, ())}) != reached:
        reached = more
    assert reached == set(states)


@pytest.mark.parametrize("name", MACHINES)
def test_a_state_that_counts_is_left_only_by_correction_or_delivery(name):
    """What was delivered, received or issued never goes back to a state that does not count."""
    machine, _dates, _states = MACHINES[name]
    # "Received" of a procedure is the application, which counts for nothing.
    counting = {"delivered", "issued"} if name == "procedure" else {"delivered", "received", "corrected"}
    for state, following in machine.items():
        if state in counting:
            assert {str(each) for each in following} <= counting


@given(st.data())
@pytest.mark.parametrize("name", MACHINES)
def test_a_record_is_right_exactly_when_its_dates_are_those_of_its_state(name, data):
    _machine, table, states = MACHINES[name]
    state = data.draw(st.sampled_from(list(states)))
    fields = sorted({field for pair in table.values() for side in pair for field in side})
    start = date(2022, 1, 1)
    record = SimpleNamespace(state=state)
    for field in fields:
        days = data.draw(st.none() | st.integers(0, 300))
        setattr(record, field, None if days is None else start + timedelta(days=days))
    present, absent = table[state]
    right = all(getattr(record, each) for each in present) and not any(getattr(record, each) for each in absent)
    if right:
        rules.check_dates(record, table, label=state.label)
    else:
        with pytest.raises(Problem):
            rules.check_dates(record, table, label=state.label)


@given(st.lists(st.none() | st.dates(), min_size=3, max_size=3))
def test_dates_in_order_pass_and_others_do_not(days):
    names = ("sent_on", "answered_on", "delivered_on")
    record = SimpleNamespace(**dict(zip(names, days, strict=True)))
    known = [day for day in days if day is not None]
    if known == sorted(known):
        rules.check_order(record, names)
    else:
        refused("assistance.date_order", rules.check_order, record, names)


@given(st.integers(1, 5), st.integers(0, 5))
def test_kits_stop_at_three_a_person_class_and_year(quantity, already):
    if quantity + already <= 3:
        rules.check_kits("prenatal_kit", quantity, already)
    else:
        refused("assistance.too_many_kits", rules.check_kits, "prenatal_kit", quantity, already)
    rules.check_kits("food", quantity * 100, already)


def test_the_database_refuses_what_the_rules_refuse(db):
    """The CHECKs of the tables name the same pairs as the rules."""
    from cauce.records.assistance import models

    owners = {
        "service": models.Service, "referral": models.Referral, "procedure": models.IdentityProcedure,
        "item": models.ItemDelivery, "support": models.SiteSupport,
    }  # fmt: skip
    for name, model in owners.items():
        _machine, table, _states = MACHINES[name]
        dates = next(str(each.condition) for each in model._meta.constraints if each.name.endswith("_dates"))
        for state, (present, absent) in table.items():
            wanted = [f"('{field}__isnull', False)" for field in present] + [
                f"('{field}__isnull', True)" for field in absent
            ]
            assert f"('state', '{state.value}')" in dates
            part = next(each for each in dates.split("(AND:") if f"('state', '{state.value}')" in each)
            assert all(each in part for each in wanted), (name, state)
