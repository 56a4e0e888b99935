"""A Ray cluster: Ray Data over shard descriptors, one actor pool per run of stages of equal resources.

File bytes and text stay inside the workers when all stages need the same resources: then one actor reads,
processes and commits a shard. Only where resources change does a shard travel, as one block. Scheduling,
autoscaling, back-pressure and restarts of actors are Ray's. Ray is imported here and nowhere else.
"""

from __future__ import annotations

import json
import logging
import os
import time
import warnings
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.engines.base import Events, record_pages
from pipeline.errors import DocmillError, JobError, UsageError
from pipeline.shards import Shard
from pipeline.stage import Resources, StageError
from pipeline.work import Commit, Task, Worker

_RESTARTS = 3  # of an actor, and of a shard whose actor died under it
_NOTE = "_shard"  # column that carries a shard's descriptor and times from pool to pool


class RayEngine:
    """Runs shards on the Ray cluster this process belongs to or ``RAY_ADDRESS`` names; without one, on a
    local instance that ends with the run.

    Args:
        workers: the most actors per pool; None: as many as the cluster has room for.
    """

    def __init__(self, workers: int | None = None) -> None:
        self.workers = workers

    def run(self, task: Task, shards: Sequence[Shard], events: Events) -> None:
        """Do the shards; see ``engines.base.Engine``."""
        ray = _import_ray()
        own = not ray.is_initialized()
        if own:
            try:
                ray.init(logging_level=logging.ERROR, log_to_driver=False, include_dashboard=False)
            except (ConnectionError, RuntimeError, ValueError) as error:
                raise JobError(f"Ray cannot be reached or started ({_first_line(error)})") from None
        try:
            self._run(ray, task, shards, events)
        finally:
            if own:
                ray.shutdown()

    def _run(self, ray: Any, task: Task, shards: Sequence[Shard], events: Events) -> None:
        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = False
        context.target_max_block_size = None  # a shard is a block; shards are bounded already
        logging.getLogger("ray.data").setLevel(logging.ERROR)
        pools = pools_of(task)
        room = self.workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
        most = max(1, min(room, len(shards)))
        data = ray.data.from_items([asdict(s) for s in shards], override_num_blocks=len(shards))
        for number, pool in enumerate(pools):
            needs = resources_of(task, pool)
            ends = {"first": number == 0, "last": number == len(pools) - 1}
            with warnings.catch_warnings():
                # Ray 2.60 calls extra actor options deprecated but has no other way to bound restarts, and
                # its default, restart for ever, would turn a shard that kills its actor into a hang
                warnings.simplefilter("ignore")
                data = data.map_batches(
                    _Pool,
                    fn_constructor_kwargs={"task": task, "stages": pool, **ends},
                    batch_size=None,
                    batch_format="pyarrow",
                    zero_copy_batch=True,
                    compute=ray.data.ActorPoolStrategy(
                        min_size=1, max_size=most, max_tasks_in_flight_per_actor=2
                    ),
                    num_cpus=needs.cpus,
                    num_gpus=needs.gpus or None,
                    memory=needs.memory or None,
                    max_restarts=_RESTARTS,
                    max_task_retries=_RESTARTS,
                )
        try:
            for row in data.iter_rows():
                _hear(row, events)
        except JobError:
            raise
        except Exception as error:
            # Ray wraps what went wrong in messages of many lines that may quote anything
            raise JobError(
                f"Ray gave up after {_RESTARTS} restarts ({type(error).__name__}; see the job's logs); what is "
                "committed stays: run the same command to go on, or with --engine local, which singles out a document "
                "that kills its worker"
            ) from None


def pools_of(task: Task) -> list[range]:
    """Neighbouring stages of equal CPUs and GPUs, as ranges of stage numbers."""
    pools: list[range] = []
    kinds = [(s.resources.cpus, s.resources.gpus) for s in task.stages]
    for number, kind in enumerate(kinds):
        if pools and kinds[pools[-1].start] == kind:
            pools[-1] = range(pools[-1].start, number + 1)
        else:
            pools.append(range(number, number + 1))
    return pools


def resources_of(task: Task, pool: range) -> Resources:
    """What one actor of a pool occupies: its stages take turns, but all of them stay in memory."""
    needs = [task.stages[n].resources for n in pool]
    return Resources(needs[0].cpus, needs[0].gpus, sum(n.memory for n in needs))


