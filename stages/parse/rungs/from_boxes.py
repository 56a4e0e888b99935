"""Reading order from boxes alone, for text that comes in no order: recognised lines, scrambled files.

A gutter is a vertical strip beside which text stands on both sides at the same heights. What runs across it
cuts the page into bands; a band's left part is read before its right part, each by the same rule. Text without
a gutter is read row by row, so that rows of tables stay rows: cells are too narrow to make a column.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from stages.parse.reading import Fragment

_TEXT = 5.0  # font sizes: columns of text are wider, most cells of a table are not
_DEPTH = 60  # of parts within parts; no real page comes near
_ROWS = 3  # a column has at least as many rows
_GUTTER = 0.5  # font sizes: a gutter is not narrower
_ACROSS = 0.5  # share of the height that may be taken by what runs across a gutter
_SAME_ROW = 0.5  # of the smaller height: boxes that overlap more stand in one row
_FILLED = 0.6  # of a column's width: half of its rows and more are text without a hole of such a width
_CELLS = 3  # a row of a table has as many
_MARGIN = 0.6  # font sizes: white that sets a running head apart
_MIDDLE = 1.0  # points: boxes that reach this far beyond a gutter still stand beside it


class _Box:
    """A fragment, in the frame in which the page's main text runs to the right."""

    __slots__ = ("fragment", "u0", "u1", "v0", "v1")

    def __init__(self, fragment: Fragment) -> None:
        self.fragment = fragment
        x0, y0, x1, y1 = fragment[1:5]
        self.u0, self.v0, self.u1, self.v1 = (
            (x0, y0, x1, y1),
            (y0, -x1, y1, -x0),
            (-x1, -y1, -x0, -y0),
            (-y1, x0, -y0, x1),
        )[fragment.turn]


def in_reading_order(fragments: Sequence[Fragment]) -> list[Fragment]:
    """Return the fragments in the order in which they are read; those of one row follow each other and are
    ``joined``. Text that runs in another direction than most of the page's comes last."""
    weights = [0, 0, 0, 0]
    for fragment in fragments:
        weights[fragment.turn] += len(fragment.text)
    turns = sorted(range(4), key=lambda turn: (-weights[turn], turn))
    ordered: list[Fragment] = []
    for turn in turns:
        boxes = [_Box(fragment) for fragment in fragments if fragment.turn == turn]
        head, body, foot = _margins(boxes)
        ordered += [*_by_rows(head), *_read(body), *_by_rows(foot)]
    return ordered


def _margins(boxes: Sequence[_Box]) -> tuple[list[_Box], list[_Box], list[_Box]]:
    """The running head, all between, and the running foot: a first and a last row with white below and above,
    whose parts belong together although a gutter may run between them."""
    rows = _rows(boxes)
    first = 1 if len(rows) > _ROWS and _white(rows[0], _flat(rows[1:])) else 0
    last = len(rows) - 1 if len(rows) > _ROWS and _white(_flat(rows[:-1]), rows[-1]) else len(rows)
    return (
        _flat(rows[:first]),
        _flat(rows[first:last]),
        _flat(rows[last:]),
    )


def _flat(rows: Sequence[Sequence[_Box]]) -> list[_Box]:
    return [box for row in rows for box in row]


def _white(above: Sequence[_Box], below: Sequence[_Box]) -> bool:
    size = median(box.fragment.size for box in (*above, *below))
    return min(box.v0 for box in below) - max(box.v1 for box in above) > _MARGIN * size


