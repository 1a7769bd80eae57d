"""The only writers of imports. Each checks permission and state, and leaves its audit step."""

from cauce.capture.actions.checking import check
from cauce.capture.actions.deciding import confirm, resume, stop, withdraw
from cauce.capture.actions.leases import Interrupted, Lease, claim, halt
from cauce.capture.actions.receiving import receive
from cauce.capture.actions.writing import write

__all__ = [
    "Interrupted",
    "Lease",
    "check",
    "claim",
    "confirm",
    "halt",
    "receive",
    "resume",
    "stop",
    "withdraw",
    "write",
]
