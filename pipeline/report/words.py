"""Counting the words of many texts at once."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow.compute as pc


def words_per_text(texts: Any) -> Any:
    """Words (runs of what is not ASCII white space, as in the totals of a run) of each text of a string
    array, as a numpy array of floats; NaN for null."""
    trimmed = pc.ascii_trim_whitespace(texts)
    counts = pc.list_value_length(pc.ascii_split_whitespace(trimmed))
    counts = pc.if_else(pc.equal(pc.binary_length(trimmed), 0), 0, counts)
    return counts.cast("float64").to_numpy(zero_copy_only=False).astype(np.float64)
