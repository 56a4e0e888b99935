"""The parent's side of the parser child: one process for many documents, with deadlines and a memory limit.

The child is started when the first document comes, replaced when it died or grew, and ended by ``close``.
It is started by ``subprocess`` and not by ``multiprocessing``: that would run the caller's main module
again, refuses to work in daemonic processes and cannot hand over pages before a document is finished.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import psutil

from stages.parse import wire

_LOOK_EVERY_S = 0.02  # how often memory and life of a busy child are looked at
_GRACE_S = 0.25  # between the deadline that the child keeps by itself and the one it is killed at
_START_S = 60.0  # for the interpreter and the libraries; this is no document's time
_RESTARTS = 3  # per document: pages that kill the parser are skipped up to here
_OUT_OF_MEMORY = 86  # exit status of a child that ran into MemoryError, see child.py


class CannotStartError(Exception):
    """The child process could not be started: a matter of the installation, not of a document."""


class Failure(NamedTuple):
    """Something went wrong with a page (from 0), or with the document as a whole when ``page`` is None.

    ``code`` is a word of PARSE_STATUSES, "crashed", or the name of an exception raised at ``place``.
    """

    code: str
    page: int | None = None
    place: str | None = None


@dataclass(slots=True)
class Outcome:
    """What came of one document. Pages are ascending; those not among them are in ``failures``."""

    page_count: int | None = None  # None: it could not be opened
    damaged: bool = False  # parts of it may be missing without a trace
    pages: list[wire.PackedPage] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    cpu_seconds: dict[int, float] = field(default_factory=dict)  # of failed pages, where known


class Limits(NamedTuple):
    """Bounds for one document: seconds for all of it, seconds for one page, pages."""

    seconds: float
    page_seconds: float
    pages: int


class Sandbox:
    """Runs an adaptor in a child process. Safe to call from several threads: they take turns."""

    def __init__(self, adaptor: str, *, memory_bytes: int, recycle_after: int) -> None:
        """``adaptor`` is ``module:class``; a new child is started after ``recycle_after`` documents, or
        when an idle one still holds more than half of ``memory_bytes``."""
        self._adaptor = adaptor
        self._memory_bytes = memory_bytes
        self._recycle_after = recycle_after
        self._turn = threading.Lock()
        self._child: _Child | None = None

    @property
    def pid(self) -> int | None:
        """Process id of the child, None while there is none."""
        return self._child.process.pid if self._child else None

    def parse(self, data: bytes | memoryview, limits: Limits, passwords: Sequence[str] = ()) -> Outcome:
        """Parse one document. Raises CannotStartError; every failure of the document is in the outcome."""
        with self._turn:
            outcome = Outcome()
            deadline: float | None = None
            first = 0
            for restarts in range(_RESTARTS + 1):
                child = self._ready()
                if deadline is None:
                    deadline = time.monotonic() + limits.seconds
                reason = self._attempt(child, data, limits, passwords, first, deadline, outcome)
                if reason is None:
                    return outcome
                self._end()
                if outcome.page_count is None:
                    outcome.failures.append(Failure(reason))
                    return outcome
                stuck = first + _seen(outcome, first)
                outcome.failures.append(Failure(reason, stuck))
                first = stuck + 1
                last = min(outcome.page_count, limits.pages)
                late = time.monotonic() >= deadline
                if first >= last or late or restarts == _RESTARTS:
                    outcome.failures += [
                        Failure("timeout" if late else reason, page) for page in range(first, last)
                    ]
                    return outcome
            return outcome

    def close(self) -> None:
        """End the child. The next document starts a new one."""
        with self._turn:
            self._end()

    def _ready(self) -> _Child:
        child = self._child
        if child is not None and (
            child.owner != os.getpid()  # this process was forked off the one that started the child
            or child.documents >= self._recycle_after
            or child.gone()
            or child.memory() > self._memory_bytes // 2
        ):
            self._end()
            child = None
        if child is None:
            child = self._child = _Child(self._adaptor, self._memory_bytes)
        return child

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.end()

    def _attempt(
        self,
        child: _Child,
        data: bytes | memoryview,
        limits: Limits,
        passwords: Sequence[str],
        first: int,
        deadline: float,
        outcome: Outcome,
    ) -> str | None:
        """Let the child work from page ``first`` on. Returns why it had to end or had ended, or None."""
        child.documents += 1
        seconds = deadline - time.monotonic()
        ask = {"first": first, "max_pages": limits.pages, "seconds": seconds, "passwords": list(passwords)}
        try:
            child.ask(ask, data, deadline + _GRACE_S)
            until = deadline + _GRACE_S
            while True:
                kind, body = child.hear(until)
                if kind == wire.PAGE:
                    page = wire.unpack_page(body)
                    outcome.pages.append(page)
                elif kind == wire.PAGE_FAILED:
                    index, cpu_seconds = wire.FAILURE.unpack_from(body)
                    code, _, place = str(body[wire.FAILURE.size :], "utf-8").partition("\n")
                    outcome.cpu_seconds[index] = cpu_seconds
                    outcome.failures.append(Failure(code, index, place or None))
                elif kind == wire.OPENED:
                    outcome.page_count, outcome.damaged = wire.CONTENTS.unpack(body)
                elif kind == wire.REFUSED:
                    outcome.failures.append(Failure(str(body, "utf-8")))
                    return None
                elif kind == wire.DONE:
                    last = min(outcome.page_count or 0, limits.pages)
                    rest = range(first + _seen(outcome, first), last)
                    outcome.failures += [Failure("timeout", page) for page in rest]
                    return None
                until = min(deadline + _GRACE_S, time.monotonic() + limits.page_seconds)
        except _LostError as lost:
            return lost.reason


def _seen(outcome: Outcome, first: int) -> int:
    """How many pages from ``first`` on are settled. They come in order, so this is also which is next."""
    done = sum(page.number >= first for page in outcome.pages)
    return done + sum(failure.page is not None and failure.page >= first for failure in outcome.failures)


class _LostError(Exception):
    """The child had to be given up: ``reason`` is timeout, memory or crashed."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class _Child:
    """One child process and the socket to it."""

    def __init__(self, adaptor: str, memory_bytes: int) -> None:
        self.owner = os.getpid()
        self.documents = 0
        self.versions: Mapping[str, str] = {}
        self._memory_bytes = memory_bytes
        self._peak = 0
        self._buffer = bytearray()
        self._socket, theirs = socket.socketpair()
        try:
            self.process = subprocess.Popen(  # noqa: S603 - our own interpreter with our own arguments
                [sys.executable, "-P", "-c", _BOOT, *_arguments(theirs.fileno(), adaptor, memory_bytes)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # native libraries print what they find in documents
                pass_fds=(theirs.fileno(),),
            )
        except OSError as error:
            self._socket.close()
            raise CannotStartError(f"the parser process cannot be started: {error.strerror}") from None
        finally:
            theirs.close()
        self._watched = psutil.Process(self.process.pid)
        self._socket.settimeout(_LOOK_EVERY_S)
        try:
            kind, body = self.hear(time.monotonic() + _START_S)
        except _LostError as lost:
            self.end()
            raise CannotStartError(
                f"the parser process cannot be started ({lost.reason}, exit {self.process.returncode}): "
                "raise memory_limit_mb, or reinstall docmill"
            ) from None
        if kind != wire.READY:
            self.end()
            raise CannotStartError(f"the parser process cannot be started: {str(body, 'utf-8')}")
        self.versions = json.loads(bytes(body))

    def ask(self, ask: Mapping[str, object], data: bytes | memoryview, until: float) -> None:
        """Send a document. Raises _LostError."""
        words = json.dumps(ask).encode()
        for part in wire.frame(wire.REQUEST, wire.COUNT.pack(len(words)), words, data):
            view = memoryview(part)
            while view:
                try:
                    view = view[self._socket.send(view) :]
                except TimeoutError:
                    self._look(until)
                except OSError:
                    raise _LostError(self._cause_of_death()) from None

    def hear(self, until: float) -> tuple[bytes, memoryview]:
        """Return the next message: kind and body. Raises _LostError, also when it is ``until`` before."""
        needed = wire.HEADER.size
        while True:
            if len(self._buffer) >= wire.HEADER.size:
                kind, length = wire.HEADER.unpack_from(self._buffer)
                needed = wire.HEADER.size + length
                if len(self._buffer) >= needed:
                    body = memoryview(bytes(memoryview(self._buffer)[wire.HEADER.size : needed]))
                    del self._buffer[:needed]
                    return kind, body
            try:
                got = self._socket.recv(max(1 << 16, min(needed, 1 << 24)))
            except TimeoutError:
                self._look(until)
                continue
            except OSError:
                got = b""
            if not got:
                raise _LostError(self._cause_of_death())
            self._buffer += got

    def gone(self) -> bool:
        """Whether the process has ended."""
        return self.process.poll() is not None

    def memory(self) -> int:
        """Resident bytes of the process, 0 when it is gone."""
        try:
            now: int = self._watched.memory_info().rss
        except psutil.Error:
            return 0
        self._peak = max(self._peak, now)
        return now

    def end(self) -> None:
        """End the process, whatever it does, and wait for it."""
        self._socket.close()
        if self.owner != os.getpid():
            return  # it is the child of the process that this one was forked off
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    def _look(self, until: float) -> None:
        if self.memory() > self._memory_bytes:
            raise _LostError("memory")
        if time.monotonic() > until:
            raise _LostError("timeout")
        if self.gone() and not self._pending():
            raise _LostError(self._cause_of_death())

    def _pending(self) -> bool:
        """Whether the dead child left something to read."""
        try:
            return bool(self._socket.recv(1, socket.MSG_PEEK))
        except OSError:
            return False

    def _cause_of_death(self) -> str:
        """Wait for the process whose socket closed, and say what it died of."""
        try:
            self.process.wait(_GRACE_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            return "crashed"
        status = self.process.returncode
        if status == _OUT_OF_MEMORY:
            return "memory"
        # Native code that is refused memory aborts; the system kills whoever holds too much of it.
        refused = {-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGILL, -signal.SIGTRAP, -signal.SIGKILL}
        return "memory" if status in refused and self._peak > 0.8 * self._memory_bytes else "crashed"


_BOOT = (
    "import json, sys; a = json.loads(sys.argv[1]); sys.path[:] = a['path']; "
    "from stages.parse.child import main; main(a['socket'], a['parent'], a['adaptor'], a['memory'])"
)


def _arguments(descriptor: int, adaptor: str, memory_bytes: int) -> list[str]:
    path = [entry or os.getcwd() for entry in sys.path]  # noqa: PTH109 - the entry stands for it as text
    given = {
        "socket": descriptor,
        "parent": os.getpid(),
        "adaptor": adaptor,
        "memory": memory_bytes,
        "path": path,
    }
    return [json.dumps(given)]
