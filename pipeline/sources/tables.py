"""Tables (Parquet files, tables given from Python) as document rows."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator

import pyarrow as pa

from pipeline.config import InputOptions
from pipeline.sources.planning import check_content_types
from pipeline.sources.rows import Row, to_batch

Fetch = Callable[[str, Row], Row]  # fills a row from the file at a path


def documents(
    table: pa.Table | pa.RecordBatch,
    *,
    name: str,
    source: str,
    first_row: int,
    passthrough: pa.Schema,
    options: InputOptions,
    fetch: Fetch,
) -> pa.RecordBatch:
    """Return the rows of a table in the chain's input schema.

    The content of a row is its ``text``, else its ``bytes``, else the file at its ``path``. Rows without an
    ``id`` are called ``<name>#<row number>``, counted from 1.
    """
    names = [options.rename.get(n, n) for n in table.schema.names]
    table = pa.table(dict(zip(names, table.columns, strict=True))) if names else table
    check_content_types(table.schema, name)
    total = table.num_rows
    held = {
        "id": _texts(table, "id", total),
        "text": _texts(table, "text", total),
        "path": _texts(table, "path", total),
    }
    blobs = table.column("bytes").to_pylist() if "bytes" in table.schema.names else [None] * total
    rows = []
    for i in range(total):
        row = Row(held["id"][i] or f"{name}#{first_row + i + 1}", f"{source}#{first_row + i + 1}")
        rows.append(_fill(row, held["text"][i], blobs[i], held["path"][i], options, fetch))
    batch = to_batch(rows, pa.schema([]))
    carried = [_column(table, f, total) for f in passthrough]
    return pa.RecordBatch.from_arrays(
        [*batch.columns, *carried], schema=pa.schema([*batch.schema, *passthrough])
    )


def _fill(
    row: Row, text: str | None, blob: bytes | None, path: str | None, options: InputOptions, fetch: Fetch
) -> Row:
    limit = int(options.max_document_bytes)
    if text is not None:
        if len(text) > limit:
            return row.fail("too_large", "is larger than input.max_document_bytes", "limit")
        return row.fill_text(text)
    if blob is not None:
        if len(blob) > limit:
            return row.fail("too_large", "is larger than input.max_document_bytes", "limit")
        form = "pdf" if b"%PDF-" in blob[:1024] else "txt"
        if (
            form == "txt"
            and b"\0" in blob[:1024]
            and not blob.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff"))
        ):
            row.content_sha256 = hashlib.sha256(blob).hexdigest()
            return row.fail("unknown_format", "the bytes are neither a PDF nor text")
        return row.fill(blob, form, options.encoding)
    if path is not None:
        return fetch(path, row)
    return row.fail("no_content", "the row has neither text nor bytes nor path")


def _texts(table: pa.Table, column: str, total: int) -> list[str | None]:
    if column not in table.schema.names:
        return [None] * total
    array = table.column(column)
    if column == "id" and not pa.types.is_string(array.type):
        array = array.cast(pa.string())
    values: list[str | None] = array.to_pylist()
    return values


def _column(table: pa.Table, field: pa.Field, total: int) -> pa.Array:
    if field.name not in table.schema.names:
        return pa.nulls(total, field.type)
    column = table.column(field.name)
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(array, pa.ChunkedArray):
        array = array.chunk(0) if array.num_chunks else pa.nulls(0, field.type)
    return array if array.type == field.type else array.cast(field.type)


def slices(table: pa.Table, max_rows: int, max_bytes: int) -> Iterator[pa.Table]:
    """Cut a table into runs of rows within both bounds; one row may exceed the bytes."""
    per_row = max(1, table.nbytes // max(1, table.num_rows))
    step = max(1, min(max_rows, max_bytes // per_row))
    for start in range(0, table.num_rows, step):
        yield table.slice(start, step)
