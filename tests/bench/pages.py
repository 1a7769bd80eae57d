"""Pages: server time of lists, files, search and the rest with 100,000 people and 50,000 cases on SQLite.

    python -m tests.bench.pages [--people 100000] [--cases 50000] [--home FOLDER] [--only TEXT]

The office is made through the rooms' bulk actions, each case with a service. With ``--home`` it stays
in that folder and the next run uses it again; left out, it is thrown away.
"""

from __future__ import annotations

import argparse
import gzip
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID

GOAL = 0.100  # seconds, median, for lists, files and search
WEIGHT = 100 * 1024  # bytes of a page
WARM, RUNS, AT_ONCE = 2, 15, 500
OFFICES = (("TIJ", 45), ("TAP", 35), ("MEX", 20))
NATIONALITIES = (("HND", 28), ("GTM", 15), ("VEN", 17), ("HTI", 13), ("CUB", 10), ("SLV", 9), ("MEX", 8))
# Of the needs, those from which the category follows: 8 % of the cases stand in the children's vault.
NEEDS = ((("legal",), 50), (("health", "food"), 20), (("prenatal",), 12), (("child_protection",), 8), (("asylum",), 10))
SERVICES = ("legal_advice", "lodging", "information")
EVENTS, IMPORTS = 2_000, 30


@dataclass(frozen=True)
class Measured:
    """One page: seconds of the wall and of the processor over all runs, bytes as HTML and compressed, queries."""

    group: str
    name: str
    walls: tuple[float, ...]
    computing: tuple[float, ...]
    raw: int
    compressed: int
    queries: int

    @property
    def p95(self) -> float:
        return sorted(self.walls)[max(0, round(len(self.walls) * 0.95) - 1)]

    @property
    def good(self) -> bool:
        """Goals hold for lists, files and search; the weight for every page."""
        quick = self.group not in {"list", "file", "search"} or median(self.computing) < GOAL
        return quick and self.compressed <= WEIGHT


def drawn(source: random.Random, shares: tuple[tuple[Any, int], ...]) -> Any:
    return source.choices([each for each, _share in shares], [share for _each, share in shares])[0]


def make(people: int, cases: int) -> dict[str, float]:
    """Fill the installation that is set up; the seconds of the processor each part took."""
    from cauce.access.queries import viewer_of
    from cauce.capture.run import learn_sizes
    from cauce.cli.setup import prepare
    from cauce.facts.refresh import refresh
    from tests.cast import User, assemble

    prepare()
    assemble()
    by = viewer_of(
        id=str(User.objects.get(username="info").pk),
        name="Banco de pruebas (simulado)",
        office="MEX",
        roles=("information_officer", "gbv_specialist", "child_protection", "trainer"),
        is_command=True,
    )
    source, spent = random.Random(11), {}

    def take(name: str, what: Callable[[], Any]) -> Any:
        began = time.process_time()
        made = what()
        spent[name] = time.process_time() - began
        return made

    everybody = take("people", lambda: _people(people, by, source))
    opened = take("cases", lambda: _cases(everybody[:cases], by, source))
    take("services", lambda: _services(opened, by, source))
    take("events", lambda: _events(by, source))
    take("imports", lambda: _imports(by))
    take("facts", refresh)
    learn_sizes()  # as every import ends and every server starts
    return spent


def _people(number: int, by: Any, source: random.Random) -> list[Any]:
    from cauce.records.people import actions
    from cauce.records.people.rules import NewPerson
    from cauce.simulator import names

    consents = {"service": True, "internal_case": True, "statistics": True}

    def one() -> NewPerson:
        sex, nationality = source.choice(("female", "male")), drawn(source, NATIONALITIES)
        given, first, second = names.full(source, sex, nationality)
        return NewPerson(
            given_names=given,
            first_surname=first,
            second_surname=second,
            sex=sex,
            age=source.randrange(18, 60),
            nationalities=(nationality,),
            phone=f"664{source.randrange(10**7):07}" if source.random() < 0.25 else "",
            registered_on=date.today() - timedelta(days=source.randrange(700)),
            office=drawn(source, OFFICES),
            consents=consents,
        )

    return [each for size in _steps(number) for each in actions.register_many([one() for _ in range(size)], by=by)]


def _steps(number: int) -> Iterator[int]:
    for start in range(0, number, AT_ONCE):
        yield min(AT_ONCE, number - start)


