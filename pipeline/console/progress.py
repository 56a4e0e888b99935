"""Live progress on standard error: a bar on a terminal, plain lines elsewhere, nothing when switched off."""

from __future__ import annotations

import sys
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, TextIO

from pipeline.console import figures
from pipeline.console.printable import one_line
from pipeline.console.speed import Speed

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.live import Live

_FIRST_LINE_AFTER = 5.0  # seconds; later lines come less and less often, a log of a long job stays short
_RAREST_LINE = 60.0


class Tally:
    """What was done and what is left.

    Work of an earlier run is done but never counts as speed. Time left goes by documents when their number
    is known, else by shards. Methods may be called from any thread.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self.start(None, 0)

    def start(
        self, total_documents: int | None, total_shards: int, *, done_documents: int = 0, done_shards: int = 0
    ) -> None:
        """Begin to count; ``done_*`` is what an earlier run left committed."""
        self.total_documents = total_documents
        self.total_shards = total_shards
        self.documents = self.resumed_documents = done_documents
        self.shards = done_shards
        self.pages = 0
        self.errors = 0
        self._speed = Speed(self._clock)
        self._shard_speed = Speed(self._clock)

    def advance(self, documents: int, pages: int, errors: int) -> None:
        """Count documents that went through all stages, and those of them with errors."""
        with self._lock:
            self.documents += documents
            self.pages += pages
            self.errors += errors
            self._speed.add(documents)

    def shard_done(self) -> None:
        """Count a committed shard."""
        with self._lock:
            self.shards += 1
            self._shard_speed.add(1)

    @property
    def done(self) -> float:
        """The share that is done, 0 to 1."""
        if self.total_documents:
            return min(1.0, self.documents / self.total_documents)
        return min(1.0, self.shards / self.total_shards) if self.total_shards else 0.0

    def documents_per_second(self) -> float | None:
        """Speed over the recent past, without resumed work."""
        with self._lock:
            return self._speed.per_second()

    def seconds_left(self) -> float | None:
        """An estimate; null while there is nothing to base it on."""
        with self._lock:
            if self.total_documents is not None:
                return self._speed.seconds_for(self.total_documents - self.documents)
            return self._shard_speed.seconds_for(self.total_shards - self.shards)

    @property
    def elapsed(self) -> float:
        """Seconds since the start."""
        return self._speed.elapsed

    def figures(self) -> list[str]:
        """The figures in words, without time."""
        speed = self.documents_per_second()
        shown = [figures.plural(self.documents, "document")]
        if self.total_documents is not None:
            shown = [f"{figures.count(self.documents)} of {figures.plural(self.total_documents, 'document')}"]
        elif self.total_shards:
            shown.append(f"{figures.count(self.shards)} of {figures.plural(self.total_shards, 'shard')}")
        if self.pages:
            shown.append(figures.plural(self.pages, "page"))
        if speed is not None:
            shown.append(figures.rate(speed, 1, "documents") if speed else "0 documents/s")
        shown.append(f"{figures.count(self.errors)} with errors")
        return shown

    def time_left(self) -> str:
        """'3 min left', or how long it has taken while nothing can be said."""
        if self.done >= 1:
            return "finishing"
        remaining = self.seconds_left()
        if remaining is None:
            return f"{figures.seconds(round(self.elapsed))} so far"
        return f"{figures.left(remaining)} left"


class Progress(ABC):
    """What an engine reports to. Also a context manager that stops it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.tally = Tally(clock)

    def start(
        self, total_documents: int | None, total_shards: int, *, done_documents: int = 0, done_shards: int = 0
    ) -> None:
        """Begin. ``total_documents`` is null when the listing does not tell; totals include what an
        earlier run left committed (``done_*``)."""
        self.tally.start(
            total_documents, total_shards, done_documents=done_documents, done_shards=done_shards
        )
        self._open()

    def advance(self, documents: int, pages: int, errors: int) -> None:
        """Documents went through all stages; ``errors`` of them carry errors."""
        self.tally.advance(documents, pages, errors)

    def shard_done(self, documents: int) -> None:
        """A shard of so many documents was committed (its documents came through ``advance`` already)."""
        self.tally.shard_done()

    @abstractmethod
    def message(self, text: str) -> None:
        """Say one line that is worth saying while a job runs. Never document text."""

    def stop(self) -> None:
        """End; may be called more than once."""
        self._close()

    def _open(self) -> None:
        return

    def _close(self) -> None:
        return

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


