"""One file of facts: its columns, its footer, and how they become ``Fact`` again.

Only ``cauce.facts.store`` uses this module, and imports it when the first file is touched: loading
Arrow takes long. A file that is not one of ours is told as ValueError, OSError, KeyError or TypeError.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from operator import attrgetter
from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cauce.facts.store import KEYED
from cauce.kernel.facts import DATE_COLUMNS, LIST_COLUMNS, TEXT_COLUMNS, Fact

SCHEMA = pa.schema(
    [
        *(pa.field(name, pa.string()) for name in TEXT_COLUMNS),
        *(pa.field(name, pa.list_(pa.string())) for name in LIST_COLUMNS),
        *(pa.field(name, pa.date32()) for name in DATE_COLUMNS),
        pa.field("quantity", pa.int64()),
        pa.field("consented", pa.bool_()),
    ]
)
_FILE_SCHEMA = pa.schema([*SCHEMA, *(pa.field(name, pa.uuid()) for name in KEYED.values())])
# Few different values: a dictionary makes the file small and filters fast. The keyed ids differ on
# nearly every row; a dictionary of them would only be thrown away.
_DICTIONARY = [name for name in TEXT_COLUMNS if name not in {"subject", "person", "source_id"}]
_HASH = b"cauce.rows"
_COUNT = b"cauce.count"
_ROWS_A_GROUP = 122_880
_file_columns = attrgetter(*SCHEMA.names)


def write(sink: IO[bytes], rows: Sequence[Fact], rows_hash: str) -> None:
    """Write facts in the order given, with the hash of their canonical form and their number in the footer."""
    columns = zip(*map(_file_columns, rows), strict=True)
    arrays = [pa.array(column, type=field.type) for column, field in zip(columns, SCHEMA, strict=True)]
    numbers = [
        pa.ExtensionArray.from_storage(
            pa.uuid(), pa.array([_number(getattr(fact, name)) for fact in rows], type=pa.binary(16))
        )
        for name in KEYED
    ]
    table = pa.Table.from_arrays([*arrays, *numbers], schema=_FILE_SCHEMA)
    table = table.replace_schema_metadata({_HASH: rows_hash.encode(), _COUNT: str(len(rows)).encode()})
    pq.write_table(table, sink, compression="zstd", use_dictionary=_DICTIONARY, row_group_size=_ROWS_A_GROUP)


def _number(keyed: str | None) -> bytes | None:
    return None if keyed is None else hashlib.blake2b(keyed.encode(), digest_size=16).digest()


def facts(path: Path) -> Iterator[Fact]:
    """The facts of a file, in its order."""
    with _told():
        for batch in pq.ParquetFile(path).iter_batches(batch_size=20_000, columns=SCHEMA.names):
            for row in batch.to_pylist():
                for name in LIST_COLUMNS:
                    row[name] = tuple(row[name] or ())
                yield Fact(**row)


def footer(path: Path) -> tuple[str, int]:
    """The hash and the number of rows written with the file."""
    with _told():
        metadata = pq.read_schema(path).metadata or {}
    return metadata[_HASH].decode(), int(metadata[_COUNT])


@contextmanager
def _told() -> Iterator[None]:
    """Arrow's own errors as ValueError, so that nobody else needs to know them."""
    try:
        yield
    except pa.ArrowException as error:
        raise ValueError(str(error)) from error


def has(path: Path, column: str, values: Collection[str] | None) -> bool:
    """True when a text column has one of ``values``; any value at all when that is None."""
    found = pq.read_table(path, columns=[column]).column(column)
    wanted = pc.is_valid(found) if values is None else pc.is_in(found, value_set=pa.array(sorted(values), pa.string()))
    return bool(pc.any(wanted).as_py())
