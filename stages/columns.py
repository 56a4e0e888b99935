"""Columns of a batch, as every stage adds them."""

from __future__ import annotations

import pyarrow as pa


def with_column(batch: pa.RecordBatch, field: pa.Field, column: pa.Array) -> pa.RecordBatch:
    """Return the batch with the column: in the place of the one of that name, else as the last one."""
    where = batch.schema.get_field_index(field.name)
    if where >= 0:
        return batch.set_column(where, field, column)
    return batch.append_column(field, column)
