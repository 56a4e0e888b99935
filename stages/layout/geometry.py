"""Where lines stand: how much room is left behind a line, and how two lines stand to each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stages.layout.stack import Floats, Ints, Stack

Bools = NDArray[np.bool_]

_NEIGHBOURS = 6  # in the order of height: what stands beside a line is among so many before and after it
_BESIDE = 0.3  # of the lower one's height: two boxes that overlap so much stand side by side
_TOUCH = 1.0  # points: boxes of letters that stand beside each other may overlap by this
_FEW = 8  # of so few lines the longest one is the measure
_GUTTER = 0.5  # font sizes that text keeps away from what stands to its right


@dataclass(frozen=True, slots=True)
class Places:
    """Where lines stand. One entry per line, in points.

    Attributes:
        known: whether it has a place at all; a program as parser knows none.
        em: font size, or the height of the box where that is not known.
        x0, y0, x1, y1: the box.
        right: the right edge of the line's column: no line of it goes on beyond.
        neighbour: int64[n]: the nearest line that stands to the right at the same height; -1 without one.
    """

    known: Bools
    em: Floats
    x0: Floats
    y0: Floats
    x1: Floats
    y1: Floats
    right: Floats
    neighbour: Ints

    def height(self, which: Ints) -> Floats:
        """Heights of boxes."""
        return self.y1[which] - self.y0[which]


def places(stack: Stack, body: Bools) -> Places:
    """Measure the lines of a batch.

    Args:
        body: bool[n]: lines of running text, by which columns are measured.
    """
    x0, y0, x1, y1 = np.ascontiguousarray(stack.box.T)
    known = (x1 > x0) | (y1 > y0)
    em = np.where(stack.font_size > 0, stack.font_size, np.maximum(y1 - y0, 1.0)).astype(np.float32)
    edge = _edges(stack, body & known, known, x1)
    neighbour = _neighbours(stack, x0, y0, x1, y1)
    beside = (
        np.where(neighbour >= 0, x0[neighbour] - np.float32(_GUTTER) * em, np.inf) if len(stack) else edge
    )
    return Places(known, em, x0, y0, x1, y1, np.minimum(edge, beside).astype(np.float32), neighbour)


def _edges(stack: Stack, body: Bools, known: Bools, x1: Floats) -> Floats:
    """The right edge of the text on pages of a document that are equally wide: where three in a hundred lines of
    running text end further right, or one, so that what sticks out does not count."""
    width = stack.page_size[stack.page, 0] if len(stack) else np.zeros(0, np.float32)
    group = stack.document * 1_000_000 + np.rint(np.clip(width, 0, 99_999) * 10).astype(np.int64)
    _, group = np.unique(group, return_inverse=True)
    has_body = np.bincount(group, weights=body) > 0
    counted = np.flatnonzero(np.where(has_body[group], body, known)) if len(stack) else np.zeros(0, np.int64)
    edge = np.zeros(len(has_body), np.float32)
    if len(counted):
        order = counted[np.lexsort((-x1[counted], group[counted]))]
        groups, begin, count = np.unique(group[order], return_index=True, return_counts=True)
        rank = np.where(count < _FEW, 0, np.maximum(1, (3 * count) // 100))
        edge[groups] = x1[order[begin + rank]]
    return edge[group]


def _neighbours(stack: Stack, x0: Floats, y0: Floats, x1: Floats, y1: Floats) -> Ints:
    """The nearest line to the right of each line, at its height; -1 without one."""
    count = len(stack)
    order = np.lexsort((y0 + y1, stack.page))
    page, left, top, right, bottom = (values[order] for values in (stack.page, x0, y0, x1, y1))
    begins = np.full(count, np.inf, np.float32)
    found = np.full(count, -1, np.int64)
    for step in range(1, min(_NEIGHBOURS, count - 1) + 1):
        one, other = slice(None, -step), slice(step, None)
        overlap = np.minimum(bottom[one], bottom[other]) - np.maximum(top[one], top[other])
        lower = np.minimum(bottom[one] - top[one], bottom[other] - top[other])
        level = (page[one] == page[other]) & (overlap > _BESIDE * lower)
        for mine, its in ((one, other), (other, one)):
            behind = (left[its] >= right[mine] - _TOUCH) & (left[its] > left[mine])
            nearer = level & behind & (left[its] < begins[mine])
            begins[mine] = np.where(nearer, left[its], begins[mine])
            found[mine] = np.where(nearer, order[its], found[mine])
    result = np.empty(count, np.int64)
    result[order] = found
    return result
