"""What stands between two lines that follow each other in a text.

Three things speak. Parse has seen base lines, and says where a block of lines ends and where a word was divided. The
geometry says whether a line was broken because it was full: had the next word fitted on it, whoever wrote the line
ended it there on purpose, as in lists and addresses. And letters say whether a sentence goes on: no mark of its end,
and a small letter next. Where lines were dropped in between, or a page or column ended, only the last two speak.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.line_labeller.labels import LABELS, NUMBER_OF
from stages.layout.geometry import Places
from stages.layout.labelling import Labels
from stages.layout.marks import Marks
from stages.layout.options import JoinOptions
from stages.layout.stack import Ints, Stack

Bools = NDArray[np.bool_]
Joins = NDArray[np.int8]

WORD: Final = 0  # a word goes on as parse joined it: nothing
DIVIDED: Final = 1  # a word may go on, which parse could not see: ``divided`` decides
WRAP: Final = 2  # a line of a paragraph ends: a space
CELL: Final = 3  # the next cell of a row
ROW: Final = 4  # side by side: a space
LINE: Final = 5  # a line ends on purpose: a line feed
BLOCK: Final = 6  # a blank line
UNSPACED: Final = 7  # a paragraph's line ends in a script without spaces: nothing
END: Final = 8  # the text ends

SEPARATORS: Final = ("", "", " ", "\t", " ", "\n", "\n\n", "", "")
IN_ONE_LINE: Final = (WORD, DIVIDED, WRAP, ROW, UNSPACED)

_CELLS = {"tab": "\t", "space": " ", "newline": "\n"}
_RUNNING_TEXT = ("body", "signature")  # lines of paragraphs
_HEADINGS = ("section", "title")
_MIXED = ("body", "signature", "address")  # what a labeller takes for each other in the middle of a paragraph

# in font sizes
_TOLERANCE = 0.5  # in the width of a word that is estimated from its letters
_SPACE = 0.25
_ALIGNED = 0.2  # right edges of justified lines
_JUSTIFIED = 15.0  # width of a line whose right edge tells anything
_INDENT = 0.7
_LEADING = 2.0  # between the middles of neighbouring lines; more is a blank line
_LIST = 3.5  # between items of a list
_ONE_SIZE = 1.15  # ratio of font sizes that count as one
_MUCH_ROOM = 0.4  # of a column: a line that leaves so much was not broken because it was full
_LONG = 0.6  # of a column: a line that may go on over the page without a small letter after it


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of the lines of a batch."""

    stack: Stack
    labels: Labels
    marks: Marks
    places: Places
    table: Ints  # number of the table that parse found and the line belongs to; -1: none
    items: Ints  # the line whose bullet or number a line is, which stands apart; -1: it is none


def separators(join: JoinOptions) -> tuple[str, ...]:
    """What stands for each join."""
    found = list(SEPARATORS)
    found[CELL] = _CELLS[join.cells]
    if join.lines == "newline":
        found[WRAP] = found[UNSPACED] = "\n"
    return tuple(found)


def joins(evidence: Evidence, order: Ints, group: Ints, across: bool) -> Joins:
    """Return what stands after each line of a text.

    Args:
        order: int64[k], lines, those of one text together and in reading order.
        group: int64[k], which text each belongs to.
        across: whether sentences go on where a page or column ends or lines were dropped.
    """
    result = np.full(len(order), END, np.int8)
    if len(order) < 2:
        return result
    same_text = group[1:] == group[:-1]
    a, b = order[:-1][same_text], order[1:][same_text]
    result[:-1][same_text] = _between(evidence, a, b, across)
    return result


def _between(evidence: Evidence, a: Ints, b: Ints, across: bool) -> Joins:
    """What stands between the lines a and b, each pair for itself (but for justified lines, which have to look
    at the pairs before and after)."""
    marks, label = evidence.marks, evidence.labels
    pair = _Pairs(evidence, a, b)
    goes_on = marks.lower[b] & ~marks.ended[a] & ~marks.item[b]

    found = np.full(len(a), BLOCK, np.int8)
    one = label[a] == label[b]

    # text: in a block, then across what interrupts it
    text = one & _among(label[a], _RUNNING_TEXT)
    wrapped = np.where(pair.short, goes_on & ~pair.much_room, ~marks.item[b])
    inside = text & pair.in_block
    found[inside] = np.where(wrapped, WRAP, LINE)[inside]
    item = marks.item.copy()
    item[evidence.items[evidence.items >= 0]] = True
    found[text & pair.close & item[a] & item[b]] = LINE  # a list with room between its items
    loose = text & pair.below & ~pair.in_block & goes_on & ~pair.short & pair.one_size  # blocks that are none
    found[loose & pair.near] = WRAP
    broken = text & pair.broken
    full = ~pair.short & pair.long & ~marks.ended[a] & ~pair.indented & pair.one_size & pair.one_style
    abbreviated = marks.lower[b] & marks.full_stop[a] & ~pair.short
    full &= ~marks.hyphen[a]
    continued = broken & ~marks.item[b] & (goes_on | full | abbreviated)
    if across:
        found[continued] = WRAP
    found[broken & item[a] & item[b]] = LINE

    # a label that changes within a paragraph
    mixed = ~one & _among(label[a], _MIXED) & _among(label[b], _MIXED)
    found[mixed & pair.in_block & goes_on & ~pair.short] = WRAP

    # headings: one that fills its line goes on below
    heading = one & _among(label[a], _HEADINGS) & pair.in_block & pair.one_size & pair.one_style
    found[heading & (label[a] == NUMBER_OF["title"])] = LINE
    found[heading & ~marks.item[b] & (goes_on | ~pair.short)] = WRAP

    # tables
    table = one & (label[a] == NUMBER_OF["table"])
    found[table & (pair.in_block | pair.near | pair.next_page)] = LINE
    row = pair.beside
    found[row & table] = CELL
    found[row & (text | (one & _among(label[a], _HEADINGS)))] = ROW

    # everything else is a list of lines
    lines = one & ~_among(label[a], (*_RUNNING_TEXT, *_HEADINGS, "table"))
    found[lines & (pair.in_block | row)] = LINE

    unplaced = one & ~pair.placed & pair.parse_line  # only parse knows
    found[unplaced & ~_among(label[a], _HEADINGS)] = LINE

    # tables that parse found are kept as they are
    same_table = pair.same_table
    found[same_table] = LINE
    found[pair.other_table] = BLOCK

    found[pair.parse_word & (one | mixed) & ~same_table] = WORD
    found[evidence.items[a] == b] = ROW  # a bullet and its item

    wraps = found == WRAP
    found[wraps & marks.hyphen[a] & (pair.broken | loose)] = DIVIDED
    found[wraps & marks.unspaced_end[a] & marks.unspaced_start[b]] = UNSPACED
    return found


