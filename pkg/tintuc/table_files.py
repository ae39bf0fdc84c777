"""Tables in files: Parquet and Arrow IPC by pyarrow, a batch at a time, and whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from typing import Any

from tintuc._core import ArgumentError
from tintuc.api import failure
from tintuc.tables import Table

FORMATS = ("parquet", "arrow")


def _pyarrow() -> Any:
    try:
        import pyarrow
    except ImportError:
        raise failure(ArgumentError, "argument", "formats parquet and arrow need pyarrow: pip install 'tintuc[io]'") from None
    return pyarrow


def _parquet(path: str, schema: Any) -> Any:
    from pyarrow import parquet

    return parquet.ParquetWriter(path, schema)


def _arrow(path: str, schema: Any) -> Any:
    from pyarrow import ipc

    return ipc.new_file(path, schema)


def _decoded(schema: Any) -> Any:
    """The same with text for its categories: a dictionary in an IPC file cannot grow."""
    pyarrow = _pyarrow()
    fields = [field.with_type(pyarrow.string()) if pyarrow.types.is_dictionary(field.type) else field for field in schema]
    return pyarrow.schema(fields)


def write(table: Table, format: str, path: str) -> None:
    """All rows of the table to a file, which takes its name when it is whole."""
    openers: dict[str, Callable[[str, Any], Any]] = {"parquet": _parquet, "arrow": _arrow}
    pyarrow = _pyarrow()
    folder = tempfile.mkdtemp(prefix=".tintuc-", dir=os.path.dirname(os.path.abspath(path)))
    name = os.path.join(folder, "table")
    try:
        table.read(lambda rows: _copy(pyarrow.RecordBatchReader.from_stream(rows), openers[format], name))
        os.replace(name, path)
    finally:
        if os.path.exists(name):
            os.unlink(name)
        os.rmdir(folder)


def _copy(reader: Any, opener: Callable[[str, Any], Any], name: str) -> None:
    schema, plain = reader.schema, opener is _arrow
    if plain:
        schema = _decoded(schema)
    with opener(name, schema) as out:
        for batch in reader:
            out.write_batch(batch.cast(schema) if plain else batch)
