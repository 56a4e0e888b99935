"""Which request starts next: bounded memory, rows filled with sequences of like length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stages.rephrase.generation.options import GeneratorOptions
from stages.rephrase.generation.sequence import Running


class Waiting:
    """Requests that were read but have not started.

    The cache is as long as the longest of its sequences may become, so a long one makes room for fewer. The next
    request is therefore taken from the length bucket of those that run, else from the nearest; and the oldest as
    soon as ``read_ahead`` others overtook it, so that none waits for ever.
    """

    def __init__(self, requests: Iterator[Running], options: GeneratorOptions) -> None:
        self._requests = requests
        self._options = options
        self._waiting: list[Running] = []

    def next(self, running: Sequence[Running]) -> Running | None:
        """Take the request that starts next beside those running; None if none may now.

        A request that has finished already (its prompt leaves no room) is handed out at once.
        """
        self._read()
        if not self._waiting:
            return None
        ended = next((one for one in self._waiting if one.finish is not None), None)
        if ended is not None:
            self._waiting.remove(ended)
            return ended
        chosen = self._choose(running)
        if chosen is not None:
            if chosen is not self._waiting[0]:
                self._waiting[0].overtaken += 1
            self._waiting.remove(chosen)
        return chosen

    def _read(self) -> None:
        while len(self._waiting) < self._options.read_ahead:
            request = next(self._requests, None)
            if request is None:
                return
            self._waiting.append(request)

    def _choose(self, running: Sequence[Running]) -> Running | None:
        oldest = self._waiting[0]
        if not running:
            return oldest
        if len(running) >= self._options.rows:
            return None
        longest = max(map(self._bucket, running))
        if oldest.overtaken >= self._options.read_ahead:
            fitting = [oldest]
        else:
            fitting = self._waiting
        fitting = [one for one in fitting if self._fits(max(longest, self._bucket(one)), len(running) + 1)]
        # the same bucket first, then shorter ones, which cost no memory, then longer ones
        return min(
            fitting,
            key=lambda one: (self._bucket(one) > longest, abs(self._bucket(one) - longest)),
            default=None,
        )

    def _fits(self, bucket: int, rows: int) -> bool:
        return bucket * self._options.capacity_step * rows <= self._options.cache_tokens

    def _bucket(self, one: Running) -> int:
        return -(-one.need // self._options.capacity_step)
