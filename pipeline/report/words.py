"""Counting the words of many texts at once."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow.compute as pc

from pipeline.report.arrays import floats


def words_per_text(texts: Any) -> Any:
    """Words (runs of what is not ASCII white space, as in the totals of a run) of each text of a string
    array, as a numpy array of floats; NaN for null."""
    trimmed: Any = pc.ascii_trim_whitespace(texts)
    counts = floats(pc.list_value_length(pc.ascii_split_whitespace(trimmed)))
    # an empty text splits into one empty word
    return np.where(floats(pc.binary_length(trimmed)) == 0, 0.0, counts)
