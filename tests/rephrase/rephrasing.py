"""Documents through segment and rephrase, against a server."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from pipeline.chain import Chain
from stages.rephrase.stage import Rephrase
from stages.segment.stage import Segment
from tests.pipeline.documents import batch_of
from tests.rephrase.chat_server import ChatServer

FOX = "The quick fox slept in the small house. A patient came with a dog and walked over the hill near the river."
TWELVE = (
    "The patient came on 12 March 2024 with a fever of 39.5 °C. The doctor gave 500 mg and the patient slept."
)


def options(server: ChatServer | str, **more: Any) -> dict[str, Any]:
    """Options of the stage for a server; quick to give up."""
    url = server if isinstance(server, str) else server.url
    endpoint = {"base_url": url, "model": "rule", "retries": 0, "longest_pause_s": 0.05, "timeout_s": 5.0}
    endpoint |= more.pop("endpoint", {})
    return {
        "endpoint": endpoint,
        "styles": ["medium"],
        "gates": {"copied": False, "grounding": False, "entities": False},
    } | more


def rephrased(texts: Sequence[str | None], server: ChatServer | str, **more: Any) -> list[dict[str, Any]]:
    """Rows of these documents; ids are d0, d1 ..."""
    return rows_of(Rephrase(**options(server, **more)), texts)


def rows_of(stage: Rephrase, texts: Sequence[str | None], **columns: pa.Array) -> list[dict[str, Any]]:
    """The same for a stage as it is."""
    batch = batch_of(texts, **columns)
    chain = Chain([Segment(), stage], pa.schema([batch.schema.field(name) for name in columns]))
    try:
        rows: list[dict[str, Any]] = chain.run(batch).batch.to_pylist()
        return rows
    finally:
        chain.close()


def entries(row: dict[str, Any]) -> list[dict[str, Any]]:
    """The rephrasings of a row, which must be there."""
    found: list[dict[str, Any]] = row["rephrasings"]
    assert found is not None, row["errors"]
    return found
