"""What stands around a token's end: the form of the text that a base model was made blind to.

Base models read a line break as a space, because PDFs break lines anywhere. In texts of one kind a line break,
a bracket or a number often says a lot, so adaptation looks at them. Training and inference share this.
"""

from __future__ import annotations

import unicodedata
from functools import cache

import numpy as np
from numpy.typing import NDArray

from models.sentence_boundary.condition import code_points
from models.sentence_boundary.interface import Floats
from models.sentence_boundary.prediction import is_space

# classes of a character; a character is in none or one
CLASSES = (
    "upper",
    "lower",
    "letter",
    "digit",
    "stop",
    "comma",
    "colon",
    "opening",
    "closing",
    "quote",
    "dash",
    "other",
)
_SPECIAL = {".": 4, "!": 4, "?": 4, "…": 4, "。": 4, "।": 4, "؟": 4, ",": 5, ";": 6, ":": 6, '"': 9, "'": 9}
_CATEGORY = {
    "Lu": 0, "Lt": 0, "Ll": 1, "Lo": 2, "Lm": 2, "Nd": 3, "Nl": 3, "No": 3,
    "Ps": 7, "Pe": 8, "Pi": 9, "Pf": 9, "Pd": 10,
}  # fmt: skip
_NOTHING = len(CLASSES)

# places whose class is looked at: the last two characters of the token, and the two after the white space
_AROUND = 4
_GAP = ("no white space", "one line break", "blank line", "indented after the break", "end of the text")
_WORD = ("short line", "last word is one letter", "last word is short", "last word has a stop inside")
WIDTH = _AROUND * len(CLASSES) + len(_GAP) + len(_WORD) + 4


def context(text: str, ends: NDArray[np.integer]) -> Floats:
    """Return features of the text around each token's end, float32[n, WIDTH], each 0 or 1.

    Args:
        text: the whole text.
        ends: of its tokens, offsets in code points.
    """
    number = len(ends)
    features = np.zeros((number, WIDTH), np.float32)
    if not number:
        return features
    codes = code_points(text)
    space = is_space(codes)
    classes = np.append(_classes()[np.minimum(codes, 0xFFFF)], _NOTHING)
    solid = np.append(np.flatnonzero(~space), len(text))
    following = np.searchsorted(solid, ends)
    before = np.maximum(following - 1, 0)
    ahead = solid[np.minimum(following, len(solid) - 1)]
    last = solid[before]
    around = (
        classes[last],
        classes[solid[np.maximum(before - 1, 0)]],
        classes[ahead],
        classes[solid[np.minimum(following + 1, len(solid) - 1)]],
    )
    rows = np.arange(number)
    for place, found in enumerate(around):
        known = found < _NOTHING
        features[rows[known], place * len(CLASSES) + found[known]] = 1
    column = _AROUND * len(CLASSES)

    breaks = np.concatenate(([0], np.cumsum(codes == 0x0A)))
    in_gap = breaks[ahead] - breaks[np.minimum(last + 1, len(codes))]
    line_start = _last_before(codes == 0x0A, len(codes))
    features[:, column] = ahead == last + 1
    features[:, column + 1] = in_gap == 1
    features[:, column + 2] = in_gap > 1
    features[:, column + 3] = (in_gap > 0) & (ahead > line_start[np.minimum(ahead, len(codes))])
    features[:, column + 4] = ahead >= len(text)
    column += len(_GAP)

    word_start = _last_before(space, len(codes))[np.minimum(last, len(codes))]
    length = last + 1 - word_start
    stops = np.concatenate(([0], np.cumsum(codes == 0x2E)))
    features[:, column] = (in_gap > 0) & (last + 1 - line_start[np.minimum(last, len(codes))] < 45)
    features[:, column + 1] = length <= 2
    features[:, column + 2] = length <= 4
    features[:, column + 3] = stops[np.maximum(last, word_start)] > stops[word_start]
    column += len(_WORD)

    # pairs that a linear layer could not see: a stop, or a line break, before a capital or after one
    stop = around[0] == 4
    capital_ahead, capital_behind = around[2] == 0, around[1] == 0
    features[:, column] = stop & capital_ahead
    features[:, column + 1] = stop & capital_behind
    features[:, column + 2] = (in_gap > 0) & stop
    features[:, column + 3] = (in_gap > 0) & capital_ahead
    return features


def _last_before(marks: NDArray[np.bool_], length: int) -> NDArray[np.int64]:
    """For each place 0..length: the offset after the last mark before it; 0 when there is none."""
    after = np.zeros(length + 1, np.int64)
    after[1:] = np.where(marks, np.arange(1, length + 1), 0)
    found: NDArray[np.int64] = np.maximum.accumulate(after)
    return found


@cache
def _classes() -> NDArray[np.int64]:
    table = np.full(0x10000, CLASSES.index("other"), np.int64)
    for code in range(0xFFFF):
        character = chr(code)
        category = unicodedata.category(character)
        table[code] = _SPECIAL.get(character, _CATEGORY.get(category, len(CLASSES) - 1))
    return table
