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
    """Keys and values of ``rows`` sequences, each in a slot.

    All slots are as long as the longest sequence in them, more or less, so it takes rows x that length.
    """

    @property
    def rows(self) -> int:
        """Number of slots."""
        ...

    def move(self, source: int, target: int) -> None:
        """Let the slot ``target`` hold what ``source`` holds; ``source`` is free afterwards."""
        ...

    def free(self, slot: int) -> None:
        """Forget what a slot holds."""
        ...

    def resize(self, rows: int) -> None:
        """Add free slots at the end, or drop some there."""
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
        """Make an empty cache for sequences of at most ``capacity`` tokens; it need not take that memory at once."""
        ...

    def prefill(
        self, prompts: Sequence[NDArray[np.int64]], cache: C, slots: Sequence[int]
    ) -> NDArray[np.float32]:
        """Put prompts into free slots; return the logits after the last token of each, [prompts, vocabulary].

        Prompts follow each other so that neighbours share as much of their beginning as can be.
        """
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
