"""pdfium's characters, put into words, lines and order by their boxes alone.

For files that draw their text in no order, down to single letters. The file's own spaces are not needed: a hole
between two letters is one.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from ctypes import c_double, c_float, c_void_p
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from stages.parse import pdfium_calls as calls
from stages.parse.adaptor import Page, RefusedError
from stages.parse.characters import clean
from stages.parse.fonts import Style, styles_at
from stages.parse.pdfium import Pdfium, PdfiumDocument, view_of
from stages.parse.reading import Fragment, read
from stages.parse.rungs.from_boxes import in_reading_order
from stages.parse.view import View

# All in font sizes.
_SPACE = 0.17  # a wider hole is a space
_HOLE = 0.9  # a wider hole may be a gutter, or lie between cells
_BAND = 0.3  # base lines that are nearer stand on one line
_SMALLER = 0.85  # of the size of a row's letters: indices are smaller
_RAISED = 0.6  # and so does smaller print that is raised or lowered by less than this
_NEXT = 4  # in the file's order, letters that are nearer follow each other, so its spaces count
_LEADER = 2.5  # of the width of a dot: as far apart dots that lead to a page number are one
_SAME_PLACE = 0.1  # a letter drawn twice there, to look bold, is one


class Geometric:
    """Re-orders pages. Holds one document at a time."""

    name = "geometric"

    def __init__(self) -> None:
        self._pdfium = Pdfium()

    def open(self, data: bytes, passwords: Sequence[str]) -> GeometricDocument:
        return GeometricDocument(self._pdfium.open(data, passwords))


class GeometricDocument:
    """A document whose pages are read from the boxes of their characters."""

    def __init__(self, document: PdfiumDocument) -> None:
        self._document = document
        self.page_count = document.page_count
        self.cut_off = document.cut_off

    def page(self, index: int) -> Page:
        try:
            page = self._document.opened[index]
            text_page = page.get_textpage()
        except pypdfium2.PdfiumError:
            raise RefusedError("corrupt") from None
        try:
            view = view_of(page)
            fragments = _fragments(ctypes.cast(text_page.raw, c_void_p), view)
            return Page(view.width, view.height, view.rotation, read(in_reading_order(fragments)))
        finally:
            text_page.close()
            page.close()

    def close(self) -> None:
        self._document.close()


class _Letter(NamedTuple):
    """A character: u along its text, v across it downwards, in the frame of its direction."""

    text: str
    u0: float
    v0: float
    u1: float
    v1: float
    base: float
    size: float
    turn: int
    number: int  # in the file's order
    word: int  # in the file's order: counts its spaces
    box: tuple[float, float, float, float]


_SPACES = frozenset({0x09, 0x0A, 0x0D, 0x20, 0xA0})
_LEADS = frozenset(".·_-")
_HYPHEN = 2  # what pdfium gives for a hyphen that divides a word at the end of a line
_BOX = pdfium.FS_RECTF()
_MATRIX = (c_float * 6)()
_X, _Y = c_double(), c_double()


def _letters(handle: c_void_p, view: View) -> list[_Letter]:
    letters: list[_Letter] = []
    high = ""
    word = 0
    for number in range(calls.count_chars(handle)):
        code = calls.unicode(handle, number)
        if code in _SPACES:
            word += 1
            continue
        text = "-" if code == _HYPHEN else chr(code)
        if 0xD800 <= code < 0xDC00:
            high = text
            continue
        if 0xDC00 <= code < 0xE000:
            if not high:
                continue
            text = (high + text).encode("utf-16", "surrogatepass").decode("utf-16")
        high = ""
        if (code < 32 and code != _HYPHEN) or not calls.loose_box(handle, number, ctypes.addressof(_BOX)):
            continue
        if not calls.matrix(handle, number, _MATRIX):
            continue
        calls.origin(handle, number, ctypes.addressof(_X), ctypes.addressof(_Y))
        a, b, c, d = _MATRIX[0], _MATRIX[1], _MATRIX[2], _MATRIX[3]
        size = calls.font_size(handle, number) * (c * c + d * d) ** 0.5
        turn = view.turn(a, b)
        box = view.box(_BOX.left, _BOX.top, _BOX.right, _BOX.bottom)
        x, y = view.point(_X.value, _Y.value)
        x0, y0, x1, y1 = box
        u0, v0, u1, v1 = ((x0, y0, x1, y1), (y0, -x1, y1, -x0), (-x1, -y1, -x0, -y0), (-y1, x0, -y0, x1))[
            turn
        ]
        base = (y, -x, -y, x)[turn]
        letters.append(_Letter(text, u0, v0, u1, v1, base, size, turn, number, word, box))
    return letters


def _fragments(handle: c_void_p, view: View) -> list[Fragment]:
    fragments: list[Fragment] = []
    fonts: dict[int | None, Style] = {None: (False, False)}
    pieces = [piece for row in _rows(_letters(handle, view)) for piece in _pieces(row)]
    styles = styles_at(handle, [piece[len(piece) // 2].number for piece in pieces], fonts)
    for piece, (bold, italic) in zip(pieces, styles, strict=True):
        words = clean(_spelt(piece))
        if not words or words.isspace():
            continue
        main = max(piece, key=lambda letter: (letter.size, -letter.u0))
        boxes = [letter.box for letter in piece]
        fragments.append(
            Fragment(
                words,
                min(box[0] for box in boxes),
                min(box[1] for box in boxes),
                max(box[2] for box in boxes),
                max(box[3] for box in boxes),
                main.base,
                main.size,
                bold,
                italic,
                main.turn,
                False,
            )
        )
    return fragments


def _rows(letters: Sequence[_Letter]) -> list[list[_Letter]]:
    """Letters on one base line, from left to right."""
    rows: list[list[_Letter]] = []
    for turn in range(4):
        here = sorted(
            (letter for letter in letters if letter.turn == turn), key=lambda one: (one.base, one.u0)
        )
        current: list[_Letter] = []
        for letter in here:
            if current and letter.base - current[-1].base > _BAND * min(letter.size, current[-1].size):
                rows.append(current)
                current = []
            current.append(letter)
        if current:
            rows.append(current)
    return _with_raised([sorted(row, key=lambda letter: (letter.u0, letter.number)) for row in rows])


def _with_raised(rows: list[list[_Letter]]) -> list[list[_Letter]]:
    """Put indices and exponents, which have base lines of their own, into the rows that they belong to."""
    sizes = [max(letter.size for letter in row) for row in rows]
    homes: list[list[_Letter]] = [[] for _ in rows]
    for number, row in enumerate(rows):
        for run in _runs(row):
            home = number
            for other in (number - 1, number + 1):
                if (
                    0 <= other < len(rows)
                    and max(letter.size for letter in run) < _SMALLER * sizes[other]
                    and rows[other][0].turn == run[0].turn
                    and abs(rows[other][0].base - run[0].base) < _RAISED * sizes[other]
                    and any(
                        one.size > run[0].size and abs(run[0].u0 - one.u1) < _BAND * sizes[other]
                        for one in rows[other]
                    )
                ):
                    home = other
            homes[home] += run
    return [sorted(row, key=lambda letter: (letter.u0, letter.number)) for row in homes if row]


def _runs(row: Sequence[_Letter]) -> list[list[_Letter]]:
    """A row, cut at every hole."""
    runs: list[list[_Letter]] = []
    for letter in row:
        if runs and letter.u0 - runs[-1][-1].u1 <= _BAND * letter.size:
            runs[-1].append(letter)
        else:
            runs.append([letter])
    return runs


def _pieces(row: Sequence[_Letter]) -> list[list[_Letter]]:
    """A row, cut at wide holes; letters that were drawn twice are one."""
    pieces: list[list[_Letter]] = []
    for letter in row:
        last = pieces[-1][-1] if pieces else None
        if last is not None:
            twice = letter.text == last.text and abs(letter.u0 - last.u0) < _SAME_PLACE * letter.size
            if twice and letter.number != last.number + 1:  # else it is a ligature of two equal letters
                continue
            room = _HOLE * max(letter.size, last.size)
            if letter.text == last.text and letter.text in _LEADS:
                room = max(room, _LEADER * (letter.u1 - letter.u0))
            if letter.u0 - last.u1 <= room:
                pieces[-1].append(letter)
                continue
        pieces.append([letter])
    return pieces


def _spelt(piece: Sequence[_Letter]) -> str:
    parts: list[str] = []
    last: _Letter | None = None
    for letter in piece:
        if last is not None and (
            letter.u0 - last.u1 > _SPACE * max(letter.size, last.size)
            or (letter.word != last.word and 0 < letter.number - last.number < _NEXT)
        ):
            parts.append(" ")
        parts.append(letter.text)
        last = letter
    return "".join(parts)
