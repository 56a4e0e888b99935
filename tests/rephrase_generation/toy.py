"""A transformer small enough for thousands of generations a second, with a real cache.

Each token is computed by itself, in float64, so that what a sequence gets cannot depend on its neighbours or on how it
was cut into calls: whatever then differs is the generator's doing. Places of the cache that hold no live token are NaN,
which spreads to the logits of whoever reads them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class ToySizes:
    context: int
    vocabulary: int = 20
    width: int = 12


class ToyCache:
    def __init__(self, rows: int, capacity: int, width: int) -> None:
        self.lengths = np.zeros(rows, np.int32)
        self.held = np.full((2, rows, capacity, width), np.nan)

    @property
    def rows(self) -> int:
        return self.held.shape[1]

    def move(self, source: int, target: int) -> None:
        self.held[:, target] = self.held[:, source]
        self.lengths[target] = self.lengths[source]
        self.free(source)

    def free(self, slot: int) -> None:
        self.held[:, slot] = np.nan
        self.lengths[slot] = 0

    def resize(self, rows: int) -> None:
        assert self.lengths[rows:].sum() == 0, "a live sequence would be lost"
        kept = min(rows, self.rows)
        held = np.full((2, rows, *self.held.shape[2:]), np.nan)
        held[:, :kept] = self.held[:, :kept]
        self.held = held
        self.lengths = np.concatenate([self.lengths[:kept], np.zeros(rows - kept, np.int32)])


class ToyDecoder:
    """One head, one layer, random weights. ``calls`` and ``most_tokens`` record what was asked of it."""

    def __init__(self, seed: int = 0, context: int = 60) -> None:
        self.sizes = ToySizes(context)
        random = np.random.default_rng(seed)
        shape = (self.sizes.width, self.sizes.width)
        self._tokens = random.normal(size=(self.sizes.vocabulary, self.sizes.width))
        self._places = random.normal(size=(context, self.sizes.width)) * 0.3
        self._query, self._key, self._value, self._out = random.normal(size=(4, *shape)) * 0.6
        self._head = random.normal(size=(self.sizes.width, self.sizes.vocabulary))
        self.caches: list[ToyCache] = []
        self.prefilled: list[NDArray[np.int64]] = []
        self.steps: list[tuple[int, int]] = []
        self.most_held = 0

    def cache(self, rows: int, capacity: int) -> ToyCache:
        self.caches.append(ToyCache(rows, capacity, self.sizes.width))
        return self.caches[-1]

    def prefill(
        self, prompts: Sequence[NDArray[np.int64]], cache: ToyCache, slots: Sequence[int]
    ) -> NDArray[np.float32]:
        assert len(prompts) == len(slots)
        assert all(cache.lengths[slot] == 0 for slot in slots)
        self.prefilled += prompts
        return np.stack(
            [
                [self._feed(token, cache, slot) for token in prompt][-1]
                for prompt, slot in zip(prompts, slots, strict=True)
            ]
        )

    def step(self, tokens: NDArray[np.int64], cache: ToyCache, slots: Sequence[int]) -> NDArray[np.float32]:
        assert list(slots) == list(range(len(tokens)))
        self.steps.append(tokens.shape)
        self.most_held = max(self.most_held, cache.rows * (int(cache.lengths.max()) + tokens.shape[1]))
        return np.stack(
            [
                np.stack([self._feed(token, cache, slot) for token in row])
                for row, slot in zip(tokens, slots, strict=True)
            ]
        )

    def rewind(self, cache: ToyCache, slot: int, length: int) -> None:
        assert 0 < length <= cache.lengths[slot]
        cache.held[:, slot, length:] = np.nan
        cache.lengths[slot] = length

    def _feed(self, token: int, cache: ToyCache, slot: int) -> NDArray[np.float32]:
        at = int(cache.lengths[slot])
        assert at < cache.held.shape[2], "the cache is full"
        state = self._tokens[token] + self._places[at]
        cache.held[0, slot, at] = self._key @ state
        cache.held[1, slot, at] = self._value @ state
        cache.lengths[slot] = at + 1
        scores = cache.held[0, slot, : at + 1] @ (self._query @ state)
        weights = np.exp(scores - scores.max())
        seen = (weights / weights.sum()) @ cache.held[1, slot, : at + 1]
        return np.asarray(np.tanh(state + self._out @ seen) @ self._head, np.float32)
