"""One machine: shards in this process, or in worker processes. Imports no Ray."""

from __future__ import annotations

import multiprocessing as mp
import multiprocessing.util
import os
import queue
import threading
import time
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from pipeline.engines.base import Events
from pipeline.errors import JobError
from pipeline.shards import Shard
from pipeline.work import Task, Worker

_TRIES = 3  # of a shard whose worker process died under it


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
                    record = _attempt(worker, shard, events.advance)
                    events.shard_done(record["rows"])
            finally:
                worker.close()
            return
        self._run_processes(task, list(shards), events)

    def _run_processes(self, task: Task, shards: list[Shard], events: Events) -> None:
        tries: dict[int, int] = {}
        while shards:
            failed = self._round(task, shards, events)
            for shard in failed:
                tries[shard.number] = tries.get(shard.number, 0) + 1
                if tries[shard.number] >= _TRIES:
                    raise JobError(
                        f"a worker process died {_TRIES} times while doing shard {shard.number} (killed, or out of "
                        "memory?); lower batch.max_rows or --workers, then run the same command to go on"
                    )
            committed = task.store.committed()
            shards = [s for s in shards if s.hash not in committed]

    def _round(self, task: Task, shards: list[Shard], events: Events) -> list[Shard]:
        """Do shards until all are done or a worker dies; return those that were under way when it died."""
        context = mp.get_context("spawn")  # a fork would copy locks that threads of Arrow hold
        ticks: Any = context.Queue()
        stop = threading.Event()
        listener = threading.Thread(target=_listen, args=(ticks, events, stop), daemon=True)
        listener.start()
        waiting = list(reversed(shards))
        running: dict[Future[dict[str, Any]], Shard] = {}
        pool = ProcessPoolExecutor(
            min(self.workers, len(shards)), context, initializer=_start, initargs=(task, ticks, os.getpid())
        )
        try:
            while waiting or running:
                # no more than the workers can hold: a shard in the pool's own queue would count as under way
                while waiting and len(running) < self.workers:
                    shard = waiting.pop()
                    running[pool.submit(_do, shard)] = shard
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    record = future.result()
                    running.pop(future)
                    events.shard_done(record["rows"])
        except BrokenProcessPool:
            return list(running.values())
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
            stop.set()
            listener.join()
        return []


_worker: Worker | None = None
_ticks: Any = None


def _start(task: Task, ticks: Any, parent: int) -> None:
    """Begin a worker process."""
    global _worker, _ticks
    threading.Thread(target=_follow, args=(parent,), daemon=True).start()
    _worker, _ticks = Worker(task), ticks
    # a pool process ends without running atexit handlers of threads; finalizers do run
    multiprocessing.util.Finalize(None, _worker.close, exitpriority=10)


def _follow(parent: int) -> None:
    """End this process when the one that started it is gone, however it went."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def _do(shard: Shard) -> dict[str, Any]:
    if _worker is None:
        raise RuntimeError("the worker process was not initialised")
    return _attempt(_worker, shard, lambda *counts: _ticks.put(counts))


def _attempt(worker: Worker, shard: Shard, advance: Any) -> dict[str, Any]:
    try:
        return worker.run(shard, advance)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise JobError(
            f"{worker.task.store.given}: writing shard {shard.number} failed: {reason}; make room or mend the "
            "output, then run the same command to go on"
        ) from None


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
