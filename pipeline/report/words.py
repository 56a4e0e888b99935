"""Counting the words of many texts at once."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from pipeline.report.arrays import floats
from pipeline.totals import words_of_each


def words_per_text(texts: Any) -> Any:
    """Words (as in the totals of a run) of each text of an array of any string type, as a numpy array of
    floats; NaN for null."""
    if pa.types.is_string_view(texts.type):
        texts = texts.cast(pa.large_string())
    counts = words_of_each(texts).astype(np.float64)
    if texts.null_count:
        counts[floats(texts.is_valid()) == 0] = np.nan
    return counts
