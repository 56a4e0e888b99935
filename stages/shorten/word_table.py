"""A set of words that answers for every unit of a text at once.

A word of up to 16 bytes is two 64-bit numbers, so membership is a hash, one look into a table and two
comparisons, all over numpy: exact, and about twice as fast as hashing strings.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from stages.shorten.words import Bytes, Flags, Positions

Numbers = npt.NDArray[np.uint64]

_LOW_BYTES: Final[Numbers] = np.array([(1 << (8 * k)) - 1 for k in range(9)], np.uint64)
_ODD: Final = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))
_MOST: Final = 16  # bytes that the two numbers hold


@dataclass(frozen=True, slots=True)
class WordTable:
    """Words in the form of ``keys.word_key``.

    Attributes:
        slots: number of the word plus one at each hash; 0: none. Collisions take the next free slot.
        low, high: bytes 0 to 7 and 8 to 15 of each word.
        lengths: in bytes, 17 for all that are longer.
    """

    slots: npt.NDArray[np.int32]
    low: Numbers
    high: Numbers
    lengths: npt.NDArray[np.int64]

    @classmethod
    def of(cls, words: Iterable[str]) -> WordTable:
        """Build the table; words equal in their first 16 bytes and both longer share an entry."""
        entries = sorted({(w[:_MOST].ljust(_MOST, b"\0"), min(len(w), _MOST + 1)) for w in _encoded(words)})
        pairs = np.frombuffer(b"".join(e[0] for e in entries), "<u8").astype(np.uint64).reshape(-1, 2)
        low, high = np.ascontiguousarray(pairs[:, 0]), np.ascontiguousarray(pairs[:, 1])
        bits = max(8, (16 * max(len(entries), 1)).bit_length())
        slots = np.zeros(1 << bits, np.int32)
        for number, at in enumerate(_hash(low, high, bits).tolist(), start=1):
            while slots[at]:
                at = (at + 1) & (slots.size - 1)
            slots[at] = number
        # entry 0 stands for "none": no unit is 0 bytes long, so nothing equals it
        zero = np.zeros(1, np.uint64)
        return cls(
            slots=slots,
            low=np.append(zero, low),
            high=np.append(zero, high),
            lengths=np.array([0, *(e[1] for e in entries)], np.int64),
        )

    def find(self, buffer: Bytes, starts: Positions, ends: Positions) -> tuple[Flags, Flags]:
        """Look up the strings at these positions of a buffer that goes on for 16 bytes behind the last.

        Returns:
            which are words of the table, and which are longer than 16 bytes and begin like one that is:
            only the whole string can tell about those.
        """
        lengths = ends - starts
        view = np.ndarray(buffer.size - 7, "<u8", buffer.tobytes(), strides=(1,))
        low = view[starts] & _LOW_BYTES[np.minimum(lengths, 8)]
        high = np.zeros(starts.size, np.uint64)
        longer = np.flatnonzero(lengths > 8)
        high[longer] = view[starts[longer] + 8] & _LOW_BYTES[np.minimum(lengths[longer] - 8, 8)]
        known_lengths = np.minimum(lengths, _MOST + 1)

        at = _hash(low, high, self.slots.size.bit_length() - 1)
        number = self.slots[at]
        same = (self.low[number] == low) & (self.high[number] == high) & (self.lengths[number] == known_lengths)
        open_ = np.flatnonzero((number > 0) & ~same)
        while open_.size:
            at[open_] = (at[open_] + 1) & (self.slots.size - 1)
            found = self.slots[at[open_]]
            same[open_] = (
                (self.low[found] == low[open_])
                & (self.high[found] == high[open_])
                & (self.lengths[found] == known_lengths[open_])
            )
            open_ = open_[(found > 0) & ~same[open_]]
        return same & (lengths <= _MOST), same & (lengths > _MOST)


def _encoded(words: Iterable[str]) -> list[bytes]:
    return [word.encode() for word in words if word]


def _hash(low: Numbers, high: Numbers, bits: int) -> Positions:
    mixed = (low * _ODD[0]) ^ (high * _ODD[1])
    mixed ^= mixed >> np.uint64(29)
    mixed *= _ODD[0]
    return (mixed >> np.uint64(64 - bits)).astype(np.int64)