def _cases(everybody: list[Any], by: Any, source: random.Random) -> list[Any]:
    from cauce.access.models import User
    from cauce.records.protection import actions
    from cauce.records.protection.new import NewCase

    ana = str(User.objects.get(username="ana").pk)
    # The other cases are in the hands of colleagues who never come to this desk.
    colleagues = [str(UUID(int=source.getrandbits(128))) for _each in range(150)]

    def one(person: Any) -> NewCase:
        opened = min(date.today(), person.registered_on + timedelta(days=source.randrange(10)))
        needs = ("legal",) if person.sex == "male" else drawn(source, NEEDS)
        closed = source.random() < 0.6
        return NewCase(
            person=person,
            needs=needs,
            channel="self",
            population="migrant",
            state="closed" if closed else "open",
            identified_on=opened,
            opened_on=opened,
            closed_on=min(date.today(), opened + timedelta(days=60)) if closed else None,
            closing="goal_met" if closed else "",
            risk=source.choice(("low", "medium", "high")),
            office=person.office_id,
            owner=ana if person.office_id == "TIJ" and source.random() < 0.005 else source.choice(colleagues),
        )

    made = []
    for start in range(0, len(everybody), AT_ONCE):
        made += actions.open_cases([one(person) for person in everybody[start : start + AT_ONCE]], by=by)
    return made


def _services(cases: list[Any], by: Any, source: random.Random) -> None:
    from cauce.records.assistance import actions
    from cauce.records.assistance.new import NewService, Process

    def one(case: Any) -> NewService:
        vault = "" if case.sensitivity == "standard" else case.sensitivity
        return NewService(
            person=case.person,
            type=source.choice(SERVICES),
            delivered_on=case.opened_on,
            office=case.office_id,
            process=Process("protection.case", case.pk, vault),
        )

    for start in range(0, len(cases), AT_ONCE):
        actions.record_services([one(case) for case in cases[start : start + AT_ONCE]], by=by)


def _events(by: Any, source: random.Random) -> None:
    from cauce.records.activities import actions
    from cauce.records.activities.models import Event

    for size in _steps(EVENTS):
        actions.plan_many(
            [
                Event(
                    type="training",
                    title=f"Taller {number} (simulado)",
                    starts_on=date.today() - timedelta(days=source.randrange(700)),
                    modality="online",
                    topics=["trafficking"],
                    office_id=drawn(source, OFFICES),
                )
                for number in range(size)
            ],
            by=by,
        )


def _imports(by: Any) -> None:
    from cauce.capture import actions, run
    from tests.bench.imports import workbook

    for number in range(IMPORTS):
        # As far as its dry run: a list with files that wait for somebody's decision.
        batch = actions.receive(workbook(3 + number), f"personas-{number}.xlsx", by=by, sheets=["people.people"])
        run.run_batch(batch.pk, viewer=by)


def pages() -> list[tuple[str, str, str, str]]:
    """(group, what it is, who looks, address)."""
    from django.urls import reverse

    from cauce.access.roles import ROLES
    from cauce.records.protection.models import Case
    from tests.cast import MEMBERS

    case = Case.objects.filter(office="TIJ", sensitivity="standard", state="open").order_by("code").first()
    person = case.person
    lists = (
        ("people list", "ana", "people:people", ""),
        ("people list, of all offices", "info", "people:people", ""),
        ("people list, by sex and nationality", "ana", "people:people", "?f=1&sex=female&nationality=HTI"),
        ("people list, a page in the middle", "ana", "people:people", "?page=700"),
        ("case list", "ana", "protection:cases", ""),
        ("case list, mine", "ana", "protection:cases", "?f=1&mine=on"),
        ("case list, with the children's vault", "child", "protection:cases", ""),
        ("services", "nurse", "assistance:services", ""),
        ("referrals", "ana", "assistance:referrals", ""),
        ("event list", "trainer", "activities:events", ""),
        ("calendar of events", "trainer", "activities:calendar", ""),
        ("imports", "info", "capture:batches", ""),
        ("audit log", "focal", "desk:audit", ""),
        ("sites", "logistics", "places:sites", ""),
    )
    found = [("list", name, who, reverse(url) + more) for name, who, url, more in lists]
    for name, url, key in (
        ("person's file", "people:person", person.pk),
        ("person's services", "assistance:person", person.pk),
        ("person's timeline", "desk:timeline", person.pk),
        ("case file", "protection:case", case.pk),
    ):
        found.append(("file", name, "ana", reverse(url, args=[key])))
    found += [("search", f"search: {what}", "ana", f"«{text}»") for what, text in spellings(person)]
    found += [
        ("figures", "figures", "info", reverse("desk:figures")),
        ("figures", "a figure", "info", reverse("desk:figure", args=["protection.cases"])),
        ("figures", "a figure's records", "info", reverse("desk:figure_records", args=["protection.cases"])),
    ]
    roles = ((name, str(ROLES[member[2][0]].key)) for name, member in MEMBERS.items())
    return found + [("home", f"home: {role}", name, reverse("desk:home")) for name, role in roles]


