"""Inserting thousands of rows of one table: one prepared statement instead of one composed per chunk.

Django's ``bulk_create`` spends most of an import on composing SQL and asking every field of every row;
here what a field needs is decided once per call. Same values, same table, no signals (there are none).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection, models, router, transaction
from django.utils import timezone

Reader = Callable[[models.Model], Any]

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
    readers = [_reader(field) for field in fields]
    names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    holes = ", ".join(["%s"] * len(fields))
    table = connection.ops.quote_name(model._meta.db_table)
    rows = [[read(record) for read in readers] for record in records]
    with transaction.mark_for_rollback_on_error(), connection.cursor() as cursor:
        # S608: table and columns come from the model, never from data.
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({holes})", rows)  # noqa: S608
    database = router.db_for_write(model)
    for record in records:
        record._state.adding, record._state.db = False, database


def _reader(field: models.Field) -> Reader:
    name = field.attname
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    if type(field).pre_save is not models.Field.pre_save:
        # Sealed texts, and dates that are set on writing.
        if isinstance(field, models.BinaryField):
            return lambda record: field.pre_save(record, True)
        if isinstance(field, models.DateTimeField) and field.auto_now_add:
            return _moment(field)
        prepare = _remembering(target)
        return lambda record: prepare(field.pre_save(record, True))
    if isinstance(target, _PLAIN):
        return lambda record: record.__dict__[name]
    if isinstance(target, models.UUIDField):
        if connection.features.has_native_uuid_field:
            return lambda record: record.__dict__[name]
        return lambda record: value.hex if (value := record.__dict__[name]) is not None else None
    prepare = (
        _remembering(target) if isinstance(target, (models.DateField, models.DateTimeField)) else _preparing(target)
    )
    return lambda record: prepare(record.__dict__[name])


def _moment(field: models.DateTimeField) -> Reader:
    """The moment of writing: one for all rows of a call, which are written together."""
    now = timezone.now()
    prepared = field.get_db_prep_save(now, connection)

    def read(record: models.Model) -> Any:
        setattr(record, field.attname, now)
        return prepared

    return read


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
