"""Pages with tables, by pdfplumber: tables as Markdown in the text and as cells, all else as lines.

Words are made of its characters in the file's order, and a hole of one point parts them; by pdfplumber's defaults
columns are mixed and words glued together.

Ruled tables are found by their lines. Tables without rules are looked for where rows of three words or more
apart stand below each other with the same holes: see ``grid``.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

import pdfplumber
import pypdfium2
from pdfminer.pdfpage import PDFPage
from pdfplumber.page import Page as PlumberPage
from pdfplumber.pdf import PDF

from stages.parse.adaptor import NEW_BLOCK, NEW_LINE, Cell, Line, Page, RefusedError, Table
from stages.parse.characters import clean
from stages.parse.fonts import style_of_name
from stages.parse.pdfium import Pdfium, PdfiumDocument, view_of
from stages.parse.reading import Fragment, read
from stages.parse.rungs.grid import Box, Grid, GridCell, Word, ruled, unruled
from stages.parse.view import View


class Tables:
    """Reads pages with tables. Holds one document at a time."""

    name = "tables"

    def __init__(self) -> None:
        self._pdfium = Pdfium()

    def open(self, data: bytes, passwords: Sequence[str]) -> TablesDocument:
        # pdfium decides whether the file can be read, and with which password, so that both agree
        document = self._pdfium.open(data, passwords)
        for password in (None, *passwords):
            try:
                plumber = pdfplumber.open(io.BytesIO(data), password=password)
            except Exception:  # noqa: S112 - pdfminer raises many classes for a wrong password
                continue
            return TablesDocument(document, plumber)
        document.close()
        raise RefusedError("corrupt")


class TablesDocument:
    """A document open in both libraries: pdfium says how large its pages are."""

    def __init__(self, document: PdfiumDocument, plumber: PDF) -> None:
        self._document = document
        self._plumber = plumber
        self._pages = list(PDFPage.create_pages(plumber.doc))
        self.page_count = document.page_count
        self.cut_off = document.cut_off

    def page(self, index: int) -> Page:
        if index >= len(self._pages):
            raise RefusedError("corrupt")
        try:
            handle = self._document.opened[index]
        except pypdfium2.PdfiumError:
            raise RefusedError("corrupt") from None
        view = view_of(handle)
        handle.close()
        # As it is in the file, so that turned text is turned and all places are in user space; what is
        # displayed of it, and how, is pdfium's to say.
        raw = self._pages[index]
        box = (view.left, view.bottom, view.right, view.top)
        raw.rotate, raw.mediabox, raw.cropbox = 0, box, box
        raw.attrs = {**raw.attrs, "Rotate": 0, "MediaBox": list(box), "CropBox": list(box)}
        page = PlumberPage(self._plumber, raw, page_number=index + 1)
        try:
            words = _words(page, view)
            lines, tables = _laid_out(words, _grids(page, view, words))
        finally:
            page.close()
        return Page(view.width, view.height, view.rotation, lines, tables)

    def close(self) -> None:
        self._plumber.close()
        self._document.close()


# Between letters; in points, and in font sizes where that is more.
_APART, _APART_SIZE = 1.0, 0.1
_BACK = 0.5  # font sizes: a letter that goes back further begins another word
_OFF = 0.5  # of the height: letters that overlap less are not on one line


def _words(page: PlumberPage, view: View) -> list[Word]:
    """The words in the file's order, as displayed."""
    words: list[Word] = []
    letters: list[_Letter] = []
    for letter in _letters(page, view):
        if letters and (letter.text.isspace() or not _go_on(letters[-1], letter)):
            words += _word(letters)
            letters = []
        if not letter.text.isspace():
            letters.append(letter)
    return words + _word(letters)


class _Letter(NamedTuple):
    """A character as displayed, and as the file draws it: along its text (u) and across it (v)."""

    text: str
    box: Box
    u0: float
    u1: float
    v0: float
    v1: float
    size: float
    font: str
    turn: int


def _letters(page: PlumberPage, view: View) -> Iterator[_Letter]:
    for char in page.chars:
        a, b, c, d, _, _ = char["matrix"]
        box = x0, y0, x1, y1 = _displayed(page, view, char["x0"], char["top"], char["x1"], char["bottom"])
        turn = view.turn(a, b)
        u0, v0, u1, v1 = ((x0, y0, x1, y1), (y0, -x1, y1, -x0), (-x1, -y1, -x0, -y0), (-y1, x0, -y0, x1))[
            turn
        ]
        upright = abs(b) <= abs(a)
        size = float(char["size"] if upright else char["width"]) or math.hypot(c, d)
        yield _Letter(str(char["text"]), box, u0, u1, v0, v1, size, str(char["fontname"]), turn)


def _displayed(page: PlumberPage, view: View, x0: float, top: float, x1: float, bottom: float) -> Box:
    """A box of pdfplumber's, whose origin is not always the corner of the page."""
    right, down = view.left - page.mediabox[0], view.top + page.mediabox[1]
    return view.box(x0 + right, down - top, x1 + right, down - bottom)


def _go_on(last: _Letter, letter: _Letter) -> bool:
    """Whether the letter belongs to the word of the one before."""
    gap = letter.u0 - last.u1
    overlap = min(last.v1, letter.v1) - max(last.v0, letter.v0)
    return (
        last.turn == letter.turn
        and -_BACK * letter.size <= gap <= max(_APART, _APART_SIZE * letter.size)
        and overlap > _OFF * min(last.v1 - last.v0, letter.v1 - letter.v0)
    )


