"""The only writers of this room. Each checks permission and vault, then rules, and leaves its audit step."""

from cauce.records.assistance.actions import note_export
from cauce.records.protection.actions.acts import hand_items, refer, serve
from cauce.records.protection.actions.opening import check_cases, open_case, open_cases, preview
from cauce.records.protection.actions.reading import open_file, open_vault
from cauce.records.protection.actions.vaults import (
    correct_incident,
    record_child,
    record_incident,
    record_trafficking,
    void_incident,
)
from cauce.records.protection.actions.working import (
    assign_case,
    begin_case,
    close_case,
    correct_case,
    hold_case,
    plan_next,
    process_of,
    recategorise,
    reopen_case,
    resume_case,
    void_case,
)

__all__ = [
    "assign_case",
    "begin_case",
    "check_cases",
    "close_case",
    "correct_case",
    "correct_incident",
    "hand_items",
    "hold_case",
    "note_export",
    "open_case",
    "open_cases",
    "open_file",
    "open_vault",
    "plan_next",
    "preview",
    "process_of",
    "recategorise",
    "record_child",
    "record_incident",
    "record_trafficking",
    "refer",
    "reopen_case",
    "resume_case",
    "serve",
    "void_case",
    "void_incident",
]
