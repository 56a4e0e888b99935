"""Arrow arrays as numpy arrays, without pandas.

pyarrow's own conversions to numpy import pandas where it is installed, a quarter of a second that a report
of a small corpus would feel.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa


def floats(array: Any) -> Any:
    """Numbers or flags as float64; NaN for null."""
    numbers = array.cast(pa.float64(), safe=False)
    data = numbers.buffers()[1] if len(numbers) else None
    if data is None:
        return np.full(len(numbers), np.nan)
    values = np.frombuffer(data, np.float64)[numbers.offset : numbers.offset + len(numbers)]
    if not numbers.null_count:
        return values
    valid = numbers.is_valid().cast(pa.uint8())
    mask = np.frombuffer(valid.buffers()[1], np.uint8)[valid.offset : valid.offset + len(valid)]
    return np.where(mask, values, np.nan)
