"""The only writers of this room. Each checks permission, then rules, and leaves its audit step."""

from cauce.records.people.actions.consents import current_notice, on_withdrawal, record_consent, withdraw_consent
from cauce.records.people.actions.correcting import add_document, correct, set_contact, void, void_document
from cauce.records.people.actions.decisions import lift, place_decision, place_many
from cauce.records.people.actions.groups import create_group, ensure_groups, join_group, leave_group
from cauce.records.people.actions.preparing import Prepared, check_all, prepare
from cauce.records.people.actions.reading import break_glass, look_for, note_export, open_file
from cauce.records.people.actions.registering import receive, register, register_many, register_prepared
from cauce.records.people.actions.reserving import release, reserve

__all__ = [
    "Prepared",
    "add_document",
    "break_glass",
    "check_all",
    "correct",
    "create_group",
    "current_notice",
    "ensure_groups",
    "join_group",
    "leave_group",
    "lift",
    "look_for",
    "note_export",
    "on_withdrawal",
    "open_file",
    "place_decision",
    "place_many",
    "prepare",
    "receive",
    "record_consent",
    "register",
    "register_many",
    "register_prepared",
    "release",
    "reserve",
    "set_contact",
    "void",
    "void_document",
    "withdraw_consent",
]
