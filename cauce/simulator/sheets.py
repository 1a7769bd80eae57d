"""From what was simulated to the rows a mission writes: each state with the dates of its steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from random import Random
from typing import Any

from cauce.simulator.families import Families
from cauce.simulator.world import SimAct, SimCase, SimPerson

Row = dict[str, Any]
# After how long without an answer a referral was taken back.
_PATIENCE = timedelta(days=45)


def person_row(person: SimPerson, families: Families) -> Row:
    return {
        "folio": person.folio,
        "given_names": person.given_names,
        "first_surname": person.first_surname,
        "second_surname": person.second_surname,
        "sex": person.sex,
        "birth_date": person.birth_date,
        "age": person.age_estimate,
        "nationality": person.nationality,
        "registered_on": person.registered_on,
        "group": families.groups.get(person.folio),
        "heads_group": person.folio in families.heads or None,
        "office": person.office,
        "consent_service": True,
        "consent_internal_case": True,
        "consent_referral": True,
        "consent_statistics": person.statistics,
    }


def case_row(case: SimCase) -> Row:
    child = case.person.age_on(case.opened_on) < 18
    return {
        "code": case.code,
        "folio": case.person.folio,
        "identified_on": case.opened_on,
        "opened_on": case.opened_on,
        "categories": list(case.categories),
        "needs": list(case.needs),
        "risk": case.risk,
        "channel": case.channel,
        "population": case.population,
        "uasc": "accompanied" if child else None,
        "closed_on": case.closed_on,
        "closing": case.closing or None,
        "owner": _owner(case),
        "office": case.person.office,
    }


def _owner(case: SimCase) -> str | None:
    """The demonstration's colleagues have a desk each; most of the year's cases are of people who left."""
    number, reserved = int(case.code[-5:]), case.categories[0]
    if case.person.office == "TIJ" and reserved in {"gbv", "trafficking"}:
        return "marta" if number % 3 == 0 else None
    if case.person.office == "TAP" and reserved == "child":
        return "ines" if number % 3 == 0 else None
    return "ana" if case.person.office == "TIJ" and reserved != "child" and number % 60 == 0 else None


def _service(act: SimAct, _random: Random) -> Row:
    state = act.values["state"]
    return {
        "folio": act.values["folio"],
        "case": act.values.get("case"),
        "type": act.values["type"],
        "kinds": act.values.get("kinds"),
        "state": state,
        "planned_on": act.day if state in {"planned", "cancelled", "no_show"} else None,
        "delivered_on": act.day if state == "delivered" else None,
        "closed_on": act.day if state in {"cancelled", "no_show"} else None,
        "site": act.values.get("site"),
        "municipality": act.values.get("municipality"),
        "response": act.values.get("response"),
        "office": act.office,
    }


def _referral(act: SimAct, random: Random) -> Row:
    """Sent, answered, delivered or closed, each not before the step before it."""
    state, sent = act.values["state"], act.values["sent_on"]
    answered = min(act.day, sent + timedelta(days=random.randint(0, 4)))
    return {
        "folio": act.values["folio"],
        "case": act.values["case"],
        "to": act.values["organisation"],
        "type": act.values["type"],
        "shared": ["folio", "age"],
        "state": state,
        "sent_on": sent,
        "answered_on": answered if state in {"accepted", "delivered", "not_delivered", "declined"} else None,
        "delivered_on": act.day if state == "delivered" else None,
        "closed_on": {"not_delivered": act.day, "declined": answered, "revoked": act.day + _PATIENCE}.get(state),
        "closing": random.choice(("no_capacity", "no_answer")) if state in {"not_delivered", "declined"} else None,
        "office": act.office,
    }


def _procedure(act: SimAct, random: Random) -> Row:
    state, issued = act.values["state"], act.values["issued_on"]
    received = act.day
    submitted = None
    if issued:
        submitted = received + (issued - received) / 2
    elif state in {"submitted", "refused"}:
        submitted = received + timedelta(days=random.randint(0, 3))
    return {
        "folio": act.values["folio"],
        "type": act.values["type"],
        "state": state,
        "received_on": received,
        "submitted_on": submitted,
        "issued_on": issued,
        "delivered_on": issued + timedelta(days=2) if state == "delivered" else None,
        "refused_on": submitted + timedelta(days=1) if state == "refused" and submitted else None,
        "refusal": "parents_documents" if state == "refused" else None,
        "missing": "Constancia de nacimiento del hospital" if state == "incomplete" else None,
        "office": act.office,
    }


def _item(act: SimAct, _random: Random) -> Row:
    state = act.values["state"]
    return {
        "folio": act.values["folio"],
        "item_class": act.values["item_class"],
        "quantity": act.values["quantity"],
        "state": state,
        "planned_on": None if state == "delivered" else act.day,
        "delivered_on": act.day if state == "delivered" else None,
        "closed_on": act.day if state == "not_delivered" else None,
        "signed": True if state == "delivered" else None,
        "office": act.office,
    }


def _support(act: SimAct, _random: Random) -> Row:
    state = act.values["state"]
    sent = act.day - timedelta(days=1)
    return {
        "site": act.values["site"],
        "municipality": act.values["municipality"],
        "item_class": act.values["item_class"],
        "quantity": act.values["quantity"],
        "measure": "piezas",
        "state": state,
        "planned_on": act.day if state in {"planned", "cancelled"} else None,
        "closed_on": act.day + _PATIENCE if state == "cancelled" else None,
        "dispatched_on": act.day if state == "dispatched" else sent if state == "received" else None,
        "received_on": act.day if state == "received" else None,
        "signed_by": "Coordinación del sitio" if state == "received" else None,
        "office": act.office,
    }


_WRITERS: dict[str, Callable[[SimAct, Random], Row]] = {
    "services": _service,
    "referrals": _referral,
    "procedures": _procedure,
    "items": _item,
    "site_support": _support,
}


def act_rows(acts: list[SimAct], sheet: str, random: Random) -> Iterator[Row]:
    """The rows of one sheet, by date as people keep them."""
    write = _WRITERS[sheet]
    for act in sorted(
        (act for act in acts if act.sheet == sheet), key=lambda act: (act.day, act.values.get("folio", ""))
    ):
        yield write(act, random)
