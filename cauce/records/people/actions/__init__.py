"""The only writers of this room. Each checks permission, then rules, and leaves its audit step."""

from cauce.records.people.actions.consents import on_withdrawal, record_consent, withdraw_consent
from cauce.records.people.actions.registering import receive, register, register_many

__all__ = [
    "on_withdrawal",
    "receive",
    "record_consent",
    "register",
    "register_many",
    "withdraw_consent",
]
