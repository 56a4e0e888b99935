"""Keys and values of the sequences that are being decoded, in memory that the graph writes in place."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.causal_lm.settings import Sizes

BUCKET = 64  # tokens; sums over padded places keep their order when widths are multiples of it

Buffer = NDArray[Any]


class Cache:
    """Slots for sequences.

    Every layer's keys and values are one array [rows, kv_heads, width, head_size]; keys in bytes lie transposed
    [rows, kv_heads, head_size, width]. All rows share the width, the longest sequence rounded up; it grows and shrinks
    with what is in the slots, so that attention does not walk over places that nobody uses.

    Attributes:
        capacity: tokens a slot may hold.
        lengths: int32 [rows], tokens in each slot.
        generation: counts up whenever the arrays are other ones.
    """

    def __init__(self, sizes: Sizes, rows: int, capacity: int, element: str = "float32") -> None:
        if rows < 1 or not 0 < capacity <= sizes.context:
            raise ValueError(f"a cache has at least one row and 1 to {sizes.context} tokens a row")
        self._sizes, self._element = sizes, np.dtype(element)
        self.capacity = capacity
        self.lengths = np.zeros(rows, np.int32)
        self.width = 0
        self.generation = 0
        self.buffers: dict[str, Buffer] = {}
        self.fit(1)

    @property
    def rows(self) -> int:
        """Number of slots."""
        return len(self.lengths)

    def fit(self, tokens: int) -> None:
        """Make the arrays wide enough for ``tokens`` in the longest row, and not much wider.

        Raises:
            ValueError: more tokens than the capacity.
        """
        if tokens > self.capacity:
            raise ValueError(f"a slot holds {self.capacity} tokens, {tokens} are too many")
        wanted = -(-max(tokens, int(self.lengths.max())) // BUCKET) * BUCKET
        if wanted > self.width or wanted < self.width // 2:
            self._allocate(self.rows, wanted)

    def resize(self, rows: int) -> None:
        """Add free slots at the end, or drop some there.

        Raises:
            ValueError: no row would be left, or one that holds a sequence would be lost.
        """
        if rows < 1 or self.lengths[rows:].any():
            raise ValueError(f"{rows} rows do not hold the sequences that are in the cache")
        if rows != self.rows:
            self._allocate(rows, self.width)

    def move(self, source: int, target: int) -> None:
        """Copy a slot's sequence to another slot and free its own."""
        if source == target:
            return
        length = int(self.lengths[source])
        for name in self.buffers:
            self.tokens(name, target)[:, :length] = self.tokens(name, source)[:, :length]
        self.lengths[target] = length
        self.free(source)

    def free(self, slot: int) -> None:
        """Forget a slot's sequence."""
        self.lengths[slot] = 0

    def take(self, slot: int, other: Cache, row: int) -> None:
        """Copy a sequence from a row of another cache of the same model."""
        length = int(other.lengths[row])
        self.lengths[slot] = 0
        self.fit(length)
        for name in self.buffers:
            self.tokens(name, slot)[:, :length] = other.tokens(name, row)[:, :length]
        self.lengths[slot] = length

    def tokens(self, name: str, slots: int | slice) -> Buffer:
        """Return a view of slots of a buffer, [..., kv_heads, width, head_size] however it lies."""
        part = self.buffers[name][slots]
        return part.swapaxes(-1, -2) if self._transposed(name) else part

    def _allocate(self, rows: int, width: int) -> None:
        sizes = self._sizes
        kept = min(width, self.width, int(self.lengths.max()))
        slots = min(rows, self.rows)
        for number in range(sizes.layers):
            for what in ("key", "value"):
                name = f"{number}.{what}"
                old = self.tokens(name, slice(slots)) if name in self.buffers else None
                lying = (sizes.head_size, width) if self._transposed(name) else (width, sizes.head_size)
                # zeros, since what attention does not see is still multiplied by zero
                self.buffers[name] = np.zeros((rows, sizes.kv_heads, *lying), self._element)
                if old is not None:
                    self.tokens(name, slice(slots))[..., :kept, :] = old[..., :kept, :]
        lengths = np.zeros(rows, np.int32)
        lengths[:slots] = self.lengths[:slots]
        self.lengths, self.width = lengths, width
        self.generation += 1

    def _transposed(self, name: str) -> bool:
        """Whether a product in integers walks this buffer along its tokens."""
        return self._element == np.int8 and name.endswith(".key")
