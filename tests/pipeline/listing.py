"""What the reader makes of an input: plan and read it as a run does, without stages."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline import shards
from pipeline.config import BatchOptions, InputOptions, ShardOptions
from pipeline.shards import Plan
from pipeline.sources.location import locate
from pipeline.sources.reading import Reader

Options = dict[str, Any] | None


def plan_of(
    source: str | Path, options: Options = None, cut: Options = None, **more: Any
) -> tuple[Plan, pq.ParquetFile]:
    """The plan of an input and its listing."""
    target = io.BytesIO()
    plan = shards.make(
        locate(str(source)),
        target,
        fingerprint="mark",
        options=InputOptions(**(options or {})),
        bounds=ShardOptions(**(cut or {})),
        **more,
    )
    return plan, pq.ParquetFile(pa.BufferReader(target.getvalue()))


def batches_of(
    source: str | Path, options: Options = None, cut: Options = None, batch: Options = None, **more: Any
) -> list[list[pa.RecordBatch]]:
    """The batches of every shard of an input."""
    plan, listing = plan_of(source, options, cut, **more)
    reader = Reader(
        locate(str(source)), InputOptions(**(options or {})), BatchOptions(**(batch or {})), plan.passthrough
    )
    return [list(reader.read(shards.pieces_of(listing, s))) for s in plan.shards]


def rows_of(source: str | Path, options: Options = None, **more: Any) -> list[dict[str, Any]]:
    """The documents of an input as rows."""
    return [r for shard in batches_of(source, options, **more) for b in shard for r in b.to_pylist()]


def texts_of(source: str | Path, options: Options = None, **more: Any) -> dict[str, str | None]:
    """The text of each document by its id."""
    return {r["id"]: r["text"] for r in rows_of(source, options, **more)}


def codes_of(row: dict[str, Any]) -> list[str]:
    """The error codes of a row."""
    return [e["code"] for e in row["errors"]]
