"""Lists: columns, filters, order, pages, and the file of what the list shows.

A room declares ``Column``s and hands a queryset (or a list) it is allowed to show; see
docs/reference/ui.md for an example.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext as _

from cauce.ui import export, formatting
from cauce.ui.forms import FilterForm
from cauce.ui.parts import Page, page_links
from cauce.ui.templatetags import ui

PER_PAGE = 25
KINDS = ("text", "number", "day", "moment", "due", "chip", "risk", "flag", "code")
RIGHT = frozenset({"number"})


@dataclass(frozen=True)
class Column:
    """One column. ``value`` is an attribute path or a callable of the row; left out it is ``key``.

    ``note`` (path or callable) is a second, muted line; ``url`` and ``tone`` are callables;
    ``reserved`` (callable) replaces the cell by a grey lock, on screen and in the file;
    ``sort`` is the ordering expression; ``exported=False`` keeps the column out of files.
    """

    key: str
    label: Any
    value: str | Callable[[Any], Any] | None = None
    kind: str = "text"
    note: str | Callable[[Any], Any] | None = None
    url: Callable[[Any], str] | None = None
    tone: Callable[[Any], str] | str = "grey"
    reserved: Callable[[Any], bool] | None = None
    sort: str = ""
    exported: bool = True

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"column {self.key!r}: kind {self.kind!r}; there are {', '.join(KINDS)}")

    @property
    def labelled(self) -> bool:
        """Whether a phone's card says the label: chips, risks and due dates carry their own words."""
        return self.kind not in {"chip", "risk", "due"}

    def is_reserved(self, row: Any) -> bool:
        return bool(self.reserved and self.reserved(row))

    def raw(self, row: Any) -> Any:
        """The value itself; a choice field gives its label."""
        if callable(self.value):
            return self.value(row)
        return follow(row, self.value or self.key)

    def cell(self, row: Any) -> Cell:
        if self.is_reserved(row):
            return Cell(self, ui.reserved())
        value = self.raw(row)
        shown = self._shown(value, row)
        note = "" if self.note is None else self.note(row) if callable(self.note) else follow(row, self.note)
        return Cell(self, shown, note or "", (self.url(row) if self.url else "") or "", value in (None, ""))

    def _shown(self, value: Any, row: Any) -> Any:
        match self.kind:
            case "number":
                return formatting.number(value)
            case "day":
                return ui.day_tag(value)
            case "moment":
                return ui.moment_tag(value)
            case "due":
                return ui.due(value)
            case "risk":
                return ui.risk(value)
            case "flag":
                return _("Sí") if value else _("No")
            case "chip":
                tone = self.tone(row) if callable(self.tone) else self.tone
                return ui.chip(value, tone) if value not in (None, "") else formatting.number(None)
        return value if value not in (None, "") else formatting.number(None)


@dataclass(frozen=True)
class Cell:
    """A column's value in one row, ready to show."""

    column: Column
    value: Any
    note: Any = ""
    url: str = ""
    empty: bool = False  # a phone's card leaves it out

    @property
    def linked(self) -> Any:
        return format_html('<a href="{}">{}</a>', self.url, self.value) if self.url else self.value


def follow(row: Any, path: str) -> Any:
    """``person.code`` of a row that is an object or a mapping; labels for choices; None where it ends."""
    *way, last = path.split(".")
    for name in way:
        row = row.get(name) if isinstance(row, dict) else getattr(row, name, None)
        if row is None:
            return None
    if isinstance(row, dict):
        return row.get(last)
    label = getattr(row, f"get_{last}_display", None)
    value = label() if label else getattr(row, last, None)
    return value() if callable(value) else value


