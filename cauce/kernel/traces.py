"""What a log says of an error: where it happened and of what type, not what it was about."""

from __future__ import annotations

import logging
import traceback
from types import TracebackType

# The system's own errors speak of disks and servers, and who keeps the server needs their words.
_SPEAKING = ("OSError", "OperationalError", "ImproperlyConfigured")


class Formatter(logging.Formatter):
    """Leaves the message of an error out of its trace.

    A refused row comes with its values ("Failing row contains …"), a value that could not be read with what was
    typed: personal data that would lie in a log unsealed and for as long as logs are kept (SECURITY.md).
    """

    def formatException(  # noqa: N802 – the name is logging's
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        told: list[str] = []
        error, seen = ei[1], set[int]()
        while error is not None and id(error) not in seen:
            seen.add(id(error))
            # As Python prints them, the first cause first.
            told.insert(0, "".join([*traceback.format_tb(error.__traceback__), _named(error)]))
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n\n".join(told)


def _named(error: BaseException) -> str:
    names = {each.__name__ for each in type(error).__mro__}
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    return f"{name}: {error}" if names.intersection(_SPEAKING) else name
