"""The sequences that run now, and their cache."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from stages.rephrase.generation.decoder import AnyDecoder
from stages.rephrase.generation.options import GeneratorOptions
from stages.rephrase.generation.sequence import Running
from stages.rephrase.generation.speculation import draft_length


class Batch:
    """Sequence number i of ``running`` is in slot i of the cache, so the slots in use are always the first ones."""

    def __init__(self, decoder: AnyDecoder, options: GeneratorOptions) -> None:
        self._decoder = decoder
        self._options = options
        self._cache: Any = None
        self.running: list[Running] = []

    def admit(self, sequences: Sequence[Running]) -> list[Running]:
        """Prefill sequences and choose the first token of each; return those that have ended with it."""
        begin = len(self.running)
        rows = begin + len(sequences)
        if begin == 0:
            self._cache = None  # before the next one, so that there are never two
            self._cache = self._decoder.cache(rows, self._decoder.sizes.context)
        elif rows != self._cache.rows:
            self._cache.resize(rows)
        logits = self._decoder.prefill([one.prompt for one in sequences], self._cache, range(begin, rows))
        for one, row in zip(sequences, logits, strict=True):
            one.take(row[None])
        self.running.extend(sequences)
        return self._remove_ended()

    def step(self) -> list[Running]:
        """Give every sequence its next token, or several where its draft was right; return those that ended."""
        running = self.running
        drafts = self._drafts()
        width = 1 + max(len(drafted) for drafted, _ in drafts)
        tokens = np.zeros((len(running), width), np.int64)
        for row, one, (drafted, _) in zip(tokens, running, drafts, strict=True):
            row[0] = one.tokens[-1]
            row[1 : 1 + len(drafted)] = drafted
        cached = [one.cached for one in running]
        logits = self._decoder.step(tokens, self._cache, range(len(running)))
        for slot, (one, (drafted, match)) in enumerate(zip(running, drafts, strict=True)):
            fed = one.take(logits[slot], drafted, match)
            if fed < width and one.finish is None:
                self._decoder.rewind(self._cache, slot, cached[slot] + fed)
        return self._remove_ended()

    def _drafts(self) -> list[tuple[list[int], int]]:
        options = self._options
        if not options.lookup:
            return [([], 0)] * len(self.running)
        # a row without a draft is fed as many tokens, so nobody's draft may lead another over the edge
        room = max(one.need for one in self.running) - max(one.cached for one in self.running) - 1
        longest = min(options.lookup_longest, room)
        guessed = [one.draft(longest) for one in self.running]
        length = draft_length(
            [share for *_, share in guessed], longest, options.row_cost, options.verification_cost
        )
        return [(tokens[:length], match) for tokens, match, _ in guessed]

    def _remove_ended(self) -> list[Running]:
        ended = [one for one in self.running if one.finish is not None]
        for slot in range(len(self.running) - 1, -1, -1):
            if self.running[slot].finish is None:
                continue
            last = self.running.pop()
            if slot < len(self.running):
                self._cache.move(len(self.running), slot)
                self.running[slot] = last
            else:
                self._cache.free(slot)
        return ended
