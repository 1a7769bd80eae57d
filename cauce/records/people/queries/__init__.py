"""Named reads of this room; each takes the viewer."""

from cauce.records.people.queries.facts import PersonFacts, for_facts
from cauce.records.people.queries.persons import (
    RESERVED_NAME,
    by_folio,
    display_name,
    get,
    ids_by_folio,
    may_name,
    persons,
)

__all__ = [
    "RESERVED_NAME",
    "PersonFacts",
    "by_folio",
    "display_name",
    "for_facts",
    "get",
    "ids_by_folio",
    "may_name",
    "persons",
]
