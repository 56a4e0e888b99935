"""What words and letter sequences look like in many languages: hashed tables, looked up by whole arrays.

Three tables, made by ``lexicon_build`` from running text of some forty languages and from lists of stop words:

- ``words``: a Bloom filter (two bits for each word out of 2**21) of frequent words of three letters or more.
- ``stops``: another one (2**16) of the words that hold sentences together.
- ``trigrams``: 2**18 buckets of the cost of a letter after two others, in sixteenths of a bit; 255 where no
  text had it. A word's neighbours count as a blank, and letters are folded to lower case.

Nothing in it comes from the papers that the router is measured on.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

FILE: Final = Path(__file__).with_name("lexicon.npz")
WORD_BITS: Final = 21
STOP_BITS: Final = 16
TRIGRAM_BITS: Final = 18
UNSEEN: Final = 255
STEPS_PER_BIT: Final = 16

_BASE = 0x9E3779B97F4A7C15
_MIX = 0xFF51AFD7ED558CCD


_TRIGRAM_MIX = np.array([0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D], np.uint32)


class Lexicon(NamedTuple):
    """The tables; of the filters eight bits to a byte, so that they stay in the processor's cache."""

    words: NDArray[np.uint8]
    stops: NDArray[np.uint8]
    trigrams: NDArray[np.uint8]


@cache
def lexicon() -> Lexicon:
    """Read the tables, once."""
    with np.load(FILE, allow_pickle=False) as held:
        return Lexicon(held["words"], held["stops"], held["trigrams"])


def with_gaps(table: Lexicon, chance: np.random.Generator, *, words: float, trigrams: float) -> Lexicon:
    """Return a lexicon that knows less, as ours knows less of another trade or language.

    Args:
        table: the whole one.
        chance: decides what is missing.
        words: share of the words that are missing, stop words as well a tenth of that.
        trigrams: share of the trigrams that are rarer than they seem, by one to six bits.
    """
    kept = (1 - words) ** 0.5  # a word has two places
    harder = chance.random(table.trigrams.shape) < trigrams
    more = chance.integers(STEPS_PER_BIT, 6 * STEPS_PER_BIT, table.trigrams.shape)
    costs = np.minimum(table.trigrams + np.where(harder, more, 0), UNSEEN).astype(np.uint8)
    return Lexicon(
        table.words & np.packbits(chance.random(8 * len(table.words)) < kept),
        table.stops & np.packbits(chance.random(8 * len(table.stops)) < (1 - words / 10) ** 0.5),
        costs,
    )


def mixed_trigrams(letters: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Return a number for every three letters in a row: two fewer than there are letters."""
    first, second, third = _TRIGRAM_MIX
    mixed = letters[:-2] * first
    mixed += letters[1:-1] * second
    mixed += letters[2:] * third
    mixed ^= mixed >> np.uint32(15)
    mixed *= np.uint32(0x2C1B3C6D)
    return np.asarray(mixed)


def trigram_buckets(mixed: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Return the bucket in ``trigrams`` of each."""
    buckets: NDArray[np.uint32] = mixed >> np.uint32(32 - TRIGRAM_BITS)
    return buckets


def word_hashes(mixed: NDArray[np.uint32], edges: NDArray[np.intp]) -> NDArray[np.uint64]:
    """Hash words by the trigrams that they hold, the blank before and after a word included.

    Args:
        mixed: the trigrams of the letters, with a blank or more between words and two before the first.
        edges: of each word the place before it and that of its last letter.
    """
    sums = np.cumsum(mixed, dtype=np.uint64)  # modulo 2**64, and so are the differences
    at = sums.take(edges - 1)
    hashes: NDArray[np.uint64] = at[1::2] - at[::2]
    hashes *= np.uint64(_BASE)
    hashes ^= hashes >> np.uint64(32)
    hashes *= np.uint64(_MIX)
    return hashes


def filter_bits(hashes: NDArray[np.uint64], bits: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the two places of each word in a filter of ``2**bits``."""
    mask = np.uint64(2**bits - 1)
    return (hashes >> np.uint64(64 - bits)).astype(np.int64), (hashes >> np.uint64(8) & mask).astype(np.int64)


def contains(table: NDArray[np.uint8], hashes: NDArray[np.uint64], bits: int) -> NDArray[np.bool_]:
    """Return whether the filter holds each word (it seems to hold a few that it does not)."""
    one, other = filter_bits(hashes, bits)
    held = table.take(one >> 3) << (one & 7).astype(np.uint8)
    held &= table.take(other >> 3) << (other & 7).astype(np.uint8)
    return np.asarray(held >= 128)
