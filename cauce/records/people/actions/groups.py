"""Travel groups: who travels with whom, and who heads the group."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cauce.access.viewer import Viewer
from cauce.kernel.problems import Problem
from cauce.records import writing
from cauce.records.models import Batch
from cauce.records.people import rules
from cauce.records.people.models import Person, TravelGroup


def create_group(head: Person, *, by: Viewer, label: str = "", capture: uuid.UUID | None = None) -> TravelGroup:
    """A new group with the person who heads it."""
    by.require("people.groups")
    with transaction.atomic():
        group = TravelGroup(office_id=by.office, label=label.strip() or None, capture=capture or uuid.uuid4())
        made = writing.add(group, by=by, verb="group", concerns=(head.pk,))
        if made.pk == group.pk:
            join_group(head, made, by=by, heads=True)
    return made


def ensure_groups(labels: Mapping[uuid.UUID, str], *, by: Viewer, batch: Batch) -> dict[uuid.UUID, uuid.UUID]:
    """The groups of an import: capture → id, made where they are not there yet; ``labels`` by capture."""
    by.require("people.register")
    with transaction.atomic():
        known = dict(TravelGroup.objects.filter(capture__in=list(labels)).values_list("capture", "pk"))
        fresh = [
            TravelGroup(office_id=batch.office_id, label=label[:60], capture=capture)
            for capture, label in labels.items()
            if capture not in known
        ]
        made = writing.add_many(fresh, by=by, batch=batch, verb="group")
        return known | {group.capture: group.pk for group in made}


def join_group(person: Person, group: TravelGroup, *, by: Viewer, heads: bool = False) -> Person:
    """Add a person to a group, out of the one they were in; with ``heads`` they head it from now on."""
    by.require("people.groups")
    if group.is_void:
        raise Problem(
            "people.group_void", _("Este grupo de viaje está anulado."), fix=_("Forme uno nuevo."), field="group"
        )
    with transaction.atomic():
        TravelGroup.objects.select_for_update().get(pk=group.pk)
        if heads:
            for other in Person.objects.live().filter(group=group, heads_group=True).exclude(pk=person.pk):
                _move(other, {"heads_group": False}, str(_("Otra persona encabeza el grupo")), by)
        return _move(person, {"group": group, "heads_group": heads}, str(_("Se integró al grupo de viaje")), by)


def leave_group(person: Person, *, reason: str, by: Viewer) -> Person:
    """The person no longer travels with the group."""
    by.require("people.groups")
    rules.check_reason(reason)
    with transaction.atomic():
        return _move(person, {"group": None, "heads_group": False}, reason, by)


def _move(person: Person, changes: dict, reason: str, by: Viewer) -> Person:
    locked = Person.objects.select_for_update().get(pk=person.pk)
    return writing.correct(locked, changes, reason=reason, by=by, verb="group", concerns=(person.pk,))
