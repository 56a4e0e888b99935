"""The text of a page in fragments: what pdfium takes for lines, cut at wide gaps, with boxes and type.

One ctypes call costs a third of a microsecond or more and a page has thousands of characters, so nothing
is asked per character: the text comes in one call, boxes come per text object, fonts per sample. Buffers and
pointers into them are made once and used for every page.
"""

from __future__ import annotations

import ctypes
import math
import operator
import re
from bisect import bisect_left
from collections.abc import Sequence
from ctypes import byref, c_double, c_float, c_void_p
from functools import partial
from itertools import repeat
from typing import Any

from stages.parse import pdfium_calls as calls
from stages.parse.characters import clean
from stages.parse.fonts import Style, styles_at
from stages.parse.gutters import Gap, Whole, gutters
from stages.parse.reading import Fragment
from stages.parse.view import Box, Type, View

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_BREAK = re.compile("(\r\n|[\r\n\ufffe])")
_HYPHEN = 2  # what FPDFText_GetUnicode gives for a hyphen that divides a word at the end of a line
_WIDE_GAP = 1.2  # in font sizes: a longer hole within a line may be a gutter between columns


class _Text:
    """The text of a page and where its characters are in pdfium's list of them.

    The list counts in UTF-16, so every character beyond the basic plane takes two places; and in rare
    files it holds characters that the text leaves out.
    """

    __slots__ = ("_astral", "_shifted", "handle", "same", "text")

    def __init__(self, handle: c_void_p, text: str, units: int, chars: int) -> None:
        self.handle = handle
        self.text = text  # may hold lone surrogates
        self._shifted = shifted = units != chars
        self._astral = [found.start() for found in _ASTRAL.finditer(text)] if units > len(text) else []
        self.same = not self._astral and not shifted  # text[i] is character i

    def char(self, at: int) -> int:
        """The number of the character behind text[at]."""
        unit = at + bisect_left(self._astral, at)
        return int(calls.char_index(self.handle, unit)) if self._shifted else unit


def _text_of(handle: c_void_p) -> _Text | None:
    count = calls.count_chars(handle)
    # Characters without Unicode are not part of the text; the call below must start and end at others.
    first, last = 0, count - 1
    while first <= last and calls.text_index(handle, first) < 0:
        first += 1
    while first <= last and calls.text_index(handle, last) < 0:
        last -= 1
    if first > last:
        return None
    length = calls.text_index(handle, last) + 1
    room = max(length, last - first + 1) + 2
    buffer = (ctypes.c_uint16 * room)()
    wrote = calls.get_text(handle, first, last - first + 1, buffer) - 1
    if wrote <= 0:
        return None
    text = bytes(memoryview(buffer).cast("B")[: 2 * wrote]).decode("utf-16-le", "surrogatepass")
    return _Text(handle, text, wrote, count)


# One of pdfium's lines: where it begins (with no space) and ends in the text, its first and last character,
# and whether a hyphen follows which divides a word.
_Run = tuple[int, int, int, int, bool]


def _runs(content: _Text) -> list[_Run]:
    text, same = content.text, content.same
    parts = [*_BREAK.split(text), ""]  # lines and what ends them, taking turns
    runs: list[_Run] = []
    start = at = 0  # of the line; of the part
    for part, mark in zip(parts[0::2], parts[1::2], strict=True):
        end = at + len(part)
        after = end + len(mark)
        divided = False
        if mark == "\ufffe":
            divided = calls.unicode(content.handle, content.char(end)) == _HYPHEN
            if not divided:
                at = after
                continue  # a character without meaning: the line goes on
        visible = len((part if at == start else text[start:end]).lstrip())
        if visible:
            begin = end - visible
            if same:
                runs.append((begin, end, begin, end - 1, divided))
            else:
                runs.append((begin, end, content.char(begin), content.char(end - 1), divided))
        start = at = after
    return runs


_ROOM = 1 << 16  # boxes of one line
_RECTS = (c_double * (4 * _ROOM))()  # left, top, right, bottom, one after the other
_CORNERS: list[tuple[Any, Any, Any, Any]] = []  # pointers to the four numbers of each box


def _corners(count: int) -> list[tuple[Any, Any, Any, Any]]:
    """Pointers for so many boxes, or more."""
    for at in range(32 * len(_CORNERS), 32 * count, 32):
        _CORNERS.append(
            (byref(_RECTS, at), byref(_RECTS, at + 8), byref(_RECTS, at + 16), byref(_RECTS, at + 24))
        )
    return _CORNERS


_Rects = tuple[list[float], list[float], list[float], list[float]]  # lefts, tops, rights, bottoms

# A run, or what a cut left of it: text, box as displayed, type, first and last character, and whether it
# consists of several text objects.
_Piece = tuple[str, Box, Type, int, int, bool]

# A run with wide gaps: the number of its piece, its boxes, where they begin and end along the text, and the
# direction of that in user space.
_Gapped = tuple[int, _Run, _Rects, list[float], list[float], int]


