"""The parent's side of the parser child: one process for many documents, with deadlines and a memory limit.

The child is started when the first document comes, replaced when it died or grew, and ended by ``close``.
Pages arrive one by one, so that those before a hang or a crash are kept.
"""

from __future__ import annotations

import os
import struct
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, NamedTuple

from stages.parse import wire
from stages.parse.process import GRACE_S, Child, LostError

_RESTARTS = 3  # per document: pages that kill the parser are skipped up to here


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
    cut_off: bool = False  # parts of it may be missing without a trace
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

    def __init__(
        self,
        adaptor: str,
        *,
        memory_bytes: int,
        recycle_after: int,
        settings: Mapping[str, Any] | None = None,
        starts_programs: bool = False,
    ) -> None:
        """``adaptor`` is ``module:class``, called with ``settings``; a new child is started after
        ``recycle_after`` documents, or when an idle one still holds more than half of ``memory_bytes``. What
        it ``starts_programs`` for is watched and ended with it."""
        self._adaptor = adaptor
        self._memory_bytes = memory_bytes
        self._recycle_after = recycle_after
        self._settings = dict(settings or {})
        self._starts_programs = starts_programs
        self._turn = threading.Lock()
        self._child: Child | None = None

    @property
    def pid(self) -> int | None:
        """Process id of the child, None while there is none."""
        return self._child.process.pid if self._child else None

    @property
    def peak_memory(self) -> int:
        """Most bytes that the present child was seen to hold, with what it started; 0 while there is none."""
        return self._child.peak if self._child else 0

    def parse(
        self,
        data: bytes | memoryview,
        limits: Limits,
        passwords: Sequence[str] = (),
        pages: Sequence[int] | None = None,
    ) -> Outcome:
        """Parse one document, or only the ``pages`` named (from 0, ascending). Raises CannotStartError; every
        failure of the document is in the outcome."""
        with self._turn:
            outcome = Outcome()
            deadline: float | None = None
            first = 0
            for restarts in range(_RESTARTS + 1):
                child = self._ready()
                if deadline is None:
                    deadline = time.monotonic() + limits.seconds
                reason = self._attempt(child, data, limits, passwords, pages, first, deadline, outcome)
                if reason is None:
                    return outcome
                self._end()
                if outcome.page_count is None:
                    outcome.failures.append(Failure(reason))
                    return outcome
                rest = _unsettled(outcome, limits, pages)
                if rest:
                    outcome.failures.append(Failure(reason, rest[0]))
                    first = rest[0] + 1
                late = time.monotonic() >= deadline
                if len(rest) < 2 or late or restarts == _RESTARTS:
                    outcome.failures += [Failure("timeout" if late else reason, page) for page in rest[1:]]
                    return outcome
            return outcome

    def close(self) -> None:
        """End the child. The next document starts a new one."""
        with self._turn:
            self._end()

    def _ready(self) -> Child:
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
            child = self._child = Child(
                self._adaptor, self._memory_bytes, self._settings, self._starts_programs
            )
        return child

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.end()

    def _attempt(
        self,
        child: Child,
        data: bytes | memoryview,
        limits: Limits,
        passwords: Sequence[str],
        pages: Sequence[int] | None,
        first: int,
        deadline: float,
        outcome: Outcome,
    ) -> str | None:
        """Let the child work from page ``first`` on. Returns why it had to end or had ended, or None."""
        child.documents += 1
        seconds = deadline - time.monotonic()
        ask = {
            "first": first,
            "pages": None if pages is None else list(pages),
            "max_pages": limits.pages,
            "seconds": seconds,
            "passwords": list(passwords),
        }
        try:
            child.ask(ask, data, deadline + GRACE_S)
            until = deadline + GRACE_S
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
                    outcome.page_count, outcome.cut_off = wire.CONTENTS.unpack(body)
                elif kind == wire.REFUSED:
                    code, _, place = str(body, "utf-8").partition("\n")
                    outcome.failures.append(Failure(code, None, place or None))
                    return None
                elif kind == wire.DONE:
                    rest = _unsettled(outcome, limits, pages)
                    outcome.failures += [Failure("timeout", page) for page in rest]
                    return None
                until = min(deadline + GRACE_S, time.monotonic() + limits.page_seconds)
        except LostError as lost:
            return lost.reason
        except (struct.error, TypeError, ValueError):
            return "crashed"  # it wrote nonsense: a parser whose memory was overwritten may do anything


def _unsettled(outcome: Outcome, limits: Limits, pages: Sequence[int] | None) -> Sequence[int]:
    """The pages that were asked for of which nothing is known yet. They are worked off in order, so the first
    is the one at which the parser was."""
    end = min(outcome.page_count or 0, limits.pages)
    settled = max(
        chain(
            (page.number for page in outcome.pages),
            (failure.page for failure in outcome.failures if failure.page is not None),
        ),
        default=-1,
    )
    if pages is None:
        return range(settled + 1, end)
    return [page for page in pages if settled < page < end]
