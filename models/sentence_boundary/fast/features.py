"""Text to tokens and hashed ids: the one implementation for training and for inference.

Everything is done on arrays over code points; no token is ever a Python object. A token is

- a run of letters, with apostrophes between letters (``don't``), marks included;
- a run of digits, or of Katakana;
- one letter of a script written without blanks (Han, Hiragana, Thai, Khmer ...) with its marks;
- one punctuation mark or symbol, repetitions of itself included (``...``).

Each token has four ids: of the whole word, of two short pieces (the beginning and end of a word; the
preceding one and two characters for tokens that are no words, so that "Dr." and a Han bigram are seen), and
of its shape (kind, case, length, what stands before it).

Hashes are polynomial over the folded code points modulo 2**64: differences of one running sum give the hash
of any span, so a text costs a few passes over an array.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.sentence_boundary.fast.characters import (
    DIGIT,
    KATAKANA,
    KIND_BITS,
    LETTER,
    MARK,
    SIGN,
    SINGLE,
    SPACE,
    UPPER_BIT,
    characters,
)
from models.sentence_boundary.interface import Encoded

WORD_BITS: Final = 16
PIECE_BITS: Final = 15
SHAPES: Final = 256  # 0 is padding

_WORD_LENGTH = 24  # characters of a word that are hashed
_PIECE_LENGTH = 3
_BACK = 2  # characters before a token that are hashed with it
_BLOCK = 1 << 15
_BASE = 0x9E3779B97F4A7C15 | 1
_APOSTROPHES = (0x27, 0x2019)
_NEWLINE = 0x0A

_FORMS = 12
_LENGTHS = 5
_LONG = 8  # lengths from here on are one


def encode(text: str) -> Encoded:
    """Return the tokens of the text and their ids.

    ``inputs`` is ``words`` int32[n] in 0..2**16-1, ``pieces`` int32[n, 2] in 0..2**15-1 and ``shapes``
    int32[n] in 1..255.
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    table = characters()
    traits = table.traits[codes]
    own = traits & np.uint8(KIND_BITS)
    kinds = _effective_kinds(own, codes, "'" in text or "\u2019" in text)
    starts, ends = _spans(kinds, own, codes)
    if not len(starts):
        nothing = np.zeros(0, dtype=np.int32)
        return Encoded(nothing, {"words": nothing, "pieces": nothing.reshape(0, 2), "shapes": nothing})
    kind = kinds[starts]
    words, pieces = _hashes(table.folded[codes], starts, ends, kind)
    shapes = _shapes(traits, starts, ends, kind) + _gaps(codes, starts, ends, "\n" in text)
    return Encoded(ends.astype(np.int32), {"words": words, "pieces": pieces, "shapes": shapes})


def _effective_kinds(
    own: NDArray[np.uint8], codes: NDArray[np.uint32], apostrophes: bool
) -> NDArray[np.uint8]:
    """Give marks the kind of what they belong to, and apostrophes between letters that of letters."""
    n = len(own)
    kinds = own
    marks = own == MARK
    if marks.any():
        bearer = np.where(marks, 0, np.arange(n))
        np.maximum.accumulate(bearer, out=bearer)
        kinds = own[bearer]
        kinds[(kinds == MARK) | (marks & (kinds == SPACE))] = LETTER  # a mark without bearer
    if apostrophes:
        quotes = np.flatnonzero((codes == _APOSTROPHES[0]) | (codes == _APOSTROPHES[1]))
        quotes = quotes[(quotes > 0) & (quotes < n - 1)]
        inside = quotes[(kinds[quotes - 1] == LETTER) & (kinds[quotes + 1] == LETTER)]
        kinds = kinds.copy()
        kinds[inside] = LETTER
    return kinds