def spellings(person: Any) -> list[tuple[str, str]]:
    """A name as it is written, turned round, misspelt, in part, very common, and a folio."""
    whole = " ".join(part for part in (person.given_names, person.first_surname) if part).split(" (")[0]
    other = whole.translate(str.maketrans("zsáéíóúvb", "szaeioubv"))
    return [
        ("a name", whole),
        ("the name backwards", " ".join(reversed(whole.split()))),
        ("the name misspelt", other),
        ("one word", "hernandes"),
        ("two common words", "Maria Lopez"),
        ("four words, nobody's", "Wenseslao Tiburcio Quispe Mamani"),
        ("a folio", person.folio),
        ("a phone", "6641234567"),
    ]


def measure(only: str = "") -> list[Measured]:
    """Every page (or those whose name has ``only``), warm, in this process."""
    from django.test import Client

    from tests.cast import User

    clients: dict[str, Client] = {}
    found = []
    for group, name, who, address in pages():
        if only and only not in name:
            continue
        if who not in clients:
            clients[who] = Client(SERVER_NAME="localhost")
            user = User.objects.get(username=who)
            clients[who].force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        found.append(_one(group, name, asker(clients[who], address)))
    return found


def asker(client: Any, address: str) -> Callable[[], Any]:
    """Ask for a page; a search is sent as a form, since names do not belong in addresses."""
    from django.urls import reverse

    if address.startswith("«"):
        return lambda: client.post(reverse("desk:search"), {"q": address.strip("«»")}, follow=True)
    return lambda: client.get(address)


def _one(group: str, name: str, ask: Callable[[], Any]) -> Measured:
    from django.db import connection

    asked: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        ask()
    walls, computing = [], []
    for number in range(WARM + RUNS):
        wall, processor = time.perf_counter(), time.process_time()
        response = ask()
        if number >= WARM:
            walls.append(time.perf_counter() - wall)
            computing.append(time.process_time() - processor)
        if response.status_code != 200:
            raise SystemExit(f"{name}: {response.status_code}")
    body = response.content
    return Measured(group, name, tuple(walls), tuple(computing), len(body), len(gzip.compress(body, 5)), len(asked))


def table(found: list[Measured]) -> str:
    head = f"{'page':<40} {'median':>8} {'p95':>8} {'of it computing':>16} {'queries':>8} {'HTML':>8} {'gzip':>8}"
    lines = [head, "-" * len(head)]
    for each in found:
        lines.append(
            f"{each.name:<40} {median(each.walls) * 1000:>5.0f} ms {each.p95 * 1000:>5.0f} ms "
            f"{median(each.computing) * 1000:>13.0f} ms {each.queries:>8} {each.raw / 1024:>5.0f} KB "
            f"{each.compressed / 1024:>5.0f} KB{'' if each.good else '  MISSED'}"
        )
    return "\n".join(lines)


def main(people: int = 100_000, cases: int = 50_000, home: Path | None = None, only: str = "") -> list[Measured]:
    """Make the office (once per folder), measure, print the table."""
    with tempfile.TemporaryDirectory() as own:
        folder = home or Path(own)
        folder.mkdir(parents=True, exist_ok=True)
        made = folder / "made-for-bench"
        set_up(folder)
        if not made.exists():
            spent = make(people, cases)
            made.write_text(f"{people:,} people, {cases:,} cases")
            said = ", ".join(f"{name} {seconds:.0f} s" for name, seconds in spent.items())
            sys.stdout.write(f"made in (computing): {said}\n")
        found = measure(only)
        said = made.read_text()
    sys.stdout.write(f"Pages with {said}, {RUNS} runs each, load {os.getloadavg()[0]:.1f}\n\n{table(found)}\n\n")
    missed = [each.name for each in found if not each.good]
    sys.stdout.write(f"A goal was MISSED: {', '.join(missed)}.\n" if missed else "Every goal was met.\n")
    return found


def set_up(home: Path) -> None:
    """Point the settings at ``home``; call it before anything of Django is imported."""
    for name in [name for name in os.environ if name.startswith("CAUCE_")]:
        del os.environ[name]
    os.environ |= {"CAUCE_HOME": str(home), "DJANGO_SETTINGS_MODULE": "cauce.settings"}
    import django

    django.setup()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--cases", type=int, default=50_000)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--only", default="")
    given = parser.parse_args()
    main(given.people, given.cases, given.home, given.only)
