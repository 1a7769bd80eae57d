"""One Ibis expression per definition, compiled to SQL with parameters.

``selection`` is the definition as a relation: its filters, its dates, the thing it counts. The
shapes asked of it (totals, the cells of a breakdown, the records behind) all build on that one
expression, so that the list of records is the list that was counted. The relation is named
``facts`` and the parameters ``start``, ``end`` and ``office``; ``cauce.figures.engine`` puts the
files and the values in.

Only ``cauce.figures.compiling`` imports this module, and only when a text is missing: importing
Ibis takes as long as starting all the rest of the house.
"""

from __future__ import annotations

import datetime
from functools import reduce
from operator import or_

import ibis
import ibis.expr.types as ir
import sqlglot.expressions as sge
from ibis.backends.sql.compilers.duckdb import DuckDBCompiler

from cauce.facts.store import KEYED
from cauce.figures.compiling import RELATION, Query
from cauce.kernel.facts import ALL_COLUMNS, DATE_COLUMNS, LIST_COLUMNS, TEXT_COLUMNS
from cauce.mission.definition import Breakdown, Check, FigureDefinition, Filter, How, When

_FACTS = ibis.table(
    {
        **dict.fromkeys(TEXT_COLUMNS, "string"),
        **dict.fromkeys(LIST_COLUMNS, "array<string>"),
        **dict.fromkeys(DATE_COLUMNS, "date"),
        "quantity": "int64",
        "consented": "boolean",
        **dict.fromkeys(KEYED.values(), "uuid"),
    },
    name=RELATION,
)
_COMPILER = DuckDBCompiler()


# Ibis writes literals into its SQL. These stand for parameters and are replaced after compiling,
# so that one compiled text serves every period and office.
@ibis.udf.scalar.builtin(name="cauce_date")
def _date(slot: str) -> datetime.date: ...  # type: ignore[empty-body]


@ibis.udf.scalar.builtin(name="cauce_text")
def _text(slot: str) -> str: ...  # type: ignore[empty-body]


def selection(definition: FigureDefinition, *, office: bool, named: bool = False) -> ir.Table:
    """The facts a definition counts, with ``thing``: what is counted once (null when nothing is).

    Keyed ids are counted by their numbers, which is faster; ``named`` asks for the ids themselves.
    """
    table = _FACTS.filter(*_conditions(definition, office=office))
    column = definition.count.column
    if definition.count.how is How.ELEMENTS:
        assert column is not None
        return table.mutate(thing=table[column].unnest())
    if definition.count.how is How.DISTINCT:
        assert column is not None
        return table.mutate(thing=table[column if named else KEYED.get(column, column)])
    return table


def _conditions(definition: FigureDefinition, *, office: bool) -> list[ir.BooleanValue]:
    facts = _FACTS
    conditions = [_test(each) for each in definition.filters]
    if any(source.filters for source in definition.sources):
        each_kind = (
            reduce(lambda left, right: left & right, map(_test, source.filters), facts.kind == source.kind)
            for source in definition.sources
        )
        conditions.append(reduce(or_, each_kind))
    start, end = _date("start"), _date("end")
    if definition.when is When.WITHIN:
        conditions += [facts.date >= start, facts.date <= end]
    else:
        conditions += [facts.date <= end, facts.until.isnull() | (facts.until >= start)]
    if office:
        conditions.append(facts.office == _text("office"))
    return conditions


def _test(each: Filter) -> ir.BooleanValue:
    """One filter. SQL's null is neither in nor out, so a fact without a value passes neither."""
    column = _FACTS.date.strftime("%Y-%m") if each.column == "month" else _FACTS[each.column]
    if each.column in LIST_COLUMNS:
        return _test_of_list(each, column)
    if each.test is Check.PRESENT:
        return column.notnull()
    if each.test is Check.EMPTY:
        return column.isnull() | column.isin(each.values) if each.values else column.isnull()
    known = [value for value in each.values if value is not None]
    within = column.isin(known)
    if each.test is Check.NOT_IN:
        return ~within
    return within | column.isnull() if None in each.values else within


