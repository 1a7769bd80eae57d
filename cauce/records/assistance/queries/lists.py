"""Acts as a viewer may see them: lists, one act, the acts of a person or of a process."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from cauce.access.viewer import Viewer
from cauce.records.assistance.enums import ReferralState
from cauce.records.assistance.models import IdentityProcedure, ItemDelivery, Referral, Service, SiteSupport
from cauce.records.assistance.models.acts import Act
from cauce.records.base import Record

T = TypeVar("T", bound=Record)
ProcessAct = Service | Referral | ItemDelivery | IdentityProcedure
ACTS: tuple[type[Act], ...] = (Service, Referral, ItemDelivery, IdentityProcedure)
_RELATED: dict[type[Record], tuple[str, ...]] = {
    Service: ("person", "site", "provider", "response"),
    Referral: ("person", "to", "response", "consent"),
    ItemDelivery: ("person", "site", "response"),
    IdentityProcedure: ("person", "site", "response"),
    SiteSupport: ("site", "site__organisation", "response"),
}


def services(viewer: Viewer) -> QuerySet[Service]:
    """Services this viewer may know of, newest first."""
    return _seen(Service, viewer)


def referrals(viewer: Viewer) -> QuerySet[Referral]:
    return _seen(Referral, viewer)


def procedures(viewer: Viewer) -> QuerySet[IdentityProcedure]:
    return _seen(IdentityProcedure, viewer)


def items(viewer: Viewer) -> QuerySet[ItemDelivery]:
    return _seen(ItemDelivery, viewer)


def supports(viewer: Viewer) -> QuerySet[SiteSupport]:
    return _seen(SiteSupport, viewer).prefetch_related("lines")


def _seen(model: type[T], viewer: Viewer) -> QuerySet[T]:
    rows = model.objects.visible_to(viewer).select_related(*_RELATED[model])
    return rows.order_by("-sort_on", "-recorded_at", "pk")


def find(model: type[T], viewer: Viewer, pk: UUID) -> T | None:
    """One record, void ones too (a file shows them struck through); None when out of sight."""
    return model.objects.visible_with_void_to(viewer).select_related(*_RELATED[model], "office").filter(pk=pk).first()


def unanswered(viewer: Viewer) -> QuerySet[Referral]:
    """Referrals sent and not answered, those to be asked about first."""
    waiting = Referral.objects.visible_to(viewer).filter(state=ReferralState.SENT)
    return waiting.select_related("person", "to").order_by(Coalesce("follow_up_on", "sent_on"), "sent_on")


def overdue_referrals(viewer: Viewer) -> int:
    """How many unanswered referrals were to be asked about by today."""
    return unanswered(viewer).filter(follow_up_on__lte=timezone.localdate()).count()


def acts_of_process(viewer: Viewer, kind: str, process: UUID) -> list[ProcessAct]:
    """Every act of a process, newest first, void ones too."""
    return _newest_first(
        act
        for model in ACTS
        for act in model.objects.visible_with_void_to(viewer).of_process(kind, process).select_related(*_RELATED[model])
    )


def reserved_acts_of_process(viewer: Viewer, kind: str, process: UUID) -> int:
    """How many acts of a process this viewer may not open."""
    total = sum(model.objects.live().of_process(kind, process).count() for model in ACTS)
    return total - sum(model.objects.visible_to(viewer).of_process(kind, process).count() for model in ACTS)


def of_person(viewer: Viewer, person: UUID) -> list[ProcessAct]:
    """Every act for a person that this viewer may see, newest first.

    Acts of restricted processes are not among them, and nothing says that they exist (look.md 3).
    """
    return _newest_first(
        act
        for model in ACTS
        for act in model.objects.visible_to(viewer).filter(person=person).select_related(*_RELATED[model])
    )


def _newest_first(acts) -> list[ProcessAct]:
    return sorted(acts, key=lambda act: (act.day, act.recorded_at), reverse=True)
