"""The words of pages against a lexicon, as the router sees them: all words of a document at once."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from models.page_router.lexicon import (
    STOP_BITS,
    UNSEEN,
    WORD_BITS,
    Lexicon,
    contains,
    mixed_trigrams,
    trigram_buckets,
    word_hashes,
)
from models.page_router.text import JOINING_AT_LINE_END, LOWER, Characters

Array = NDArray[Any]

NAMES: Final = (
    "log_words",
    "word_length",
    "single_letter_share",
    "long_word_share",
    "known_share",
    "known_lower_share",
    "known_letter_share",
    "stop_share",
    "odd_word_share",
    "odder_word_share",
    "trigram_bits",
    "rare_trigram_share",
    "unseen_trigram_share",
)

_RARE = 160  # sixteenths of a bit: ten bits
_ODD, _ODDER = 176, 224
_LONG = 18  # letters: longer words are seldom
_JUDGED = 3  # letters: shorter words are in no lexicon
_STOP = 5  # letters: longer words are no stop words


def of_words(held: Characters, table: Lexicon) -> Array:
    """Return NAMES x pages, float64; NaN where a page has nothing to divide by."""
    kinds, triples = held.kinds, held.triples
    pages = len(held.starts)
    word = kinds >= LOWER
    # A word begins after the first and ends with the second of each two.
    edges = np.flatnonzero(word[1:] != word[:-1])
    if not len(edges):
        return np.zeros((len(NAMES), pages))
    before, last = edges[::2], edges[1::2]
    lengths = last - before
    count = len(before)
    bounds = np.append(held.starts, len(kinds)) - 1  # of each page, as of ``before``
    owners = np.searchsorted(before, bounds)
    present = np.flatnonzero(np.diff(owners))  # pages with words

    mixed = mixed_trigrams(held.letters())
    hashes = word_hashes(mixed, edges)
    # the halves of a word that a line's end divides are not words
    divided = triples.take(before - 1) >> 3 == JOINING_AT_LINE_END
    divided |= triples.take(last) & 63 == JOINING_AT_LINE_END
    judged = lengths >= _JUDGED
    judged &= ~divided
    known = contains(table.words, hashes, WORD_BITS)
    known &= judged
    lower = kinds.take(before + 1) == LOWER
    lower &= judged
    stops = contains(table.stops, hashes, STOP_BITS)
    stops &= (lengths > 1) & (lengths <= _STOP)

    # The n-th trigram is a word's where its middle is; at a word's ends it has a blank.
    costs = table.trigrams.take(trigram_buckets(mixed))
    costs *= word[1:-1]
    rare = np.flatnonzero(costs >= _RARE)
    rare_costs, rare_word = costs.take(rare), np.searchsorted(before, rare, "right") - 1
    odd, odder = np.zeros(count, bool), np.zeros(count, bool)
    odd[rare_word[rare_costs >= _ODD]] = True
    odder[rare_word[rare_costs >= _ODDER]] = True

    each = np.empty((11, count), np.int64)
    for row, values in zip(each, (lengths, judged, known, lower, known & lower, stops), strict=False):
        row[:] = values
    np.multiply(lengths, known, out=each[6])
    np.multiply(lengths, judged, out=each[7])
    np.logical_and(odd, judged, out=each[8], casting="unsafe")
    np.logical_and(odder, judged, out=each[9], casting="unsafe")
    each[10] = lengths == 1
    sums = np.zeros((len(each), pages))
    sums[:, present] = np.add.reduceat(each, owners[present], axis=1)
    long = np.diff(np.searchsorted(np.flatnonzero(lengths > _LONG), owners))
    letters, judged_, known_, lower_, both, stops_, known_letters, judged_letters, odd_, odder_, single = sums
    sizes = np.diff(owners)
    bits = np.add.reduceat(costs, bounds[:-1], dtype=np.int64)
    return np.stack(
        (
            np.log1p(sizes),
            letters / sizes,
            single / sizes,
            long / sizes,
            known_ / judged_,
            both / lower_,
            known_letters / judged_letters,
            stops_ / sizes,
            odd_ / judged_,
            odder_ / judged_,
            bits / letters / 16,
            np.diff(np.searchsorted(rare, bounds)) / letters,
            np.diff(np.searchsorted(rare[rare_costs == UNSEEN], bounds)) / letters,
        )
    )
