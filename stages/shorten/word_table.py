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

from stages.shorten.words import Bytes, Positions

Numbers = npt.NDArray[np.uint64]

_LOW_BYTES: Final[Numbers] = np.array([(1 << (8 * k)) - 1 for k in range(9)], np.uint64)  # by their number
_ODD: Final = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))
_MOST: Final = 16  # bytes that the two numbers hold


@dataclass(frozen=True, slots=True)
class WordTable:
    """Words in the form of ``keys.word_key``, each at the slot of its hash or the next free one.

    Attributes:
        low, high: bytes 0 to 7 and 8 to 15 of the word in each slot, 0 in a free one; the low ones inverted
            for words that are longer, so that no longer word equals a shorter one (no word holds a NUL).
    """

    low: Numbers
    high: Numbers

    @classmethod
    def of(cls, words: Iterable[str]) -> WordTable:
        """Build the table; words equal in their first 16 bytes and both longer share a slot."""
        entries = np.array(sorted({_numbers(word.encode()) for word in words if word}), np.uint64).reshape(
            -1, 2
        )
        size = 1 << max(10, (16 * len(entries)).bit_length())
        low, high = np.zeros((2, size), np.uint64)
        for at, entry in zip(_hash(entries[:, 0], entries[:, 1], size), entries, strict=True):
            while low[at]:
                at = (at + 1) % size
            low[at], high[at] = entry
        return cls(low, high)

    def find(self, buffer: Bytes, starts: Positions, ends: Positions) -> tuple[Positions, Positions]:
        """Look up the strings at these positions of a buffer that goes on for 16 bytes behind the last.

        Returns:
            the numbers of those that are words of the table, and of those that are longer than 16 bytes and
            begin like a word that is: only the whole string can tell about those.
        """
        lengths = ends - starts
        eights = np.ndarray(buffer.size - 7, "<u8", buffer.data, strides=(1,))  # the 8 bytes from each on
        if starts.size > buffer.size // 16:
            eights = np.ascontiguousarray(eights)  # costs less than so many unaligned reads
        low = eights[starts]
        low &= _LOW_BYTES.take(lengths, mode="clip")
        high = np.zeros(starts.size, np.uint64)
        longer = np.flatnonzero(lengths > 8)
        longer_lengths = lengths[longer]
        high[longer] = eights[starts[longer] + 8] & _LOW_BYTES.take(longer_lengths - 8, mode="clip")
        long = longer[longer_lengths > _MOST]
        low[long] = ~low[long]

        at = _hash(low, high, self.low.size)
        there = self.low.take(at)
        equal = there == low
        hits = np.flatnonzero(equal)
        same = self.high.take(at.take(hits)) == high.take(hits)
        equal |= there == 0
        open_ = np.concatenate([hits[~same], np.flatnonzero(~equal)])
        found = [hits[same] if not same.all() else hits]
        while open_.size:
            at[open_] = (at[open_] + 1) & (self.low.size - 1)
            there = self.low[at[open_]]
            same = (there == low[open_]) & (self.high[at[open_]] == high[open_])
            found.append(open_[same])
            open_ = open_[~same & (there != 0)]
        hits = np.concatenate(found)
        if not long.size:
            return hits, long
        is_long = lengths[hits] > _MOST
        return hits[~is_long], hits[is_long]


def _numbers(word: bytes) -> tuple[int, int]:
    low = int.from_bytes(word[:8], "little")
    if len(word) > _MOST:
        low ^= (1 << 64) - 1
    return low, int.from_bytes(word[8:_MOST], "little")


def _hash(low: Numbers, high: Numbers, size: int) -> Positions:
    mixed = low * _ODD[0]
    mixed ^= high * _ODD[1]
    mixed >>= np.uint64(65 - size.bit_length())
    return mixed.view(np.int64)
