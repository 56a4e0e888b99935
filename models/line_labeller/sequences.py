"""Cuts the lines of a document into the sequences that the network reads: a page, and a little of those beside it."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.line_labeller.lines import DocumentLines

Array = NDArray[Any]

PLACES: Final = 6  # of a line: left edge, right edge, middle, size, page, order
LONGEST: Final = 160  # lines of a page in one sequence; a longer page is divided
BESIDE: Final = 4  # lines before and after it


class Sequences(NamedTuple):
    """Attributes:
    rows: int64[s, l], number of each line in its document; 0 where there is none.
    there: float32[s, l], 1 where there is a line.
    back: int64[n], where in the flattened sequences each line of the document is asked about.
    """

    rows: Array
    there: Array
    back: Array


def sequences(page: NDArray[np.int32]) -> Sequences:
    """Cut a document whose lines have these ascending page numbers."""
    count = len(page)
    bounds_of_pages = [*np.flatnonzero(np.diff(page, prepend=-1)).tolist(), count]
    parts: list[tuple[int, int]] = []
    for begin, end in pairwise(bounds_of_pages):
        pieces = -(-(end - begin) // LONGEST)
        bounds = [begin + (end - begin) * piece // pieces for piece in range(pieces + 1)]
        parts += pairwise(bounds)
    first = np.array([max(begin - BESIDE, 0) for begin, _ in parts], np.int64)
    last = np.array([min(end + BESIDE, count) for _, end in parts], np.int64)
    rows = first[:, np.newaxis] + np.arange(int((last - first).max(initial=0)))
    there = rows < last[:, np.newaxis]
    own = (rows >= np.array([one for one, _ in parts], np.int64)[:, np.newaxis]) & (
        rows < np.array([one for _, one in parts], np.int64)[:, np.newaxis]
    )
    return Sequences(np.where(there, rows, 0), there.astype(np.float32), np.flatnonzero(own))


def places(document: DocumentLines, em: Array) -> NDArray[np.float32]:
    """Return float32[n, PLACES] of a document: in tens of em, times the size, hundreds of lines.

    Args:
        document: the lines.
        em: its body size in points, one for each line.
    """
    box = np.nan_to_num(document.box.astype(np.float64), nan=0.0, posinf=1e5, neginf=-1e5).clip(-1e5, 1e5)
    found = np.stack(
        (
            box[:, 0] / em / 10,
            box[:, 2] / em / 10,
            (box[:, 1] + box[:, 3]) / 2 / em / 10,
            np.nan_to_num(document.font_size.astype(np.float64), nan=0.0).clip(0, 100) / em * 2,
            document.page.astype(np.float64),
            np.arange(len(document)) / 20.0,
        ),
        axis=1,
    )
    return found.astype(np.float32)
