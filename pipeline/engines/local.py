"""One machine: shards in this process, or in worker processes. Imports no Ray."""

from __future__ import annotations

import multiprocessing as mp
import multiprocessing.util
import os
import queue
import signal
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import Connection
from multiprocessing.connection import wait as wait_for
from typing import Any

from pipeline.engines.base import Events
from pipeline.errors import JobError
from pipeline.shards import Shard
from pipeline.work import Task, Worker

_TRIES = 3  # of a shard whose worker process died under it
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
                    record = _attempt(worker, shard, events.advance)
                    events.shard_done(record["rows"])
            finally:
                worker.close()
            return
        self._run_processes(task, list(shards), events)

    def _run_processes(self, task: Task, shards: list[Shard], events: Events) -> None:
        """Do shards in worker processes. A shard that kills its worker again and again is left out, so that
        it costs no other shard; the run fails after the others are done."""
        hopeless: list[Shard] = []
        fruitless = known = 0  # rounds in a row that committed nothing; shards committed before
        while shards:
            suspects = self._round(task, shards, events, self.workers)
            # which of them brought the pool down cannot be known: each is tried alone
            hopeless += [s for s in suspects if not self._alone(task, s, events)]
            committed = task.store.committed()
            fruitless = fruitless + 1 if len(committed) == known else 0
            known = len(committed)
            left = [s for s in shards if s.hash not in committed and s not in hopeless]
            shards = left if fruitless < _FRUITLESS else []
        if hopeless:
            raise JobError(_obituary(task, hopeless))

    def _alone(self, task: Task, shard: Shard, events: Events) -> bool:
        """Whether a shard whose worker died can be done with no other beside it."""
        if shard.hash in task.store.committed():
            return True
        return any(not self._round(task, [shard], events, 1) for _ in range(_TRIES - 1))

    def _round(self, task: Task, shards: list[Shard], events: Events, workers: int) -> list[Shard]:
        """Do shards until all are done or a worker dies; return those that were under way when it died."""
        context = mp.get_context("spawn")  # a fork would copy locks that threads of Arrow hold
        ticks: Any = context.Queue()
        stop = threading.Event()
        listener = threading.Thread(target=_listen, args=(ticks, events, stop), daemon=True)
        listener.start()
        leash, hold = context.Pipe(duplex=False)
        waiting = list(reversed(shards))
        running: dict[Future[dict[str, Any]], Shard] = {}
        pool = ProcessPoolExecutor(
            min(workers, len(shards)), context, initializer=_start, initargs=(task, ticks, leash)
        )
        try:
            started = _submit(pool, _nothing)
            while waiting or running:
                # no more than the workers can hold: a shard in the pool's own queue would count as under way
                while waiting and len(running) < workers:
                    shard = waiting.pop()
                    running[_submit(pool, _do, shard)] = shard
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    record = future.result()
                    running.pop(future)
                    events.shard_done(record["rows"])
        except BrokenProcessPool:
            if not started.done() or started.exception() is not None:
                raise JobError(
                    "worker processes cannot start here; a script that starts a run needs "
                    "if __name__ == '__main__':  around it (or use one worker)"
                ) from None
            return list(running.values())
        except KeyboardInterrupt:
            hold.close()  # the workers let go at once; what they were doing is done again
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
            stop.set()
            listener.join()
            hold.close()
            leash.close()
        return []


def _obituary(task: Task, hopeless: list[Shard]) -> str:
    pieces = Worker(task).pieces(hopeless[0])
    first, last = pieces[0].name, pieces[-1].name
    where = f"a document of {first}" if first == last else f"a document from {first} to {last}"
    more = f" and documents of {len(hopeless) - 1} other shards" if len(hopeless) > 1 else ""
    return (
        f"worker processes died {_TRIES} times over {where}{more} (killed, out of memory, or a crash in native "
        "code?); lower --workers or batch.max_rows, or take it out, then run the same command to go on"
    )


_worker: Worker | None = None
_ticks: Any = None


def _submit(pool: ProcessPoolExecutor, work: Callable[..., Any], *arguments: Any) -> Future[Any]:
    """Hand work to the pool, which starts a process for it if it may. Processes that start now, and theirs,
    never see ctrl-c: the process that started the run answers it for all."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return pool.submit(work, *arguments)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start(task: Task, ticks: Any, leash: Connection) -> None:
    """Begin a worker process."""
    global _worker, _ticks
    threading.Thread(target=_follow, args=(leash,), daemon=True).start()
    _worker, _ticks = Worker(task), ticks
    # a pool process ends without running atexit handlers of threads; finalizers do run
    multiprocessing.util.Finalize(None, _worker.close, exitpriority=10)


def _nothing() -> None:
    """A first errand: when it is done, a worker process did start."""


def _follow(leash: Connection) -> None:
    """End this process when the one that started it lets go of the leash or is gone, however it went: the
    kernel closes its end of the pipe then."""
    wait_for([leash])
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
