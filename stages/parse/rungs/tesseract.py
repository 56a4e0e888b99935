"""Text recognition by the program tesseract, one page at a time, by its table of words."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stages.parse.adaptor import Line, Page, RefusedError
from stages.parse.characters import clean
from stages.parse.pdfium import Pdfium, PdfiumDocument
from stages.parse.reading import Fragment, read
from stages.parse.rungs.drawing import draw
from stages.parse.rungs.program import run, text_in

_WORD = "5"  # the level of words in tesseract's table
_CERTAIN = 20.0  # percent from which on a word is text and no speckle
_BASE = 0.22  # of the height of a line's box: how far its base line is above its bottom
_SIZE = 0.9  # font size to the height of a line's box, which fits the letters


class Tesseract:
    """Recognises pages by tesseract. Holds one document at a time."""

    name = "tesseract"

    def __init__(self, dpi: float, languages: Sequence[str]) -> None:
        self._dpi = dpi
        self._languages = "+".join(languages)
        self._pdfium = Pdfium()

    def open(self, data: bytes, passwords: Sequence[str]) -> TesseractDocument:
        return TesseractDocument(self._pdfium.open(data, passwords), self._dpi, self._languages)


class TesseractDocument:
    """A document whose pages are drawn and given to tesseract."""

    def __init__(self, document: PdfiumDocument, dpi: float, languages: str) -> None:
        self._document = document
        self._dpi = dpi
        self._languages = languages
        self.page_count = document.page_count
        self.cut_off = document.cut_off

    def page(self, index: int) -> Page:
        picture = draw(self._document.opened, index, self._dpi)
        program = shutil.which("tesseract")
        if program is None:
            raise RefusedError("not_found")
        with tempfile.TemporaryDirectory(prefix="docmill-") as name:
            folder = Path(name)
            _write(picture.pixels, folder / "page.pgm")
            dpi = max(70, round(72 * picture.scale))
            argv = [program, "page.pgm", "stdout", "-l", self._languages, "--dpi", str(dpi), "tsv"]
            run(argv, folder, to=folder / "words.tsv")
            lines = _lines(text_in(folder / "words.tsv"), picture.scale)
        return Page(picture.width, picture.height, picture.rotation, lines)

    def close(self) -> None:
        self._document.close()


def _write(pixels: NDArray[np.uint8], file: Path) -> None:
    """Write a grey picture in the form "portable greymap", which needs no library."""
    weights = np.array([0.114, 0.587, 0.299], np.float32)  # of blue, green, red: ITU-R BT.601
    grey = np.rint(pixels.astype(np.float32) @ weights).astype(np.uint8)
    height, width = grey.shape
    with file.open("wb") as out:
        out.write(b"P5\n%d %d\n255\n" % (width, height))
        out.write(grey.tobytes())


class _Row(NamedTuple):
    """The words of one of tesseract's lines: text and box in points."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float


def _lines(table: str, scale: float) -> list[Line]:
    """Printed lines. Tesseract finds columns by itself, so its order stands where geometry allows it."""
    fragments = []
    for text, x0, y0, x1, y1 in _rows(table, scale):
        height = y1 - y0
        base, size = y1 - _BASE * height, _SIZE * height
        fragments.append(Fragment(text, x0, y0, x1, y1, base, size, False, False, 0, False))
    return read(fragments)


def _rows(table: str, scale: float) -> Iterator[_Row]:
    place: tuple[str, ...] = ()
    row: _Row | None = None
    for entry in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = clean((entry.get("text") or "").strip())
        if entry["level"] != _WORD or not text or float(entry["conf"]) < _CERTAIN:
            continue
        left, top = float(entry["left"]) / scale, float(entry["top"]) / scale
        right, bottom = left + float(entry["width"]) / scale, top + float(entry["height"]) / scale
        here = (entry["block_num"], entry["par_num"], entry["line_num"])
        if row is not None and here == place:
            row = _Row(
                f"{row.text} {text}", row.x0, min(row.y0, top), max(row.x1, right), max(row.y1, bottom)
            )
            continue
        if row is not None:
            yield row
        place, row = here, _Row(text, left, top, right, bottom)
    if row is not None:
        yield row
