"""What one worker does with one shard: read, run the stages, commit. Engines decide where and when."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline import totals
from pipeline.chain import Chain, footer
from pipeline.config import BatchOptions, InputOptions
from pipeline.errors import JobError
from pipeline.shards import Shard, pieces_of
from pipeline.sources.location import Location
from pipeline.sources.piece import Piece
from pipeline.sources.reading import Reader
from pipeline.stage import Stage
from pipeline.store import Store
from pipeline.watch import Watch

Advance = Callable[[int, int, int], None]  # documents, pages, documents with errors


@dataclass
class Task:
    """Everything a worker needs besides the shard. Picklable and small."""

    stages: tuple[Stage[Any], ...]
    location: Location
    store: Store
    input: InputOptions
    batch: BatchOptions
    passthrough: pa.Schema
    fingerprint: str
    settings: dict[str, Any] = field(default_factory=dict)  # what the fingerprint covers, for the footer

    def chain(self) -> Chain:
        return Chain(self.stages, self.passthrough, self.fingerprint)

    def reader(self) -> Reader:
        return Reader(self.location, self.input, self.batch, self.passthrough)


class Worker:
    """Does shards of one task, one after the other; stages stay warm in between."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.chain = task.chain()
        self._plan: Any = None

    def read(self, shard: Shard) -> Iterator[pa.RecordBatch]:
        """Yield the shard's batches before the first stage."""
        pieces = self.pieces(shard)
        rows = 0
        for batch in self.task.reader().read(pieces):
            rows += batch.num_rows
            yield batch
        expected = sum(p.rows for p in pieces)
        blank_lines = any(p.format == "jsonl" for p in pieces)  # the plan counts them, they are no documents
        if rows > expected or (rows < expected and not blank_lines):
            raise JobError(
                f"shard {shard.number}: {rows} rows were read where {expected} are listed; did an input "
                "change during the run? run the same command again"
            )

    def pieces(self, shard: Shard) -> list[Piece]:
        """What the plan lists for a shard."""
        if self._plan is None:
            store = self.task.store
            source = store.inside("plan.parquet")
            self._plan = pq.ParquetFile(source if store.local else store.fs.open(source, "rb"))
        return pieces_of(self._plan, shard)

    def run(self, shard: Shard, advance: Advance | None = None, watch: Watch | None = None) -> dict[str, Any]:
        """Take a shard from its files to its commit; return the commit record.

        Args:
            shard: what to do.
            advance: hears of each batch.
            watch: goes with the rows, which then pass one by one.
        """
        with Commit(self.task, self.chain, shard) as commit:
            batches = self.read(shard) if watch is None else _row_by_row(self.read(shard))
            while True:
                began = time.perf_counter()
                batch = next(batches, None)
                commit.spent("read", time.perf_counter() - began)
                if batch is None:
                    break
                commit.bytes_in += batch.column("bytes").nbytes + batch.column("text").nbytes
                result = self.chain.run(batch, watch)
                for stage, seconds in result.seconds.items():
                    commit.spent(stage, seconds)
                done = commit.write(result.batch)
                if advance is not None:
                    advance(done["documents"], done["pages"], done["documents_with_errors"])
        return commit.record

    def close(self) -> None:
        self.chain.close()
        if self._plan is not None:
            self._plan.close()
            self._plan = None


def _row_by_row(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        for row in range(batch.num_rows):
            yield batch.slice(row, 1)


class Commit:
    """The part file of a shard in the making. Leaving the block without an error commits the shard."""

    def __init__(self, task: Task, chain: Chain, shard: Shard) -> None:
        self.record: dict[str, Any] = {}
        self.bytes_in = 0
        self._task = task
        self._shard = shard
        self._seconds: dict[str, float] = {}
        self._totals = totals.empty()
        self._started = _now()
        facts = footer(task.fingerprint, task.settings)
        self._context = task.store.part_writer(shard.part, chain.schema, facts)

    def __enter__(self) -> Commit:
        self._writer = self._context.__enter__()
        return self

    def spent(self, what: str, seconds: float) -> None:
        """Count wall time towards a stage, or towards "read" and "write"."""
        self._seconds[what] = self._seconds.get(what, 0.0) + seconds

    def write(self, batch: pa.RecordBatch) -> dict[str, Any]:
        """Add finished rows; return their totals."""
        began = time.perf_counter()
        self._writer.write(batch)
        done = totals.of_batch(batch)
        self._totals = totals.add([self._totals, done])
        self.spent("write", time.perf_counter() - began)
        return done

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        began = time.perf_counter()
        self._context.__exit__(kind, error, trace)
        if kind is not None:
            return
        self.spent("write", time.perf_counter() - began)
        store, shard = self._task.store, self._shard
        self._totals["seconds"] = self._seconds
        self._totals["bytes_in"] = self.bytes_in
        self._totals["bytes_out"] = int(store.fs.size(store.at(shard.part)) or 0)
        self.record = {
            "shard": shard.number,
            "hash": shard.hash,
            "part": shard.part,
            "rows": self._totals["documents"],
            "totals": self._totals,
            "started": self._started,
            "finished": _now(),
            "worker": f"{socket.gethostname()}:{os.getpid()}",
        }
        store.commit(shard.hash, self.record)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
