"""From a line of the DTM's file to an interview: mended by the declared rules, or refused with the reason."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Protocol

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cauce import keys
from cauce.exchange.wording import plain
from cauce.kernel.problems import Problem
from cauce.records.places.models import Municipality, State
from cauce.records.places.queries import SAID_INSTEAD
from cauce.records.programmes.queries import closed_months
from cauce.records.programmes.rules import check_open
from cauce.records.surveys import rules, vocabularies
from cauce.records.surveys.columns import INTERVIEWS
from cauce.records.surveys.enums import COUNTRY_NOT_STATED, NO_ANSWER, REASONS, Sex, Tool
from cauce.records.surveys.mending import SPELLING, Catalogue, Mend, PlaceMender, spelled
from cauce.records.surveys.models import Interview

HERE = "MEX"


class Line(Protocol):
    """A row as exchange reads it, without problems of its own."""

    number: int
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """What a line came to: an unsaved interview, or the problems that refuse it. ``mends`` beside those of its cells."""

    interview: Interview | None
    mends: tuple[Mend, ...] = ()
    problems: tuple[Problem, ...] = ()


def catalogue() -> Catalogue:
    """Names of states and municipalities as they stand in the places room."""
    return Catalogue(
        states=dict(State.objects.values_list("code", "name")),
        municipalities=dict(Municipality.objects.values_list("code", "name")),
        said={plain(name): code for name, code in SAID_INSTEAD.items()},
    )


class Judge:
    """Reads lines into interviews. Whether a line repeats another is not its matter.

    An interview belongs to the office of its city (``offices``: INEGI key → code), or to ``office``.
    """

    def __init__(self, *, office: str, offices: Mapping[str, str] | None = None, places: Catalogue | None = None):
        self.office, self.offices = office, offices or {}
        self.places = catalogue() if places is None else places
        labels = {column.key: column.label for column in INTERVIEWS.columns}
        self.mender = PlaceMender(self.places, labels)
        self.location_label = labels["location"]
        self.today = timezone.localdate()
        self.reasons = frozenset(vocabularies.reasons())
        self._closed = lru_cache(maxsize=None)(closed_months)

    def judge(self, line: Line) -> Judged:
        place, mends, problems = self.mender.read(line.values)
        problems = (*problems, *contradictions(line.values))
        if problems:
            return Judged(None, mends, tuple(each.at(row=line.number) for each in problems))
        interview = self._interview(line.values, place.state, place.municipality)
        mends = (*mends, *self._spell(interview))
        try:
            rules.check_interview(interview, today=self.today, reasons=self.reasons)
            check_open(interview.date, self._closed(interview.office_id), interview.office_id)
        except Problem as problem:
            return Judged(None, mends, (problem.at(row=line.number),))
        return Judged(interview, mends)

    def _interview(self, values: Mapping[str, Any], state: str, municipality: str) -> Interview:
        return Interview(
            office_id=self.offices.get(municipality, self.office),
            tool=Tool.FMS,
            date=values["date"],
            state=state,
            municipality_id=municipality or None,
            location=values["location"],
            nationality=country(values["nationality"]),
            origin=country(values["from"]),
            destination=country(values["to"]),
            sex=Sex.UNKNOWN if values["sex"] in NO_ANSWER or not values["sex"] else values["sex"],
            age=values["age"],
            group_size=values["n"] or 1,
            reasons=[code for code in REASONS if values[f"reason_{code}"]],
            fingerprint=fingerprint(values),
        )

    def _spell(self, interview: Interview) -> tuple[Mend, ...]:
        """The point of interview as the place it names is spelled: its state or its municipality."""
        names = (
            self.places.states.get(interview.state, ""),
            self.places.municipalities.get(interview.municipality_id or "", ""),
        )
        usual = spelled(interview.location, {plain(name): name for name in names if name})
        if usual is None:
            return ()
        mend = Mend(SPELLING, column=self.location_label, raw=interview.location, meant=usual)
        interview.location = usual
        return (mend,)


def country(code: str | None) -> str:
    """The country; "" for one that was not stated."""
    return "" if code in (None, COUNTRY_NOT_STATED, "ZZZ") else code


def fingerprint(values: Mapping[str, Any]) -> int:
    """A keyed index of everything a line says: equal for lines that say the same, however a cell was typed."""
    said = [values.get(column.key) for column in INTERVIEWS.columns]
    return keys.blind(json.dumps(said, default=str, ensure_ascii=False), "survey-line")


def repeats(row: int, *, first: int | None) -> Problem:
    """The line says in every column what another one said; it is left out and counted as repeated."""
    if first is None:
        return Problem(
            "surveys.duplicate",
            _("Esta entrevista ya se importó: una fila igual en todo está en una importación anterior."),
            row=row,
        )
    return Problem("surveys.duplicate", _("Es igual en todas sus columnas a la fila %(first)s."), row=row, first=first)


def contradictions(values: Mapping[str, Any]) -> list[Problem]:
    """Cells of one line that cannot all be true."""
    day: date = values["date"]
    month, quarter = values.get("month"), values.get("quarter")
    found = []
    if month and (month.year, month.month) != (day.year, day.month):
        found.append(_other_period(_("El mes"), month, day, "month"))
    if quarter and (quarter.year, (quarter.month + 2) // 3) != (day.year, (day.month + 2) // 3):
        found.append(_other_period(_("El trimestre"), quarter, day, "quarter"))
    if country(values.get("country") or None) not in ("", HERE):
        found.append(
            Problem(
                "surveys.other_country",
                _("La entrevista no se hizo en México."),
                fix=_("Aquí se registran las rondas en México; revise la columna «país de la entrevista»."),
                field="country",
            )
        )
    return found


def _other_period(what: Any, period: date, day: date, column: str) -> Problem:
    return Problem(
        "surveys.period_disagrees",
        _("%(what)s (%(period)s) no es el de la fecha %(day)s."),
        fix=_("Corrija la que esté mal."),
        field=column,
        what=what,
        period=period.isoformat(),
        day=day.isoformat(),
    )
