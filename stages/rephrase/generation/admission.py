"""Which request starts next: bounded memory, rows filled with sequences of like length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from stages.rephrase.generation.options import GeneratorOptions
from stages.rephrase.generation.sequence import Running

BUCKET = 128  # tokens: lengths that differ by less are alike


class Waiting:
    """Requests that were read but have not started.

    The cache is as long as the longest of its sequences may become, so a long one makes room for fewer. What starts
    next is, of those for which there is memory: one that makes the cache no longer than it must be anyway; then the
    one that shares most of its beginning with the one before, as prefill does not compute that twice (prompts of one
    style share their instruction); then the one of the nearest length. The oldest starts as soon as ``read_ahead``
    others overtook it, so that none waits for ever.
    """

    def __init__(self, requests: Iterator[Running], options: GeneratorOptions) -> None:
        self._requests = requests
        self._options = options
        self._waiting: list[Running] = []
        self._before: Running | None = None

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
            self._before = chosen
        return chosen

    def _read(self) -> None:
        while len(self._waiting) < self._options.read_ahead:
            request = next(self._requests, None)
            if request is None:
                return
            self._waiting.append(request)

    def _choose(self, running: Sequence[Running]) -> Running | None:
        if len(running) >= self._options.rows:
            return None
        oldest = self._waiting[0]
        longest = max(map(_bucket, running), default=_bucket(oldest))
        wanted = [oldest] if oldest.overtaken >= self._options.read_ahead else self._waiting
        return min(
            (one for one in wanted if self._fits(max(longest, _bucket(one)), len(running) + 1)),
            key=lambda one: (_bucket(one) > longest, -self._shared(one), longest - _bucket(one)),
            default=None,
        )

    def _fits(self, bucket: int, rows: int) -> bool:
        return rows == 1 or bucket * BUCKET * rows <= self._options.cache_tokens

    def _shared(self, one: Running) -> int:
        """Tokens at the beginning that the prompt has in common with the one that started before it."""
        if self._before is None:
            return 0
        length = min(len(one.prompt), len(self._before.prompt))
        differ = np.flatnonzero(one.prompt[:length] != self._before.prompt[:length])
        return int(differ[0]) if len(differ) else length


def _bucket(one: Running) -> int:
    return -(-one.need // BUCKET)
