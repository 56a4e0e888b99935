"""Tables as grids of cells: from ruling lines, or from words that stand in columns.

Boxes are x0, y0, x1, y1 in points from the top left.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

Box = tuple[float, float, float, float]


class Word(NamedTuple):
    """A word, in the file's order. ``size`` is that of its font."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool
    italic: bool
    turn: int  # see reading.Fragment


class GridCell(NamedTuple):
    """A cell and the words in it."""

    row: int
    column: int
    row_span: int
    column_span: int
    words: tuple[Word, ...]


class Grid(NamedTuple):
    """A table."""

    box: Box
    rows: int
    columns: int
    cells: tuple[GridCell, ...]


_EDGE = 2.0  # points: edges that are nearer are one
_FEWEST = 2  # rows and columns of a table
_FILLED = 0.25  # share of the cells of a ruled table that hold words: else it is the grid of a figure


def ruled(cells: Sequence[Box], words: Sequence[Word]) -> Grid | None:
    """Make a grid of the cells between ruling lines; None when they are no table."""
    columns = _edges([side for cell in cells for side in (cell[0], cell[2])])
    rows = _edges([side for cell in cells for side in (cell[1], cell[3])])
    if len(rows) <= _FEWEST or len(columns) <= _FEWEST:
        return None
    made = []
    for cell in sorted(cells, key=lambda cell: (cell[1], cell[0])):
        column, beyond = _nearest(columns, cell[0]), _nearest(columns, cell[2])
        row, below = _nearest(rows, cell[1]), _nearest(rows, cell[3])
        inside = tuple(word for word in words if _holds(cell, word))
        made.append(GridCell(row, column, max(1, below - row), max(1, beyond - column), inside))
    if sum(bool(cell.words) for cell in made) < max(2.0, _FILLED * len(made)):
        return None
    box = (columns[0], rows[0], columns[-1], rows[-1])
    made.sort(key=lambda cell: (cell.row, cell.column))
    return Grid(box, len(rows) - 1, len(columns) - 1, tuple(made))


def _holds(box: Box, word: Word) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
    return box[0] <= x < box[2] and box[1] <= y < box[3]


def _edges(places: Sequence[float]) -> list[float]:
    groups: list[list[float]] = []
    for place in sorted(places):
        if groups and place - groups[-1][-1] <= _EDGE:
            groups[-1].append(place)
        else:
            groups.append([place])
    return [sum(group) / len(group) for group in groups]


def _nearest(edges: Sequence[float], place: float) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - place))


# --- Tables without rules ----------------------------------------------------------------------------

# In font sizes, where nothing else is said.
_APART = 0.95  # a wider hole between two words parts two cells
_SAME_LINE = 0.5  # of the height: words that overlap more stand on one line
_LEADING = 2.6  # from line to line within a table
_LINES = 3  # of two cells and more, that a table has at least
_RUNNING = 18.0  # a cell that is wider holds running text
_ACROSS = 0.25  # share of the rows that may run across a gap between columns
_HEADS = 2  # rows at the top whose cells may span columns without touching them
_REACH = 0.5  # a head that sticks out so far speaks for the next column, too
_CENTRED = 0.8  # a head whose middle is nearer to that of two columns than half of this stands above both
_NARROW = 0.45  # a gap between columns is not narrower


class _Chunk(NamedTuple):
    """Words without a wide hole between them."""

    words: tuple[Word, ...]
    x0: float
    x1: float


_Line = list[_Chunk]


def unruled(words: Sequence[Word]) -> list[Grid]:
    """Find tables by the columns that their words stand in. ``words`` are in the file's order, of which a
    table's is row by row."""
    lines = _lines(words)
    grids: list[Grid] = []
    run: list[_Line] = []
    for line in [*lines, []]:
        if line and run and not _below(run[-1], line):
            grids += _grid(run)
            run = []
        if line and (len(line) > 1 or run):
            run.append(line)
            continue
        if not line and run:
            grids += _grid(run)
    return grids


