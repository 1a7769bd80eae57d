"""What every act for a person shares: for whom, under what, within which process, behind which vault."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from cauce.access.viewer import Viewer
from cauce.kernel.privacy import Privacy
from cauce.records.base import Record, RecordQuerySet


class ActQuerySet(RecordQuerySet):
    """Sight of acts: an act of a restricted process is seen with the vault's role alone."""

    def visible_to(self, viewer: Viewer) -> Self:
        return super().visible_to(viewer).open_to(viewer)

    def visible_with_void_to(self, viewer: Viewer) -> Self:
        return super().visible_with_void_to(viewer).open_to(viewer)

    def open_to(self, viewer: Viewer) -> Self:
        return self.filter(vault__in=["", *viewer.vaults])

    def of_process(self, kind: str, process: object) -> Self:
        return self.filter(process_kind=kind, process_id=process)


class Tagged(Record):
    """Under which response and projects something was done. ``projects`` are project codes."""

    # Few offices, many records: an index on the office alone only misleads the planner (see "seen" below).
    office = models.ForeignKey(
        "access.Office", models.PROTECT, verbose_name=_("oficina"), related_name="+", db_index=False
    )
    response = models.ForeignKey(
        "programmes.Response", models.PROTECT, null=True, blank=True, verbose_name=_("respuesta"), related_name="+"
    )
    # Codes, not a table between: a bulk import writes them with the row, and facts read them so.
    projects = models.JSONField(_("proyectos"), default=list, blank=True)

    PRIVACY = dict.fromkeys(("response", "projects", "sort_on"), Privacy.RESTRICTED)

    class Meta(Record.Meta):
        abstract = True


class Act(Tagged):
    """Something done for one person.

    ``process_kind`` and ``process_id`` name the process the act belongs to (``protection.case`` and
    the case's id); acts know nothing more about it. ``vault`` is the restricted class the act
    inherits from that process, "" for none.
    """

    person = models.ForeignKey(
        "people.Person", models.PROTECT, verbose_name=_("persona"), related_name="+", db_index=False
    )
    process_kind = models.CharField(max_length=30, blank=True, default="", editable=False)
    process_id = models.UUIDField(null=True, editable=False)
    vault = models.CharField(max_length=12, blank=True, default="", editable=False)

    objects = ActQuerySet.as_manager()

    PRIVACY = dict.fromkeys(("person", "process_kind", "process_id", "vault"), Privacy.CONFIDENTIAL)

    class Meta(Tagged.Meta):
        abstract = True
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(process_kind="", process_id=None) | (~Q(process_kind="") & Q(process_id__isnull=False)),
                name="%(app_label)s_%(class)s_process_pair",
            ),
        ]
        indexes = [
            models.Index(fields=["process_id", "process_kind"], name="%(class)s_process"),
            models.Index(fields=["person", "vault"], name="%(class)s_person"),
            # A list is read in its order and stops after a page; its count never leaves the index.
            models.Index(
                fields=["vault", "voided_at", "-sort_on", "-recorded_at", "office", "batch"], name="%(class)s_seen"
            ),
        ]


def sorted_by(*fields: str) -> models.GeneratedField:
    """``sort_on``: the date lists are ordered by, the first of these that stands; kept by the database itself."""
    expression = Coalesce(*fields) if len(fields) > 1 else models.F(fields[0])
    return models.GeneratedField(expression=expression, output_field=models.DateField(), db_persist=True)


def dated(states: dict[str, tuple[tuple[str, ...], tuple[str, ...]]]) -> Q:
    """The CHECK that pairs a state with its dates: state → (dates that stand, dates that do not).

    Every state of the machine has its line; a state without one is refused by the database.
    """
    condition = Q()
    for state, (present, absent) in states.items():
        condition |= Q(
            state=state,
            **{f"{name}__isnull": False for name in present},
            **{f"{name}__isnull": True for name in absent},
        )
    return condition
