"""Invented facts for tests of editions: a small 2022 in which every figure of the report counts something."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from cauce.facts import refresh
from cauce.facts.store import current
from cauce.kernel.facts import Fact
from cauce.kernel.periods import Period

CASES = {"referral_general": 130, "other_crime": 44, "gbv": 12, "child": 15, "prenatal": 14, "trafficking": 12}
SECTORS = {"government": 76, "cso": 10, "shelter": 9, "private": 5}
TOPICS = ("access_to_justice", "ethical_recruitment", "data_protection")


def _fact(number: int, **changes) -> Fact:
    day = date(2022, 1, 3) + timedelta(days=number * 7 % 360)
    return Fact(
        **{
            "kind": "assistance.service", "date": day, "until": day, "subject": f"s{number:05d}", "office": "TIJ",
            "source_room": "assistance", "source_id": f"record-{number}", "state": "02", "place": "02004", **changes,
        }
    )  # fmt: skip


def year() -> list[Fact]:
    """About 500 facts of 2022, with persons and subjects under recognisable ids."""
    facts: list[Fact] = []
    number = 0
    for category, count in CASES.items():
        for _each in range(count):
            number += 1
            common = {"kind": "protection.case_assisted", "category": category, "subject": f"case-{number}"}
            facts.append(
                _fact(number, **common, person=f"person-{number}", sex="female", age_band="18-59", nationality="HND")
            )
    for place, state, events in (("02002", "02", 3), ("19039", "19", 1)):
        for _each in range(events):
            number += 1
            facts.append(
                _fact(
                    number,
                    kind="activities.event",
                    category="service_fair",
                    place=place,
                    state=state,
                    subject=f"e{number}",
                )
            )
            facts.append(
                _fact(
                    number,
                    kind="activities.participation",
                    within="service_fair",
                    quantity=50,
                    place=place,
                    state=state,
                )
            )
    for each in range(3):
        number += 1
        facts.append(_fact(number, kind="activities.event", category="registration_drive", subject=f"drive-{each}"))
    for each, topic in enumerate(TOPICS):
        number += 1
        facts.append(
            _fact(number, kind="activities.event", category="training", topics=(topic,), subject=f"training-{each}")
        )
    for sector, quantity in SECTORS.items():
        number += 1
        facts.append(
            _fact(number, kind="activities.participation", within="training", category=sector, quantity=quantity)
        )
    for each in range(24):
        number += 1
        facts.append(
            _fact(
                number, kind="assistance.item", category="prenatal_kit", person=f"mother-{each % 20}", age_band="18-59"
            )
        )
        facts.append(
            _fact(number, kind="assistance.certificate_issued", person=f"child-{each}", age_band="5-11", sex="female")
        )
        facts.append(
            _fact(
                number, kind="assistance.site_support", category="food", site=f"site-{each}",
                site_kind="other_service" if each < 4 else "shelter", organisation=f"organisation-{each}",
            )
        )  # fmt: skip
    return facts


def interviews(count: int = 400) -> list[Fact]:
    """Anonymous interviews of the last quarter of 2022."""
    countries, reasons = ("HND", "HTI", "VEN", "GTM"), ("economic", "insecurity", "safety")
    return [
        _fact(
            number, kind="surveys.interview", date=date(2022, 10, 1) + timedelta(days=number % 92), until=None,
            source_room="surveys", subject=f"interview-{number}", nationality=countries[number % 4],
            origin=countries[number % 4], destination="USA" if number % 5 else "MEX",
            sex="female" if number % 3 else "male", age_band="18-59" if number % 9 else "12-17",
            topics=reasons[: 1 + number % 3], place="07089" if number % 2 else "02004", state="07" if number % 2 else "02",
        )
        for number in range(count)
    ]  # fmt: skip


def keep(facts: Iterable[Fact]) -> None:
    """Put facts into the test's own store, as a refresh would have."""
    refresh.refresh()
    months: dict[tuple[str, Period], list[Fact]] = defaultdict(list)
    for fact in facts:
        months[fact.kind, Period.month(fact.date.year, fact.date.month)].append(fact)
    for (kind, month), members in months.items():
        current().write_month(kind, month, members)
