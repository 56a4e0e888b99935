"""From fragments in the file's order to printed lines in reading order, by geometry alone.

Three steps: fragments that stand on one line are joined (superscripts, drop caps and changes of font
shatter lines); lines that follow each other closely are blocks; blocks are put in order. A file's own order
is right far more often than any geometry, so it is kept wherever it does not contradict what a reader
does: from top to bottom within a column, and the left column before the right one unless something that
spans both lies between. That partial order is T. Breuel's, "Two Geometric Algorithms for Layout Analysis"
(DAS 2002); where it leaves a choice, the file decides.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from stages.parse.adaptor import NEW_BLOCK, NEW_LINE, Line


class Fragment(NamedTuple):
    """A run of text. The box is in points from the top left of the page as displayed; ``turn`` is the
    direction of the text in clockwise quarter turns, and ``base`` is where its base line is across it: y for
    turn 0, -x for 1, -y for 2, x for 3. ``text`` keeps its outer spaces. ``joined`` says that it belongs to
    the line of the fragment before it, however far away that is."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    base: float
    size: float
    bold: bool
    italic: bool
    turn: int
    joined: bool


def read(fragments: Sequence[Fragment]) -> list[Line]:
    """Return the printed lines of a page in reading order."""
    if not fragments:
        return []
    turn = _main_turn(fragments)
    rows = _rows(fragments, turn)
    blocks = _order(_untangled(_blocks(rows)), turn)
    return _lines([row for block in blocks for row in block.rows])


class _Row:
    """A printed line. Four numbers are its box in the frame of its own text: u along it, v across it,
    downwards; ``place`` is its box in the frame of the page's main text."""

    __slots__ = (
        "base",
        "bold",
        "box",
        "italic",
        "place",
        "size",
        "text",
        "turn",
        "u0",
        "u1",
        "weight",
    )

    def __init__(self, fragment: Fragment, main_turn: int) -> None:
        text, x0, y0, x1, y1, self.base, self.size, bold, italic, turn, _ = fragment
        self.text = text
        self.turn = turn
        self.weight = len(text)
        self.bold = self.weight if bold else 0
        self.italic = self.weight if italic else 0
        self.box = self.place = x0, y0, x1, y1
        self.u0, self.u1 = x0, x1
        if turn or main_turn:
            self.u0, _, self.u1, _ = _framed(self.box, turn)
            self.place = _framed(self.box, main_turn)


def _framed(box: tuple[float, float, float, float], turn: int) -> tuple[float, float, float, float]:
    """The box in the frame in which text of that direction runs to the right."""
    x0, y0, x1, y1 = box
    if turn == 0:
        return box
    if turn == 1:
        return y0, -x1, y1, -x0
    if turn == 2:
        return -x1, -y1, -x0, -y0
    return -y1, x0, -y0, x1


def _main_turn(fragments: Sequence[Fragment]) -> int:
    if all(fragment.turn == 0 for fragment in fragments):
        return 0
    weights = [0, 0, 0, 0]
    for fragment in fragments:
        weights[fragment.turn] += len(fragment.text)
    return weights.index(max(weights))


# --- Lines -------------------------------------------------------------------------------------------

# All in font sizes.
_ABOVE, _BELOW = 0.7, 0.2  # from the base line: the band that the letters of a line fill
_JOIN_GAP = 0.6  # a wider hole is not within a line, unless the parser says so
_SPACE_GAP = 0.2  # a wider hole is a space
_DROP_CAP = 1.8  # a first letter this much larger than what follows belongs to the word


def _rows(fragments: Sequence[Fragment], main_turn: int) -> list[_Row]:
    rows: list[_Row] = []
    for fragment in fragments:
        new = _Row(fragment, main_turn)
        if rows and (fragment.joined or _same_line(rows[-1], new)):
            _append(rows[-1], new, fragment.joined, main_turn)
        else:
            rows.append(new)
    return rows


def _same_line(row: _Row, new: _Row) -> bool:
    if row.turn != new.turn:
        return False
    gap = new.u0 - row.u1
    larger, smaller = max(row.size, new.size), min(row.size, new.size)
    if not -0.5 * smaller <= gap <= _JOIN_GAP * larger:
        return False
    upper = max(row.base - _ABOVE * row.size, new.base - _ABOVE * new.size)
    lower = min(row.base + _BELOW * row.size, new.base + _BELOW * new.size)
    return lower - upper > 0.5 * (_ABOVE + _BELOW) * smaller


