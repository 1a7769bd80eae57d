"""People and decisions about them, from the sheets offices keep."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cauce.access.viewer import Viewer
from cauce.capture.intakes.base import Intake, Seen, capture_of
from cauce.exchange import Row
from cauce.kernel.problems import Problem
from cauce.records.models import Batch
from cauce.records.people import actions, columns, indexing, names, queries, rules
from cauce.records.people.models import Decision, Person

FOLIO = "people.folio"
CONSENT = "people.consent"  # "folio|purpose" of every yes, for sheets that need one
_NOBODY = uuid.UUID(int=0)


def _check_people(rows: Sequence[Row], viewer: Viewer, seen: Seen) -> Iterator[Problem]:
    today = timezone.localdate()
    held = queries.held_folios((folio for row in rows if (folio := row.values["folio"].upper())), viewer)
    for row in rows:
        new = columns.new_person(row.values, row=row.number, capture=_NOBODY, office=viewer.office)
        problems = [problem.at(row=row.number) for problem in rules.check_new(new, today)]
        if not viewer.sees_office(new.office):
            problems.append(_foreign(new.office, row.number))
        if problems:
            yield from problems
            continue
        if new.folio and (problem := _folio_problem(new, held, seen, row.number)):
            yield problem
            continue
        for purpose, given in new.consents.items():
            if given:
                seen.offer(CONSENT, f"{new.folio}|{purpose}", row.number)


def _folio_problem(new: rules.NewPerson, held: dict[str, set[int]], seen: Seen, row: int) -> Problem | None:
    """A folio that is taken: the same person is a repeated row, another one is a mistake."""
    if new.folio in held:
        if not held[new.folio]:
            return _in_use(new.folio, row)
        if indexing.exact(names.tokens(_whole(new))) in held[new.folio]:
            return Problem(
                "people.known.duplicate",
                _("La persona con folio %(folio)s ya está registrada."),
                field="folio",
                row=row,
                folio=new.folio,
            )
        return _taken(new.folio, row)
    if not seen.offer(FOLIO, new.folio, row):
        return _taken(new.folio, row)
    return None


def _whole(new: rules.NewPerson) -> str:
    return f"{new.given_names} {new.first_surname} {new.second_surname} {new.known_as}"


def _taken(folio: str, row: int) -> Problem:
    return Problem(
        "people.folio_taken",
        _("El folio %(folio)s ya es de otra persona."),
        fix=_("Revíselo; o déjelo vacío y la oficina dará uno."),
        field="folio",
        row=row,
        folio=folio,
    )


def _in_use(folio: str, row: int) -> Problem:
    """Somebody this viewer may not read the name of has it: not a word on whether it is the same person."""
    return Problem(
        "people.folio_in_use",
        _("El folio %(folio)s ya está en uso."),
        fix=_("Si la persona ya está registrada, quite el renglón; si es otra, deje el folio vacío."),
        field="folio",
        row=row,
        folio=folio,
    )


def _foreign(office: str, row: int) -> Problem:
    return Problem(
        "records.foreign_office",
        _("No trabaja en la oficina %(office)s y no puede registrar en ella."),
        fix=_("Pida a quien trabaja ahí que importe estos renglones."),
        field="office",
        row=row,
        office=office,
    )


def _prepare_people(rows: Sequence[Row], viewer: Viewer, batch: Batch) -> list[actions.Prepared]:
    groups = _groups(rows, viewer, batch)
    new = [
        columns.new_person(
            row.values,
            row=row.number,
            capture=capture_of(batch, row),
            office=batch.office_id,
            group=groups.get(row.values["group"]),
        )
        for row in rows
    ]
    return actions.prepare(new, by=viewer, batch=batch)


def _write_people(ready: Sequence[actions.Prepared], viewer: Viewer, batch: Batch) -> list[Person]:
    return actions.register_prepared(ready, by=viewer, batch=batch)


def _groups(rows: Sequence[Row], viewer: Viewer, batch: Batch) -> dict[str, uuid.UUID]:
    """A travel group per key written in the sheet; chunks of one file meet in the same group."""
    captures = {uuid.uuid5(batch.pk, f"people.group|{key}"): key for row in rows if (key := row.values["group"])}
    if not captures:
        return {}
    made = actions.ensure_groups(captures, by=viewer, batch=batch)
    return {key: made[capture] for capture, key in captures.items()}


def _check_decisions(rows: Sequence[Row], viewer: Viewer, seen: Seen) -> Iterator[Problem]:
    known = queries.ids_by_folio({row.values["folio"].upper() for row in rows}, viewer)
    for row in rows:
        values, folio = row.values, row.values["folio"].upper()
        if folio not in known and not seen.knows(FOLIO, folio):
            yield _unknown(folio, row.number)
        for problem in rules.check_decision(values["message"], values["starts_on"], values["until"]):
            yield problem.at(row=row.number)


def _unknown(folio: str, row: int) -> Problem:
    return Problem(
        "capture.no_person",
        _("No hay una persona con el folio %(folio)s en sus oficinas."),
        fix=_("Revise el folio, o registre antes a la persona."),
        field="folio",
        row=row,
        folio=folio,
    )


def _write_decisions(rows: Sequence[Row], viewer: Viewer, batch: Batch) -> list[Decision]:
    known = queries.ids_by_folio({row.values["folio"].upper() for row in rows}, viewer, batch)
    decisions = []
    for row in rows:
        values = dict(row.values)
        folio = values.pop("folio").upper()
        if folio not in known:
            raise _unknown(folio, row.number)
        decision = Decision(office_id=batch.office_id, person_id=known[folio], **values)
        decision.capture = capture_of(batch, row)
        decisions.append(decision)
    return actions.place_many(decisions, by=viewer, batch=batch)


PEOPLE = Intake(
    "people.people", columns.PEOPLE, "people.register", _check_people, _write_people, prepare=_prepare_people
)
DECISIONS = Intake("people.decisions", columns.DECISIONS, "people.decide", _check_decisions, _write_decisions)
INTAKES = [PEOPLE, DECISIONS]
