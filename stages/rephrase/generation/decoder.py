"""What the generator needs of a decoder. ``models.causal_lm`` has the real one.

The cache is a parameter of the protocol: a decoder works on the caches that it made.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray


class Sizes(Protocol):
    """What the generator reads of a model's sizes."""

    @property
    def context(self) -> int:
        """Most tokens of a sequence, prompt and new ones together."""
        ...


class Cache(Protocol):
    """Keys and values of ``rows`` sequences ("slots") of up to ``capacity`` tokens."""

    @property
    def rows(self) -> int:
        """Number of slots."""
        ...

    @property
    def capacity(self) -> int:
        """Most tokens of each."""
        ...

    def move(self, source: int, target: int) -> None:
        """Let the slot ``target`` hold what ``source`` holds; ``source`` is free afterwards."""
        ...

    def free(self, slot: int) -> None:
        """Forget what a slot holds."""
        ...

    def resize(self, rows: int, capacity: int) -> None:
        """Change both sizes, keep what the remaining slots hold."""
        ...


C = TypeVar("C", bound=Cache)


class Decoder(Protocol[C]):
    """A decoder-only model with a cache.

    What it computes for a sequence must not depend on which others share a call, nor on how its tokens are cut
    into calls. The generator's promise about batches rests on this.
    """

    @property
    def sizes(self) -> Sizes:
        """Of the model."""
        ...

    def cache(self, rows: int, capacity: int) -> C:
        """Make an empty cache."""
        ...

    def prefill(
        self, prompts: Sequence[NDArray[np.int64]], cache: C, slots: Sequence[int]
    ) -> NDArray[np.float32]:
        """Put prompts into free slots; return the logits after the last token of each, [prompts, vocabulary]."""
        ...

    def step(self, tokens: NDArray[np.int64], cache: C, slots: Sequence[int]) -> NDArray[np.float32]:
        """Append tokens [n, k] to n sequences; return the logits after each, [n, k, vocabulary].

        The generator calls it with slots 0 to n - 1 only.
        """
        ...

    def rewind(self, cache: C, slot: int, length: int) -> None:
        """Shorten a sequence to its first ``length`` tokens."""
        ...


AnyDecoder = Decoder[Any]
