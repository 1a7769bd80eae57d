"""What a sheet may hold: declared once per room, used for templates, intake and exports alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from cauce.exchange.kinds import Kind, Reader
from cauce.exchange.wording import plain, wordings
from cauce.kernel.privacy import Privacy
from cauce.kernel.problems import Problem

# Words people write in empty cells; a column declares which of them mean "empty" in it ("NA" is also Namibia).
COMMON_NULLS = ("NA", "N/A", "null", "None", "nan", "-", "--", "s/d", "sin dato", "#N/A")

Options = Mapping[str, Any] | Callable[[], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet.

    ``key`` is stable and never translated; ``label`` is a lazily translated Spanish text. Values read are: ``str``
    for Text, Folio and Choice (``""`` when empty), ``int``, ``Decimal``, ``date`` or ``bool`` (``None`` when empty)
    for the others, and a list without repetitions for ``many`` (cells hold them separated by ``;``).

    ``choices``: code → label, or a callable giving it (asked once per file). ``nulls``: texts that mean empty here.
    ``mends``: raw text → text meant, the declared repairs; each use is noted on the row. ``aliases``: other headers.
    ``hxl``: the column's HXL tag. ``privacy`` says who may export it (domain.md R24).
    """

    key: str
    label: Any
    kind: Kind
    required: bool = field(default=False, kw_only=True)
    choices: Options | None = field(default=None, kw_only=True)
    many: bool = field(default=False, kw_only=True)
    privacy: Privacy = field(default=Privacy.RESTRICTED, kw_only=True)
    note: Any = field(default="", kw_only=True)
    example: Any = field(default="", kw_only=True)
    nulls: tuple[str, ...] = field(default=(), kw_only=True)
    mends: Mapping[str, str] = field(default_factory=dict, kw_only=True)
    aliases: tuple[str, ...] = field(default=(), kw_only=True)
    hxl: str = field(default="", kw_only=True)

    def options(self) -> dict[str, Any]:
        """The choices as code → label; empty when the column has none."""
        if self.choices is None:
            return {}
        return dict(self.choices() if callable(self.choices) else self.choices)

    def settled(self) -> Column:
        """The same column with its choices asked once, as text: for writing a whole file."""
        return self if self.choices is None else replace(self, choices={k: str(v) for k, v in self.options().items()})

    def names(self) -> list[str]:
        """Every header that stands for this column, first the Spanish label."""
        return list(dict.fromkeys([*wordings(self.label), self.key, *self.aliases]))

    @property
    def empty(self) -> Any:
        return [] if self.many else self.kind.empty

    def reader(self) -> Reader:
        """``read(cell, mended) -> value`` for a whole file; raises Problem with ``field`` set to the key."""
        read_one = self.kind.reader(self)
        nulls = frozenset(plain(word) or word.strip() for word in self.nulls)
        mends = {plain(raw) or raw: meant for raw, meant in self.mends.items()}

        def read(cell: Any, mended: list) -> Any:
            if isinstance(cell, str):
                if nulls and (plain(cell) or cell.strip()) in nulls:
                    return None
                if mends and (meant := mends.get(plain(cell) or cell)) is not None:
                    mended.append(
                        _("%(column)s: «%(raw)s» se leyó como «%(meant)s».")
                        % {"column": self.label, "raw": cell, "meant": meant}
                    )
                    cell = meant
                cell = unguard(cell)
                if not cell.strip():
                    return None
            return read_one(cell, mended)

        return self._placed(self._several(read) if self.many else read)

    def _several(self, read: Reader) -> Reader:
        known = {plain(name) for pair in self.options().items() for name in (pair[0], *wordings(pair[1]))}

        def read_all(cell: Any, mended: list) -> list:
            parts = [cell]
            if isinstance(cell, str):
                parts = re.split(r"[;|\n]", cell)
                # A comma separates only where the whole is not itself a choice and every part is one.
                if len(parts) == 1 and plain(cell) not in known:
                    by_comma = cell.split(",")
                    if len(by_comma) > 1 and all(plain(part) in known for part in by_comma if part.strip()):
                        parts = by_comma
            found = [read(part, mended) for part in parts if not (isinstance(part, str) and not part.strip())]
            return list(dict.fromkeys(value for value in found if value not in (None, "")))

        return read_all

    def _placed(self, read: Reader) -> Reader:
        """The reader with its problems placed in this column, empties filled and required columns checked."""
        empty, key = self.empty, self.key

        def placed(cell: Any, mended: list) -> Any:
            try:
                value = None if cell == "" or cell is None else read(cell, mended)
            except Problem as problem:
                raise problem.at(field=key) from None
            if value is None or value == [] or value == "":
                if self.required:
                    raise self.missing()
                # A list is made anew for every row: rooms may fill it.
                return [] if empty == [] else empty
            return value

        return placed

    def missing(self) -> Problem:
        return Problem(
            "exchange.required",
            _("Falta «%(column)s»."),
            fix=_("Este dato es obligatorio: escríbalo."),
            field=self.key,
            column=self.label,
        )

    def format(self, value: Any) -> Any:
        """A value as it is written in a cell: labels for choices, ``;`` between several; read back by ``reader``."""
        if self.many:
            return "; ".join(str(self.kind.format(each, self)) for each in value or ())
        if value is None or value == "":
            return ""
        return self.kind.format(value, self)


def guard(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet could run it as a formula."""
    return f"'{text}" if needs_guard(text.lstrip("'")) else text


def unguard(text: str) -> str:
    """Take off the apostrophe that ``guard`` put on; other text stays as it is."""
    return text[1:] if text[:1] == "'" and needs_guard(text.lstrip("'")) else text


_STARTERS = frozenset("=+-@\t\r\n＝＋－＠")


def needs_guard(text: str) -> bool:
    """True when a spreadsheet could take the text for a formula (also after blanks, also in full-width signs)."""
    return bool(text) and (text[0] in _STARTERS or text.lstrip(" \u00a0\u3000\u200b\ufeff")[:1] in _STARTERS)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook: its columns in the order of the template."""

    key: str
    label: Any
    columns: list[Column]
    note: Any = ""

    def __post_init__(self) -> None:
        keys = [column.key for column in self.columns]
        if repeated := {key for key in keys if keys.count(key) > 1}:
            raise ValueError(f"sheet {self.key!r} declares twice: {', '.join(sorted(repeated))}")

    def column(self, key: str) -> Column:
        """The column with this key; KeyError when there is none."""
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(key)

    def names(self) -> list[str]:
        """Every name that stands for this sheet, first the Spanish label."""
        return list(dict.fromkeys([*wordings(self.label), self.key]))

    def headers(self) -> dict[str, Column]:
        """Compared form of every header → column. Keys and labels win over aliases."""
        found: dict[str, Column] = {}
        for column in self.columns:
            for name in [column.key, *wordings(column.label)]:
                found.setdefault(plain(name), column)
        for column in self.columns:
            for name in column.aliases:
                found.setdefault(plain(name), column)
        return found
