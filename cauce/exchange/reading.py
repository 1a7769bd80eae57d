"""Reading a workbook or CSV by declared columns: every row comes out with its values or with its problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from cauce.exchange import errorcells
from cauce.exchange.columns import Column, Sheet
from cauce.exchange.headers import Heading, find_heading
from cauce.exchange.kinds import Day, Doubt
from cauce.exchange.opening import Source, Table, open_file
from cauce.exchange.scanning import column_letters
from cauce.exchange.wording import closest, plain
from cauce.kernel.problems import Problem, Problems

MAX_ROWS = 250_000
# Sheets of our own templates that hold no data.
_SKIPPED_SHEETS = {"instrucciones", "instructions", "listas", "lists"}
_EXAMPLE = ("ejemplo:", "example:")
_NOTE_STARTS = ("nota", "notas", "fuente", "total", "totales", "elaborado", "elaboro", "actualizado", "source", "note")


@dataclass(slots=True)
class Row:
    """One row of a sheet: ``number`` as the spreadsheet shows it, a value for every declared column, what is wrong,
    and what a declared rule mended (sentences). ``cells`` are the original cells, ``raw`` the same by header."""

    sheet: str
    number: int
    values: dict[str, Any]
    problems: list[Problem]
    mended: list[Any]
    cells: list[Any]
    titles: list[str]

    @property
    def raw(self) -> dict[str, Any]:
        return {title: cell for title, cell in zip(self.titles, self.cells, strict=False) if title}


@dataclass(slots=True)
class _DateSigns:
    """What the dates of one column say about each other."""

    doubtful: list[int] = field(default_factory=list)
    reversed_at: int = 0
    late_texts: int = 0
    cells: int = 0
    cells_late: int = 0


@dataclass(slots=True)
class FoundSheet:
    """A declared sheet found in the file. ``problems`` stop the sheet, ``notices`` are for the person to know."""

    sheet: Sheet
    table: Table
    heading: Heading
    max_rows: int
    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
    _signs: dict[str, _DateSigns] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.table.name

    @property
    def total(self) -> int:
        """Rows under the header; an upper bound, since empty rows are skipped."""
        return max(0, self.table.height - self.heading.last)

    def rows(self, after: int = 0) -> Iterator[Row]:
        """Every row that holds something, in order, those numbered up to ``after`` skipped.

        Raises Problems when the sheet itself cannot be used. What the dates of a column say together is known only
        at the end: ask ``afterthoughts`` then.
        """
        if self.problems:
            raise Problems(self.problems)
        self._signs = {}
        plan = self._plan()
        careful = [(index, column, errorcells.refusing(column, read)) for index, column, read in plan]
        present = {column.key for column in self.heading.columns.values()}
        absent = [column for column in self.sheet.columns if column.key not in present]
        merged = _merged_rows(self.table, self.heading)
        skipped: list[int] = []
        formulas = set(errorcells.rows_of_formulas(self.table, set(self.heading.columns), self.heading.last))
        for number, cells in enumerate(self.table.rows(), start=1):
            if number <= self.heading.last or number <= after or not any(cell not in ("", None) for cell in cells):
                continue
            if number - self.heading.last > self.max_rows:
                raise Problems([_too_many(self.sheet, number - self.heading.last, self.max_rows)])
            if _is_example(cells):
                skipped.append(number)
                continue
            errors = self.table.errors.get(number - 1)
            if errors:
                formulas.discard(number)
                cells = errorcells.marked(cells, errors)
            row = self._row(number, cells, careful if errors else plan, absent)
            if merged and number in merged:
                row.problems.append(_merged_problem(merged[number]))
            if row.problems and _is_note(row.cells):
                skipped.append(number)
                continue
            yield row
        self._report_skipped(skipped, sorted(row for row in formulas if row > after))

    def _plan(self) -> list[tuple[int, Column, Callable[[Any, list], Any]]]:
        plan = []
        for index, column in self.heading.columns.items():
            read = column.reader()
            if isinstance(column.kind, Day):
                self._signs[column.key] = _DateSigns()
                read = _watching(read, self._signs[column.key], 1462 if self.table.dates_from_1904 else 0)
            plan.append((index, column, read))
        return plan

    def _row(self, number: int, cells: list[Any], plan: list, absent: list[Column]) -> Row:
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        mended: list[Any] = []
        width = len(cells)
        for index, column, read in plan:
            key = column.key
            cell = cells[index] if index < width else ""
            if cell == "" and not column.required:
                # Most cells of most sheets: no need to ask the column.
                values[key] = column.empty
                continue
            try:
                values[key] = read(cell, mended)
            except Problem as problem:
                values[key] = None
                problem.row = number
                problems.append(problem)
                if problem.code == "exchange.date_order":
                    signs = self._signs.setdefault(key, _DateSigns())
                    signs.reversed_at = signs.reversed_at or number
        for column in absent:
            values[column.key] = column.empty
        if mended and any(type(mend) is Doubt for mend in mended):
            for mend in mended:
                if type(mend) is Doubt:
                    self._signs.setdefault(mend, _DateSigns()).doubtful.append(number)
            mended = [mend for mend in mended if type(mend) is not Doubt]
        return Row(self.sheet.key, number, values, problems, mended, cells, self.heading.titles)

    def afterthoughts(self) -> Iterator[tuple[int, Problem]]:
        """After the last row: (row number, problem) for dates that another row of the same column casts doubt on.

        Where 04/13/2022 stands in a column read day/month/year, somebody wrote it the other way round, and 03/04/2022
        in the same column may be either.
        """
        for key, signs in self._signs.items():
            if signs.reversed_at:
                for number in signs.doubtful:
                    yield (
                        number,
                        Problem(
                            "exchange.date_mixed",
                            _("La fecha de «%(column)s» es dudosa: la fila %(other)s la tiene con el mes primero."),
                            fix=_("Escriba las fechas de toda la columna en el mismo orden, o así: 2022-12-31."),
                            field=key,
                            row=number,
                            column=self.sheet.column(key).label,
                            other=signs.reversed_at,
                        ),
                    )

    def late_notices(self) -> list[Problem]:
        """After the last row: what a person should look at, though no single row is wrong."""
        found = []
        for key, signs in self._signs.items():
            # A spreadsheet set to month/day turns 03/04 into the 4th of March and leaves 13/04 as text.
            if signs.late_texts and signs.cells >= 3 and not signs.cells_late:
                found.append(
                    Problem(
                        "exchange.date_turned",
                        _(
                            "En «%(column)s» hay fechas como texto con día mayor que 12, y ninguna de las que Excel "
                            "guardó como fecha lo tiene: Excel pudo cambiar el día por el mes."
                        ),
                        fix=_("Compare algunas fechas con el original antes de importar."),
                        field=key,
                        column=self.sheet.column(key).label,
                    )
                )
        return found

    def _report_skipped(self, skipped: list[int], formulas: list[int]) -> None:
        said = ("exchange.rows_skipped", "exchange.rows_of_formulas")
        self.notices = [notice for notice in self.notices if notice.code not in said]
        if formulas:
            self.notices.append(errorcells.formulas_notice(formulas))
        if skipped:
            self.notices.append(
                Problem(
                    "exchange.rows_skipped",
                    _("No se leyeron como datos (ejemplo, nota o total): filas %(rows)s."),
                    rows=", ".join(map(str, skipped[:20])) + ("…" if len(skipped) > 20 else ""),
                )
            )


@dataclass(slots=True)
class Reading:
    """What ``read`` found: the declared sheets in declared order, and what a person should know about the file."""

    kind: str
    sheets: list[FoundSheet]
    notices: list[Problem]

    @property
    def problems(self) -> list[Problem]:
        """What stops the file: the problems of all its sheets."""
        return [problem for found in self.sheets for problem in found.problems]

    @property
    def total(self) -> int:
        return sum(found.total for found in self.sheets)

    def __iter__(self) -> Iterator[Row]:
        """All rows of all sheets, in declared order. Raises Problems when a sheet cannot be used."""
        for found in self.sheets:
            yield from found.rows()


def read(source: Source, sheets: Sequence[Sheet], *, filename: str = "", max_rows: int = MAX_ROWS) -> Reading:
    """Open a file and find the declared sheets in it.

    ``source`` is a path, bytes or a binary file (xlsx, xls, ods, CSV; the content decides which). Raises Problem
    when it cannot be opened or holds none of the sheets; problems of a sheet are in ``Reading.problems``.
    """
    opened = open_file(source, filename)
    candidates = [table for table in opened.tables if not table.hidden and plain(table.name) not in _SKIPPED_SHEETS]
    if opened.kind != "csv":
        candidates = [table for table in candidates if table.height]
    if not candidates:
        raise Problem(
            "exchange.no_data",
            _("El libro no tiene datos en ninguna hoja visible."),
            fix=_("Escriba los datos en la plantilla y guárdela."),
        )
    reading = Reading(opened.kind, [], [*opened.notices, *_hidden(opened.tables)])
    for sheet, table in _matched(candidates, sheets, reading.notices):
        heading = find_heading(table, sheet)
        found = FoundSheet(sheet, table, heading, max_rows, [*heading.problems], [*heading.notices])
        if opened.kind != "csv" and found.total > max_rows:
            found.problems.append(_too_many(sheet, found.total, max_rows))
        reading.sheets.append(found)
    return reading


def _hidden(tables: list[Table]) -> Iterator[Problem]:
    """Hidden sheets are not read, and who sends them is told: Excel hides them from view, not from the file."""
    for table in tables:
        if table.hidden and table.height and plain(table.name) not in _SKIPPED_SHEETS:
            yield Problem(
                "exchange.sheet_hidden",
                _("La hoja «%(sheet)s» está oculta y no se lee."),
                fix=_("Si sus datos deben importarse, muéstrela, guarde el libro y envíelo otra vez."),
                sheet=table.name,
            )


def _matched(tables: list[Table], sheets: Sequence[Sheet], notices: list[Problem]) -> list[tuple[Sheet, Table]]:
    """Declared sheets and the tables that hold them, in declared order; by name, or by being the only ones."""
    names = {plain(name): sheet for sheet in sheets for name in sheet.names()}
    # Excel cuts the names of sheets at 31 characters.
    names |= {plain(name[:31]): sheet for sheet in sheets for name in sheet.names()}
    pairs = {names[plain(table.name)].key: table for table in tables if plain(table.name) in names}
    if not pairs and len(sheets) == 1 and len(tables) == 1:
        return [(sheets[0], tables[0])]
    if not pairs and len(tables) == 1:
        # A CSV has no sheets: its header tells which it is, if it fits one better than all others.
        fits = sorted(
            ((len(find_heading(tables[0], sheet).columns), sheet) for sheet in sheets), key=lambda fit: -fit[0]
        )
        if fits[0][0] and (len(fits) == 1 or fits[0][0] > fits[1][0]):
            return [(fits[0][1], tables[0])]
    labels = [str(sheet.label) for sheet in sheets]
    if not pairs:
        raise Problem(
            "exchange.no_such_sheet",
            _("El libro no tiene ninguna de las hojas esperadas (%(expected)s); tiene: %(found)s."),
            fix=_("Cambie el nombre de la hoja, o copie los datos a la plantilla."),
            expected=", ".join(labels),
            found=", ".join(table.name or "–" for table in tables),
        )
    used = {id(table) for table in pairs.values()}
    for table in tables:
        if id(table) not in used:
            guess = closest(table.name, [str(sheet.label) for sheet in sheets if sheet.key not in pairs])
            notices.append(
                Problem(
                    "exchange.sheet_unknown",
                    _("La hoja «%(sheet)s» no se lee."),
                    fix=_("¿Quiso decir «%(guess)s»? Cambie su nombre.") if guess else "",
                    sheet=table.name,
                    guess=guess,
                )
            )
    return [(sheet, pairs[sheet.key]) for sheet in sheets if sheet.key in pairs]


def _watching(read: Callable, signs: _DateSigns, shift: int) -> Callable:
    """A date reader that also notes which dates were real dates and which were text."""

    def watch(cell: Any, mended: list) -> Any:
        if shift and type(cell) is float:
            cell += shift
        value = read(cell, mended)
        if value is not None and type(value) is not list:
            if isinstance(cell, date):
                signs.cells += 1
                signs.cells_late += value.day > 12
            elif value.day > 12 and isinstance(cell, str) and not cell[:4].isdigit():
                signs.late_texts += 1
        return value

    return watch


def _is_example(cells: list[Any]) -> bool:
    for cell in cells:
        if cell not in ("", None):
            return isinstance(cell, str) and cell.lower().startswith(_EXAMPLE)
    return False


def _is_note(cells: list[Any]) -> bool:
    """A remark or a total under the data: a row that is no good anyway and begins like one."""
    filled = [cell for cell in cells if cell not in ("", None)]
    if not filled or not isinstance(filled[0], str):
        return False
    first = plain(filled[0]).split(" ")[0] if filled[0].strip() else ""
    return (filled[0].lstrip().startswith("*") and len(filled) == 1) or (
        first in _NOTE_STARTS and (len(filled) <= 2 or first in ("total", "totales"))
    )


def _merged_rows(table: Table, heading: Heading) -> dict[int, str]:
    """Row number → the merged range that crosses it, for ranges that touch read columns under the header."""
    rows: dict[int, str] = {}
    for (top, left), (bottom, right) in table.merged:
        if bottom + 1 <= heading.last or not any(left <= index <= right for index in heading.columns):
            continue
        name = f"{column_letters(left)}{top + 1}:{column_letters(right)}{bottom + 1}"
        for number in range(max(top + 1, heading.last + 1), min(bottom + 1, table.height) + 1):
            rows.setdefault(number, name)
    return rows


def _merged_problem(name: str) -> Problem:
    return Problem(
        "exchange.merged",
        _("Las celdas %(cells)s están combinadas: no se sabe a qué fila o columna pertenece el dato."),
        fix=_("Separe las celdas y escriba el dato en cada una."),
        cells=name,
    )


def _too_many(sheet: Sheet, rows: int, limit: int) -> Problem:
    return Problem(
        "exchange.too_many_rows",
        _("La hoja «%(sheet)s» tiene %(rows)s filas; se leen hasta %(limit)s."),
        fix=_("Divídala en varios archivos."),
        sheet=sheet.label,
        rows=rows,
        limit=limit,
    )
