"""The regions of a PDF that was made here: the labels of its characters, from their colours, as pdfium reads it."""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as raw

from models.line_labeller.generator.ink import Colour, label_of

_TURNED = 0.05  # sine of the angle from which on text is not level
_Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Region:
    """A box with a label: page from 1, points, origin top left, y downwards."""

    page: int
    box: tuple[float, float, float, float]
    label: str

    def as_json(self) -> dict[str, Any]:
        return {"page": self.page, "bbox": [round(side, 2) for side in self.box], "label": self.label}


@dataclass(frozen=True, slots=True)
class Letter:
    """A character as pdfium reads it."""

    text: str
    box: tuple[float, float, float, float]
    label: str
    angle: float = 0.0  # radians


def letters(data: bytes) -> list[list[Letter]]:
    """The visible characters of every page with their labels.

    Raises ValueError when one has a colour that is not of ``ink``.
    """
    pdf = pypdfium2.PdfDocument(data)
    try:
        return [_letters(pdf[number]) for number in range(len(pdf))]
    finally:
        pdf.close()


def _letters(page: Any) -> list[Letter]:
    height = page.get_height()
    text_page = page.get_textpage()
    handle = text_page.raw
    sides = [ctypes.c_double() for _ in range(4)]
    shares = [ctypes.c_uint() for _ in range(4)]
    rect = raw.FS_RECTF()
    found = []
    try:
        for number in range(raw.FPDFText_CountChars(handle)):
            code = raw.FPDFText_GetUnicode(handle, number)
            if code in (0, 10, 13, 32, 160, 0xFFFE) or raw.FPDFText_IsGenerated(handle, number) == 1:
                continue
            raw.FPDFText_GetFillColor(handle, number, *(ctypes.byref(share) for share in shares))
            label = label_of(Colour(*(share.value for share in shares[:3])))
            if label is None:
                raise ValueError(f"a character of page has a colour that no label has: number {number}")
            if raw.FPDFText_GetLooseCharBox(handle, number, ctypes.byref(rect)):
                box = (rect.left, height - rect.top, rect.right, height - rect.bottom)
            else:
                raw.FPDFText_GetCharBox(handle, number, *(ctypes.byref(side) for side in sides))
                left, right, low, high = (side.value for side in sides)
                box = (left, height - high, right, height - low)
            found.append(Letter(chr(code), box, label, raw.FPDFText_GetCharAngle(handle, number)))
    finally:
        text_page.close()
    return found


def regions(data: bytes) -> list[Region]:
    """One region per line and label: characters of a label that stand on one line, whatever gaps are between
    them unless another label stands there."""
    out: list[Region] = []
    for number, page in enumerate(letters(data), 1):
        out += [Region(number, box, label) for box, label in _with_numbers(lines_of(page))]
    return out


def _with_numbers(lines: list[tuple[_Box, str]]) -> list[tuple[_Box, str]]:
    """A running line that has the page number beside it reaches over it, and so does a line of text over a heading
    beside it: where a parser joins the two, the line's centre is the longer one's, and where it does not, the
    shorter one's region is the smaller."""
    done = []
    for box, label in lines:
        inner = _WITHIN.get(label)
        for other, of in lines:
            if of == inner and _same_line(box, other) and box[2] - box[0] > other[2] - other[0]:
                box = _around([box, other])
        done.append((box, label))
    return done


_WITHIN = {"header": "page_number", "footer": "page_number", "body": "section"}


def lines_of(page: list[Letter]) -> list[tuple[_Box, str]]:
    """The lines of a page: boxes and labels."""
    runs: list[list[Letter]] = []
    turned: dict[tuple[str, float], list[_Box]] = {}
    for letter in page:
        if abs(math.sin(letter.angle)) > _TURNED:
            # One box around all of it, which is larger than those of the lines that it runs across.
            turned.setdefault((letter.label, round(letter.angle, 1)), []).append(letter.box)
            continue
        run = runs[-1] if runs else None
        if (
            run
            and run[-1].label == letter.label
            and _same_line(run[-1].box, letter.box)
            and letter.box[0] >= run[-1].box[0] - 1
        ):
            run.append(letter)
        else:
            runs.append([letter])
    pieces = [(_around([letter.box for letter in run]), run[0].label) for run in runs]
    pieces.sort(key=lambda piece: (round((piece[0][1] + piece[0][3]) / 2), piece[0][0]))
    done: list[tuple[_Box, str]] = []
    for box, label in pieces:
        for at in range(len(done) - 1, max(-1, len(done) - 12), -1):
            other, of = done[at]
            if of == label and _same_line(other, box) and not _between(other, box, label, pieces):
                done[at] = (_around([other, box]), label)
                break
        else:
            done.append((box, label))
    return done + [(_around(boxes), label) for (label, _), boxes in turned.items()]


def _same_line(one: _Box, other: _Box) -> bool:
    high = min(one[3] - one[1], other[3] - other[1])
    return (
        min(one[3], other[3]) - max(one[1], other[1]) > 0.6 * high
        and abs((one[1] + one[3]) - (other[1] + other[3])) / 2 < 0.35 * high
    )


def _between(one: _Box, other: _Box, label: str, pieces: list[tuple[_Box, str]]) -> bool:
    left, right = min(one[2], other[2]), max(one[0], other[0])
    top, low = min(one[1], other[1]), max(one[3], other[3])
    return any(
        of != label and box[0] < right and box[2] > left and min(box[3], low) - max(box[1], top) > 1
        for box, of in pieces
    )


def _around(boxes: list[_Box]) -> _Box:
    return (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )
