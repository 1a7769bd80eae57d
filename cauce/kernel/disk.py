"""A full disk, by whatever name the system, SQLite or PostgreSQL calls it."""

from __future__ import annotations

import errno

# No room, no quota, a limit on the size of a file.
_NUMBERS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_WORDS = ("database or disk is full", "no space left", "could not extend file", "disk quota exceeded")


def is_full(error: BaseException | None) -> bool:
    """Whether an error, or what it was raised from, comes from a disk without room."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if isinstance(error, OSError) and error.errno in _NUMBERS:
            return True
        if any(words in str(error).lower() for words in _WORDS):
            return True
        error = error.__cause__ or error.__context__
    return False
