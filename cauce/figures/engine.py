"""DuckDB over the Parquet files: one database in the process's memory, a cursor per thread."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cauce.figures.compiling import RELATION, Query

if TYPE_CHECKING:
    import duckdb

_LOCK = threading.Lock()
_PLACE = threading.local()
_ROOT: dict[int, duckdb.DuckDBPyConnection] = {}
# Ibis quotes every name; the relation appears only as a quoted name of a table.
_NAME = f'"{RELATION}"'


def run(query: Query, files: Sequence[Path], parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The rows of a query over these files; none without files.

    Everything is fetched at once: a result left unread would block its connection (DuckDB 2).
    """
    if not files:
        return []
    sql = query.sql.replace(_NAME, _relation(files))
    bound = {name: parameters[name] for name in query.parameters}
    return _cursor().execute(sql, bound).fetchall()


def _relation(files: Sequence[Path]) -> str:
    listed = ", ".join("'" + str(path).replace("'", "''") + "'" for path in files)
    return f"read_parquet([{listed}], hive_partitioning = false)"


def _cursor() -> duckdb.DuckDBPyConnection:
    """This thread's cursor. A forked child opens a database of its own."""
    process = os.getpid()
    if getattr(_PLACE, "process", None) != process:
        with _LOCK:
            if process not in _ROOT:
                _ROOT.clear()
                _ROOT[process] = _connect()
            _PLACE.cursor, _PLACE.process = _ROOT[process].cursor(), process
    return _PLACE.cursor


def _connect() -> duckdb.DuckDBPyConnection:
    # Imported by the first figure: most processes (commands, migrations, imports) count none.
    import duckdb

    return duckdb.connect(
        ":memory:",
        config={
            # Facts are microdata: they are never spilled to a disk, and nothing is ever fetched.
            "temp_directory": "",
            "memory_limit": "800MB",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "preserve_insertion_order": "false",
        },
    )