def _read(boxes: list[_Box], depth: int = 0) -> list[Fragment]:
    gutter = _gutter(boxes)
    if gutter is None:
        parts = _parted(boxes) if depth < _DEPTH else None
        return [part for each in parts for part in _read(each, depth + 1)] if parts else _by_rows(boxes)
    ordered: list[Fragment] = []
    left: list[_Box] = []
    right: list[_Box] = []
    across: list[_Box] = []

    def flush() -> None:
        nonlocal left, right
        ordered.extend(_read(left, depth + 1))
        ordered.extend(_read(right, depth + 1))
        left, right = [], []

    tabled = _in_table(boxes, gutter)
    # From top to bottom by the middle, so that what runs across comes after all that stands above it.
    for box in sorted(boxes, key=_from_the_top):
        if id(box) in tabled or _runs_across(box, gutter):
            if left or right:
                ordered.extend(_by_rows(across))
                across = []
                flush()
            across.append(box)
        else:
            if across:
                ordered.extend(_by_rows(across))
                across = []
            (left if box.u0 + box.u1 < 2 * gutter else right).append(box)
    ordered.extend(_by_rows(across))
    flush()
    return ordered


def _parted(boxes: Sequence[_Box]) -> tuple[list[_Box], list[_Box]] | None:
    """The boxes above and below the largest white across all of them: below a table there may be columns. None
    when there is no white, or too few boxes for columns."""
    if len(boxes) < 2 * _ROWS:
        return None
    ordered = sorted(boxes, key=lambda box: (box.v0, box.u0))
    bottom = ordered[0].v1
    widest, where = 0.0, 0
    for number, box in enumerate(ordered):
        if box.v0 - bottom > widest:
            widest, where = box.v0 - bottom, number
        bottom = max(bottom, box.v1)
    if widest <= _MARGIN * median(box.fragment.size for box in ordered):
        return None
    return ordered[:where], ordered[where:]


def _runs_across(box: _Box, gutter: float) -> bool:
    return box.u0 < gutter - _MIDDLE and box.u1 > gutter + _MIDDLE


def _in_table(boxes: Sequence[_Box], gutter: float) -> set[int]:
    """The boxes of tables that lie across a gutter: rows that follow each other, of three cells or more, none
    of which fills its side of the gutter as text does. Boxes are named by their ``id``."""
    beside = [box for box in boxes if not _runs_across(box, gutter)]
    left_width = gutter - min(box.u0 for box in beside)
    right_width = max(box.u1 for box in beside) - gutter
    found: set[int] = set()
    run: list[list[_Box]] = []
    for row in [*_rows(beside), []]:
        sides = {box.u0 + box.u1 < 2 * gutter for box in row}
        loose = all(
            box.u1 - box.u0 < _FILLED * (left_width if box.u0 + box.u1 < 2 * gutter else right_width)
            for box in row
        )
        if loose and len(row) >= _CELLS and len(sides) == 2:
            run.append(row)
            continue
        if len(run) > 1:
            found |= {id(box) for each in run for box in each}
        run = []
    return found


def _gutter(boxes: Sequence[_Box]) -> float | None:
    """Where the boxes are best divided into columns; None when they are one."""
    if len(boxes) < 2 * _ROWS:
        return None
    size = median(box.fragment.size for box in boxes)
    height = sum(box.v1 - box.v0 for box in boxes)
    # Half of a column's rows are wide, and it has three: where fewer than two boxes are, there is none. Of the dots
    # that lead to page numbers there may be a thousand, with a strip between each two.
    least = _TEXT * min(box.fragment.size for box in boxes)
    wide = [box for box in boxes if box.u1 - box.u0 >= least]
    ends, begins = sorted(box.u1 for box in wide), sorted(box.u0 for box in wide)
    if len(wide) < 4 or ends[1] - _MIDDLE > begins[-2] + _MIDDLE:
        return None
    ordered = sorted(boxes, key=_from_the_top)
    tried: dict[float, float | None] = {}
    best: tuple[float, float] | None = None
    for begin, end, covered in _strips(boxes):
        if end - begin < _GUTTER * size or covered > _ACROSS * height:
            continue
        where = (begin + end) / 2
        if ends[1] > where + _MIDDLE or begins[-2] < where - _MIDDLE:
            continue
        if where not in tried:
            tried[where] = _beside(ordered, where)
        beside = tried[where]
        if beside is None:
            continue
        worth = beside - covered
        if worth > 0 and (best is None or worth > best[0]):
            best = worth, where
    return best[1] if best else None


