"""What lies behind the vaults, for those who hold them; nothing for anybody else."""

from __future__ import annotations

from uuid import UUID

from cauce.access.viewer import Viewer
from cauce.records.protection.models import Case, ChildDetail, GbvDetail, TraffickingDetail


def incidents(viewer: Viewer, case: Case) -> list[GbvDetail]:
    """The case's incidents, latest first, void ones too."""
    rows = GbvDetail.objects.visible_with_void_to(viewer).filter(case=case)
    return list(rows.order_by("-reported_on", "-recorded_at"))


def incident(viewer: Viewer, pk: UUID) -> GbvDetail | None:
    return GbvDetail.objects.visible_to(viewer).select_related("case", "case__person").filter(pk=pk).first()


def trafficking(viewer: Viewer, case: Case) -> TraffickingDetail | None:
    return TraffickingDetail.objects.visible_to(viewer).filter(case=case).first()


def child(viewer: Viewer, case: Case) -> ChildDetail | None:
    return ChildDetail.objects.visible_to(viewer).filter(case=case).first()
