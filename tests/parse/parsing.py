"""Running the stage in tests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pyarrow as pa

from stages.parse.stage import Parse


@contextmanager
def started(stage: Parse) -> Iterator[Parse]:
    """The stage, ready, and closed afterwards."""
    stage.warm_up()
    try:
        yield stage
    finally:
        stage.close()


def batch_of(documents: Sequence[bytes]) -> pa.RecordBatch:
    return pa.record_batch(
        {
            "id": pa.array([f"document-{i}" for i in range(len(documents))]),
            "bytes": pa.array(documents, pa.large_binary()),
        }
    )


def parse(*documents: bytes, stage: Parse | None = None, **options: Any) -> list[dict[str, Any]]:
    """The rows that the stage makes of the documents."""
    with started(stage or Parse(**options)) as running:
        rows: list[dict[str, Any]] = running.process(batch_of(documents)).to_pylist()
        return rows


def printed(row: dict[str, Any]) -> list[str]:
    """The printed lines of a row."""
    return [row["text"][line["start"] : line["end"]] + line["hyphen"] for line in row["lines"]]