class Silent(Progress):
    """Counts and says nothing."""

    def message(self, text: str) -> None:
        return


class Lines(Progress):
    """One plain line now and then: for logs, CI, ``ray job logs``."""

    def __init__(self, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(clock)
        self._stream = stream
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def _open(self) -> None:
        if self.tally.resumed_documents or self.tally.shards:
            self.message(
                f"resuming: {figures.count(self.tally.shards)} of "
                f"{figures.plural(self.tally.total_shards, 'shard')} done by an earlier run"
            )
        self._ended.clear()
        # a thread, so that a job that stalls is seen to stall
        self._thread = threading.Thread(target=self._speak, name="docmill-progress", daemon=True)
        self._thread.start()

    def _close(self) -> None:
        if self._thread is None:
            return
        self._ended.set()
        self._thread.join()
        self._thread = None
        if self.tally.elapsed >= _FIRST_LINE_AFTER:
            self.message(self.line())

    def _speak(self) -> None:
        pause = _FIRST_LINE_AFTER
        while not self._ended.wait(pause):
            self.message(self.line())
            pause = min(_RAREST_LINE, max(_FIRST_LINE_AFTER, self.tally.elapsed / 20))

    def line(self) -> str:
        """The state in one line."""
        percent = f"{100 * self.tally.done:3.0f} %"
        return " | ".join([percent, *self.tally.figures(), self.tally.time_left()])

    def message(self, text: str) -> None:
        stream = self._stream if self._stream is not None else sys.stderr
        line = one_line(text)
        encoding = getattr(stream, "encoding", None) or "utf-8"
        line = line.encode(encoding, "backslashreplace").decode(encoding)
        stream.write(f"docmill: {line}\n")
        stream.flush()


class Bar(Progress):
    """Two lines on a terminal that are redrawn and vanish at the end, when the summary says it all."""

    def __init__(self, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(clock)
        self._stream = stream
        self._live: Live | None = None

    def _open(self) -> None:
        from rich.console import Console
        from rich.live import Live

        if self._live is not None:
            return
        console = Console(file=self._stream, stderr=self._stream is None, highlight=False)
        self._live = Live(get_renderable=self.render, console=console, refresh_per_second=4, transient=True)
        self._live.start()

    def _close(self) -> None:
        if self._live is not None:
            self._live.stop()
            self._live = None

    def message(self, text: str) -> None:
        from rich.console import Console
        from rich.text import Text

        console = (
            self._live.console
            if self._live is not None
            else Console(file=self._stream, stderr=self._stream is None)
        )
        console.print(Text(one_line(text)), soft_wrap=True)

    def render(self) -> RenderableType:
        """The two lines."""
        from rich.console import Group
        from rich.progress_bar import ProgressBar
        from rich.table import Table
        from rich.text import Text

        tally = self.tally
        top = Table.grid(padding=(0, 1), expand=False)
        top.add_column(min_width=20, max_width=40)
        top.add_column(no_wrap=True, justify="right")
        top.add_column(no_wrap=True)
        known = bool(tally.total_documents or tally.total_shards)
        bar = ProgressBar(total=1.0 if known else None, completed=tally.done, width=40, pulse=not known)
        percent = f"{100 * tally.done:3.0f} %" if known else ""
        top.add_row(bar, Text(percent), Text(tally.time_left(), style="bold"))
        shown = tally.figures()
        bottom = Text(" \u00b7 ".join(shown[:-1]) + " \u00b7 ", no_wrap=True, overflow="ellipsis")
        bottom.append(shown[-1], "red" if tally.errors else "dim")
        return Group(top, bottom)


def make_progress(*, enabled: bool = True, stream: TextIO | None = None) -> Progress:
    """The progress that suits the stream (standard error by default): a bar or lines."""
    if not enabled:
        return Silent()
    target = stream if stream is not None else sys.stderr
    import os

    if target.isatty() and os.environ.get("TERM") != "dumb" and not os.environ.get("CI"):
        return Bar(stream)
    return Lines(stream)
