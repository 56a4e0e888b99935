"""What a text is like around each place: does it use sentence punctuation, does it use capitals?

A model that must do without punctuation is less sure of its sentence ends, so one threshold cannot serve
both kinds of text. Thresholds are chosen for each condition on development data and looked up by the
condition at run time; both go through this module.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

CONDITIONS = (
    "punctuated",
    "punctuated_lower",
    "unpunctuated",
    "unpunctuated_lower",
    "unpunctuated_uncased",  # a script without capitals, such as Arabic or Devanagari
    "unpunctuated_unspaced",  # a script without blanks between words, such as Chinese or Thai
)
DEFAULT = "default"
# What serves where a model has no threshold for a condition.
_BROADER = {"unpunctuated_uncased": "unpunctuated", "unpunctuated_unspaced": "unpunctuated"}

_WINDOW = 2000  # characters looked at around a place
_CHARACTERS_PER_MARK = 500  # a text with fewer sentence marks than one in so many does not use them
_CAPITALS = 0.004  # share of capitals among cased letters from which on a text uses them
_CASED = 0.25  # share of cased letters from which on a missing capital means something

_MARK, _UPPER, _LOWER, _LETTER, _UNSPACED = 1, 2, 4, 8, 16
# Han, kana, Thai, Lao, Burmese, Khmer.
_UNSPACED_RANGES = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x3040, 0x30FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
)

# Marks that end sentences: the union of the scripts' full stops, question and exclamation marks. A full
# stop inside numbers and abbreviations counts too; at this resolution it does not matter.
_COUNTED = (_MARK, _UPPER, _LOWER, _LETTER, _UNSPACED)
_SENTENCE_MARKS = ".!?…。！？｡．؟۔।॥։։՜՞።፧፨᠃᠉។៕၊။༎༏༑๚๛⸮‽⁇⁈⁉"


def conditions(text: str, places: NDArray[np.integer]) -> NDArray[np.int8]:
    """Return the condition of the text around each place, as an index into ``CONDITIONS``.

    In punctuated text scripts without capitals count as using them: there, nothing is missing.

    Args:
        text: the whole text.
        places: offsets in code points, ascending.
    """
    if not text or not len(places):
        return np.zeros(len(places), np.int8)
    kinds = _kinds()[np.minimum(code_points(text), 0xFFFF)]
    if len(text) <= _WINDOW:  # every place sees the whole text
        counts = [np.array([np.count_nonzero(kinds & kind)]) for kind in _COUNTED]
        return np.repeat(_judge(counts, np.array([len(text)])), len(places))
    half = _WINDOW // 2
    low = np.maximum(places - half, 0)
    high = np.minimum(places + half, len(text))
    # near an end of the text the window keeps its width by reaching further to the other side
    low, high = (
        np.maximum(np.minimum(low, high - _WINDOW), 0),
        np.minimum(np.maximum(high, low + _WINDOW), len(text)),
    )

    def count(kind: int) -> NDArray[np.int64]:
        sums = np.concatenate(([0], np.cumsum((kinds & kind) != 0)))
        found: NDArray[np.int64] = sums[high] - sums[low]
        return found

    return _judge([count(kind) for kind in _COUNTED], high - low)


def _judge(counts: Sequence[NDArray[np.int64]], width: NDArray[np.int64]) -> NDArray[np.int8]:
    """From the counts of ``_COUNTED`` in windows of a width."""
    marks, upper, lower, letters, unspaced = counts
    # a text shorter than a sentence or two is judged by whether it has a mark at all
    unpunctuated = marks * _CHARACTERS_PER_MARK < np.maximum(width - _CHARACTERS_PER_MARK // 2, 1)
    cased = (upper + lower) > letters * _CASED
    lowered = cased & (upper < (upper + lower) * _CAPITALS)
    # 0 where letters have capitals; text without letters counts among these
    script = np.where(unspaced * 2 > letters, 3, np.where(cased | (letters == 0), 0, 2))
    found: NDArray[np.int8] = (unpunctuated * np.where(lowered, 2, 2 + script) + lowered).astype(np.int8)
    return found


def thresholds_at(
    text: str, places: NDArray[np.integer], thresholds: Mapping[str, float], language: str | None = None
) -> NDArray[np.float32]:
    """Return the threshold that holds at each place, float32[n].

    Args:
        text: the whole text.
        places: offsets in code points, ascending.
        thresholds: by condition, by ``LANGUAGE.condition`` or ``LANGUAGE``, and ``default`` for the rest.
        language: hint, a code as in the keys; None: unknown.

    Raises:
        KeyError: nothing of the above has a threshold for a condition.
    """
    table = np.array([threshold_of(condition, thresholds, language) for condition in CONDITIONS], np.float32)
    if (table == table[0]).all():
        return np.full(len(places), table[0], np.float32)
    found: NDArray[np.float32] = table[conditions(text, places)]
    return found


def threshold_of(condition: str, thresholds: Mapping[str, float], language: str | None = None) -> float:
    """Return the most specific threshold there is for a condition.

    Raises:
        KeyError: there is none.
    """
    names = [condition, *([_BROADER[condition]] if condition in _BROADER else [])]
    by_language = [] if language is None else [*(f"{language}.{name}" for name in names), language]
    for key in (*by_language, *names, DEFAULT):
        if key in thresholds:
            return thresholds[key]
    raise KeyError(DEFAULT)


def code_points(text: str) -> NDArray[np.uint32]:
    """Return the text's code points, uint32[len(text)]."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.dtype("<u4")).astype(
        np.uint32, copy=False
    )


@cache
def _kinds() -> NDArray[np.uint8]:
    """Kinds of the first 65,536 code points; what lies beyond counts as nothing."""
    table = np.zeros(0x10000, np.uint8)
    for code in range(0xFFFF):
        category = unicodedata.category(chr(code))
        if category[0] == "L":
            table[code] = _LETTER | (
                _UPPER if category in ("Lu", "Lt") else _LOWER if category == "Ll" else 0
            )
    for first, last in _UNSPACED_RANGES:
        table[first : last + 1] |= np.where(table[first : last + 1] & _LETTER, _UNSPACED, 0).astype(np.uint8)
    for mark in _SENTENCE_MARKS:
        table[ord(mark)] |= _MARK
    return table
