"""Runs an exported decoder: prompts in, logits of the next token out, over a cache.

What comes out for a sequence depends on its own tokens alone, bit for bit: not on other rows, on how many tokens
a call brings, on how a prompt was cut into pieces, or on the width of the cache (see
``onnx_export/causal_lm/attention.py`` and ``linear.py`` for why).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from models.causal_lm.binding import Runner
from models.causal_lm.cache import Cache
from models.causal_lm.settings import Settings, Sizes
from models.session import OnnxSession

Tokens = NDArray[np.int64]
Logits = NDArray[np.float32]

PIECE = 128  # tokens of a prompt that run at once: bounds memory, and early pieces walk a short cache only


class Decoder:
    """A decoder-only language model.

    Args:
        session: of the graph.
        settings: of the model.
        piece: tokens of a prompt that run at once.
    """

    def __init__(self, session: OnnxSession, settings: Settings, piece: int = PIECE) -> None:
        self.settings = settings
        self._runner = Runner(session, settings)
        self._piece = piece
        # one row in which prompts run; it remembers the last one, of which the next may share the beginning
        self._scratch = self.cache(1, settings.sizes.context)
        self._remembered: Tokens = np.zeros(0, np.int64)

    @property
    def sizes(self) -> Sizes:
        """Counts of the network."""
        return self.settings.sizes

    def cache(self, rows: int, capacity: int) -> Cache:
        """Return empty slots.

        Args:
            rows: slots.
            capacity: tokens that one slot may hold, at most the context.
        """
        return Cache(self.sizes, rows, capacity, self.settings.cache_element)

    def prefill(self, prompts: Sequence[Tokens], cache: Cache, slots: Sequence[int]) -> Logits:
        """Put prompts into slots.

        Prompts run one after the other: on a CPU a packed run takes as long as single ones (arXiv 2404.09529
        saves padding, and there is none here). The beginning that a prompt shares with the one before is taken
        from memory; requests of one style share their instruction.

        Args:
            prompts: token numbers int64 [n], none empty.
            cache: of this decoder.
            slots: one per prompt; what was in them is forgotten.

        Returns:
            [prompts, vocabulary], logits after the last token of each.

        Raises:
            ValueError: a prompt is empty or longer than a slot's capacity.
        """
        logits = np.empty((len(prompts), self.sizes.vocabulary), np.float32)
        for number, (prompt, slot) in enumerate(zip(prompts, slots, strict=True)):
            if not 0 < len(prompt) <= cache.capacity:
                raise ValueError(f"a prompt has 1 to {cache.capacity} tokens here, not {len(prompt)}")
            logits[number] = self._prefill_one(np.asarray(prompt, np.int64))
            cache.take(slot, self._scratch, 0)
        return logits

    def step(self, tokens: Tokens, cache: Cache, slots: Sequence[int]) -> Logits:
        """Add tokens to slots.

        Args:
            tokens: [n, k], the next k tokens of n sequences; k > 1 verifies guesses.
            cache: of this decoder.
            slots: n slots. Neighbouring ascending slots run together: keep busy ones side by side (Cache.move).

        Returns:
            [n, k, vocabulary], logits after each token.

        Raises:
            ValueError: a slot would hold more than its capacity.
        """
        count, width = tokens.shape
        cache.fit(int(cache.lengths[list(slots)].max(initial=0)) + width)
        logits = np.empty((count, width, self.sizes.vocabulary), np.float32)
        begin = 0
        while begin < count:
            end = begin + 1
            while end < count and slots[end] == slots[end - 1] + 1:
                end += 1
            self._run(tokens[begin:end], cache, slots[begin], logits[begin:end])
            begin = end
        return logits

    def rewind(self, cache: Cache, slot: int, length: int) -> None:
        """Forget the tokens of a slot behind the first ``length``."""
        if not 0 <= length <= cache.lengths[slot]:
            raise ValueError(f"slot {slot} holds {cache.lengths[slot]} tokens, not {length}")
        cache.lengths[slot] = length

    def _prefill_one(self, prompt: Tokens) -> Logits:
        shared = _common(prompt[:-1], self._remembered)
        self._remembered = np.zeros(0, np.int64)  # until the run has succeeded
        row = self._scratch
        row.lengths[0] = shared
        last = np.empty((1, 1, self.sizes.vocabulary), np.float32)
        for begin in range(shared, len(prompt), self._piece):
            piece = prompt[begin : begin + self._piece]
            row.fit(begin + len(piece))
            self._run(piece[None], row, 0, last)
        self._remembered = prompt.copy()
        found: Logits = last[0, 0]
        return found

    def _run(self, tokens: Tokens, cache: Cache, first: int, logits: Logits) -> None:
        """Run tokens [n, k] over the slots from ``first`` on; logits [n, k or 1, vocabulary] are written."""
        self._runner.run(tokens, cache, first, logits)
        cache.lengths[first : first + len(tokens)] += tokens.shape[1]


def _common(one: Tokens, other: Tokens) -> int:
    """Return how many tokens two sequences share at their beginning."""
    length = min(len(one), len(other))
    differ = np.flatnonzero(one[:length] != other[:length])
    return int(differ[0]) if len(differ) else length
