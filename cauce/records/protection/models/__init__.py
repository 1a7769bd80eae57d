"""Tables of protection: the case, its past episodes, and what lies in the vaults."""

from cauce.records.protection.models.case import Case, CaseCounter, CaseQuerySet, Episode
from cauce.records.protection.models.vaults import DETAIL, ChildDetail, GbvDetail, TraffickingDetail, VaultQuerySet

__all__ = [
    "DETAIL",
    "Case",
    "CaseCounter",
    "CaseQuerySet",
    "ChildDetail",
    "Episode",
    "GbvDetail",
    "TraffickingDetail",
    "VaultQuerySet",
]