def _lines(words: Sequence[Word]) -> list[_Line]:
    """Words that follow each other in the file and stand on one line, cut at holes."""
    rows: list[list[Word]] = []
    for word in words:
        if rows and _on_one_line(rows[-1][-1], word):
            rows[-1].append(word)
        else:
            rows.append([word])
    lines = []
    for row in _joined(rows):
        line: _Line = []
        chunk: list[Word] = []
        for word in sorted(row, key=lambda word: word.x0):
            if chunk and word.x0 - chunk[-1].x1 > _APART * max(word.size, chunk[-1].size):
                line.append(_Chunk(tuple(chunk), chunk[0].x0, chunk[-1].x1))
                chunk = []
            chunk.append(word)
        line.append(_Chunk(tuple(chunk), chunk[0].x0, chunk[-1].x1))
        lines.append(line)
    return lines


def _joined(rows: list[list[Word]]) -> list[list[Word]]:
    """Rows of one line that the file wrote in pieces, cell by cell or with shifted base lines."""
    joined: list[list[Word]] = []
    for row in rows:
        if joined:
            last = joined[-1]
            overlap = min(_bottom(last), _bottom(row)) - max(_top(last), _top(row))
            least = min(_bottom(last) - _top(last), _bottom(row) - _top(row))
            if overlap > _SAME_LINE * least and row[0].x0 >= max(word.x1 for word in last) - 1.0:
                last += row
                continue
        joined.append(row)
    return joined


def _top(words: Sequence[Word]) -> float:
    return min(word.y0 for word in words)


def _bottom(words: Sequence[Word]) -> float:
    return max(word.y1 for word in words)


def _on_one_line(before: Word, word: Word) -> bool:
    overlap = min(before.y1, word.y1) - max(before.y0, word.y0)
    return overlap > _SAME_LINE * min(before.y1 - before.y0, word.y1 - word.y0) and word.x0 >= before.x1 - 1.0


def _below(above: _Line, line: _Line) -> bool:
    """Whether a line stands close below another, and so that they may be rows of one table."""
    upper, lower = _middle_of(above), _middle_of(line)
    size = max(chunk.words[0].size for chunk in (*above, *line))
    return (
        0 < lower - upper <= _LEADING * size
        and line[0].x0 < above[-1].x1 + _RUNNING * size
        and above[0].x0 < line[-1].x1 + _RUNNING * size
    )


def _middle_of(line: _Line) -> float:
    return median((word.y0 + word.y1) / 2 for chunk in line for word in chunk.words)


def _grid(run: list[_Line]) -> list[Grid]:
    """The tables in lines that follow each other: at most one."""
    while run and len(run[-1]) < _FEWEST:  # what follows a table is not part of it
        run = run[:-1]
    while run and len(run[0]) < _FEWEST:
        run = run[1:]
    several = [line for line in run if len(line) > 1]
    if len(several) < _LINES or len(several) < 0.5 * len(run):
        return []
    size = median(word.size for line in run for chunk in line for word in chunk.words)
    columns = _columns(several, size)
    if len(columns) < _FEWEST or _is_prose(several, columns, size):
        return []
    left, right = columns[0][0], columns[-1][1]
    cells: list[GridCell] = []
    kept: list[_Line] = []
    for line in run:
        sticks_out = line[0].x0 < left - _APART * size or line[-1].x1 > right + _APART * size
        if sticks_out and len(line) == 1:
            return _grid(run[: run.index(line)]) + _grid(run[run.index(line) + 1 :])
        kept.append(line)
    for number, line in enumerate(kept):
        for chunk in line:
            over = [i for i, (x0, x1) in enumerate(columns) if min(x1, chunk.x1) - max(x0, chunk.x0) > 0.5]
            first, last = (over[0], over[-1]) if over else (_column_of(columns, chunk),) * 2
            if number < _HEADS:
                first, last = _headed(columns, line, chunk, first, last, size)
            if cells and cells[-1].row == number and cells[-1].column + cells[-1].column_span > first:
                before = cells.pop()
                words = (*before.words, *chunk.words)
                cells.append(before._replace(words=words, column_span=max(last - before.column + 1, 1)))
            else:
                cells.append(GridCell(number, first, 1, last - first + 1, chunk.words))
    every = [word for line in kept for chunk in line for word in chunk.words]
    box = (min(word.x0 for word in every), _top(every), max(word.x1 for word in every), _bottom(every))
    return [Grid(box, len(kept), len(columns), tuple(cells))]


