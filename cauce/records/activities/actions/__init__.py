"""The only writers of this room."""

from cauce.records.activities.actions.attendance import (
    correct_participation,
    mark,
    mark_absent,
    mark_present,
    record_scores,
    register,
    register_many,
    void_participation,
)
from cauce.records.activities.actions.evaluation import correct_evaluation, evaluate
from cauce.records.activities.actions.events import (
    add_session,
    add_sessions,
    cancel,
    correct_event,
    correct_session,
    hold,
    plan,
    plan_many,
    validate,
    void_event,
    void_session,
)

__all__ = [
    "add_session",
    "add_sessions",
    "cancel",
    "correct_evaluation",
    "correct_event",
    "correct_participation",
    "correct_session",
    "evaluate",
    "hold",
    "mark",
    "mark_absent",
    "mark_present",
    "plan",
    "plan_many",
    "record_scores",
    "register",
    "register_many",
    "validate",
    "void_event",
    "void_participation",
    "void_session",
]
