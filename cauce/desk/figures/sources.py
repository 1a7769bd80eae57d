"""From a fact's source back to the record: which kinds of record stand behind which kind of fact.

A registry, so that the explorer knows no room's tables by heart: kind of fact → ``Kind``. What a viewer
may not see is not found here, and is then listed as reserved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cauce.access.viewer import Viewer
from cauce.records.activities import vocabularies
from cauce.records.activities.models import Event, Participation
from cauce.records.assistance import vocabulary
from cauce.records.assistance.models import IdentityProcedure, ItemDelivery, Referral, Service, SiteSupport
from cauce.records.assistance.views.shared import title_of
from cauce.records.base import Record
from cauce.records.protection import rules
from cauce.records.protection.models import Case
from cauce.records.protection.views.shared import TONES
from cauce.records.surveys.models import Interview, Round
from cauce.ui.formatting import number


@dataclass(frozen=True, slots=True)
class Shown:
    """A record as a list of records shows it: never a name."""

    title: Any
    url: str = ""
    note: Any = ""
    office: str = ""
    chip: tuple[Any, str] | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """Records of one table: who may open them, and how one is shown."""

    model: type[Record]
    permission: str
    shown: Callable[[Any], Shown]
    related: tuple[str, ...] = ()

    def visible(self, viewer: Viewer, ids: Sequence[UUID]) -> set[UUID]:
        """Those of the ids this viewer may see; none without the permission."""
        if not viewer.may(self.permission):
            return set()
        rows = self.model.objects.visible_to(viewer)
        return {pk for chunk in _chunks(ids) for pk in rows.filter(pk__in=chunk).values_list("pk", flat=True)}

    def look(self, viewer: Viewer, ids: Sequence[UUID]) -> dict[str, Shown]:
        """id → how it is shown, for those the viewer may see."""
        if not viewer.may(self.permission):
            return {}
        rows = self.model.objects.visible_to(viewer).select_related(*self.related).filter(pk__in=list(ids))
        return {str(row.pk): self.shown(row) for row in rows}


def _chunks(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    size = 800 if connection.vendor == "sqlite" else 10_000
    for start in range(0, len(ids), size):
        yield ids[start : start + size]


def address(name: str, *args: Any) -> str:
    """The address of a record's page, or "" where its room has none."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _case(case: Case) -> Shown:
    label = vocabulary.label(rules.CATEGORIES, case.category)
    chip = (label, TONES.get(case.category, "grey"))
    return Shown(case.code, case.get_absolute_url(), "", case.office_id, chip)


def _act(name: str) -> Callable[[Any], Shown]:
    def shown(act: Any) -> Shown:
        return Shown(title_of(act), address(name, act.pk), act.person.folio, act.office_id)

    return shown


def _support(support: SiteSupport) -> Shown:
    return Shown(support.site.name, address("assistance:support", support.pk), _("Apoyo a sitio"), support.office_id)


def _event(event: Event) -> Shown:
    chip = (vocabularies.labels("event_types", [event.type])[0], "purple")
    return Shown(event.title, address("activities:event", event.pk), event.code, event.office_id, chip)


def _participation(row: Participation) -> Shown:
    who = (
        ngettext("conteo de %(n)s persona", "conteo de %(n)s personas", row.quantity) % {"n": number(row.quantity)}
        if row.is_count
        else _("una persona de la lista")
    )
    chip = (vocabularies.labels("sectors", [row.sector])[0], "slate")
    event = row.event
    return Shown(event.title, address("activities:attendance", event.pk), f"{event.code}, {who}", row.office_id, chip)


def _round(round_: Round) -> Shown:
    return Shown(round_.code, address("surveys:round", round_.pk), round_.get_tool_display(), round_.office_id)


def _interview(interview: Interview) -> Shown:
    where = interview.location or (interview.municipality.name if interview.municipality else "")
    url = address("surveys:round", interview.round_id) if interview.round_id else address("surveys:interviews")
    return Shown(_("Entrevista anónima"), url, where, interview.office_id)


_PARTICIPATION = Kind(Participation, "activities.view", _participation, ("event",))
KINDS: dict[str, Kind] = {
    "protection.case_assisted": Kind(Case, "protection.view", _case),
    "assistance.service": Kind(Service, "assistance.view", _act("assistance:service"), ("person",)),
    "assistance.referral": Kind(Referral, "assistance.view", _act("assistance:referral"), ("person",)),
    "assistance.item": Kind(ItemDelivery, "assistance.view", _act("assistance:item"), ("person",)),
    "assistance.certificate_issued": Kind(
        IdentityProcedure, "assistance.view", _act("assistance:procedure"), ("person",)
    ),
    "assistance.site_support": Kind(SiteSupport, "assistance.view", _support, ("site",)),
    "activities.event": Kind(Event, "activities.view", _event),
    "activities.participation": _PARTICIPATION,
    "activities.completion": _PARTICIPATION,
    "surveys.round": Kind(Round, "surveys.view", _round),
    "surveys.interview": Kind(Interview, "surveys.view", _interview, ("municipality",)),
}


def kinds_of(kinds: Iterable[str]) -> list[Kind]:
    """The tables behind these kinds of fact, each once."""
    found: dict[type[Record], Kind] = {}
    for kind in kinds:
        if kind in KINDS:
            found.setdefault(KINDS[kind].model, KINDS[kind])
    return list(found.values())


def visible(viewer: Viewer, kinds: Iterable[str], ids: Iterable[str]) -> set[str]:
    """Those of the source ids whose record this viewer may see."""
    wanted = sorted({UUID(each) for each in ids})
    return {str(pk) for kind in kinds_of(kinds) for pk in kind.visible(viewer, wanted)}


def look(viewer: Viewer, kinds: Iterable[str], ids: Iterable[str]) -> dict[str, Shown]:
    """id → how the record is shown; ids out of the viewer's sight are left out."""
    wanted = [UUID(each) for each in ids]
    found: dict[str, Shown] = {}
    for kind in kinds_of(kinds):
        found.update(kind.look(viewer, wanted))
    return found