def _test_of_list(each: Filter, column: ir.Value) -> ir.BooleanValue:
    if each.test is Check.PRESENT:
        return column.length() > 0
    if each.test is Check.EMPTY:
        return _elements_but(each.values, column).length() == 0
    asked = [column.length() == 0 if value is None else column.contains(value) for value in each.values]
    contained = reduce(or_, asked)
    return contained if each.test is Check.CONTAINS else ~contained


def _elements_but(left_out: tuple[str | None, ...], column: ir.Value) -> ir.ArrayValue:
    return column.filter(lambda element: ~element.isin(left_out)) if left_out else column


def _code_columns(cut: Breakdown, table: ir.Table) -> dict[str, ir.Value]:
    """The codes of a cut, one column each (``code0``, ``code1``); null where it is not known."""
    found: dict[str, ir.Value] = {}
    for position, column in enumerate(cut.columns):
        if column == "month":
            code: ir.Value = table.date.strftime("%Y-%m")
        elif column in LIST_COLUMNS:
            # A row without a known element keeps its place, as one element that is not known.
            known = _elements_but(cut.unknown_codes, table[column])
            code = (known.length() == 0).ifelse(ibis.literal([None], type="array<string>"), known).unnest()
        elif cut.unknown_codes:
            code = table[column].isin(cut.unknown_codes).ifelse(ibis.null("string"), table[column])
        else:
            code = table[column]
        found[f"code{position}"] = code
    return found


def _is_known(cut: Breakdown, table: ir.Table) -> ir.BooleanValue:
    known: ir.BooleanValue = table.consented.notnull()
    for column in cut.columns:
        if column in LIST_COLUMNS:
            known = known & (_elements_but(cut.unknown_codes, table[column]).length() > 0)
        elif column != "month":
            known = known & table[column].notnull()
            if cut.unknown_codes:
                known = known & ~table[column].isin(cut.unknown_codes)
    return known


def _consenting(definition: FigureDefinition, cut: Breakdown, table: ir.Table) -> ir.BooleanValue:
    """True for the rows a cut may use; ``consented`` is never null, so its not-null is simply true."""
    return table.consented if cut.needs_consent or definition.consented_only else table.consented.notnull()


def _used_by(definition: FigureDefinition, cut: Breakdown, table: ir.Table) -> ir.BooleanValue:
    """True for the rows a cut uses: with consent where it is needed, with the attribute where asked."""
    used = _consenting(definition, cut, table)
    return used if cut.unknown else used & _is_known(cut, table)


def totals(definition: FigureDefinition, cuts: tuple[str, ...], *, office: bool) -> Query:
    """One row: ``everything``, ``consented``, and for each cut ``c<n>`` (rows with consent) and ``b<n>`` (its base).

    A distinct count groups by the thing once and asks of each whether any of its rows qualifies:
    one pass over the facts for all of these numbers, and faster than ``count(distinct)``.
    """
    table = selection(definition, office=office)
    flags = {"consented": table.consented}
    for position, key in enumerate(cuts):
        cut = definition.breakdown(key)
        flags[f"c{position}"] = _consenting(definition, cut, table)
        flags[f"b{position}"] = _used_by(definition, cut, table)
    how = definition.count.how
    if how in {How.DISTINCT, How.ELEMENTS}:
        things = table.filter(table.thing.notnull()).group_by("thing")
        grouped = things.aggregate(**{name: flag.any() for name, flag in flags.items()})
        return _compiled(grouped.aggregate(everything=grouped.count(), **{name: grouped[name].sum() for name in flags}))
    if how is How.SUM:
        amounts = {name: table.quantity.sum(where=flag) for name, flag in flags.items()}
        return _compiled(table.aggregate(everything=table.quantity.sum(), **amounts))
    return _compiled(table.aggregate(everything=table.count(), **{name: flag.sum() for name, flag in flags.items()}))


