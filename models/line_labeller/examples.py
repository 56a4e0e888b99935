"""Reads labelled documents: ``NAME.json`` beside ``NAME.pdf``.

    {"version": 1, "regions": [{"page": 1, "bbox": [x0, y0, x1, y1], "label": "body"}, ...]}

Pages count from 1; boxes are in PDF points, origin top left, y downwards. A line takes the label of the smallest
region that holds its centre; a line in none has no label and is left out of training and scoring. One region may
hold a line or half a page.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from models.line_labeller.labels import LABELS, NUMBER_OF
from models.line_labeller.lines import DocumentLines

VERSION: Final = 1
_LARGEST = 1 << 26  # bytes
_MOST = 1 << 20  # regions


class ExamplesError(Exception):
    """Labelled documents cannot be used. One line that says how to mend it, without any text of theirs."""


class Region(NamedTuple):
    """A labelled part of a page: its number from 1, x0, y0, x1, y1 in points, one of ``LABELS``."""

    page: int
    box: tuple[float, float, float, float]
    label: str


def read_regions(path: Path) -> list[Region]:
    """Read the regions of a labelled document.

    Raises:
        ExamplesError: the file cannot be read, or is none; the message names the first region that is wrong.
    """
    try:
        with path.open("rb") as opened:
            raw = opened.read(_LARGEST + 1)
    except OSError as error:
        raise ExamplesError(f"{path}: cannot be read: {error.strerror or type(error).__name__}") from None
    if len(raw) > _LARGEST:
        raise ExamplesError(f"{path}: is too large to be the labels of a document")
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError):
        raise ExamplesError(f"{path}: is not JSON") from None
    if not isinstance(data, dict) or not isinstance(data.get("regions"), list):
        raise ExamplesError(f'{path}: must hold {{"version": {VERSION}, "regions": [...]}}')
    if data.get("version") != VERSION:
        raise ExamplesError(f'{path}: "version" must be {VERSION}')
    if len(data["regions"]) > _MOST:
        raise ExamplesError(f"{path}: has more than {_MOST} regions")
    return [_region(path, number, one) for number, one in enumerate(data["regions"], 1)]


def labels_of(lines: DocumentLines, regions: Sequence[Region]) -> list[str | None]:
    """Return the label of each line, None for a line whose centre is in no region.

    Of regions of the same size the first one counts.
    """
    found: list[str | None] = [None] * len(lines)
    if not len(lines) or not regions:
        return found
    centre = (lines.box[:, :2].astype(np.float64) + lines.box[:, 2:]) / 2
    pages = np.array([one.page - 1 for one in regions])
    boxes = np.array([one.box for one in regions], np.float64)
    area = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    taken = np.full(len(lines), -1)
    # the largest first, so that the smallest has the last word; of equal ones the first
    for number in np.lexsort((-np.arange(len(regions)), -area)).tolist():
        first, last = np.searchsorted(lines.page, (pages[number], pages[number] + 1))
        x, y = centre[first:last].T
        x0, y0, x1, y1 = boxes[number]
        taken[first:last][(x >= x0) & (x <= x1) & (y >= y0) & (y <= y1)] = number
    for row in np.flatnonzero(taken >= 0).tolist():
        found[row] = regions[taken[row]].label
    return found


def _region(path: Path, number: int, one: Any) -> Region:
    if not isinstance(one, dict):
        raise ExamplesError(f'{path}: region {number} must be {{"page": ..., "bbox": [...], "label": ...}}')
    page, box, label = one.get("page"), one.get("bbox"), one.get("label")
    if isinstance(page, bool) or not isinstance(page, int) or not 1 <= page <= 1 << 24:
        raise ExamplesError(f"{path}: region {number}: page must be a whole number from 1")
    if not isinstance(box, list) or len(box) != 4 or not all(_is_number(side) for side in box):
        raise ExamplesError(f"{path}: region {number}: bbox must be four numbers: x0, y0, x1, y1 in points")
    x0, y0, x1, y1 = map(float, box)
    if x1 < x0 or y1 < y0:
        raise ExamplesError(
            f"{path}: region {number}: bbox must be x0, y0, x1, y1 with x0 <= x1 and y0 <= y1"
        )
    if not isinstance(label, str) or label not in NUMBER_OF:
        raise ExamplesError(f"{path}: region {number}: label must be one of {', '.join(LABELS)}")
    return Region(page, (x0, y0, x1, y1), label)


def _is_number(value: Any) -> bool:
    return (
        not isinstance(value, bool)
        and isinstance(value, int | float)
        and abs(value) < 1e9
        and math.isfinite(value)
    )
