"""Named reads of this room; those for screens take a viewer."""

from cauce.records.assistance.queries.checks import Consents, Twin, lines_of, open_referrals_of, twins
from cauce.records.assistance.queries.lists import (
    ProcessAct,
    acts_of_process,
    find,
    items,
    of_person,
    overdue_referrals,
    procedures,
    referrals,
    reserved_acts_of_process,
    services,
    supports,
    unanswered,
)
from cauce.records.assistance.queries.processes import Delivered, delivered_of, delivery_dates

__all__ = [
    "Consents",
    "Delivered",
    "ProcessAct",
    "Twin",
    "acts_of_process",
    "delivered_of",
    "delivery_dates",
    "find",
    "items",
    "lines_of",
    "of_person",
    "open_referrals_of",
    "overdue_referrals",
    "procedures",
    "referrals",
    "reserved_acts_of_process",
    "services",
    "supports",
    "twins",
    "unanswered",
]