class _Pool:
    """An actor: reads when it is first, runs its stages, commits when it is last."""

    def __init__(self, task: Task, stages: range, first: bool, last: bool) -> None:
        pa.set_cpu_count(1)  # an actor has the CPUs its stages asked for, not the machine's
        self._worker = Worker(task)
        self._task = task
        self._stages = stages
        self._first, self._last = first, last

    def __call__(self, block: pa.Table) -> pa.Table:
        """Take one block: a shard's descriptor, or its rows between two pools."""
        try:
            if self._first and self._last:
                records = [self._worker.run(_shard(row)) for row in block.to_pylist()]
                return pa.table({"record": [json.dumps(r) for r in records]})
            if self._first:
                return pa.concat_tables([self._begin(_shard(row)) for row in block.to_pylist()])
            return self._go_on(block)
        except (DocmillError, StageError) as error:
            return _failure(str(error))
        except OSError as error:
            return _failure(
                f"{self._task.store.given}: cannot be written: {error.strerror or type(error).__name__}"
            )

    def _begin(self, shard: Shard) -> pa.Table:
        """Read a shard and run the first stages; the rows go on with a note about the shard."""
        seconds: dict[str, float] = {"read": 0.0}
        done: list[pa.RecordBatch] = []
        batches = self._worker.read(shard)
        bytes_in = 0
        while True:
            began = time.perf_counter()
            batch = next(batches, None)
            seconds["read"] += time.perf_counter() - began
            if batch is None:
                break
            bytes_in += batch.column("bytes").nbytes + batch.column("text").nbytes
            done.append(self._step(batch, seconds))
        if not done:  # nothing would carry the note: commit the empty shard here
            with Commit(self._task, self._worker.chain, shard) as commit:
                pass
            return pa.table({"record": [json.dumps(commit.record)]})
        table = pa.Table.from_batches(done)
        note = {"shard": asdict(shard), "rows": table.num_rows, "seconds": seconds, "bytes_in": bytes_in}
        return _noted(table, note)

    def _go_on(self, block: pa.Table) -> pa.Table:
        if _NOTE not in block.schema.names:
            return block  # a record or a failure on its way to the driver
        note = json.loads(block.column(_NOTE)[0].as_py())
        if block.num_rows != note["rows"]:
            raise JobError(
                f"Ray split shard {note['shard']['number']} ({block.num_rows} of {note['rows']} rows); lower "
                "shards.max_bytes"
            )
        rows = block.drop_columns([_NOTE])
        size = self._task.batch.max_rows
        done = [self._step(b, note["seconds"]) for b in _batches(rows, size)]
        if not self._last:
            return _noted(pa.Table.from_batches(done), note)
        with Commit(self._task, self._worker.chain, _shard(note["shard"])) as commit:
            commit.bytes_in = note["bytes_in"]
            for batch in done:
                commit.write(self._worker.chain.finish(batch))
            for what, seconds in note["seconds"].items():
                commit.spent(what, seconds)
        return pa.table({"record": [json.dumps(commit.record)]})

    def _step(self, batch: pa.RecordBatch, seconds: dict[str, float]) -> pa.RecordBatch:
        result = self._worker.chain.step(batch, self._stages)
        for stage, spent in result.seconds.items():
            seconds[stage] = seconds.get(stage, 0.0) + spent
        return result.batch


def _batches(table: pa.Table, size: int) -> list[pa.RecordBatch]:
    whole = [table.slice(start, size).combine_chunks() for start in range(0, table.num_rows, size)]
    return [
        pa.RecordBatch.from_arrays([c.chunk(0) for c in part.columns], schema=part.schema) for part in whole
    ]


def _noted(table: pa.Table, note: dict[str, Any]) -> pa.Table:
    text = pc.cast(pa.repeat(json.dumps(note), table.num_rows), pa.string())
    return table.append_column(_NOTE, text)


def _shard(row: dict[str, Any]) -> Shard:
    return Shard(**row)


def _failure(message: str) -> pa.Table:
    return pa.table({"record": [json.dumps({"failure": message})]})


def _hear(row: dict[str, Any], events: Events) -> None:
    record = json.loads(row["record"])
    if "failure" in record:
        raise JobError(record["failure"])
    events.advance(*record_pages(record))
    events.shard_done(record["rows"])


def _import_ray() -> Any:
    # Ray reports usage over the network unless told otherwise; docmill goes nowhere unasked
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    # what matters reaches the person as one line; Ray's own log files keep the rest
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    try:
        import ray
        import ray.data
    except ImportError:
        raise UsageError(
            "--engine ray needs Ray, which is not installed: pip install 'docmill[ray]'"
        ) from None
    return ray


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0][:200]