def _append(row: _Row, new: _Row, joined: bool, main_turn: int) -> None:
    """Join a fragment to the row on its left."""
    gap = new.u0 - row.u1
    drop_cap = len(row.text.strip()) == 1 and row.size > _DROP_CAP * new.size
    if drop_cap:
        apart = new.text[:1].isspace() or gap > 0.5 * new.size
    elif joined:
        apart = True
    else:
        wide = _SPACE_GAP * max(row.size, new.size)
        apart = row.text[-1:].isspace() or new.text[:1].isspace() or gap > wide
    row.text = f"{row.text.rstrip()}{' ' if apart else ''}{new.text.lstrip()}"
    row.box = (
        min(row.box[0], new.box[0]),
        min(row.box[1], new.box[1]),
        max(row.box[2], new.box[2]),
        max(row.box[3], new.box[3]),
    )
    row.u1 = max(row.u1, new.u1)
    row.bold += new.bold
    row.italic += new.italic
    if new.weight > row.weight or drop_cap:
        row.base, row.size = new.base, new.size
    row.weight += new.weight
    row.place = _framed(row.box, main_turn)


# --- Blocks ------------------------------------------------------------------------------------------


class _Block:
    """Lines that follow each other closely: a box in the frame of the page's main text."""

    __slots__ = ("rows", "u0", "u1", "v0", "v1")

    def __init__(self, row: _Row) -> None:
        self.rows = [row]
        self.u0, self.v0, self.u1, self.v1 = row.place

    def add(self, row: _Row) -> None:
        self.rows.append(row)
        u0, v0, u1, v1 = row.place
        if u0 < self.u0:
            self.u0 = u0
        if v0 < self.v0:
            self.v0 = v0
        if u1 > self.u1:
            self.u1 = u1
        if v1 > self.v1:
            self.v1 = v1


_MAX_LEADING = 2.0  # between base lines, in font sizes: more is another block


def _blocks(rows: Sequence[_Row]) -> list[_Block]:
    blocks: list[_Block] = []
    for row in rows:
        if blocks and _follows(blocks[-1].rows[-1], row):
            blocks[-1].add(row)
        else:
            blocks.append(_Block(row))
    return blocks


def _follows(above: _Row, row: _Row) -> bool:
    """Whether the row stands right below the other."""
    if above.turn != row.turn:
        return False
    larger = max(above.size, row.size)
    return (
        0 < row.base - above.base <= _MAX_LEADING * larger
        and row.u0 < above.u1
        and above.u0 < row.u1
        and larger <= 1.5 * min(above.size, row.size)
    )


def _untangled(blocks: list[_Block]) -> list[_Block]:
    """Return the blocks with those taken apart whose boxes overlap: a title and the column under it, say,
    beside which the other column stands."""
    if len(blocks) < 2 or not any(len(block.rows) > 1 for block in blocks):
        return blocks
    ordered = sorted(blocks, key=lambda block: block.v0)
    tangled: set[int] = set()
    open_blocks: list[_Block] = []
    for block in ordered:
        open_blocks = [other for other in open_blocks if other.v1 - 2 * _TOUCH > block.v0]
        for other in open_blocks:
            if min(block.u1, other.u1) - max(block.u0, other.u0) > 2 * _TOUCH:
                tangled |= {id(block), id(other)}
        open_blocks.append(block)
    if not tangled:
        return blocks
    return [
        part
        for block in blocks
        for part in ([_Block(row) for row in block.rows] if id(block) in tangled else [block])
    ]


# --- Order -------------------------------------------------------------------------------------------

_TOUCH = 2.0  # points: boxes that overlap by less than twice this only touch


def _order(blocks: list[_Block], main_turn: int) -> list[_Block]:
    """Return the blocks in reading order, as near to the given order as that allows.

    Text that runs in another direction than the page's (a stamp in the margin, the axis of a figure) stays
    where the file has it.
    """
    if any(block.rows[0].turn != main_turn for block in blocks):
        upright = iter(_order([block for block in blocks if block.rows[0].turn == main_turn], main_turn))
        return [next(upright) if block.rows[0].turn == main_turn else block for block in blocks]
    count = len(blocks)
    if count < 2:
        return blocks
    ranked = sorted(range(count), key=lambda i: (blocks[i].v0 + blocks[i].v1, i))
    rank = [0] * count
    for position, index in enumerate(ranked):
        rank[index] = position
    before = _must_precede([blocks[i] for i in ranked])
    left = (1 << count) - 1
    order: list[_Block] = []
    waiting = list(range(count))
    while waiting:
        place = next((p for p, i in enumerate(waiting) if not before[rank[i]] & left), 0)
        index = waiting.pop(place)
        left ^= 1 << rank[index]
        order.append(blocks[index])
    return order


