"""A small real intake for tests: people, with the folio, name, age and date that a shelter's list has."""

from __future__ import annotations

import io
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from cauce.capture import run
from cauce.capture.intakes import Intake, capture_of
from cauce.exchange import Column, Day, Folio, Sheet, Text, Whole
from cauce.kernel.problems import Problem
from cauce.records.models import Batch
from cauce.records.people import actions as people
from cauce.records.people.models import Person
from cauce.records.people.rules import NewPerson, check_new

ROSTER = Sheet(
    "roster",
    _("Personas"),
    [
        Column("folio", "Folio", Folio(), required=True),
        Column("name", "Nombre", Text(), required=True, mends={"anita (simulada)": "Ana (simulada)"}),
        Column("age", "Edad", Whole(max=120)),
        Column("day", "Registro", Day(), required=True),
    ],
)


def _new(row, batch=None) -> NewPerson:
    values = row.values
    return NewPerson(
        given_names=values["name"],
        age=values["age"],
        nationalities=["HND"],
        registered_on=values["day"],
        folio=values["folio"],
        row=row.number,
        **({"capture": capture_of(batch, row)} if batch else {}),
    )


def check_roster(rows, viewer, seen):
    for row in rows:
        yield from (problem.at(row=row.number) for problem in check_new(_new(row), row.values["day"]))
        if Person.objects.live().filter(folio=row.values["folio"]).exists():
            yield Problem("people.folio_taken", "El folio ya existe.", field="folio", row=row.number)
        seen.offer("people.folio", row.values["folio"], row.number)


def write_roster(rows, viewer, batch):
    people.register_many([_new(row, batch) for row in rows], by=viewer, batch=batch)


INTAKE = Intake("roster", ROSTER, "people.register", check_roster, write_roster)


def roster(count: int, *, start: int = 1, more: Iterable[dict] = ()) -> bytes:
    """A CSV of ``count`` good people, and ``more`` rows as they are."""
    out = io.BytesIO()
    lines = [
        f"{number:06d};Persona {_word(number)} (simulada);{number % 90};03/04/2022"
        for number in range(start, start + count)
    ]
    lines += [";".join(str(row.get(key, "")) for key in ("folio", "name", "age", "day")) for row in more]
    out.write(("Folio;Nombre;Edad;Registro\n" + "\n".join(lines) + "\n").encode())
    return out.getvalue()


def _word(number: int) -> str:
    return "".join(chr(97 + int(digit)) for digit in str(number))


def folios() -> list[str]:
    return sorted(Person.objects.values_list("folio", flat=True))


def ran(batch: Batch, **more) -> Batch:
    """Run what the import waits for, as the worker would."""
    done = run.run_batch(batch.pk, **more)
    assert done is not None
    return done