def fragments_of(raw: Any, view: View) -> list[Fragment]:
    """The runs of text that pdfium takes for lines, cut at wide gaps, in the file's order."""
    handle = ctypes.cast(raw, c_void_p)
    content = _text_of(handle) if handle else None
    if content is None:
        return []
    pieces = _pieces(content, view)
    return [
        Fragment(text, *box, base, size, *style, turn, False)
        for (text, box, (size, turn, base), *_), style in zip(
            pieces, _styles(content.handle, pieces), strict=True
        )
        if text and not text.isspace()
    ]


def _pieces(content: _Text, view: View) -> list[_Piece]:
    handle, text = content.handle, content.text
    runs = _runs(content)
    types = _types(handle, [run[2] for run in runs], view)
    count_rects, get_rect, to_view = calls.count_rects, calls.get_rect, view.box
    left_at, top_at, right_at, bottom_at = _corners(1)[0]
    pieces: list[_Piece] = []
    gapped: list[_Gapped] = []
    for run, kind in zip(runs, types, strict=True):
        begin, end, first, last, divided = run
        count = count_rects(handle, first, last - first + 1 + divided)
        if count == 1:
            get_rect(handle, 0, left_at, top_at, right_at, bottom_at)
            box = to_view(*_RECTS[:4])
        elif not count:
            box = view.nowhere(kind)  # nothing is drawn
        else:
            count = min(count, _ROOM)
            for index, corners in zip(range(count), _corners(count), strict=False):
                get_rect(handle, index, *corners)
            values = _RECTS[: 4 * count]
            lefts, tops, rights, bottoms = rects = values[0::4], values[1::4], values[2::4], values[3::4]
            left, top, right, bottom = min(lefts), max(tops), max(rights), min(bottoms)
            size = kind[0]
            quarter = (kind[1] - view.rotation // 90) % 4
            ahead, behind = _along(lefts, tops, rights, bottoms, quarter) if quarter else (lefts, rights)
            if max(map(operator.sub, ahead[1:], behind)) > _WIDE_GAP * size or (
                top - bottom > 2 * size < right - left
            ):
                gapped.append((len(pieces), run, rects, ahead, behind, quarter))
            box = to_view(left, top, right, bottom)
        words = clean(text[begin:end])
        if divided:
            words = f"{words.rstrip()}-"
        pieces.append((words, box, kind, first, last, count > 1))
    return _cut_where_needed(content, view, pieces, gapped) if gapped else pieces


def _cut_where_needed(
    content: _Text, view: View, pieces: list[_Piece], gapped: list[_Gapped]
) -> list[_Piece]:
    """Return the pieces with rows cut at gutters, and where what pdfium takes for a line is none."""
    places = _gutters_of(view, pieces, gapped)
    result: list[_Piece] = []
    done = 0
    for number, run, rects, ahead, behind, quarter in gapped:
        cuts = _cuts(rects, ahead, behind, places.get(quarter, ()), pieces[number][2][0], quarter)
        if cuts:
            result += pieces[done:number]
            result += _cut(content, view, rects, cuts, run)
            done = number + 1
    return result + pieces[done:]


def _cuts(
    rects: _Rects,
    ahead: list[float],
    behind: list[float],
    places: Sequence[float],
    size: float,
    quarter: int,
) -> list[int]:
    """The numbers of the boxes before which a run is cut: where it has a gutter, and where a box and the one
    before lie more than a font size apart across the text. That is no line, but pdfium takes it for one
    where text comes out of forms that were pressed into a page."""
    first, last = min(behind), max(ahead)
    through = [place for place in places if first < place <= last]
    lefts, tops, rights, bottoms = rects
    low, high = (bottoms, tops) if quarter % 2 == 0 else (lefts, rights)
    if max(high) - min(low) > size:
        return [
            i
            for i in range(1, len(ahead))
            if max(low[i] - high[i - 1], low[i - 1] - high[i]) > size
            or any(behind[i - 1] < place <= ahead[i] for place in through)
        ]
    if not through:
        return []
    return [i for i in range(1, len(ahead)) if any(behind[i - 1] < place <= ahead[i] for place in through)]


def _gutters_of(view: View, pieces: list[_Piece], gapped: list[_Gapped]) -> dict[int, list[float]]:
    """The gutters of the page, for each direction of its text in user space."""
    gaps: dict[int, list[Gap]] = {}
    for number, _, _, ahead, behind, quarter in gapped:
        size = pieces[number][2][0]
        holes = [i for i in range(1, len(ahead)) if ahead[i] - behind[i - 1] > _WIDE_GAP * size > 0]
        bounds = [0, *holes, len(ahead)]
        for n, hole in enumerate(holes):
            before = behind[hole - 1] - ahead[bounds[n]]
            after = behind[bounds[n + 2] - 1] - ahead[hole]
            gap = Gap(behind[hole - 1], ahead[hole], before / size, after / size)
            gaps.setdefault(quarter, []).append(gap)
    holed = {number for number, *_ in gapped}

    def wholes(quarter: int) -> list[Whole]:
        turn = (quarter + view.rotation // 90) % 4
        return [
            Whole(*view.along(box, turn, size))
            for number, (_, box, (size, direction, _), *_) in enumerate(pieces)
            if number not in holed and direction == turn and size > 0
        ]

    return {quarter: gutters(here, partial(wholes, quarter)) for quarter, here in gaps.items()}


def _cut(content: _Text, view: View, rects: _Rects, cuts: list[int], run: _Run) -> list[_Piece]:
    """Cut a run before the boxes whose numbers are given."""
    begin, end, first, last, divided = run
    lefts, tops, rights, bottoms = rects
    chars = [first]
    for cut in cuts:
        chars.append(_char_of_rect(content.handle, first, last, cut, chars[-1]))
    chars.append(last + 1)
    places = [begin, *(_text_at(content, char, begin, end) for char in chars[1:-1]), end]
    bounds = [0, *cuts, len(lefts)]
    pieces: list[_Piece] = []
    for i, kind in enumerate(_types(content.handle, chars[:-1], view)):
        part = slice(bounds[i], bounds[i + 1])
        box = view.box(min(lefts[part]), max(tops[part]), max(rights[part]), min(bottoms[part]))
        words = clean(content.text[places[i] : places[i + 1]])
        if divided and places[i + 1] == end:
            words = f"{words.rstrip()}-"
        pieces.append((words, box, kind, chars[i], chars[i + 1] - 1, bounds[i + 1] - bounds[i] > 1))
    return pieces


def _along(
    lefts: list[float], tops: list[float], rights: list[float], bottoms: list[float], quarter: int
) -> tuple[list[float], list[float]]:
    """Where boxes begin and end along text that runs in ``quarter`` clockwise turns in user space."""
    if quarter == 1:
        return [-top for top in tops], [-bottom for bottom in bottoms]
    if quarter == 2:
        return [-right for right in rights], [-left for left in lefts]
    return bottoms, tops


def _char_of_rect(handle: c_void_p, first: int, last: int, rect: int, low: int) -> int:
    """The first character of box number ``rect`` of the run; it is not before ``low``."""
    high = last
    while low < high:  # the least end so that the run up to it has more than ``rect`` boxes
        middle = (low + high) // 2
        if calls.count_rects(handle, first, middle - first + 1) > rect:
            high = middle
        else:
            low = middle + 1
    return low


def _text_at(content: _Text, char: int, begin: int, end: int) -> int:
    """Where the character is in the text: between ``begin`` and ``end``, which are."""
    if content.same:
        return char
    while begin < end:
        middle = (begin + end) // 2
        if content.char(middle) >= char:
            end = middle
        else:
            begin = middle + 1
    return begin


def _types(handle: c_void_p, chars: Sequence[int], view: View) -> list[Type]:
    """For each character: font size, direction (see View.turn), place of its base line across the text."""
    upright, top = view.rotation == 0, view.top
    types: list[Type] = []
    for begin in range(0, len(chars), _MATRICES_ROOM):
        some = chars[begin : begin + _MATRICES_ROOM]
        sizes = map(calls.font_size, repeat(handle), some)
        known = list(map(calls.matrix, repeat(handle), some, _matrices(len(some))))
        values = _MATRICES[: 6 * len(some)]
        numbers = (values[i::6] for i in range(6))
        for size, has_matrix, a, b, c, d, x, y in zip(sizes, known, *numbers, strict=True):
            if not has_matrix:
                types.append((size, view.rotation // 90, 0.0))
            elif upright and b == 0.0 == c and a > 0.0:
                types.append((size * abs(d), 0, top - y))
            else:
                turn = view.turn(a, b)
                x, y = view.point(x, y)
                types.append((size * math.hypot(c, d), turn, (y, -x, -y, x)[turn]))
    return types


_MATRICES_ROOM = 1 << 12  # asked for at a time
_MATRICES = (c_float * (6 * _MATRICES_ROOM))()
_MATRIX_AT: list[Any] = []  # a pointer to each


def _matrices(count: int) -> list[Any]:
    """Pointers for so many matrices."""
    for at in range(24 * len(_MATRIX_AT), 24 * count, 24):
        _MATRIX_AT.append(byref(_MATRICES, at))
    return _MATRIX_AT


def _styles(handle: c_void_p, pieces: Sequence[_Piece]) -> list[Style]:
    """Whether most of each piece is bold, and italic. One text object has one font; for pieces of several,
    three characters speak."""
    fonts: dict[int | None, Style] = {None: (False, False)}
    styles = styles_at(handle, [piece[3] for piece in pieces], fonts)
    several = [i for i, piece in enumerate(pieces) if piece[5]]
    spans = [pieces[i][3:5] for i in several]
    middle = [(first + last) // 2 for first, last in spans]
    end = [last - (last - first) // 6 for first, last in spans]
    samples = zip(styles_at(handle, middle, fonts), styles_at(handle, end, fonts), strict=True)
    for i, (one, other) in zip(several, samples, strict=True):
        here = styles[i]
        if one == other:
            styles[i] = one
        elif here != one and here != other:
            styles[i] = here[0] + one[0] + other[0] > 1, here[1] + one[1] + other[1] > 1
    return styles