def _headed(
    columns: Sequence[tuple[float, float]], line: _Line, chunk: _Chunk, first: int, last: int, size: float
) -> tuple[int, int]:
    """The columns below a head: also the next one that it reaches for, where no other head stands."""

    def free(column: int) -> bool:
        x0, x1 = columns[column]
        return all(other is chunk or min(x1, other.x1) - max(x0, other.x0) <= 0.5 for other in line)

    def centred(column: int, other: int) -> bool:
        begin, end = min(columns[column][0], columns[other][0]), max(columns[column][1], columns[other][1])
        x0, x1 = columns[column]
        return (
            abs(chunk.x0 + chunk.x1 - begin - end)
            < _CENTRED * size
            < 2 * min(abs(chunk.x0 - x0), abs(chunk.x1 - x1), abs(chunk.x0 + chunk.x1 - x0 - x1) / 2)
        )

    if first == last:
        for other in (first - 1, first + 1):
            if 0 <= other < len(columns) and free(other) and centred(first, other):
                return min(first, other), max(first, other)
    if first > 0 and columns[first][0] - chunk.x0 > _REACH * size and free(first - 1):
        first -= 1
    if last + 1 < len(columns) and chunk.x1 - columns[last][1] > _REACH * size and free(last + 1):
        last += 1
    return first, last


def _column_of(columns: Sequence[tuple[float, float]], chunk: _Chunk) -> int:
    middle = (chunk.x0 + chunk.x1) / 2
    return min(range(len(columns)), key=lambda i: abs((columns[i][0] + columns[i][1]) / 2 - middle))


def _columns(lines: Sequence[_Line], size: float) -> list[tuple[float, float]]:
    """Where columns begin and end: between strips that few lines run across."""
    usual = median(map(len, lines))
    lines = [line for line in lines if len(line) >= usual]  # heads over several columns hide the gaps
    steps: dict[float, int] = {}
    for line in lines:
        for chunk in line:
            steps[chunk.x0] = steps.get(chunk.x0, 0) + 1
            steps[chunk.x1] = steps.get(chunk.x1, 0) - 1
    most = max(1.0, _ACROSS * len(lines))
    columns: list[tuple[float, float]] = []
    covered, begin = 0, None
    places = sorted(steps)
    for place, after in pairwise([*places, places[-1] + 1.0]):
        covered += steps[place]
        if covered > most and begin is None:
            begin = place
        elif (
            covered <= most
            and begin is not None
            and (
                after - place >= _NARROW * size
                or place == places[-1]
                or _stays_low(steps, places, place, covered, most, size)
            )
        ):
            columns.append((begin, place))
            begin = None
    return columns


def _stays_low(
    steps: dict[float, int], places: Sequence[float], place: float, covered: int, most: float, size: float
) -> bool:
    """Whether few lines run across from here on for as far as a gap between columns is wide."""
    for later in places:
        if later <= place:
            continue
        if later - place >= _NARROW * size:
            return True
        covered += steps[later]
        if covered > most:
            return False
    return True


_MARKS = 4  # letters: an item of a list begins with no more


def _is_prose(lines: Sequence[_Line], columns: Sequence[tuple[float, float]], size: float) -> bool:
    """Whether two columns are text that only looks like a table: of a page, or lists with their marks."""
    if len(columns) > _FEWEST:
        return False
    widths = [chunk.x1 - chunk.x0 for line in lines for chunk in line[1:]]
    marks = [sum(len(word.text) for word in line[0].words) <= _MARKS for line in lines]
    return median(widths) > _RUNNING * size or (all(marks) and median(widths) > 0.5 * _RUNNING * size)
