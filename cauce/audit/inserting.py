"""Inserting thousands of rows of one table: one prepared statement instead of one composed per chunk.

Django's ``bulk_create`` spends most of an import on composing SQL and asking every field of every row;
here what a field needs is decided once per call. Same values, same table, no signals (there are none).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.db import connection, models, router, transaction
from django.utils import timezone

from cauce.keys.fields import SealedTextField

# All records' values of one field, as the driver takes them.
Column = Callable[[Sequence[models.Model]], list[Any]]

# Values of these are what the driver takes.
_PLAIN = (models.CharField, models.TextField, models.BooleanField, models.IntegerField)


def insert_many(records: Sequence[models.Model]) -> None:
    """Insert new rows of one model, in order, in the transaction that is open.

    The table's key must be set on the records, or given by the database (then it stays unknown here).
    Raises IntegrityError as ``bulk_create`` does, RuntimeError outside a transaction.
    """
    if not records:
        return
    if not connection.in_atomic_block:
        raise RuntimeError("rows are inserted in the transaction of their audit steps")
    model = type(records[0])
    # The database itself fills keys it counts and columns it computes.
    fields = [
        field
        for field in model._meta.local_concrete_fields
        if not isinstance(field, models.AutoField) and not field.generated
    ]
    rows = list(zip(*(_column(field)(records) for field in fields), strict=True))
    names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    holes = ", ".join(["%s"] * len(fields))
    table = connection.ops.quote_name(model._meta.db_table)
    with transaction.mark_for_rollback_on_error(), connection.cursor() as cursor:
        # S608: table and columns come from the model, never from data.
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({holes})", rows)  # noqa: S608
    database = router.db_for_write(model)
    for record in records:
        record._state.adding, record._state.db = False, database


def _column(field: models.Field) -> Column:
    """How the values of a field are read from all records; decided once a call, not once a row."""
    name = field.attname
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(field, models.DateTimeField) and field.auto_now_add:
        return _moment(field)
    if isinstance(field, SealedTextField):
        return field.seal_all
    if isinstance(target, _PLAIN):
        return lambda records: [record.__dict__[name] for record in records]
    if isinstance(target, models.UUIDField):
        if connection.features.has_native_uuid_field:
            return lambda records: [record.__dict__[name] for record in records]
        return lambda records: [
            value.hex if (value := record.__dict__[name]) is not None else None for record in records
        ]
    if isinstance(target, models.DateField):  # moments too: DateTimeField is one
        if target.auto_now or target.auto_now_add:
            remember = _remembering(target)
            return lambda records: [remember(field.pre_save(record, True)) for record in records]
        prepare = _remembering(target) if isinstance(target, models.DateTimeField) else _date(target)
    else:
        prepare = _preparing(target)
    return lambda records: [prepare(record.__dict__[name]) for record in records]


def _moment(field: models.DateTimeField) -> Column:
    """The moment of writing: one for all rows of a call, which are written together."""
    now = timezone.now()
    prepared = field.get_db_prep_save(now, connection)

    def read(records: Sequence[models.Model]) -> list[Any]:
        for record in records:
            setattr(record, field.attname, now)
        return [prepared] * len(records)

    return read


def _date(field: models.DateField) -> Callable[[Any], Any]:
    """Dates as they mostly are; a text in the place of one takes the field's own road."""
    adapt = connection.ops.adapt_datefield_value
    return lambda value: adapt(value) if type(value) is date else field.get_db_prep_save(value, connection)


def _preparing(field: models.Field) -> Callable[[Any], Any]:
    # Most lists of a record are empty.
    empty = field.get_db_prep_save([], connection) if isinstance(field, models.JSONField) else None
    return lambda value: empty if value == [] else field.get_db_prep_save(value, connection)


def _remembering(field: models.Field) -> Callable[[Any], Any]:
    """Dates repeat: each is prepared once."""
    known: dict[Any, Any] = {}

    def prepare(value: Any) -> Any:
        if value not in known:
            known[value] = field.get_db_prep_save(value, connection)
        return known[value]

    return prepare
