"""Runs an exported decoder: prompts in, logits of the next token out, over a cache.

What comes out for a sequence depends on its own tokens alone, bit for bit: not on other rows, on how many tokens
a call brings, on how a prompt was cut into pieces, or on the width of the cache (see
``onnx_export/causal_lm/attention.py`` and ``linear.py`` for why).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from models.causal_lm.binding import Runner
from models.causal_lm.cache import Cache
from models.causal_lm.prompted import PIECE, Logits, PromptedDecoder, Tokens
from models.causal_lm.settings import Settings
from models.session import OnnxSession


class Decoder(PromptedDecoder):
    """A decoder-only language model.

    Args:
        session: of the graph.
        settings: of the model.
        piece: tokens of a prompt that run at once.
    """

    def __init__(self, session: OnnxSession, settings: Settings, piece: int = PIECE) -> None:
        super().__init__(settings)
        self._runner = Runner(session, settings)
        self._piece = piece

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

    def _run_prompt(self, prompt: Tokens, shared: int) -> Logits:
        row = self._scratch
        row.lengths[0] = shared
        last = np.empty((1, 1, self.sizes.vocabulary), np.float32)
        for begin in range(shared, len(prompt), self._piece):
            piece = prompt[begin : begin + self._piece]
            row.fit(begin + len(piece))
            self._run(piece[None], row, 0, last)
        found: Logits = last[0, 0]
        return found

    def _run(self, tokens: Tokens, cache: Cache, first: int, logits: Logits) -> None:
        """Run tokens [n, k] over the slots from ``first`` on; logits [n, k or 1, vocabulary] are written."""
        self._runner.run(tokens, cache, first, logits)
        cache.lengths[first : first + len(tokens)] += tokens.shape[1]
