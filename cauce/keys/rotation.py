"""A new sealing key, and everything sealed under it again.

Older keys stay in the file, because archives and backups made before still need them. Run it while
nobody works: a web process that started before does not know the new key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from django.apps import apps
from django.db import connection, models, transaction

from cauce.keys import sealing
from cauce.keys.fields import SealedTextField
from cauce.keys.ring import load_key_file, use, write_key_file

CHUNK = 500


def rotate(path: Path, progress: Callable[[str, int], None] = lambda _table, _rows: None) -> int:
    """Add a newest key to the file and re-seal every sealed column; returns the values re-sealed.

    The key is on disk before the first value is sealed with it. Killed half-way, everything still
    opens, and ``resume`` does the rest.
    """
    write_key_file(path, load_key_file(path).rotated())
    return resume(path, progress)


def resume(path: Path, progress: Callable[[str, int], None] = lambda _table, _rows: None) -> int:
    """Re-seal what is not yet under the newest key of the file; a value that is stays as it is."""
    keys = load_key_file(path)
    use(keys)
    total = 0
    for model, fields in sealed_columns():
        done = sum(_reseal(model, field, keys.newest) for field in fields)
        progress(model._meta.label, done)
        total += done
    return total


def sealed_columns() -> Iterator[tuple[type[models.Model], list[SealedTextField]]]:
    """Every table with sealed columns."""
    for model in apps.get_models():
        fields = [field for field in model._meta.local_concrete_fields if isinstance(field, SealedTextField)]
        if fields:
            yield model, fields


def _reseal(model: type[models.Model], field: SealedTextField, newest: int) -> int:
    quote = connection.ops.quote_name
    key = model._meta.pk
    table, column, own = quote(model._meta.db_table), quote(str(field.column)), quote(str(key.column))
    rows = model._base_manager.exclude(**{f"{field.attname}__isnull": True}).values_list("pk", field.attname)
    pending = [(pk, bytes(blob)) for pk, blob in rows.iterator(chunk_size=5000) if bytes(blob)[0] != newest]
    # Below the floor of records, so plain SQL: nothing a person entered changes, only how it is kept.
    statement = f"UPDATE {table} SET {column} = %s WHERE {own} = %s"  # noqa: S608 – quoted names
    for start in range(0, len(pending), CHUNK):
        values = [_again(model, field, pk, blob) for pk, blob in pending[start : start + CHUNK]]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(statement, [(blob, key.get_db_prep_value(pk, connection)) for pk, blob in values])
    return len(pending)


def _again(model: type[models.Model], field: SealedTextField, pk: object, blob: bytes) -> tuple[object, bytes]:
    bound = {"table": model._meta.db_table, "column": field.column, "row": pk}
    return pk, sealing.seal(sealing.unseal(blob, **bound), **bound)  # type: ignore[arg-type]
