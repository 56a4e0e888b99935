"""Places where a sentence cannot end, whatever a model says: between two letters of Thai or of Lao.

These languages write no blanks between words, but they do between sentences and clauses, and have no full stop. A
model that saw little of them puts ends between letters, and then nearly always into a word. Chinese, Japanese,
Khmer and Burmese are left alone: their full stops are often followed by no blank.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.sentence_boundary.condition import code_points

NEVER = (
    -20.0
)  # logit of an end that is out of the question; finite, so that bounds of length can still cut there

_BLOCKS = ((0x0E01, 0x0E4E), (0x0E81, 0x0ECE), (0x0EDC, 0x0EDF))  # without digits and signs of end
_SIGN = 0x0E3F  # the currency sign


def inside(text: str, ends: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Return for each token, bool[n], whether it ends between two such letters.

    Args:
        text: the whole text.
        ends: offsets just after the tokens' last characters, in code points.
    """
    codes = code_points(text)
    found = np.zeros(len(ends), np.bool_)
    within = ends < len(codes)
    at = ends[within]
    found[within] = _is_letter(codes[at - 1]) & _is_letter(codes[at])
    return found


def _is_letter(codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    found = np.zeros(len(codes), np.bool_)
    for first, last in _BLOCKS:
        found |= (codes >= first) & (codes <= last)
    found &= codes != _SIGN
    return found