class _Pairs:
    """How each line a stands to the line b that follows it."""

    def __init__(self, evidence: Evidence, a: Ints, b: Ints) -> None:
        stack, marks, places = evidence.stack, evidence.marks, _with_items(evidence)
        em = np.maximum(places.em[a], places.em[b])
        one_page = stack.page[a] == stack.page[b]
        adjacent = b == a + 1
        self.placed = places.known[a] & places.known[b]
        height = np.minimum(places.height(a), places.height(b))
        overlap = np.minimum(places.y1[a], places.y1[b]) - np.maximum(places.y0[a], places.y0[b])
        sharing = np.minimum(places.x1[a], places.x1[b]) > np.maximum(places.x0[a], places.x0[b])
        step = (places.y0[b] + places.y1[b] - places.y0[a] - places.y1[a]) / 2
        level = one_page & self.placed & (overlap > 0.5 * height)
        self.beside = level & (places.x0[b] >= places.x1[a] - _TOLERANCE * em)
        self.below = one_page & self.placed & ~level & sharing & (step > 0)
        self.near = self.below & (step <= _LEADING * em)
        self.close = self.below & (step <= _LIST * em)
        self.parse_line = adjacent & (stack.gap[a] == 1)
        self.parse_word = adjacent & (stack.gap[a] == 0)
        # parse says what a block is; where it cannot, since lines were dropped in between, distance does
        self.in_block = np.where(adjacent, self.below & (stack.gap[a] <= 1), self.near)
        self.next_page = adjacent & ~one_page
        # the flow is interrupted: another page or column, or lines in between were dropped
        self.broken = ~self.below & ~self.beside | (self.below & ~adjacent & ~self.near)
        self.broken &= (
            self.placed | ~one_page
        )  # of lines without places, those of one page are as parse has them
        self.one_size = em <= _ONE_SIZE * np.minimum(places.em[a], places.em[b])
        self.one_style = (stack.bold[a] == stack.bold[b]) & (stack.italic[a] == stack.italic[b])
        self.indented = places.x0[b] > places.x0[a] + _INDENT * em
        self.indented &= one_page & self.below

        room = places.right[a] - places.x1[a]
        width = places.x1[b] - places.x0[b]
        word = width * marks.word[b] / np.maximum(marks.length[b], 1)
        column = np.maximum(places.right[a] - places.x0[a], 1.0)
        self.much_room = room > _MUCH_ROOM * column
        self.long = places.x1[a] - places.x0[a] > _LONG * column
        short = room > word + (_SPACE + _TOLERANCE) * places.em[a]
        # justified lines are full, wherever the edge of their column may be
        aligned = self.below & (np.abs(places.x1[a] - places.x1[b]) < _ALIGNED * em)
        aligned &= (np.abs(places.x0[a] - places.x0[b]) < _ALIGNED * em) & marks.letter[a]
        before = np.zeros(len(a), np.bool_)
        before[1:] = aligned[:-1] & (a[1:] == b[:-1])
        self.short = short & ~((aligned | before) & (places.x1[a] - places.x0[a] > _JUSTIFIED * em))

        inside = evidence.table[a] >= 0
        self.same_table = inside & (evidence.table[a] == evidence.table[b])
        self.other_table = (evidence.table[a] != evidence.table[b]) & (inside | (evidence.table[b] >= 0))


def _with_items(evidence: Evidence) -> Places:
    """Places in which a bullet that stands apart is as wide and high as it and its item together."""
    places = evidence.places
    marks = np.flatnonzero(evidence.items >= 0)
    if not len(marks):
        return places
    items = evidence.items[marks]
    y0, x1, y1, em, right = (
        values.copy() for values in (places.y0, places.x1, places.y1, places.em, places.right)
    )
    for values in (y0, x1, y1, em, right):
        values[marks] = values[items]
    return replace(places, y0=y0, x1=x1, y1=y1, em=em, right=right)


def _among(labels: Labels, names: tuple[str, ...]) -> Bools:
    wanted = np.array([name in names for name in LABELS])
    found: Bools = wanted[labels]
    return found
