"""One run at a time in one output folder."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import threading
import time
import uuid
from collections.abc import Iterator

from filelock import FileLock, Timeout

from pipeline.errors import UsageError
from pipeline.store import Store

_BEAT = 30.0  # seconds between signs of life of a lease
_DEAD = 300.0  # seconds without one after which a lease is void


@contextlib.contextmanager
def hold(store: Store) -> Iterator[None]:
    """Hold the output's lock.

    On a local file system the kernel keeps it and lets go however the process ends. In an object store a
    lease with a heartbeat stands in: a run that was killed blocks the next one for five minutes.

    Raises:
        UsageError: another run holds it.
    """
    if not store.local:
        with _lease(store):
            yield
        return
    lock = FileLock(store.inside("lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise _refusal(store) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UsageError(f"{store.given}: cannot be locked: {reason}; choose another OUTPUT") from None
    try:
        yield
    finally:
        lock.release()


@contextlib.contextmanager
def _lease(store: Store) -> Iterator[None]:
    path, own = store.inside("lock.json"), uuid.uuid4().hex
    held = store.read_json(path)
    if held is not None and time.time() - float(held.get("beat", 0)) < _DEAD:
        raise _refusal(store)

    def beat() -> None:
        facts = {"owner": own, "beat": time.time(), "process": f"{socket.gethostname()}:{os.getpid()}"}
        store.fs.pipe_file(path, json.dumps(facts).encode())

    beat()
    # two runs that start together both write; the one whose lease stands after a moment goes on
    time.sleep(0.2)
    if (store.read_json(path) or {}).get("owner") != own:
        raise _refusal(store)
    stop = threading.Event()

    def keep() -> None:
        while not stop.wait(_BEAT):
            beat()

    thread = threading.Thread(target=keep, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
        with contextlib.suppress(FileNotFoundError):
            store.fs.rm_file(path)


def _refusal(store: Store) -> UsageError:
    return UsageError(f"{store.given}: another run is writing there; wait for it, or choose another OUTPUT")
