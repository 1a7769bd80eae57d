"""The units a figure may count in; the unit is printed with the figure (design.md §1, §4)."""

from enum import StrEnum


class Unit(StrEnum):
    PERSON = "person"
    CASE = "case"
    SERVICE = "service"
    ITEM = "item"
    EVENT = "event"
    PARTICIPANT = "participant"
    MOVEMENT = "movement"
    RETURN = "return"
    SITE = "site"
    ORGANISATION = "organisation"
    PRODUCT = "product"
    AGREEMENT = "agreement"
    PROGRAMME = "programme"
    MECHANISM = "mechanism"
    COMMITMENT = "commitment"
    PROJECT = "project"
    SURVEY_ROUND = "survey_round"
    INTERVIEW = "interview"
    CAMPAIGN = "campaign"
    REACH = "reach"
    INTERACTION = "interaction"
    MEDIA_ITEM = "media_item"
    CITY = "city"
    COUNTRY = "country"
    TOPIC = "topic"
    PERCENT = "percent"


# Counts of these are counts of people: disclosure thresholds apply (design.md §5).
PEOPLE_UNITS = frozenset(
    {Unit.PERSON, Unit.CASE, Unit.SERVICE, Unit.ITEM, Unit.PARTICIPANT, Unit.MOVEMENT, Unit.RETURN, Unit.INTERVIEW}
)
