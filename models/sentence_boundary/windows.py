"""Cuts tokens into windows and packs windows into batches.

Windows of a text depend on the text alone, and every row of a batch is computed as if it were alone (see
``BoundaryModel.batch``), so the result does not depend on which texts come together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from models.sentence_boundary.interface import Blocks, Halo, Windowing

Weighting = Literal["uniform", "hat"]

_QUANTUM = 64  # rows of one batch differ in length by less than so many tokens


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens ``start`` to ``stop`` of a text; of their logits those from ``first`` to ``last`` are used."""

    text: int
    start: int
    stop: int
    first: int
    last: int

    def __len__(self) -> int:
        return self.stop - self.start


def cut(text: int, tokens: int, windowing: Windowing, stride: int | None = None) -> list[Window]:
    """Cut one text into windows.

    Args:
        text: its number.
        tokens: how many it has.
        windowing: of the model.
        stride: overrides the stride of ``Blocks``: 1 to the size of a block.
    """
    if tokens == 0:
        return []
    if isinstance(windowing, Halo):
        return _cut_with_halo(text, tokens, windowing)
    return _cut_overlapping(text, tokens, windowing, stride)


def _cut_with_halo(text: int, tokens: int, halo: Halo) -> list[Window]:
    windows = []
    step = halo.window - halo.left - halo.right
    if step < 1:
        raise ValueError("the window is no larger than its halo")
    if tokens <= halo.window:
        return [Window(text, 0, tokens, 0, tokens)]
    for first in range(0, tokens, step):
        last = min(first + step, tokens)
        start, stop = max(first - halo.left, 0), min(last + halo.right, tokens)
        windows.append(Window(text, start, stop, first, last))
    return windows


def _cut_overlapping(text: int, tokens: int, blocks: Blocks, stride: int | None) -> list[Window]:
    # The last block is moved left to be a full one, as in wtpsplit: a model is at its best in full blocks.
    windows = []
    step = min(stride or blocks.stride, blocks.size)
    for start in range(0, tokens, step):
        stop = start + blocks.size
        if stop >= tokens:
            start, stop = max(tokens - blocks.size, 0), tokens
            windows.append(Window(text, start, stop, start, stop))
            break
        windows.append(Window(text, start, stop, start, stop))
    return windows


def pack(windows: Sequence[Window], rows: int) -> Iterator[list[Window]]:
    """Put windows of one width (see ``width_of``) into batches of at most so many rows, longest first."""
    if rows == 1:
        yield from ([window] for window in windows)
        return
    by_width: dict[int, list[Window]] = {}
    for window in windows:
        by_width.setdefault(width_of(len(window)), []).append(window)
    for width in sorted(by_width, reverse=True):
        alike = by_width[width]
        for start in range(0, len(alike), rows):
            yield alike[start : start + rows]


def width_of(tokens: int) -> int:
    """Return the width that a row of so many tokens is filled up to, in a batch of several rows.

    The model's largest window bounds it, too (``most_tokens``).
    """
    return -(-tokens // _QUANTUM) * _QUANTUM


def most_tokens(windowing: Windowing) -> int:
    """Return the tokens of the largest window."""
    return windowing.window if isinstance(windowing, Halo) else windowing.size


def weights(size: int, weighting: Weighting) -> NDArray[np.float32]:
    """Return the weight of each token of a block, float32[size].

    ``uniform``: all equal. ``hat``: falls linearly from the middle to the ends, where a model sees context on
    one side only.
    """
    if weighting == "uniform":
        return np.ones(size, np.float32)
    places = (np.arange(size) * 2 + 1) / size - 1  # the middles of the tokens on a line from -1 to 1
    found: NDArray[np.float32] = (1 - np.abs(places)).astype(np.float32)
    return found