def _strips(boxes: Sequence[_Box]) -> list[tuple[float, float, float]]:
    """Vertical strips that no box begins or ends in: left, right and the height of what runs across."""
    steps: dict[float, float] = {}
    for box in boxes:
        height = box.v1 - box.v0
        steps[box.u0] = steps.get(box.u0, 0.0) + height
        steps[box.u1] = steps.get(box.u1, 0.0) - height
    strips: list[tuple[float, float, float]] = []
    covered = 0.0
    for place, after in pairwise(sorted(steps)):
        covered += steps[place]
        strips.append((place, after, max(covered, 0.0)))
    # A box that ends a little early must not hide a gutter: take each low strip as wide as it stays low.
    widened = []
    for number, (begin, end, covered) in enumerate(strips):
        low, high = number, number
        slack = covered * 1.05 + 1.0
        while low > 0 and strips[low - 1][2] <= slack:
            low -= 1
        while high + 1 < len(strips) and strips[high + 1][2] <= slack:
            high += 1
        if low > 0 and high + 1 < len(strips):
            widened.append((strips[low][0], strips[high][1], covered))
        del begin, end
    return widened


def _beside(boxes: Sequence[_Box], where: float) -> float | None:
    """The height of the text that has other text beside it across ``where``; None when one side is no
    column of text."""
    left = [box for box in boxes if box.u1 <= where + _MIDDLE]
    right = [box for box in boxes if box.u0 >= where - _MIDDLE]
    if min(len(left), len(right)) < _ROWS:
        return None
    top = max(min(box.v0 for box in left), min(box.v0 for box in right))
    bottom = min(max(box.v1 for box in left), max(box.v1 for box in right))
    shared = 0.0
    for side in (left, right):
        here = [box for box in side if box.v1 > top and box.v0 < bottom]
        rows = _rows(here)
        if len(rows) < _ROWS:
            return None
        extent = max(box.u1 for box in here) - min(box.u0 for box in here)
        size = median(box.fragment.size for box in here)
        if median(max(box.u1 - box.u0 for box in row) for row in rows) < max(_TEXT * size, _FILLED * extent):
            return None
        shared += sum(max(box.v1 - box.v0 for box in row) for row in rows)
    return shared


def _rows(boxes: Sequence[_Box]) -> list[list[_Box]]:
    """The boxes in rows from top to bottom, each from left to right."""
    rows: list[list[_Box]] = []
    begin, end = 0.0, 0.0  # of the last row
    for box in sorted(boxes, key=_from_the_top):
        if rows:
            # the last box of the row speaks for it, so that a skewed row holds together
            other = rows[-1][-1]
            overlap = min(box.v1, other.v1) - max(box.v0, other.v0)
            least = min(box.v1 - box.v0, other.v1 - other.v0)
            if overlap > _SAME_ROW * least and (
                box.u0 >= end - 2 * _MIDDLE
                or box.u1 <= begin + 2 * _MIDDLE
                or not any(min(box.u1, one.u1) - max(box.u0, one.u0) > 2 * _MIDDLE for one in rows[-1])
            ):
                rows[-1].append(box)
                begin, end = min(begin, box.u0), max(end, box.u1)
                continue
        rows.append([box])
        begin, end = box.u0, box.u1
    for row in rows:
        row.sort(key=lambda box: box.u0)
    return rows


def _from_the_top(box: _Box) -> tuple[float, float]:
    return box.v0 + box.v1, box.u0


def _by_rows(boxes: Sequence[_Box]) -> list[Fragment]:
    return [
        box.fragment._replace(joined=number > 0) for row in _rows(boxes) for number, box in enumerate(row)
    ]
