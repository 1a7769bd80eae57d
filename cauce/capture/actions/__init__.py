"""The only writers of imports. Each checks permission and state, and leaves its audit step."""

from cauce.capture.actions.checking import check
from cauce.capture.actions.deciding import confirm, note_export, resume, stop, withdraw
from cauce.capture.actions.leases import Interrupted, Lease, claim, halt
from cauce.capture.actions.receiving import receive
from cauce.capture.actions.retaining import tidy
from cauce.capture.actions.writing import write

__all__ = [
    "Interrupted", "Lease", "check", "claim", "confirm", "halt", "note_export", "receive", "resume", "stop", "tidy",
    "withdraw", "write",
]  # fmt: skip
