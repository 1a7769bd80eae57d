"""One file per room: turns its checked rows into calls of the room's bulk actions."""

from cauce.capture.intakes.base import Intake, Seen, capture_of

__all__ = ["Intake", "Seen", "capture_of"]
