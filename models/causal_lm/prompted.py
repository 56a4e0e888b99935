"""What decoders have in common, however their graph takes past keys and values: slots, and prompts put into them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from models.causal_lm.cache import Cache
from models.causal_lm.settings import Settings, Sizes

Tokens = NDArray[np.int64]
Logits = NDArray[np.float32]

PIECE = 128  # tokens of a prompt that run at once: bounds memory, and early pieces walk a short cache only


class PromptedDecoder(ABC):
    """A decoder-only language model.

    Args:
        settings: of the model.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
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
            tokens = np.asarray(prompt, np.int64)
            shared = _common(tokens[:-1], self._remembered)
            self._remembered = np.zeros(0, np.int64)  # until the run has succeeded
            logits[number] = self._run_prompt(tokens, shared)
            self._remembered = tokens.copy()
            cache.take(slot, self._scratch, 0)
        return logits

    @abstractmethod
    def step(self, tokens: Tokens, cache: Cache, slots: Sequence[int]) -> Logits:
        """Add tokens [n, k] to n slots; return [n, k, vocabulary], logits after each.

        Raises:
            ValueError: a slot would hold more than its capacity.
        """

    def rewind(self, cache: Cache, slot: int, length: int) -> None:
        """Forget the tokens of a slot behind the first ``length``."""
        if not 0 <= length <= cache.lengths[slot]:
            raise ValueError(f"slot {slot} holds {cache.lengths[slot]} tokens, not {length}")
        cache.lengths[slot] = length

    @abstractmethod
    def _run_prompt(self, prompt: Tokens, shared: int) -> Logits:
        """Fill the one row with a prompt, of which it has the first ``shared`` tokens; return the last logits."""


def _common(one: Tokens, other: Tokens) -> int:
    """Return how many tokens two sequences share at their beginning."""
    length = min(len(one), len(other))
    differ = np.flatnonzero(one[:length] != other[:length])
    return int(differ[0]) if len(differ) else length
