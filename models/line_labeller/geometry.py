"""Features of where a line stands: on its page, in its document's text block, among the lines around it.

Lengths are told in the document's own terms (its body size, its leading, its text block), so that a document
set larger, narrower or lower on the page gives the same numbers. Everything that is summed is a whole number
or summed within one line's own few neighbours: no value depends on which documents are looked at together.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.line_labeller.rows import Rows

Array = NDArray[Any]

_REACH = 12  # lines of the page, by height, that are looked at above and below a line
_FAR = 30.0  # em; also what stands for "none"
_NEAR_EDGE = 6  # lines within which the white space towards the middle of the page is looked for
_ALIGNED = 10  # quarters of a point
_SHIFT = 1 << 24

NAMES: Final = (
    "page_x0",
    "page_x1",
    "page_y",
    "page_width_share",
    "off_centre",
    "below_edge",
    "above_edge",
    "doc_left",
    "doc_right",
    "doc_width",
    "doc_top",
    "doc_bottom",
    "doc_centre",
    "own_left",
    "own_right",
    "own_inside",
    "own_top",
    "own_bottom",
    "rank_top",
    "rank_bottom",
    "height_rank",
    "order_first",
    "order_last",
    "order_against_height",
    "size",
    "size_on_page",
    "larger_share",
    "smaller_share",
    "same_size_share",
    "bold",
    "italic",
    "bold_rare",
    "bold_share",
    "gap_above",
    "gap_below",
    "gap_ratio",
    "left_above",
    "left_below",
    "right_above",
    "right_below",
    "size_above",
    "size_below",
    "bold_above",
    "bold_below",
    "mates_left",
    "mates_right",
    "mate_gap_left",
    "mate_gap_right",
    "white_above",
    "white_below",
    "white_towards_middle_below",
    "white_towards_middle_above",
    "same_left_share",
    "same_right_share",
    "same_centre_share",
    "same_left_doc_share",
    "log_page_lines",
    "log_pages",
    "first_page",
    "last_page",
    "wide_page",
    "em",
)


class Around(NamedTuple):
    """What other features need of it.

    Attributes:
        above, below: int64[n], number of the nearest line over and under each line, itself where none is.
        left, right: int64[n], the same for the lines beside it.
        rank_top, rank_bottom: int64[n], lines of the page that stand higher, and lower.
        em: float64[n], the body size of the line's document in points.
    """

    above: Array
    below: Array
    left: Array
    right: Array
    rank_top: Array
    rank_bottom: Array
    em: Array


def geometry(rows: Rows, letters: Array) -> tuple[dict[str, Array], Around]:
    """Return the columns of ``NAMES`` and what was found around each line.

    Args:
        rows: the lines.
        letters: int64[n], characters of each line.
    """
    doc, page = rows.doc, rows.page
    docs, pages = int(doc[-1]) + 1, int(page[-1]) + 1
    weight = letters + 1
    em = quantile(rows.size, doc, weight, 1, 2, docs)[doc]
    centre_x, centre_y = (rows.x0 + rows.x1) / 2, (rows.y0 + rows.y1) / 2
    width, height = rows.width, rows.height
    left, right = (
        quantile(rows.x0, doc, weight, 1, 8, docs)[doc],
        quantile(rows.x1, doc, weight, 7, 8, docs)[doc],
    )
    top, bottom = (
        quantile(centre_y, doc, weight, 1, 20, docs)[doc],
        quantile(centre_y, doc, weight, 19, 20, docs)[doc],
    )
    own_left = quantile(rows.x0, page, weight, 1, 5, pages)[page]
    own_right = quantile(rows.x1, page, weight, 4, 5, pages)[page]
    own_top = quantile(centre_y, page, weight, 1, 20, pages)[page]
    own_bottom = quantile(centre_y, page, weight, 19, 20, pages)[page]
    block = np.maximum(right - left, em * 4)
    line_width = np.maximum(rows.x1 - rows.x0, 0.1)
    inside = np.minimum(rows.x1, own_right) - np.maximum(rows.x0, own_left)
    page_lines = np.bincount(page)
    on_page = page_lines[page]
    starts = np.cumsum(page_lines) - page_lines
    order = np.arange(len(page)) - starts[page]

    near = _near(rows, em, centre_x, centre_y)
    size = rows.size / em
    largest = np.maximum.reduceat(rows.size, starts)[page]
    larger, smaller, same = _size_shares(rows, weight, docs)
    bold_doc = np.bincount(doc, rows.bold * weight, docs) / np.maximum(np.bincount(doc, weight, docs), 1)

    def ems(lengths: Array) -> Array:
        return np.clip(lengths / em, -_FAR, _FAR)

    same_left = _aligned(rows.x0, page)
    columns: dict[str, Array] = {
        "page_x0": rows.x0 / width,
        "page_x1": rows.x1 / width,
        "page_y": centre_y / height,
        "page_width_share": line_width / width,
        "off_centre": np.abs(centre_x / width - 0.5),
        "below_edge": ems(centre_y),
        "above_edge": ems(height - centre_y),
        "doc_left": np.clip((rows.x0 - left) / block, -3, 3),
        "doc_right": np.clip((rows.x1 - right) / block, -3, 3),
        "doc_width": np.clip(line_width / block, 0, 3),
        "doc_top": ems(centre_y - top),
        "doc_bottom": ems(bottom - centre_y),
        "doc_centre": np.clip(np.abs(centre_x - (left + right) / 2) / block, 0, 2),
        "own_left": ems(rows.x0 - own_left),
        "own_right": ems(rows.x1 - own_right),
        "own_inside": np.clip(inside / line_width, -1, 1),
        "own_top": ems(centre_y - own_top),
        "own_bottom": ems(own_bottom - centre_y),
        "rank_top": np.minimum(near.rank_top, 20),
        "rank_bottom": np.minimum(near.rank_bottom, 20),
        "height_rank": near.rank_top / np.maximum(on_page - 1, 1),
        "order_first": np.minimum(order, 20),
        "order_last": np.minimum(on_page - 1 - order, 20),
        "order_against_height": np.clip((order - near.rank_top) / np.maximum(on_page - 1, 1), -1, 1),
        "size": np.clip(size, 0, 5),
        "size_on_page": rows.size / largest,
        "larger_share": larger,
        "smaller_share": smaller,
        "same_size_share": same,
        "bold": rows.bold,
        "italic": rows.italic,
        "bold_rare": rows.bold * (1 - bold_doc[doc]),
        "bold_share": bold_doc[doc],
        "same_left_share": same_left / on_page,
        "same_right_share": _aligned(rows.x1, page) / on_page,
        "same_centre_share": _aligned(centre_x, page) / on_page,
        "same_left_doc_share": _aligned(rows.x0, doc) / np.bincount(doc)[doc],
        "log_page_lines": np.log1p(on_page),
        "log_pages": np.log1p(np.minimum(rows.page_count, 50)),
        "first_page": rows.page_number[page] == 0,
        "last_page": rows.page_number[page] == rows.page_count - 1,
        "wide_page": width > height,
        "em": np.clip(em, 0, 40) / 10,
    }
    return columns | near.columns, Around(
        near.above, near.below, near.left, near.right, near.rank_top, near.rank_bottom, em
    )


def quantile(values: Array, group: Array, weight: Array, part: int, of: int, groups: int) -> Array:
    """Return of each group the value below which ``part``/``of`` of the weight lies.

    Args:
        values: float64[n].
        group: int64[n], from 0 to groups - 1, each with a line.
        weight: int64[n], above 0: whole numbers, so that the sums do not depend on their order.
    """
    order = np.lexsort((values, group))
    summed = np.cumsum(weight[order])
    total = np.bincount(group, weight, groups).astype(np.int64)
    before = np.cumsum(total) - total
    found: Array = values[order[np.searchsorted(summed, before + (total * part) // of, "right")]]
    return found


def _aligned(edges: Array, group: Array) -> Array:
    """Return how many other lines of the group have this edge within a few points."""
    keys = group * _SHIFT + np.rint(edges * 4).astype(np.int64) + (_SHIFT >> 1)
    ordered = np.sort(keys)
    found: Array = (
        np.searchsorted(ordered, keys + _ALIGNED, "right")
        - np.searchsorted(ordered, keys - _ALIGNED, "left")
        - 1
    )
    return found


def _size_shares(rows: Rows, weight: Array, docs: int) -> tuple[Array, Array, Array]:
    """Which share of the document's characters is set larger, smaller, and alike."""
    keys = rows.doc * _SHIFT + np.rint(rows.size * 8).astype(np.int64)
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    summed = np.concatenate(([0], np.cumsum(weight[order])))
    total = np.bincount(rows.doc, weight, docs).astype(np.int64)
    end = np.cumsum(total)
    tolerance = np.maximum(np.rint(rows.size * 8 * 0.03).astype(np.int64), 1)
    low = summed[np.searchsorted(ordered, keys - tolerance, "left")] - (end - total)[rows.doc]
    high = end[rows.doc] - summed[np.searchsorted(ordered, keys + tolerance, "right")]
    of = total[rows.doc]
    return high / of, low / of, (of - high - low) / of


