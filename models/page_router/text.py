"""The characters of pages as the router sees them: what kind each is, and how often each three kinds follow another.

All pages of a document lie in one array: a call of numpy costs more than its work on one page.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.sentence_boundary.fast.characters import (
    DIGIT,
    KIND_BITS,
    LETTER,
    MARK,
    SIGN,
    SINGLE,
    SPACE,
    UPPER_BIT,
    characters,
)

Array = NDArray[Any]

# Three bits for each character. From LOWER on they make words.
OTHER: Final = 0
BLANK: Final = 1
LINE_END: Final = 2
FIGURE: Final = 3
MARKING: Final = 4
JOINING: Final = 5  # signs that stand within words: hyphens, apostrophes, slashes, dashes
LOWER: Final = 6
UPPER: Final = 7
JOINING_AT_LINE_END: Final = JOINING << 3 | LINE_END

_JOINS = (0x27, 0x2D, 0x2F, 0xAD, 0x2010, 0x2011, 0x2013, 0x2019)
# What is seldom has a number beside it.
_SELDOM_SHIFT = 3
_HIGH, _ONE_BY_ONE, _STRANGE, _HIGH_CONTROL, _CONTROL = range(1, 6)
_SELDOM_KINDS = 8
_LETTERS = 1 << 16  # letters beyond count as one that no lexicon holds

# Two before the first page, so that a word may always be asked for what stands before it.
BEFORE: Final = 2
_BETWEEN = "\n\n"  # so that no page's last word seems divided by its end


class _Tables(NamedTuple):
    """By code point: the kind with the seldom one beside it; and of those below ``_LETTERS`` the letter in lower
    case, a blank for whatever is none. ``counted`` are weights of ``COUNTS`` by three kinds, ``seldom`` of
    ``SELDOM`` by the number of what is seldom."""

    kinds: NDArray[np.uint8]
    letters: NDArray[np.uint32]
    counted: Array
    seldom: Array


COUNTS: Final = (
    "letters",
    "figures",
    "signs",
    "spaces",
    "upper",
    "upper_after_lower",
    "letter_beside_digit",
    "sign_within_word",
)
SELDOM: Final = ("one_by_one", "strange", "control", "high")


class Characters(NamedTuple):
    """The characters of all pages.

    Attributes:
        codes: code points, intp: two line feeds, then each page with two more.
        kinds: OTHER to UPPER.
        triples: of each three characters in a row, 9 bits; the n-th has the n-th character first.
        starts, ends: where the text of each page begins and ends.
    """

    codes: Array
    kinds: Array
    triples: Array
    starts: Array
    ends: Array
    seldom: Array  # where, and what

    def counts(self) -> Array:
        """Return how many there are of COUNTS: kinds x pages."""
        triples = self.triples
        # the n-th triple speaks for its middle character
        around = zip((self.starts - 1).tolist(), (self.ends - 1).tolist(), strict=True)
        of_pages = np.array([np.bincount(triples[start:end], minlength=512) for start, end in around])
        found: Array = (of_pages @ _tables().counted).T  # whole numbers: exact in any order
        return found

    def seldom_counts(self) -> Array:
        """Return how many there are of SELDOM: kinds x pages."""
        places, what = self.seldom
        pages = len(self.starts)
        if not len(places):
            return np.zeros((len(SELDOM), pages))
        owner = np.searchsorted(self.starts, places, "right") - 1
        held = np.bincount(owner * _SELDOM_KINDS + what, minlength=pages * _SELDOM_KINDS)
        found: Array = (held.reshape(pages, _SELDOM_KINDS) @ _tables().seldom).T
        return found

    def letters(self) -> Array:
        """Return the letters in lower case, a blank for whatever is none."""
        found: Array = _tables().letters.take(self.codes, mode="clip")
        return found


def characters_of(texts: Sequence[str]) -> Characters:
    """Return the characters of pages, of one at least."""
    joined = _BETWEEN + _BETWEEN.join(texts) + _BETWEEN
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.intp)
    kinds = _tables().kinds.take(codes)
    seldom = np.flatnonzero(kinds >= 1 << _SELDOM_SHIFT)
    what = kinds.take(seldom) >> _SELDOM_SHIFT
    kinds &= (1 << _SELDOM_SHIFT) - 1
    triples = kinds[:-2].astype(np.int64)  # bincount would make that of any other
    triples <<= 3
    triples |= kinds[1:-1]
    triples <<= 3
    triples |= kinds[2:]
    lengths = np.array([len(text) for text in texts])
    starts = np.array([*accumulate((len(text) + 2 for text in texts[:-1]), initial=BEFORE)])
    return Characters(codes, kinds, triples, starts, starts + lengths, np.stack((seldom, what)))


@cache
def _tables() -> _Tables:
    table = characters()
    kind, upper = table.traits & KIND_BITS, (table.traits >> UPPER_BIT).astype(bool)
    word = (kind == LETTER) | (kind == MARK)
    kinds = np.zeros(len(kind), np.uint8)
    for which, number in (
        (kind == SPACE, BLANK),
        (kind == DIGIT, FIGURE),
        (kind == SIGN, MARKING),
        (word & ~upper, LOWER),
        (word & upper, UPPER),
        (10, LINE_END),
        (list(_JOINS), JOINING),
    ):
        kinds[which] = number
    seldom = np.zeros(len(kind), np.uint8)
    seldom[0x80:] = _HIGH
    seldom[:32] = _CONTROL
    seldom[10] = 0
    seldom[kind == SINGLE] = _ONE_BY_ONE
    for first, end in ((0xFFFD, 0xFFFE), (0xE000, 0xF900), (0xF0000, len(kind))):
        seldom[first:end] = _STRANGE
    seldom[0x80:0xA0] = seldom[0xFFFE] = _HIGH_CONTROL
    letters = np.where(word, table.folded, 32)[:_LETTERS].astype(np.uint32)
    letters[-1] = _LETTERS - 1
    return _Tables((kinds | seldom << _SELDOM_SHIFT).astype(np.uint8), letters, _counted(), _seldom())


def _counted() -> Array:
    first, middle, last = (np.arange(512) >> shift & 7 for shift in (6, 3, 0))
    after, word, before = first >= LOWER, middle >= LOWER, last >= LOWER
    sign = middle == MARKING
    columns = {
        "letters": word,
        "figures": middle == FIGURE,
        "signs": sign | (middle == JOINING),
        "spaces": (middle == BLANK) | (middle == LINE_END),
        "upper": middle == UPPER,
        "upper_after_lower": (first == LOWER) & (middle == UPPER),
        "letter_beside_digit": after & (middle == FIGURE) | (first == FIGURE) & word,
        "sign_within_word": after & sign & before,
    }
    return np.stack([columns[name] for name in COUNTS], axis=1).astype(np.float64)


def _seldom() -> Array:
    what = np.arange(_SELDOM_KINDS)
    columns = {
        "one_by_one": what == _ONE_BY_ONE,
        "strange": what == _STRANGE,
        "control": (what == _HIGH_CONTROL) | (what == _CONTROL),
        "high": (what > 0) & (what != _CONTROL),
    }
    return np.stack([columns[name] for name in SELDOM], axis=1).astype(np.float64)