def _spans(
    kinds: NDArray[np.uint8], own: NDArray[np.uint8], codes: NDArray[np.uint32]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return first offsets and offsets after the last character of the tokens."""
    n = len(kinds)
    if not n:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    token = kinds != SPACE
    begins = np.empty(n + 1, dtype=np.bool_)
    begins[0] = begins[n] = True
    inner = begins[1:n]
    np.not_equal(kinds[1:], kinds[:-1], out=inner)
    inner |= (kinds[1:] >= SINGLE) & (own[1:] != MARK) & ((kinds[1:] == SINGLE) | (codes[1:] != codes[:-1]))
    after = np.flatnonzero(begins[1:] & token) + 1
    begins[:n] &= token
    return np.flatnonzero(begins[:n]), after


def _hashes(
    folded: NDArray[np.uint32], starts: NDArray[np.int64], ends: NDArray[np.int64], kind: NDArray[np.uint8]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    word = (kind == LETTER) | (kind == KATAKANA)
    # The end of a word is taken inside the hashed part of very long ones, so that blocks stay bounded.
    word_ends = np.minimum(ends, starts + _WORD_LENGTH)
    spans = np.empty((2, 3, len(starts)), dtype=np.int64)  # first and last offsets of word and pieces
    spans[0, 0] = starts
    spans[1, 0] = word_ends
    spans[0, 1] = np.where(word, starts, starts - 1)
    spans[1, 1] = np.minimum(ends, starts + np.where(word, _PIECE_LENGTH, 1))
    spans[0, 2] = np.where(word, np.maximum(word_ends - _PIECE_LENGTH, starts), starts - _BACK)
    spans[1, 2] = np.where(word, word_ends, spans[1, 1])
    np.maximum(spans, 0, out=spans)

    if len(folded) <= _BLOCK:
        hashed = _span_hashes(_running_sums(folded), spans)
    else:
        hashed = np.empty((3, len(starts)), dtype=np.uint64)
        edges = np.searchsorted(starts, np.arange(0, len(folded) + _BLOCK, _BLOCK))
        for index, (first, last) in enumerate(pairwise(edges.tolist())):
            origin = max(index * _BLOCK - _BACK, 0)
            sums = _running_sums(folded[origin : (index + 1) * _BLOCK + _WORD_LENGTH])
            hashed[:, first:last] = _span_hashes(sums, spans[:, :, first:last] - origin)
    hashed = _mixed(hashed + _SALTS)
    words = (hashed[0] >> np.uint64(64 - WORD_BITS)).astype(np.int32)
    pieces = (hashed[1:] >> np.uint64(64 - PIECE_BITS)).astype(np.int32)
    return words, np.ascontiguousarray(pieces.T)


def _powers() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    size = _BLOCK + _BACK + _WORD_LENGTH + 1
    both = []
    for base in (_BASE, pow(_BASE, -1, 1 << 64)):
        steps = np.full(size, base, dtype=np.uint64)
        steps[0] = 1
        both.append(np.multiply.accumulate(steps))
    return both[0], both[1]


_POWERS, _INVERSES = _powers()


def _running_sums(folded: NDArray[np.uint32]) -> NDArray[np.uint64]:
    sums = np.zeros(len(folded) + 1, dtype=np.uint64)
    np.cumsum((folded.astype(np.uint64) + np.uint64(1)) * _POWERS[: len(folded)], out=sums[1:])
    return sums


def _span_hashes(sums: NDArray[np.uint64], spans: NDArray[np.int64]) -> NDArray[np.uint64]:
    """The hash of each span; it does not depend on where in the text the span stands."""
    first, last = spans
    hashed: NDArray[np.uint64] = (sums[last] - sums[first]) * _INVERSES[first]
    return hashed


_SALTS = np.array([[(salt * 0x632BE59BD9B4E019) & ((1 << 64) - 1)] for salt in (1, 2, 3)], dtype=np.uint64)


def _mixed(hashed: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The finaliser of MurmurHash3 (Austin Appleby), in place."""
    for factor in (0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53):
        hashed ^= hashed >> np.uint64(33)
        hashed *= np.uint64(factor)
    return hashed


def _shapes(
    traits: NDArray[np.uint8], starts: NDArray[np.int64], ends: NDArray[np.int64], kind: NDArray[np.uint8]
) -> NDArray[np.int32]:
    capitals = np.zeros(len(traits) + 1, dtype=np.int32)
    np.cumsum(traits >> UPPER_BIT, out=capitals[1:])
    length = ends - starts
    large = capitals[ends] - capitals[starts]
    found: NDArray[np.int32] = _SHAPES[
        kind,
        traits[starts] >> UPPER_BIT,
        np.minimum(large, 2),
        (large == length).view(np.int8),
        np.minimum(length, _LONG),
    ]
    return found


def _gaps(
    codes: NDArray[np.uint32], starts: NDArray[np.int64], ends: NDArray[np.int64], newlines: bool
) -> NDArray[np.int32]:
    """What stands before each token: nothing, blanks, one line end, more of them. The beginning of a text looks
    like the beginning of a window."""
    gap = np.zeros(len(starts), dtype=np.int32)
    np.greater(starts[1:], ends[:-1], out=gap[1:], casting="unsafe")
    if newlines:
        count = np.concatenate(([0], np.cumsum(codes == _NEWLINE)))
        gap[1:] += np.minimum(count[starts[1:]] - count[ends[:-1]], 2).astype(np.int32)
    return gap * np.int32(_FORMS * _LENGTHS)


def _shape_table() -> NDArray[np.int32]:
    """Shape, without the gap, by kind, first letter large, number of large letters (2: more), all large, and
    length."""
    table = np.zeros((SIGN + 1, 2, 3, 2, _LONG + 1), dtype=np.int32)
    for kind, first, large, whole, length in np.ndindex(table.shape):
        if kind == LETTER:
            if large == 0:
                form = 0
            elif first and length == 1:
                form = 1
            elif first and large == 1:
                form = 2
            else:
                form = 3 if whole else 4
        elif kind == DIGIT:
            form = {1: 8, 2: 9, 4: 10}.get(length, 11)
        else:
            form = {SINGLE: 5, KATAKANA: 6}.get(kind, 7)
        bucket = int(np.searchsorted((1, 2, 3, 6), length))
        table[kind, first, large, whole, length] = 1 + form + _FORMS * bucket
    return table


_SHAPES = _shape_table()