def by_month(definition: FigureDefinition, *, office: bool) -> Query:
    """Rows of month (its first day), ``everything`` and ``consented``, each month counted by itself; by date only."""
    table = selection(definition, office=office)
    table = table.mutate(month=table.date.truncate("M"))
    how = definition.count.how
    if how in {How.DISTINCT, How.ELEMENTS}:
        things = table.filter(table.thing.notnull()).group_by(["month", "thing"])
        grouped = things.aggregate(consented=table.consented.any())
        monthly = grouped.group_by("month").aggregate(everything=grouped.count(), consented=grouped.consented.sum())
    elif how is How.SUM:
        monthly = table.group_by("month").aggregate(
            everything=table.quantity.sum(), consented=table.quantity.sum(where=table.consented)
        )
    else:
        monthly = table.group_by("month").aggregate(everything=table.count(), consented=table.consented.sum())
    return _compiled(monthly.order_by("month"))


def cells(definition: FigureDefinition, key: str, *, office: bool) -> Query:
    """The cells of a cut: its codes and ``value``, ordered by the codes, unknown last."""
    cut = definition.breakdown(key)
    table = selection(definition, office=office)
    table = table.filter(_used_by(definition, cut, table))
    if definition.count.how is How.ELEMENTS and cut.columns == (definition.count.column,):
        # Cut by the elements themselves: each is one, in its own cell.
        table = table.filter(~table.thing.isin(cut.unknown_codes)) if cut.unknown_codes else table
        codes: dict[str, ir.Value] = {"code0": table.thing}
    else:
        codes = _code_columns(cut, table)
    table = table.mutate(**codes)
    grouped = table.group_by(list(codes))
    if definition.count.how is How.SUM:
        result = grouped.aggregate(value=table.quantity.sum())
    elif definition.count.how is How.ROWS:
        result = grouped.aggregate(value=table.count())
    else:
        result = grouped.aggregate(value=table.thing.nunique())
    result = result.filter(result.value != 0)
    return _compiled(result.order_by([result[name].asc(nulls_first=False) for name in codes]))


_ROW = ("source_room", "source_id", "date", "thing", "quantity")


def records(definition: FigureDefinition, *, office: bool) -> Query:
    """Every row the value counts: room, record, date, thing and quantity, in a fixed order."""
    return _compiled(_counted(definition, office=office).order_by(_FIXED_ORDER))


def carriers(definition: FigureDefinition, *, office: bool) -> Query:
    """The rows of one record (parameters ``room`` and ``record``) and every row that carries the same things."""
    table = _counted(definition, office=office)
    own = table.filter(table.source_room == _text("room"), table.source_id == _text("record"))
    if definition.count.how in {How.DISTINCT, How.ELEMENTS}:
        table = table.semi_join(own.select("thing"), "thing")
        return _compiled(table.order_by(_FIXED_ORDER))
    return _compiled(own.order_by(_FIXED_ORDER))


def of_record() -> Query:
    """Every fact of one record, whatever its date."""
    table = _FACTS.filter(_FACTS.source_room == _text("room"), _FACTS.source_id == _text("record"))
    return _compiled(table.select(ALL_COLUMNS).order_by(["kind", "date"]))


_FIXED_ORDER = ["date", "source_room", "source_id", "thing"]


def _counted(definition: FigureDefinition, *, office: bool) -> ir.Table:
    table = selection(definition, office=office, named=True)
    if definition.consented_only:
        table = table.filter(table.consented)
    if definition.count.how in {How.DISTINCT, How.ELEMENTS}:
        table = table.filter(table.thing.notnull())
    else:
        table = table.mutate(thing=ibis.null("string"))
    return table.select(_ROW)


def _compiled(expression: ir.Table) -> Query:
    """SQL in which the stand-ins became named parameters."""
    tree = _COMPILER.to_sqlglot(expression)
    found: set[str] = set()

    def replace(node: sge.Expression) -> sge.Expression:
        if isinstance(node, sge.Anonymous) and str(node.this).lower() in {"cauce_date", "cauce_text"}:
            slot = node.expressions[0].this
            found.add(slot)
            kind = "DATE" if str(node.this).lower() == "cauce_date" else "VARCHAR"
            return sge.Cast(this=sge.Parameter(this=sge.Var(this=slot)), to=sge.DataType.build(kind, dialect="duckdb"))
        return node

    return Query(tree.transform(replace).sql("duckdb"), frozenset(found))