def _word(letters: Sequence[_Letter]) -> list[Word]:
    text = clean("".join(letter.text for letter in letters))
    if not text.strip():
        return []
    boxes = [letter.box for letter in letters]
    bold, italic = style_of_name(letters[0].font)
    size = max(letter.size for letter in letters)
    return [
        Word(
            text,
            min(box[0] for box in boxes),
            min(box[1] for box in boxes),
            max(box[2] for box in boxes),
            max(box[3] for box in boxes),
            size,
            bold,
            italic,
            letters[0].turn,
        )
    ]


def _grids(page: PlumberPage, view: View, words: Sequence[Word]) -> list[Grid]:
    upright = [word for word in words if word.turn == 0]
    grids: list[Grid] = []
    for table in page.find_tables():
        cells = [_displayed(page, view, *cell) for cell in table.cells]
        grid = ruled(cells, upright)
        if grid is not None:
            grids.append(grid)
    taken = {id(word) for grid in grids for cell in grid.cells for word in cell.words}
    return [*grids, *unruled([word for word in upright if id(word) not in taken])]


_PLACE = "\0"  # stands for a table until its place is known; no text holds it
_POINT = 0.01  # the font size of that, which belongs to no line


def _laid_out(words: Sequence[Word], grids: Sequence[Grid]) -> tuple[list[Line], tuple[Table, ...]]:
    """Lines in reading order, each table in Markdown where it stands."""
    owner = {
        id(word): number for number, grid in enumerate(grids) for cell in grid.cells for word in cell.words
    }
    fragments: list[Fragment] = []
    placed: set[int] = set()
    last: Word | None = None
    for word in words:
        number = owner.get(id(word))
        if number is not None:
            if number not in placed:
                placed.add(number)
                x0, y0, x1, y1 = grids[number].box
                fragments.append(
                    Fragment(f"{_PLACE}{number}", x0, y0, x1, y1, y1, _POINT, False, False, 0, False)
                )
            last = None
            continue
        if last is not None and _continues(last, word):
            before = fragments[-1]
            fragments[-1] = before._replace(
                text=f"{before.text} {word.text}",
                y0=min(before.y0, word.y0),
                x1=max(before.x1, word.x1),
                y1=max(before.y1, word.y1),
            )
        else:
            fragments.append(_fragment(word))
        last = word
    lines: list[Line] = []
    tables: list[Table] = []
    after_table = False
    for line in read(fragments):
        if not line.text.startswith(_PLACE):
            lines.append(line._replace(before=NEW_BLOCK) if after_table else line)
            after_table = False
            continue
        grid = grids[int(line.text[len(_PLACE) :])]
        made = _markdown(grid)
        cells = tuple(Cell(*cell[:4], _spelt(cell)) for cell in grid.cells)
        tables.append(Table(*grid.box, grid.rows, grid.columns, cells, len(lines), len(made)))
        lines += made
        after_table = True
    return lines, tuple(tables)


def _fragment(word: Word) -> Fragment:
    rise = _BASE * word.size
    base = (word.y1 - rise, -word.x0 - rise, -word.y0 - rise, word.x1 - rise)[word.turn]
    return Fragment(word.text, *word[1:5], base, word.size, word.bold, word.italic, word.turn, False)


_BASE = 0.21  # font sizes: how far the base line is above the bottom of a word's box
_GAP = 0.6  # font sizes: words further apart are left to ``read`` to join


def _continues(last: Word, word: Word) -> bool:
    overlap = min(last.y1, word.y1) - max(last.y0, word.y0)
    return (
        last.turn == word.turn == 0
        and overlap > 0.5 * min(last.y1 - last.y0, word.y1 - word.y0)
        and abs(last.size - word.size) < 0.2 * word.size
        and -1.0 <= word.x0 - last.x1 <= _GAP * word.size
    )


def _markdown(grid: Grid) -> list[Line]:
    """The table as lines of Markdown, its first row as the head. A merged cell's text stands in its first
    place. The rule below the head has no height: it is not printed."""
    texts = [[""] * grid.columns for _ in range(grid.rows)]
    tops = [grid.box[3]] * grid.rows
    bottoms = [grid.box[1]] * grid.rows
    sizes = [word.size for cell in grid.cells for word in cell.words]
    size = median(sizes) if sizes else 0.0
    for cell in grid.cells:
        row = cell.row
        texts[row][cell.column] = " ".join(filter(None, (texts[row][cell.column], _escaped(_spelt(cell)))))
        tops[row] = min([tops[row], *(word.y0 for word in cell.words)])
        bottoms[row] = max([bottoms[row], *(word.y1 for word in cell.words)])
    x0, _, x1, _ = grid.box
    lines = []
    for row, cells in enumerate(texts):
        top, bottom = min(tops[row], bottoms[row]), max(tops[row], bottoms[row])
        lines.append(
            Line(
                f"| {' | '.join(cells)} |",
                x0,
                top,
                x1,
                bottom,
                size,
                False,
                False,
                NEW_LINE if row else NEW_BLOCK,
            )
        )
        if row == 0:
            rule = f"|{' --- |' * grid.columns}"
            lines.append(Line(rule, x0, bottom, x1, bottom, size, False, False, NEW_LINE))
    return lines


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|")


def _spelt(cell: GridCell) -> str:
    """The words of a cell; a word that a line end divides stays in its parts."""
    return " ".join(word.text for word in cell.words)
