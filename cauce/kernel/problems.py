"""What can go wrong, said to a person: what happened, why, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


class Problem(Exception):
    """One thing a person can understand and mend.

    ``code`` is stable (``people.age_or_birth``) and safe to log; ``text`` and ``fix`` are
    (lazily translated) templates filled with ``params`` and may hold what the person typed, so
    they are shown and never logged. ``field`` names the form field or column, ``row`` the line
    of a sheet.
    """

    def __init__(
        self, code: str, text: Any, /, *, fix: Any = "", field: str | None = None, row: int | None = None, **params: Any
    ) -> None:
        super().__init__(code)
        self.code, self.text, self.fix = code, text, fix
        self.field, self.row, self.params = field, row, params

    def at(self, *, row: int | None = None, field: str | None = None) -> Problem:
        """The same problem, placed in a sheet or a form."""
        return Problem(
            self.code, self.text, fix=self.fix, field=field or self.field, row=row or self.row, **self.params
        )

    @property
    def sentence(self) -> str:
        """What happened and why, in the active language."""
        return str(self.text) % self.params if self.params else str(self.text)

    @property
    def advice(self) -> str:
        """What to do, in the active language; empty when nothing more can be said."""
        return str(self.fix) % self.params if self.params else str(self.fix)

    def __str__(self) -> str:
        return f"{self.sentence} {self.advice}".strip()


class Problems(Exception):
    """Several problems found together; nothing was written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(", ".join(problem.code for problem in self.problems))

    def __iter__(self):
        return iter(self.problems)

    def __str__(self) -> str:
        return " ".join(str(problem) for problem in self.problems)
