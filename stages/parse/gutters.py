"""Where rows of text are cut, because two columns were written line by line across the page.

To pdfium such rows are lines with a hole. So are the rows of tables, but their cells are short, and rows of
a table must stay rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

_ROWS = 3  # this many lines must have a gap at the same place, or begin right behind it
_TEXT = 5.0  # font sizes, about a dozen letters: columns of text are wider, most cells of a table are not
_ALIGNED = 3.0  # points: edges that are nearer belong to one column


class Gap(NamedTuple):
    """A hole in a row: where it begins and ends along the text, in points, and how wide the text on its two
    sides is, in font sizes."""

    begin: float
    end: float
    before: float
    after: float


class Whole(NamedTuple):
    """A row without a hole: where it begins, in points, and its width in font sizes."""

    begin: float
    width: float


def gutters(gaps: Sequence[Gap], wholes: Callable[[], Sequence[Whole]]) -> list[float]:
    """Return the places, along the text, at which rows are to be cut. ``wholes`` is asked only where there
    are gaps between columns of text, which few pages have."""
    found: list[float] = []
    while gaps:
        where = _commonest(gaps)
        through = [gap for gap in gaps if gap.begin < where <= gap.end]
        if _middle([gap.before for gap in through]) >= _TEXT <= _middle([gap.after for gap in through]):
            behind = sum(whole.width >= _TEXT and abs(whole.begin - where) < _ALIGNED for whole in wholes())
            if len(through) + behind >= _ROWS:
                found.append(where)
        gaps = [gap for gap in gaps if not gap.begin < where <= gap.end]
    return found


def _commonest(gaps: Sequence[Gap]) -> float:
    """The place that the most gaps have in common: the least end of those."""
    events = sorted([(gap.begin, 1) for gap in gaps] + [(gap.end, -1) for gap in gaps])
    best, where, depth = 0, 0.0, 0
    for number, (_, step) in enumerate(events):
        depth += step
        if depth > best:
            best, where = depth, events[number + 1][0]
    return where


def _middle(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]
