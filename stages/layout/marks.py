"""What the first and last characters of a line tell about how it goes on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stages.divided_words import HYPHENS

Bools = NDArray[np.bool_]

_ITEM = re.compile(
    r"[\u2022\u2023\u2043\u25aa\u25ab\u25a0\u25a1\u25b6\u25ba\u25cb\u25cf\u25e6\u2192\u2713\u2714\u27a2\uf0b7\u00b7]"
    r"|[-\u2010-\u2015*+](?:\s|$)"
    r"|\(?\d{1,2}[.)](?:\s|$)|\(?[A-Za-z]\)(?:\s|$)"
)
_OPENING = "\"'(\u00ab\u2018\u201c[{ "
_CLOSING = "\"')\u00bb\u2019\u201d]} "
_ENDS = frozenset(".!?:\u2026\u3002\uff01\uff1f\uff1a")
# scripts written without spaces between words: a line break in them is nothing
_UNSPACED = re.compile(
    "[\u2e80-\u2fdf\u3001-\u3029\u3030-\u3098\u309b-\u30ff\u3100-\u312f\u3190-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff01-\uff60\U00020000-\U0003fffd]"
)


@dataclass(frozen=True, slots=True)
class Marks:
    """One entry per line.

    Attributes:
        item: it begins with a bullet or a number of a list.
        lower: its first letter, after opening marks, is lower case.
        ended: its last character, before closing marks, ends a sentence, or is a colon.
        full_stop: that character is a full stop.
        letter: its last character is a letter, a comma or a hyphen; rows of figures end otherwise.
        hyphen: it ends with a hyphen.
        unspaced_start, unspaced_end: it begins, ends with a character of a script without spaces.
        word: int64[n], length of its first word.
        length: int64[n].
    """

    item: Bools
    lower: Bools
    ended: Bools
    full_stop: Bools
    letter: Bools
    hyphen: Bools
    unspaced_start: Bools
    unspaced_end: Bools
    word: NDArray[np.int64]
    length: NDArray[np.int64]


def marks(lines: Sequence[str]) -> Marks:
    """Look at lines as printed."""
    count = len(lines)
    first = [line.lstrip(_OPENING)[:1] or line[:1] for line in lines]
    last = [line.rstrip(_CLOSING)[-1:] or line[-1:] for line in lines]
    words = [line.find(" ") for line in lines]
    length = np.fromiter(map(len, lines), np.int64, count)
    word = np.fromiter(words, np.int64, count)
    begins = _flags([not line[:1].isascii() and bool(_UNSPACED.match(line)) for line in lines])
    finishes = [not line[-1:].isascii() and bool(_UNSPACED.match(line, len(line) - 1)) for line in lines]
    return Marks(
        item=_flags([_ITEM.match(line) is not None for line in lines]),
        lower=_flags([letter.islower() for letter in first]),
        ended=_flags([letter in _ENDS for letter in last]),
        full_stop=_flags([letter == "." for letter in last]),
        letter=_flags([line[-1:].isalpha() or line.endswith((",", *HYPHENS)) for line in lines]),
        hyphen=_flags([line.endswith(HYPHENS) for line in lines]),
        unspaced_start=begins,
        unspaced_end=_flags(finishes),
        word=np.where(begins, 1, np.where(word < 0, length, word)),
        length=length,
    )


def _flags(values: list[bool]) -> Bools:
    return np.array(values, np.bool_)