class Listing:
    """A list for one request: filtered, ordered, one page of it ready for ``{% listing %}``."""

    def __init__(
        self,
        request: HttpRequest,
        rows: QuerySet | Sequence,
        columns: Sequence[Column],
        *,
        key: str,
        title: Any = "",
        filters: type[FilterForm] | None = None,
        narrow: Callable[[Any, dict[str, Any]], Any] | None = None,
        order: str = "",
        per_page: int = PER_PAGE,
        empty: Any = "",
        may_export: bool = False,
        on_export: Callable[[int], None] | None = None,
        filename: str = "",
    ) -> None:
        self.request, self.columns, self.key, self.title = request, tuple(columns), key, title
        self.per_page, self.empty, self.may_export, self.on_export = per_page, empty, may_export, on_export
        self.filename = filename or key.replace(".", "-")
        self.default_order = order
        self.params = self._params(filters)
        self.form = filters(self.params) if filters else None
        self.values = self.form.values() if self.form else {}
        if narrow and self.form:
            rows = narrow(rows, self.values)
        self.found = self._ordered(rows)

    def _params(self, filters: type[FilterForm] | None) -> QueryDict:
        """The address' parameters, or the filters remembered from the last visit when it has none."""
        given, store = self.request.GET, getattr(self.request, "session", None)
        name = f"listing:{self.key}"
        if store is None or filters is None:
            return given
        if "clear" in given:
            store.pop(name, None)
            return QueryDict()
        if "f" not in given and not set(given) & set(filters.base_fields):
            # A plain visit, or a link to another page or order: the remembered filters stay in force.
            remembered = QueryDict(store.get(name, ""), mutable=True)
            remembered.update(given)
            return remembered
        kept = QueryDict(mutable=True)
        for field in filters().memorable & set(given):
            kept.setlist(field, [value for value in given.getlist(field) if value])
        if kept.urlencode() != store.get(name, ""):
            store[name] = kept.urlencode()
        return given

    # Order and pages

    def _ordered(self, rows: Any) -> Any:
        wanted = self.params.get("sort", "")
        column = next((c for c in self.columns if c.sort and c.key == wanted.removeprefix("-")), None)
        self.sorted_by = wanted if column else ""
        if not isinstance(rows, QuerySet):
            if column:
                known = [row for row in rows if column.raw(row) is not None]
                known.sort(key=column.raw, reverse=wanted.startswith("-"))
                return known + [row for row in rows if column.raw(row) is None]
            return rows
        orders = []
        if column:
            backwards = wanted.startswith("-")
            orders.append(f"-{column.sort}".replace("--", "") if backwards else column.sort)
        elif self.default_order:
            orders.append(self.default_order)
        # The key at the end makes the order total: no row appears on two pages or on none.
        return rows.order_by(*orders, "pk") if orders else (rows if rows.ordered else rows.order_by("pk"))

    @cached_property
    def total(self) -> int:
        return self.found.count() if isinstance(self.found, QuerySet) else len(self.found)

    @cached_property
    def page(self) -> Page:
        last = max(1, -(-self.total // self.per_page))
        asked = self.request.GET.get("page", "1")
        number = min(max(1, int(asked)), last) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 1
        return Page(number, last, page_links(number, last))

    @cached_property
    def rows(self) -> list[list[Cell]]:
        start = (self.page.number - 1) * self.per_page
        return [[column.cell(row) for column in self.columns] for row in self.found[start : start + self.per_page]]

    @property
    def count_sentence(self) -> str:
        """``10 de 23``, or the bare total when all are on this page."""
        if self.page.last == 1:
            return formatting.number(self.total)
        return _("%(shown)s de %(total)s") % {
            "shown": formatting.number(len(self.rows)),
            "total": formatting.number(self.total),
        }

    @property
    def filtered(self) -> bool:
        return bool(self.values)

    def heads(self) -> Iterator[dict[str, Any]]:
        """The header cells, with the address that sorts by them."""
        for column in self.columns:
            state = {column.key: "ascending", f"-{column.key}": "descending"}.get(self.sorted_by, "")
            turned = f"-{column.key}" if state == "ascending" else column.key
            yield {"column": column, "sort": turned if column.sort else "", "state": state}

    # The file

    @property
    def export(self) -> HttpResponse | None:
        """The file that ``?export=csv|xlsx`` asks for, or None; None also without ``may_export``."""
        kind = self.request.GET.get("export", "")
        if not self.may_export or kind not in export.KINDS:
            return None
        if self.on_export:
            self.on_export(self.total)
        columns = [column for column in self.columns if column.exported]
        rows = self.found.iterator(chunk_size=1000) if isinstance(self.found, QuerySet) else iter(self.found)
        table = ([plain(column, row) for column in columns] for row in rows)
        return export.response(kind, self.filename, [str(column.label) for column in columns], table)


def plain(column: Column, row: Any) -> Any:
    """A cell for a file: dates and numbers as such, everything else as text."""
    if column.is_reserved(row):
        return _("Reservado")
    value = column.raw(row)
    if column.kind == "flag":
        return _("Sí") if value else _("No")
    if value is None or isinstance(value, int | float | date | datetime):
        return value
    return str(value)
