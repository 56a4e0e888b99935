"""Worker processes of this machine: how they start, what they hold, and how they end."""

from __future__ import annotations

import multiprocessing as mp
import multiprocessing.util
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.connection import wait as wait_for
from typing import Any

from pipeline.errors import JobError
from pipeline.work import Task, Worker

SPAWN = mp.get_context("spawn")
"""A fork would copy locks that threads of Arrow hold."""

_worker: Worker | None = None
_shared: Any = None


class Died(Exception):
    """A worker process died while it worked."""


@contextmanager
def pool(task: Task, workers: int, shared: Any) -> Iterator[ProcessPoolExecutor]:
    """Worker processes for a task, which end with the block, or when this process is gone.

    Args:
        task: what they work on.
        workers: the most of them.
        shared: a queue or an array of ``SPAWN``, for what they tell while they work.

    Raises:
        Died: one of them died under work.
        JobError: none can be started here.
    """
    leash, hold = SPAWN.Pipe(duplex=False)
    processes = ProcessPoolExecutor(workers, SPAWN, initializer=_start, initargs=(task, shared, leash))
    try:
        started = submit(processes, _nothing)
        yield processes
    except BrokenProcessPool:
        if not started.done() or started.exception() is not None:
            raise JobError(
                "worker processes cannot start here; a script that starts a run needs "
                "if __name__ == '__main__':  around it (or use one worker)"
            ) from None
        raise Died from None
    except KeyboardInterrupt:
        hold.close()  # the workers let go at once; what they were doing is done again
        raise
    finally:
        processes.shutdown(wait=True, cancel_futures=True)
        hold.close()
        leash.close()


def submit(processes: ProcessPoolExecutor, work: Callable[..., Any], *arguments: Any) -> Future[Any]:
    """Hand work to the pool, which starts a process for it if it may. Processes that start now, and theirs,
    never see ctrl-c: the process that started the run answers it for all."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return processes.submit(work, *arguments)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def of_this_process() -> tuple[Worker, Any]:
    """In a worker process: its worker, and what is shared with the process that started it."""
    if _worker is None:
        raise RuntimeError("the worker process was not initialised")
    return _worker, _shared


def _start(task: Task, shared: Any, leash: Connection) -> None:
    """Begin a worker process."""
    global _worker, _shared
    threading.Thread(target=_follow, args=(leash,), daemon=True).start()
    _worker, _shared = Worker(task), shared
    # a pool process ends without running atexit handlers of threads; finalizers do run
    multiprocessing.util.Finalize(None, _worker.close, exitpriority=10)


def _nothing() -> None:
    """A first errand: when it is done, a worker process did start."""


def _follow(leash: Connection) -> None:
    """End this process when the one that started it lets go of the leash or is gone, however it went: the
    kernel closes its end of the pipe then."""
    wait_for([leash])
    os._exit(1)
