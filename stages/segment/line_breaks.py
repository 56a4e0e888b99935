"""Where line breaks end sentences or paragraphs."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from models.sentence_boundary.condition import code_points
from models.sentence_boundary.prediction import is_space

# how many line breaks a character counts for; form feed and paragraph separator part paragraphs
_BREAKS = {"\n": 1, "\x0b": 1, "\x85": 1, "\u2028": 1, "\x0c": 2, "\u2029": 2}
_BLANK_LINE = 2


def breaks(text: str, which: Literal["every", "blank_line"]) -> NDArray[np.int64]:
    """Return where the text goes on after a line break that counts, int64[k], ascending.

    ``blank_line`` counts white space with two line breaks or more in it. All white space around a break lies
    before its place. The text's beginning and end are no places.
    """
    if not any(character in text for character in _BREAKS):
        return np.zeros(0, np.int64)
    codes = code_points(text)
    space = is_space(codes)
    solid = np.flatnonzero(~space)
    if len(solid) < 2:
        return np.zeros(0, np.int64)
    weight = np.zeros(len(codes), np.int64)
    for character, count in _BREAKS.items():
        weight[codes == ord(character)] = count
    seen = np.cumsum(weight)[solid]
    found: NDArray[np.int64] = solid[1:][np.diff(seen) >= (1 if which == "every" else _BLANK_LINE)]
    return found
