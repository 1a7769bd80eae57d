"""Named reads of editions."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max, QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from cauce.access.viewer import Viewer
from cauce.editions import rules
from cauce.editions.build import values_of
from cauce.editions.enums import Profile, State
from cauce.editions.models import Edition
from cauce.editions.values import FigureValue
from cauce.kernel.problems import Problem


def editions(viewer: Viewer) -> QuerySet[Edition]:
    """The desk's list: every edition, the latest period first."""
    return Edition.objects.visible_to(viewer)


def edition(viewer: Viewer, pk: UUID) -> Edition:
    """One edition with what it was frozen with; Http404 for who may not know of it."""
    found = Edition.objects.visible_to(viewer).select_related("frozen", "supersedes").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def named(name: str) -> Edition:
    """The edition a command means: by its own name, or the one in force of that key; Problem when there is none."""
    live = Edition.objects.live().select_related("frozen")
    of_key = list(live.filter(key=name))
    in_force = [each for each in of_key if each.state == State.PUBLISHED]
    found = in_force or [each for each in live if each.name == name] or of_key
    if not found:
        raise Problem(
            "editions.unknown",
            _("No hay una edición «%(name)s»."),
            fix=_("Las que hay: %(names)s."),
            name=name,
            names=", ".join(sorted({each.name for each in live})) or "—",
        )
    return found[0]


def waiting(viewer: Viewer) -> int | None:
    """How many editions wait for a step this viewer may take; None when none."""
    turns = [state for state, permission in rules.TURN.items() if permission and viewer.may(permission)]
    found = Edition.objects.visible_to(viewer).filter(state__in=turns)
    # Nobody approves their own: it is not their turn.
    mine = found.filter(state=State.IN_REVIEW, requested_by=viewer.id).count()
    return (found.count() - mine) or None


def published() -> QuerySet[Edition]:
    """What the public list shows: the editions in force."""
    return Edition.objects.readable().filter(state=State.PUBLISHED)


def published_year() -> int | None:
    """The last whole year of which an edition is in force; None before the first."""
    whole = published().filter(start__month=1, start__day=1, end__month=12, end__day=31)
    last = whole.aggregate(last=Max("start"))["last"]
    return last.year if last else None


def public_edition(name: str) -> Edition:
    """A published, superseded or withdrawn public edition by its address name; Http404 for any other."""
    candidates = Edition.objects.live().filter(
        profile=Profile.PUBLIC, state__in=[State.PUBLISHED, State.SUPERSEDED, State.WITHDRAWN]
    )
    # ``mexico-2022-2`` may be the second edition of mexico-2022 or the first of another key.
    for found in candidates.select_related("frozen"):
        if found.name == name:
            return found
    raise Http404


@dataclass(frozen=True, slots=True)
class Change:
    """A figure beside its value in the edition compared with."""

    figure: FigureValue
    before: FigureValue | None

    @property
    def difference(self) -> int | None:
        """None where one of the two is withheld or not there."""
        if self.before is None or self.before.value is None or self.figure.value is None:
            return None
        return self.figure.value - self.before.value


def compared_with(viewer: Viewer, edition: Edition) -> Edition | None:
    """The edition it supersedes; else the last published one of the same report."""
    if edition.supersedes_id:
        return edition.supersedes
    others = editions(viewer).filter(report=edition.report, state=State.PUBLISHED).exclude(pk=edition.pk)
    return others.select_related("frozen").first()


def changes(edition: Edition, before: Edition | None) -> list[Change]:
    """Every figure with the value it had."""
    old = {figure.key: figure for figure in values_of(before).figures} if before else {}
    return [Change(figure, old.get(figure.key)) for figure in values_of(edition).figures]
