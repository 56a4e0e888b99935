"""How fast a job goes now, and how long it still takes."""

from __future__ import annotations

from collections.abc import Callable


class Speed:
    """Amount per second over the recent past, from amounts that arrive in lumps.

    The window is the last half of the time elapsed, but at least ``window`` seconds: long enough to
    smooth what comes in lumps (a shard, a slow document), short enough to follow a change of speed, and
    it needs no setting for jobs of seconds or of days. A stall lowers the speed while it lasts.
    Memory is bounded: when ``_KEPT`` marks are reached every other one is dropped.
    """

    _KEPT = 512

    def __init__(self, clock: Callable[[], float], window: float = 20.0) -> None:
        self._clock = clock
        self._window = window
        self._began = clock()
        self._marks: list[tuple[float, float]] = [(self._began, 0.0)]
        self.amount = 0.0

    def add(self, amount: float) -> None:
        """Count what was done since the last call."""
        self.amount += amount
        now = self._clock()
        if now - self._marks[-1][0] < 0.2 and len(self._marks) > 1:
            self._marks[-1] = (self._marks[-1][0], self.amount)
            return
        self._marks.append((now, self.amount))
        if len(self._marks) > self._KEPT:
            self._marks = self._marks[:1] + self._marks[1:-1:2] + self._marks[-1:]

    @property
    def elapsed(self) -> float:
        """Seconds since the start."""
        return self._clock() - self._began

    def per_second(self) -> float | None:
        """The speed now; null before anything was done or in the first second."""
        now = self._clock()
        elapsed = now - self._began
        if self.amount <= 0 or elapsed < 1:
            return None
        horizon = now - max(self._window, elapsed / 2)
        # the last mark at or before the horizon; the start when the job is younger than the window
        start = next((mark for mark in reversed(self._marks) if mark[0] <= horizon), self._marks[0])
        return (self.amount - start[1]) / (now - start[0])

    def seconds_for(self, amount: float) -> float | None:
        """How long ``amount`` takes at this speed; null when it cannot be said."""
        if amount <= 0:
            return 0.0
        speed = self.per_second()
        return amount / speed if speed else None
