"""The lines of pages and what their objects tell, as the router sees them: all lines of a document at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from models.page_router.text import BEFORE, FIGURE, LINE_END, LOWER, Characters

Array = NDArray[Any]

NAMES: Final = (
    "line_length",
    "left_spread",
    "line_width",
    "density",
    "line_length_spread",
    "line_width_spread",
    "density_spread",
    "jump_up_share",
    "same_height_share",
    "overlap_share",
    "narrow_share",
    "row_share",
    "figure_line_share",
    "cover",
    "log_lines",
)

_BYTES = 20  # of the numbers of a line
_SAME_HEIGHT = 2.0  # points: lower ends of lines in one row differ by less
_ROW = 3  # lines beside each other that are a table's row rather than two columns
_DENSEST = 10.0
_HEIGHTS = 4096  # of them on a page, and none is higher


class Lined(Protocol):
    """A page of which the first rung told where its lines are: see ``models.page_router.features.PageText``."""

    @property
    def width(self) -> float: ...
    @property
    def height(self) -> float: ...
    @property
    def numbers(self) -> bytes: ...


def of_lines(pages: Sequence[Lined], held: Characters) -> Array:
    """Return NAMES x pages, float64; NaN where a page has nothing to divide by."""
    counts = np.array([len(page.numbers) // _BYTES for page in pages])
    total = int(counts.sum())
    if not total:
        return np.zeros((len(NAMES), len(pages)))
    numbers = [np.frombuffer(page.numbers, np.float32).reshape(5, -1) for page in pages]
    x0, y0, x1, y1, size = np.concatenate(numbers, axis=1, dtype=np.float64)
    page = np.repeat(np.arange(len(pages)), counts)
    sizes = np.array([(page.width, page.width * page.height) for page in pages])
    page_width = sizes[:, 0].take(page)
    lengths, figures = _in_lines(held, counts)
    width, height = np.maximum(x1 - x0, 0.1), np.maximum(y1 - y0, 0.1)
    size = np.maximum(size, 0.1)

    each = np.empty((14, total))
    of_length, left, wide, density = each[:4]
    np.divide(lengths, 100, out=of_length)
    np.divide(x0, page_width, out=left)
    np.divide(width, page_width, out=wide)
    np.minimum(lengths * size / width, _DENSEST, out=density)
    np.multiply(each[:4], each[:4], out=each[4:8])
    jump, level, beside, narrow, rows, cover = each[8:]
    down = y0[1:] - y0[:-1]
    follows = page[1:] == page[:-1]
    far = np.abs(down)
    over = np.minimum(x1[1:], x1[:-1]) - np.maximum(x0[1:], x0[:-1])
    jump[1:] = follows & (down < -size[1:])
    level[1:] = follows & (far < 0.3 * size[1:])
    beside[1:] = follows & (over > 0.3 * width[1:]) & (far < 0.5 * height[1:])
    each[8:11, 0] = 0
    np.less(width, 0.12 * page_width, out=narrow, casting="unsafe")
    heights = (page * _HEIGHTS + (y1 / _SAME_HEIGHT).clip(0, _HEIGHTS - 1)).astype(np.intp)
    np.greater_equal(np.bincount(heights).take(heights), _ROW, out=rows, casting="unsafe")
    np.multiply(width, height, out=cover)

    present = np.flatnonzero(counts)
    starts = (np.cumsum(counts) - counts)[present]
    sums = np.zeros((len(each), len(pages)))
    sums[:, present] = np.add.reduceat(each, starts, axis=1)
    of_figures = np.zeros(len(pages))
    of_figures[present] = np.add.reduceat(figures, starts, dtype=np.float64)
    means = sums[:13] / counts
    spread = np.sqrt(np.maximum(means[4:8] - means[:4] ** 2, 0.0))
    return np.concatenate(
        (
            means[:1],
            spread[1:2],
            means[2:4],
            spread[:1],
            spread[2:4],
            means[8:13],
            of_figures[None] / counts,
            sums[13:] / sizes[:, 1],
            np.log1p(counts)[None],
        )
    )


def _in_lines(held: Characters, counts: Array) -> tuple[Array, Array]:
    """The characters of each line, and whether it has more digits than letters."""
    kinds = held.kinds
    ends = np.flatnonzero(kinds == LINE_END)
    # Each page is followed by two line feeds, and only the first of them ends a line of its, if it has any.
    after = np.searchsorted(ends, held.ends)
    whole = np.ones(len(ends), bool)
    whole[:BEFORE] = False
    whole[after + 1] = False
    whole[after[counts == 0]] = False
    # +1 for a digit, -1 for a letter: sums up to each line's end
    lead = np.cumsum((kinds == FIGURE).view(np.int8) - (kinds >= LOWER).view(np.int8), dtype=np.int32)
    leads = np.diff(lead.take(ends), prepend=0)
    lengths = np.diff(ends, prepend=-1) - 1.0
    return lengths[whole], leads[whole] > 0
