"""One child process: how it is started, spoken to, watched and ended.

It is started by ``subprocess`` and not by ``multiprocessing``, which would run the caller's main module
again and refuses to work in daemonic processes.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from typing import Any

from stages.parse import wire
from stages.parse.resident import Resident

_LOOK_EVERY_S = 0.02  # how often memory and life of a busy child are looked at
GRACE_S = 0.25  # between the deadline that the child keeps by itself and the one it is killed at
_START_S = 60.0  # for the interpreter and the libraries; this is no document's time
_LARGEST = 1 << 30  # bytes of a message: no page is larger, so the child lost its mind
_OUT_OF_MEMORY = 86  # exit status of a child that ran into MemoryError, see child.py


class CannotStartError(Exception):
    """The child process could not be started: a matter of the installation, not of a document."""


class LostError(Exception):
    """The child had to be given up: ``reason`` is timeout, memory or crashed."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Child:
    """One child process and the socket to it."""

    def __init__(
        self,
        adaptor: str,
        memory_bytes: int,
        settings: Mapping[str, Any] | None = None,
        starts_programs: bool = False,
    ) -> None:
        self.owner = os.getpid()
        self.documents = 0
        self._memory_bytes = memory_bytes
        self._starts_programs = starts_programs
        self.peak = 0  # bytes held at most, as far as was looked
        self._buffer = bytearray()
        self._socket, theirs = socket.socketpair()
        # Removed with the process: a program that is killed in its midst leaves its files behind.
        self._folder = tempfile.mkdtemp(prefix="docmill-") if starts_programs else None
        given = {
            "socket": theirs.fileno(),
            "parent": os.getpid(),
            "adaptor": adaptor,
            "memory": memory_bytes,
            "settings": dict(settings or {}),
            "folder": self._folder,
            "path": [entry or os.getcwd() for entry in sys.path],  # noqa: PTH109 - the entry stands for it
        }
        try:
            self.process = subprocess.Popen(  # noqa: S603 - our own interpreter with our own arguments
                [sys.executable, "-P", "-c", _BOOT, json.dumps(given)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # native libraries print what they find in documents
                pass_fds=(theirs.fileno(),),
                process_group=0,  # so that the programs it starts can be ended with it
            )
        except OSError as error:
            self._socket.close()
            if self._folder is not None:
                shutil.rmtree(self._folder, ignore_errors=True)
            raise CannotStartError(f"the parser process cannot be started: {error.strerror}") from None
        finally:
            theirs.close()
        self._resident = Resident(self.process.pid)
        self._socket.settimeout(_LOOK_EVERY_S)
        try:
            kind, body = self.hear(time.monotonic() + _START_S)
        except LostError as lost:
            self.end()
            raise CannotStartError(
                f"the parser process cannot be started ({lost.reason}, exit {self.process.returncode}): "
                "raise memory_limit_mb, or reinstall docmill"
            ) from None
        if kind != wire.READY:
            self.end()
            raise CannotStartError(f"the parser process cannot be started: {str(body, 'utf-8')}")

    def ask(self, ask: Mapping[str, object], data: bytes | memoryview, until: float) -> None:
        """Send a document. Raises LostError."""
        words = json.dumps(ask).encode()
        for part in wire.frame(wire.REQUEST, wire.COUNT.pack(len(words)), words, data):
            view = memoryview(part)
            while view:
                try:
                    view = view[self._socket.send(view) :]
                except TimeoutError:
                    self._look(until)
                except OSError:
                    raise LostError(self._cause_of_death()) from None

    def hear(self, until: float) -> tuple[bytes, memoryview]:
        """Return the next message: kind and body. Raises LostError, also when it is ``until`` before."""
        needed = wire.HEADER.size
        while True:
            if len(self._buffer) >= wire.HEADER.size:
                kind, length = wire.HEADER.unpack_from(self._buffer)
                if length > _LARGEST:
                    raise LostError("crashed")
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
                raise LostError(self._cause_of_death())
            self._buffer += got

    def gone(self) -> bool:
        """Whether the process has ended."""
        return self.process.poll() is not None

    def memory(self) -> int:
        """Resident bytes of the process and of the programs that it started, 0 when it is gone."""
        now = self._resident.bytes()
        if self._starts_programs:
            from stages.parse import programs  # psutil, which other rungs do without

            now += programs.resident_bytes(programs.started_by(self.process.pid))
        self.peak = max(self.peak, now)
        return now

    def end(self) -> None:
        """End the process, whatever it does, and wait for it."""
        self._socket.close()
        self._resident.close()
        if self.owner != os.getpid():
            return  # it is the child of the process that this one was forked off
        try:
            self._end_tree()
        finally:
            if self._folder is not None:
                shutil.rmtree(self._folder, ignore_errors=True)

    def _end_tree(self) -> None:
        if not self._starts_programs:
            if self.process.poll() is None:
                self._kill()
            self.process.wait()
            return
        from stages.parse import programs

        started = programs.started_by(self.process.pid)  # also those that left the process group
        self._kill()
        self.process.wait()
        programs.kill(started)

    def _kill(self) -> None:
        """End the process group, which is there as long as one program of it lives."""
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            self.process.kill()

    def _look(self, until: float) -> None:
        if self.memory() > self._memory_bytes:
            raise LostError("memory")
        if time.monotonic() > until:
            raise LostError("timeout")
        if self.gone() and not self._pending():
            raise LostError(self._cause_of_death())

    def _pending(self) -> bool:
        """Whether the dead child left something to read."""
        try:
            return bool(self._socket.recv(1, socket.MSG_PEEK))
        except OSError:
            return False

    def _cause_of_death(self) -> str:
        """Wait for the process whose socket closed, and say what it died of."""
        try:
            self.process.wait(GRACE_S)
        except subprocess.TimeoutExpired:
            self._kill()
            self.process.wait()
            return "crashed"
        status = self.process.returncode
        if status == _OUT_OF_MEMORY:
            return "memory"
        # Native code that is refused memory aborts; the system kills whoever holds too much of it.
        refused = {-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGILL, -signal.SIGTRAP, -signal.SIGKILL}
        return "memory" if status in refused and self.peak > 0.8 * self._memory_bytes else "crashed"


_BOOT = (
    "import json, sys; a = json.loads(sys.argv[1]); sys.path[:] = a['path']; "
    "from stages.parse.child import main; main(a['socket'], a['parent'], a['adaptor'], a['memory'], a['settings'], "
    "a['folder'])"
)
