"""Tables (Parquet files, tables given from Python) as document rows."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator

import pyarrow as pa

from pipeline.config import InputOptions
from pipeline.sources.planning import check_content_types, is_text
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
    ids, texts, paths = _ids(table, total), _texts(table, "text", total), _texts(table, "path", total)
    blobs = table.column("bytes").to_pylist() if "bytes" in table.schema.names else [None] * total
    rows = []
    for i in range(total):
        row = Row(ids[i] or f"{name}#{first_row + i + 1}", f"{source}#{first_row + i + 1}")
        rows.append(_fill(row, texts[i], blobs[i], paths[i], options, fetch))
    batch = to_batch(rows, pa.schema([]))
    carried = [_column(table, f, total) for f in passthrough]
    return pa.RecordBatch.from_arrays(
        [*batch.columns, *carried], schema=pa.schema([*batch.schema, *passthrough])
    )


def _fill(
    row: Row,
    text: str | bytes | None,
    blob: bytes | None,
    path: str | bytes | None,
    options: InputOptions,
    fetch: Fetch,
) -> Row:
    limit = int(options.max_document_bytes)
    if isinstance(text, bytes):
        row.content_sha256 = hashlib.sha256(text).hexdigest()
        return row.fail("wrong_encoding", "the text is not UTF-8, which Parquet requires")
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
    if isinstance(path, bytes):
        return row.fail("bad_record", "the path is not UTF-8")
    if path is not None:
        return fetch(path, row)
    return row.fail("no_content", "the row has neither text nor bytes nor path")


def _texts(table: pa.Table, column: str, total: int) -> list[str | bytes | None]:
    """The values of a text column; bytes where a value is not UTF-8 (Arrow does not look)."""
    if column not in table.schema.names:
        return [None] * total
    array = table.column(column)
    try:
        values: list[str | bytes | None] = array.to_pylist()
    except UnicodeDecodeError:
        return [_decoded(v) for v in array.cast(pa.large_string()).cast(pa.large_binary()).to_pylist()]
    return values


def _decoded(value: bytes | None) -> str | bytes | None:
    try:
        return None if value is None else value.decode()
    except UnicodeDecodeError:
        return value


def _ids(table: pa.Table, total: int) -> list[str | None]:
    """The ids as text, whatever plain type they have."""
    if "id" not in table.schema.names:
        return [None] * total
    array = table.column("id")
    if pa.types.is_dictionary(array.type):
        array = array.cast(array.type.value_type)
    if pa.types.is_binary(array.type) or pa.types.is_fixed_size_binary(array.type):
        array = array.cast(pa.large_binary())
    elif not is_text(array.type):
        array = array.cast(pa.string())
    values = _texts(table.set_column(table.schema.get_field_index("id"), "id", array), "id", total)
    return [v.decode("utf-8", "backslashreplace") if isinstance(v, bytes) else v for v in values]


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
