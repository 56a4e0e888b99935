"""Batches of documents as the reader gives them to the chain."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from pipeline.sources.rows import Row, to_batch


def batch_of(texts: Sequence[str | None], **passthrough: pa.Array) -> pa.RecordBatch:
    """A batch with ids d0, d1 ...; None makes a document whose text could not be read."""
    rows = []
    for number, text in enumerate(texts):
        row = Row(f"d{number}", f"file:///d{number}.txt")
        rows.append(row.fill_text(text) if text is not None else row.fail("corrupt", "cannot be read"))
    batch = to_batch(rows, pa.schema([]))
    for name, array in passthrough.items():
        batch = batch.append_column(name, array)
    return batch
