"""Feed texts to the stage and read back what it made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from stages.shorten.stage import Shorten


@dataclass(frozen=True)
class Short:
    """What shorten made of one text."""

    text: str
    spans: list[tuple[int, int]]
    status: str


def batch_of(texts: list[str], **columns: list[Any]) -> pa.RecordBatch:
    """Return a batch of documents with ids by row."""
    arrays = [pa.array([str(row) for row in range(len(texts))]), pa.array(texts, pa.string())]
    arrays += [pa.array(values) for values in columns.values()]
    return pa.record_batch(arrays, names=["id", "text", *columns])


def rows(batch: pa.RecordBatch) -> list[Short]:
    """Return the three columns of the stage, by row."""
    return [
        Short(text, [(span["start"], span["end"]) for span in spans], status)
        for text, spans, status in zip(
            batch.column("short_text").to_pylist(),
            batch.column("short_spans").to_pylist(),
            batch.column("short_status").to_pylist(),
            strict=True,
        )
    ]


def shorten_all(texts: list[str], **options: Any) -> list[Short]:
    """Shorten texts as one batch."""
    return rows(Shorten(**options).process(batch_of(texts)))


def shorten(text: str, **options: Any) -> Short:
    """Shorten one text."""
    return shorten_all([text], **options)[0]


def short(text: str, **options: Any) -> str:
    """Return the shortened text alone; English unless told otherwise."""
    return shorten(text, **{"language": "en", **options}).text
