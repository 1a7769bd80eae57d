"""Named reads of this room; each takes the viewer."""

from cauce.records.people.queries.facts import PersonFacts, for_facts
from cauce.records.people.queries.files import (
    ConsentState,
    Seen,
    consent,
    consent_for,
    consent_history,
    consents,
    decision,
    decisions,
    group,
    members,
    seen_by,
    stops,
)
from cauce.records.people.queries.persons import (
    RESERVED_NAME,
    by_folio,
    display_name,
    get,
    ids_by_folio,
    may_name,
    persons,
)
from cauce.records.people.queries.search import Match, search

__all__ = [
    "RESERVED_NAME",
    "ConsentState",
    "Match",
    "PersonFacts",
    "Seen",
    "by_folio",
    "consent",
    "consent_for",
    "consent_history",
    "consents",
    "decision",
    "decisions",
    "display_name",
    "for_facts",
    "get",
    "group",
    "ids_by_folio",
    "may_name",
    "members",
    "persons",
    "search",
    "seen_by",
    "stops",
]
