"""One machine: shards in this process, or in worker processes. Imports no Ray."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager
from typing import Any

from pipeline.engines.attempt import attempt
from pipeline.engines.base import Events, record_pages
from pipeline.engines.careful import do_carefully
from pipeline.engines.processes import SPAWN, Died, of_this_process, pool, submit
from pipeline.errors import JobError
from pipeline.shards import Shard
from pipeline.work import Task, Worker

_FRUITLESS = 5  # rounds in a row without a commit, after which something else must be wrong


class LocalEngine:
    """Runs shards on this machine.

    Args:
        workers: processes that do shards; 1 works in the calling process.
    """

    def __init__(self, workers: int = 1) -> None:
        self.workers = workers

    def run(self, task: Task, shards: Sequence[Shard], events: Events) -> None:
        """Do the shards; see ``engines.base.Engine``."""
        if self.workers == 1 or len(shards) <= 1:
            worker = Worker(task)
            try:
                for shard in shards:
                    record = attempt(worker, shard, events.advance)
                    events.shard_done(record["rows"])
            finally:
                worker.close()
            return
        self._run_processes(task, list(shards), events)

    def _run_processes(self, task: Task, shards: list[Shard], events: Events) -> None:
        """Do shards in worker processes. A shard under which they died is done carefully, so that what kills
        a process costs neither other shards nor the rest of its own."""
        hopeless: list[Shard] = []
        fruitless = known = 0  # rounds in a row that committed nothing; shards committed before
        while shards:
            suspects = self._round(task, shards, events)
            committed = task.store.committed()
            for shard in suspects:
                # which of them brought the pool down cannot be known: each is tried alone
                if shard.hash not in committed and not _alone(task, shard, events):
                    hopeless.append(shard)
            committed = task.store.committed()
            fruitless = fruitless + 1 if len(committed) == known else 0
            known = len(committed)
            left = [s for s in shards if s.hash not in committed and s not in hopeless]
            shards = left if fruitless < _FRUITLESS else []
        if hopeless:
            raise JobError(_obituary(task, hopeless))

    def _round(self, task: Task, shards: list[Shard], events: Events) -> list[Shard]:
        """Do shards until all are done or a worker dies; return those that were under way when it died."""
        waiting = list(reversed(shards))
        running: dict[Future[dict[str, Any]], Shard] = {}
        ticks: Any = SPAWN.Queue()
        workers = min(self.workers, len(shards))
        try:
            with _heard(ticks, events), pool(task, workers, ticks) as processes:
                while waiting or running:
                    # no more than the workers can hold: a shard in the pool's own queue would count as under way
                    while waiting and len(running) < workers:
                        shard = waiting.pop()
                        running[submit(processes, _do, shard)] = shard
                    done, _ = wait(running, return_when=FIRST_COMPLETED)
                    for future in done:
                        record = future.result()
                        running.pop(future)
                        events.shard_done(record["rows"])
        except Died:
            return list(running.values())
        return []


def _alone(task: Task, shard: Shard, events: Events) -> bool:
    """Whether a shard whose worker died could be done with no other beside it."""
    record = do_carefully(task, shard)
    if record is None:
        return False
    events.advance(*record_pages(record))
    events.shard_done(record["rows"])
    return True


def _obituary(task: Task, hopeless: list[Shard]) -> str:
    pieces = Worker(task).pieces(hopeless[0])
    first, last = pieces[0].name, pieces[-1].name
    where = f"a document of {first}" if first == last else f"a document from {first} to {last}"
    more = f" and documents of {len(hopeless) - 1} other shards" if len(hopeless) > 1 else ""
    return (
        f"worker processes died again and again over {where}{more} (killed, out of memory, or a crash in native "
        "code?); lower --workers or batch.max_rows, or take it out, then run the same command to go on"
    )


def _do(shard: Shard) -> dict[str, Any]:
    worker, ticks = of_this_process()
    return attempt(worker, shard, lambda *counts: ticks.put(counts))


@contextmanager
def _heard(ticks: Any, events: Events) -> Iterator[None]:
    """Pass on what workers tell for as long as the block runs."""
    stop = threading.Event()
    listener = threading.Thread(target=_listen, args=(ticks, events, stop), daemon=True)
    listener.start()
    try:
        yield
    finally:
        stop.set()
        listener.join()


def _listen(ticks: Any, events: Events, stop: threading.Event) -> None:
    while True:
        try:
            counts = ticks.get(timeout=0.2)
        except queue.Empty:
            if stop.is_set():
                return
            continue
        except (EOFError, OSError):
            return
        events.advance(*counts)
