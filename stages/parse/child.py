"""The child process: reads documents from a socket, runs an adaptor over them, sends pages back.

Pages are sent as soon as they are done, so that those before a hang or a crash are kept. The process ends
when its parent is gone, whatever native code is doing at that moment.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import resource
import shutil
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from stages.parse import wire
from stages.parse.adaptor import Adaptor, PreparedDocument, RefusedError

_PARENT_CHECK_S = 0.5
_LARGEST_FILE = 1 << 30  # bytes that a program may write into one file


def main(
    descriptor: int,
    parent: int,
    adaptor: str,
    memory_bytes: int,
    settings: Mapping[str, Any],
    folder: str | None,
) -> None:
    """Serve the parent until it closes the socket.

    Args:
        descriptor: of the socket.
        parent: process id to live and die with.
        adaptor: ``module:class``.
        memory_bytes: the limit that the parent watches; the operating system is asked to refuse what
            lies far beyond it, for the moments between two looks.
        settings: keywords of the adaptor's class.
        folder: for temporary files of an adaptor that starts programs, None for others. Programs often reserve
            much more memory than they use, so none is refused to them: the parent watches what they hold.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    threading.Thread(target=_end_with, args=(parent, folder), daemon=True).start()
    connection = socket.socket(fileno=descriptor)
    try:
        module, _, name = adaptor.partition(":")
        parser: Adaptor = getattr(importlib.import_module(module), name)(**settings)
    except BaseException as error:
        reason = f"{type(error).__name__}: {error}".splitlines()[0]
        _send(connection, wire.BROKEN, reason.encode())
        return
    if folder is not None:
        tempfile.tempdir = folder
        resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST_FILE, _LARGEST_FILE))
    _bound_memory(memory_bytes if folder is None else None)
    gc.freeze()
    gc.set_threshold(100_000)  # pages are thousands of tuples without cycles
    _send(connection, wire.READY)
    while (request := _receive(connection)) is not None:
        _serve(connection, parser, *request)


def _serve(connection: socket.socket, parser: Adaptor, ask: dict[str, Any], data: bytes) -> None:
    started = time.monotonic()
    mark = _cpu_seconds()
    try:
        document = parser.open(data, ask["passwords"])
    except RefusedError as refusal:
        _send(connection, wire.REFUSED, refusal.code.encode())
        return
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)
    except Exception as error:
        _send(connection, wire.REFUSED, _told(error))
        return
    try:
        _send(connection, wire.OPENED, wire.CONTENTS.pack(document.page_count, document.cut_off))
        pages = wanted(ask, document.page_count)
        share = 0.0  # of each page in what was done for all
        if isinstance(document, PreparedDocument) and pages:
            _prepare(document, pages)
            share, mark = (_cpu_seconds() - mark) / len(pages), _cpu_seconds()
        for index in pages:
            if time.monotonic() - started > ask["seconds"]:
                break
            try:
                page = document.page(index)
            except MemoryError:
                os._exit(_OUT_OF_MEMORY)  # nothing in this process can be relied on any more
            except RefusedError as refusal:
                cost, mark = _cpu_seconds() - mark + share, _cpu_seconds()
                _send(connection, wire.PAGE_FAILED, wire.FAILURE.pack(index, cost), refusal.code.encode())
            except Exception as error:
                cost, mark = _cpu_seconds() - mark + share, _cpu_seconds()
                _send(connection, wire.PAGE_FAILED, wire.FAILURE.pack(index, cost), _told(error))
            else:
                cost, mark = _cpu_seconds() - mark + share, _cpu_seconds()
                _send(connection, wire.PAGE, wire.pack_page(index, page, cost))
    finally:
        document.close()
    _send(connection, wire.DONE)


def wanted(ask: Mapping[str, Any], page_count: int) -> Sequence[int]:
    """The pages to read, ascending: those that are named, or all from the first one on."""
    end = min(page_count, ask["max_pages"])
    if ask["pages"] is None:
        return range(ask["first"], end)
    return [index for index in ask["pages"] if ask["first"] <= index < end]


def _prepare(document: PreparedDocument, pages: Sequence[int]) -> None:
    try:
        document.prepare(pages)
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)


def _cpu_seconds() -> float:
    """Of this process and of the programs that it started and that have ended."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


_OUT_OF_MEMORY = 86


def _told(error: BaseException) -> bytes:
    """The type of the error and where it was raised. Its message is left out: it may quote the document."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return type(error).__name__.encode()
    place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
    return f"{type(error).__name__}\n{place}".encode()


def _send(connection: socket.socket, kind: bytes, *parts: bytes) -> None:
    try:
        connection.sendall(b"".join(wire.frame(kind, *parts)))
    except (BrokenPipeError, ConnectionResetError):
        _end_all()  # the parent is gone


def _receive(connection: socket.socket) -> tuple[dict[str, Any], bytes] | None:
    """Wait for a request; return what is asked and the document, or None when the parent is gone."""
    head = _exactly(connection, wire.HEADER.size + wire.COUNT.size)
    if head is None:
        return None
    _, whole = wire.HEADER.unpack_from(head)
    (length,) = wire.COUNT.unpack_from(head, wire.HEADER.size)
    words = _exactly(connection, length)
    data = _exactly(connection, whole - wire.COUNT.size - length)
    if words is None or data is None:
        return None
    return json.loads(words), data


def _exactly(connection: socket.socket, length: int) -> bytes | None:
    """Receive so many bytes; None when the socket is closed before. A document is not copied on the way:
    the system fills the bytes object to its end."""
    parts: list[bytes] = []
    while length:
        try:
            part = connection.recv(length, socket.MSG_WAITALL)
        except ConnectionResetError:
            return None
        if not part:
            return None
        parts.append(part)
        length -= len(part)
    return b"".join(parts)  # of one part this is the part itself


def _end_with(parent: int, folder: str | None) -> None:
    # PR_SET_PDEATHSIG would fire when the *thread* that started this process ends, which in an actor or a
    # thread pool is not when its process ends. Native calls release the GIL, so this runs beside them.
    while os.getppid() == parent:
        time.sleep(_PARENT_CHECK_S)
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)
    _end_all()


def _end_all() -> None:
    """End this process and the programs that it started: they are in its process group."""
    if os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)


def _bound_memory(memory_bytes: int | None) -> None:
    """Ask the system to refuse memory far beyond the limit, and to choose this process first when memory
    runs out on the machine."""
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if sys.platform == "linux":
            Path("/proc/self/oom_score_adj").write_text("800")
            if memory_bytes is None:
                return
            pages = int(Path("/proc/self/statm").read_text().split()[0])
            ceiling = pages * resource.getpagesize() + 2 * memory_bytes
            _, hard = resource.getrlimit(resource.RLIMIT_AS)
            if hard == resource.RLIM_INFINITY or hard > ceiling:
                resource.setrlimit(resource.RLIMIT_AS, (ceiling, hard))
    except (OSError, ValueError):
        return  # the parent watches the memory in any case