class _Near(NamedTuple):
    columns: dict[str, Array]
    above: Array
    below: Array
    left: Array
    right: Array
    rank_top: Array
    rank_bottom: Array


def _near(rows: Rows, em: Array, centre_x: Array, centre_y: Array) -> _Near:
    count = len(rows.page)
    order = np.lexsort((rows.x0, centre_y, rows.page))
    page, x0, x1, y = rows.page[order], rows.x0[order], rows.x1[order], centre_y[order]
    size, unit = rows.size[order], em[order]
    rank = np.arange(count)
    lines = np.bincount(page)
    begins = (np.cumsum(lines) - lines)[page]
    places = rank.copy()
    above, below = rank.copy(), rank.copy()
    mates = np.zeros((2, count), np.int64)
    mate_gap = np.full((2, count), _FAR)
    mate = np.stack((places, places))
    for step in range(1, min(_REACH, count - 1) + 1):
        low, high = slice(step, None), slice(None, -step)  # the lower one of each pair, and the higher one
        together = page[low] == page[high]
        down = y[low] - y[high]
        beside = together & (down < 0.45 * np.minimum(size[low], size[high]))
        over = together & ~beside & (np.minimum(x1[low], x1[high]) > np.maximum(x0[low], x0[high]))
        take = over & (above[low] == places[low])
        above[low] = np.where(take, places[high], above[low])
        take = over & (below[high] == places[high])
        below[high] = np.where(take, places[low], below[high])
        right = beside & (x0[low] >= x1[high] - 1)  # the lower one stands to the right
        left = beside & (x0[high] >= x1[low] - 1)
        apart = np.where(right, x0[low] - x1[high], x0[high] - x1[low]) / unit[low]
        apart = np.where(right | left, np.clip(apart, 0, _FAR), _FAR)
        for one, other, sides in ((low, high, (right, left)), (high, low, (left, right))):
            for side, beside_it in enumerate(sides):  # it has a mate on its left, on its right
                mates[side][one] += beside_it
                nearer = beside_it & (apart < mate_gap[side][one])
                mate_gap[side][one] = np.where(nearer, apart, mate_gap[side][one])
                mate[side][one] = np.where(nearer, places[other], mate[side][one])
    none_above, none_below = above == places, below == places
    gap_above = np.where(none_above, _FAR, np.clip((y - y[above]) / unit, 0, _FAR))
    gap_below = np.where(none_below, _FAR, np.clip((y[below] - y) / unit, 0, _FAR))
    bold = rows.bold[order]
    step_down = np.zeros(count)
    step_down[1:] = np.where(page[1:] == page[:-1], np.clip((y[1:] - y[:-1]) / unit[1:], 0, _FAR), 0.0)
    step_up = np.concatenate((step_down[1:], [0.0]))
    widest_below, widest_above = step_up.copy(), step_down.copy()
    for step in range(1, min(_NEAR_EDGE, count - 1) + 1):
        together = page[step:] == page[:-step]
        widest_below[:-step] = np.maximum(widest_below[:-step], np.where(together, step_up[step:], 0.0))
        widest_above[step:] = np.maximum(widest_above[step:], np.where(together, step_down[:-step], 0.0))
    found = {
        "gap_above": gap_above,
        "gap_below": gap_below,
        "gap_ratio": np.clip(np.log((gap_above + 0.1) / (gap_below + 0.1)), -5, 5),
        "left_above": np.clip((x0 - x0[above]) / unit, -_FAR, _FAR),
        "left_below": np.clip((x0 - x0[below]) / unit, -_FAR, _FAR),
        "right_above": np.clip((x1 - x1[above]) / unit, -_FAR, _FAR),
        "right_below": np.clip((x1 - x1[below]) / unit, -_FAR, _FAR),
        "size_above": np.clip(size / size[above], 0.2, 5),
        "size_below": np.clip(size / size[below], 0.2, 5),
        "bold_above": bold[above],
        "bold_below": bold[below],
        "mates_left": np.minimum(mates[0], 8),
        "mates_right": np.minimum(mates[1], 8),
        "mate_gap_left": mate_gap[0],
        "mate_gap_right": mate_gap[1],
        "white_above": step_down,
        "white_below": step_up,
        "white_towards_middle_below": widest_below,
        "white_towards_middle_above": widest_above,
    }
    back = np.empty(count, np.int64)
    back[order] = rank
    return _Near(
        {name: column[back] for name, column in found.items()},
        order[above][back],
        order[below][back],
        order[mate[0]][back],
        order[mate[1]][back],
        (rank - begins)[back],
        (begins + lines[page] - 1 - rank)[back],
    )
