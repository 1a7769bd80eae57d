"""Tables of assistance: one row per service, referral, procedure, item delivered and support to a site."""

from cauce.records.assistance.models.acts import ActQuerySet
from cauce.records.assistance.models.items import ItemDelivery, SiteSupport, SupportLine
from cauce.records.assistance.models.services import IdentityProcedure, Referral, Service

__all__ = [
    "ActQuerySet",
    "IdentityProcedure",
    "ItemDelivery",
    "Referral",
    "Service",
    "SiteSupport",
    "SupportLine",
]
