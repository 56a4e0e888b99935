"""Counts of documents, pages, words and errors: of a batch, of a shard, of a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

_SOLID = np.ones(256, bool)
_SOLID[[9, 10, 11, 12, 13, 32]] = False


def of_batch(batch: pa.RecordBatch) -> dict[str, Any]:
    """Return the totals of a batch as written, without times."""
    errors = pc.list_flatten(batch.column("errors"))
    names = zip(errors.field("stage").to_pylist(), errors.field("code").to_pylist(), strict=True)
    pages = 0
    if "pages" in batch.schema.names and pa.types.is_list(batch.schema.field("pages").type):
        pages = pc.sum(pc.list_value_length(batch.column("pages"))).as_py() or 0
    text = batch.column("text")
    return {
        "documents": batch.num_rows,
        "pages": pages,
        "words": words(text),
        "characters": pc.sum(pc.utf8_length(text)).as_py() or 0,
        "documents_with_errors": pc.sum(pc.greater(pc.list_value_length(batch.column("errors")), 0)).as_py()
        or 0,
        "errors": dict(Counter(f"{stage}/{code}" for stage, code in names)),
    }


def add(totals: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return the sum of totals, key by key, one level deep."""
    total: dict[str, Any] = empty()
    for one in totals:
        for key, value in one.items():
            if isinstance(value, dict):
                into = total.setdefault(key, {})
                for k, v in value.items():
                    into[k] = into.get(k, 0) + v
            else:
                total[key] = total.get(key, 0) + value
    return total


def empty() -> dict[str, Any]:
    """Totals of nothing, with every key."""
    numbers = ("documents", "pages", "words", "characters", "documents_with_errors", "bytes_in", "bytes_out")
    return {**dict.fromkeys(numbers, 0), "errors": {}, "seconds": {}}


def words(text: pa.Array) -> int:
    """Count words of a string column: runs of bytes that are not ASCII white space."""
    return int(words_of_each(text).sum())


def words_of_each(text: pa.Array) -> NDArray[np.int64]:
    """Count the words of each text of an array of strings (of either offset size); 0 for null."""
    width = np.int64 if pa.types.is_large_string(text.type) else np.int32
    counts = np.zeros(len(text), np.int64)
    _, places, data = text.buffers()
    if data is None or not len(text):
        return counts
    offsets = np.frombuffer(places, width)[text.offset : text.offset + len(text) + 1]
    filled = np.diff(offsets) > 0
    if not filled.any():
        return counts
    solid = _SOLID[np.frombuffer(data, np.uint8)[offsets[0] : offsets[-1]]]
    begins = solid.copy()
    begins[1:] &= ~solid[:-1]
    starts = offsets[:-1][filled] - offsets[0]
    begins[starts] = solid[starts]  # a document's first word does not continue the one before
    counts[filled] = np.add.reduceat(begins, starts, dtype=np.int64)
    return counts
