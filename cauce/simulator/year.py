"""A plausible year as the workbooks a mission keeps: one workbook a room, in Spanish (design.md §9)."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from cauce.exchange.columns import Sheet
from cauce.exchange.writing import write
from cauce.records.activities import columns as activities
from cauce.records.assistance import columns as assistance
from cauce.records.people import columns as people
from cauce.records.places import columns as places
from cauce.records.programmes import columns as programmes
from cauce.records.protection import columns as protection
from cauce.records.surveys import columns as surveys
from cauce.simulator import kits, sheets, survey
from cauce.simulator.cases import CaseBook
from cauce.simulator.events import EventBook, SimEvent
from cauce.simulator.families import Families, families
from cauce.simulator.people import Registry
from cauce.simulator.planner import Targets
from cauce.simulator.settling import settle
from cauce.simulator.sites import SiteBook
from cauce.simulator.world import YEAR, SimAct, working_day

Row = dict[str, Any]
# (how many are written, the next one's name)
Progress = Callable[[int, str], None]
# The order in which a mission loads them: what is referred to comes first.
WORKBOOKS = (
    "organizaciones",
    "sitios",
    "programas",
    "personas",
    "proteccion",
    "asistencia",
    "actividades",
    "encuestas",
)


@dataclass
class Year:
    """Everything that happened in the simulated year."""

    registry: Registry
    sites: SiteBook
    cases: CaseBook
    events: EventBook
    families: Families
    acts: list[SimAct] = field(default_factory=list)


def simulate(mission: Path, *, year: int = YEAR, seed: int = 2022) -> Year:
    """Make the year from the mission's published values; the same seed gives the same year."""
    targets = Targets.read(mission, year)
    random = Random(seed)
    registry = Registry(random)
    sites = SiteBook(targets, random)
    sites.write()
    cases = CaseBook(registry, targets, random, sites.receivers)
    cases.write()
    events = EventBook(targets, random)
    events.write()
    acts = [*cases.acts, *sites.acts]
    acts += kits.kits(registry, targets, random)
    acts += kits.certificates(registry, targets, random)
    acts += _consultations(registry, sites, random)
    # Chances of their own: what is told beside the year leaves the year as it is.
    settle(acts, cases.cases, Random(seed + 2))
    return Year(registry, sites, cases, events, families(registry, Random(seed + 3)), acts)


def _consultations(registry: Registry, sites: SiteBook, random: Random) -> list[SimAct]:
    """A nurse's visits to shelters: help to people that is no protection case."""
    shelters = [site for site in sites.sites if site.kind == "shelter"]
    acts = []
    for _ in range(700):
        site = random.choice(shelters)
        day = working_day(random)
        known = [each for each in random.sample(registry.people, k=30) if each.office == site.office]
        known = [each for each in known if each.registered_on <= day]
        if not known:
            continue
        kinds = random.choices((["medical"], ["psychosocial"], ["medical", "psychosocial"]), weights=(60, 25, 15))[0]
        values = {"folio": known[0].folio, "type": "consultation", "kinds": kinds, "state": "delivered",
                  "site": site.name, "municipality": site.place}  # fmt: skip
        acts.append(SimAct("services", site.office, day, values, "no case"))
    return acts