def _must_precede(blocks: list[_Block]) -> list[int]:
    """For each of the blocks, which are ordered by height, the set of those that are read before it.

    Sets are integers with one bit per block, which keeps a page of hundreds of table cells cheap.
    """
    count = len(blocks)
    everyone = (1 << count) - 1
    starts_before = _Below([block.u0 + _TOUCH for block in blocks])
    ends_before = _Below([block.u1 - _TOUCH for block in blocks])
    is_above = _Below([block.v1 - _TOUCH for block in blocks])
    left_of = _Below([block.u0 for block in blocks])
    shares = [
        starts_before.than(block.u1 - _TOUCH) & ~ends_before.than(block.u0 + _TOUCH) & everyone & ~(1 << i)
        for i, block in enumerate(blocks)
    ]
    higher = [shared & ((1 << i) - 1) for i, shared in enumerate(shares)]
    lower = [shared & ~((1 << i) - 1) for i, shared in enumerate(shares)]
    before = []
    for i, block in enumerate(blocks):
        beside = left_of.than(block.u0) & ~shares[i] & ~(1 << i)
        if beside:
            # What spans both this block and another one beside it, and lies between them, unties the two.
            for between in _bits(higher[i]):
                beside &= ~higher[between]
                if not beside:
                    break
            for between in _bits(lower[i]) if beside else ():
                beside &= ~lower[between]
                if not beside:
                    break
        above = shares[i] & is_above.than(block.v0 + _TOUCH) & ((1 << i) - 1)
        before.append(above | beside)
    return before


class _Below:
    """Answers which of the values lie below a bound, as a set."""

    def __init__(self, values: Sequence[float]) -> None:
        ordered = sorted((value, i) for i, value in enumerate(values))
        self._values = [value for value, _ in ordered]
        self._sets = [0]
        for _, i in ordered:
            self._sets.append(self._sets[-1] | 1 << i)

    def than(self, bound: float) -> int:
        return self._sets[bisect_left(self._values, bound)]


def _bits(members: int) -> Iterator[int]:
    while members:
        lowest = members & -members
        yield lowest.bit_length() - 1
        members ^= lowest


# --- Paragraphs --------------------------------------------------------------------------------------


def _lines(rows: Sequence[_Row]) -> list[Line]:
    lines: list[Line] = []
    previous: _Row | None = None
    leading = _leading(rows)
    for row in rows:
        before = NEW_BLOCK if previous and _new_paragraph(previous, row, leading) else NEW_LINE
        half = row.weight / 2
        lines.append(Line(row.text.strip(), *row.box, row.size, row.bold > half, row.italic > half, before))
        previous = row
    return lines


def _leading(rows: Sequence[_Row]) -> float:
    """The usual distance of base lines, in font sizes."""
    steps = [
        (below.base - above.base) / below.size
        for above, below in itertools.pairwise(rows)
        if 0 < below.base - above.base <= _MAX_LEADING * below.size
    ]
    return _median(steps) if steps else 1.2


_PARAGRAPH_GAP = 1.35  # in usual distances
_INDENT = (0.7, 4.0)  # in font sizes
_SENTENCE_END = (".", "!", "?", ":", "。", "！", "？", "»", "”", '"', ")", "]", "…")


def _new_paragraph(above: _Row, row: _Row, leading: float) -> bool:
    if above.turn != row.turn:
        return True
    step = row.base - above.base
    if step <= 0 or row.u0 > above.u1 or above.u0 > row.u1:  # another column, or the same line
        return above.text.rstrip().endswith(_SENTENCE_END) or not row.text.lstrip()[:1].islower()
    larger = max(above.size, row.size)
    if larger > 1.15 * min(above.size, row.size) or step > _PARAGRAPH_GAP * leading * larger:
        return True
    indent = row.u0 - above.u0
    return (
        _INDENT[0] * row.size < indent < _INDENT[1] * row.size
        and above.text.rstrip().endswith(_SENTENCE_END)
        and not row.text.lstrip()[:1].islower()
    )


def _median(values: Iterable[float]) -> float:
    ordered = sorted(values)
    return ordered[len(ordered) // 2]