def write_year(
    folder: Path, mission: Path, *, seed: int = 2022, tell: Progress = lambda _done, _name: None
) -> list[Path]:
    """Write the year's workbooks into ``folder``, in the order in which they are to be loaded.

    All appear at once: a process killed while it writes leaves none.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    partial = folder.with_name(f".{folder.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(mode=0o700)
    year = simulate(mission, seed=seed)
    random = Random(seed + 1)
    for number, (name, content) in enumerate(_workbooks(year, random)):
        tell(number, name)
        write(
            partial / _file_name(number, name),
            [(sheet, list(rows)) for sheet, rows in content],
            title=f"{name} (datos simulados)",
        )
    shutil.rmtree(folder, ignore_errors=True)
    partial.replace(folder)
    return written(folder)


def written(folder: Path) -> list[Path]:
    """The workbooks of ``folder`` in the order in which they are to be loaded; none when one is missing."""
    paths = [folder / _file_name(number, name) for number, name in enumerate(WORKBOOKS)]
    return paths if all(path.is_file() for path in paths) else []


def _file_name(number: int, name: str) -> str:
    return f"{number + 1:02d}-{name}.xlsx"


def _workbooks(year: Year, random: Random) -> Iterable[tuple[str, list[tuple[Sheet, Iterable[Row]]]]]:
    acts = year.acts
    yield "organizaciones", [(places.ORGANISATIONS, _organisations(year))]
    yield "sitios", [(places.SITES, _sites(year))]
    yield "programas", [(programmes.PROJECTS, _projects())]
    by_day = sorted(year.registry.people, key=lambda person: (person.registered_on, person.folio))
    yield "personas", [(people.PEOPLE, (sheets.person_row(person, year.families) for person in by_day))]
    yield "proteccion", [(protection.CASES, map(sheets.case_row, year.cases.cases))]
    yield (
        "asistencia",
        [
            (sheet, sheets.act_rows(acts, sheet.key, random))
            for sheet in (
                assistance.SERVICES,
                assistance.REFERRALS,
                assistance.PROCEDURES,
                assistance.ITEMS,
                assistance.SUPPORTS,
            )
        ],
    )
    events = sorted(year.events.events, key=lambda event: (event.starts_on, event.code))
    yield (
        "actividades",
        [
            (activities.EVENTS, map(_event, events)),
            (activities.ATTENDANCE, (row for event in events for row in _attendance(event))),
            (activities.COUNTS, (row for event in events for row in _counts(event))),
        ],
    )
    interviews = survey.interview_rows(Random(YEAR))
    yield "encuestas", [(surveys.ROUNDS, survey.round_rows()), (surveys.INTERVIEWS, interviews)]


def _organisations(year: Year) -> Iterable[Row]:
    for each in year.sites.organisations:
        yield {"name": each.name, "kind": each.kind, "municipality": each.place}


def _sites(year: Year) -> Iterable[Row]:
    for each in year.sites.sites:
        yield {
            "name": each.name,
            "kind": each.kind,
            "municipality": each.place,
            "organisation": each.organisation,
            "capacity_regular": each.capacity or None,
            "accepts": ["women", "men", "families"] if each.kind == "shelter" else [],
            "opened": date(YEAR - 4, 3, 1),
        }


def _projects() -> Iterable[Row]:
    for code, name, chapters in (
        ("SIM.0001", "Protección en la frontera norte (simulado)", ["protection"]),
        ("SIM.0002", "Albergues dignos (simulado)", ["emergencies"]),
        ("SIM.0003", "Capacidades para la gobernanza (simulado)", ["capacity"]),
    ):
        yield {
            "code": code,
            "name": name,
            "start": date(YEAR - 1, 1, 1),
            "end": date(YEAR + 1, 6, 30),
            "chapters": chapters,
        }


def _event(event: SimEvent) -> Row:
    # A cancelled event has no sessions.
    days = 0 if event.state == "cancelled" else (event.ends_on - event.starts_on).days + 1
    return {
        "code": event.code,
        "type": event.type,
        "title": event.title,
        "starts_on": event.starts_on,
        "ends_on": event.ends_on,
        "state": event.state,
        "cancel_reason": "Se pospuso por falta de quórum" if event.state == "cancelled" else None,
        "modality": event.modality,
        "municipality": event.place,
        "topics": list(event.topics),
        "hours": 6 * days or None,
        "session_days": [event.starts_on + timedelta(days=number) for number in range(days)],
        "office": event.office,
    }


def _attendance(event: SimEvent) -> Iterable[Row]:
    for sector, organisation, name, sex, attended in event.attendees:
        yield {
            "event": event.code,
            "name": name,
            "sector": [sector],
            "sex": sex,
            "organisation": organisation,
            "presence": "present" if attended else "absent",
        }


def _counts(event: SimEvent) -> Iterable[Row]:
    for (sector, sex), quantity in event.counts.items():
        yield {"event": event.code, "sector": [sector], "sex": sex, "quantity": quantity}
