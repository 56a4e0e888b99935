"""Draws pages in the parser process, for a person to look at.

What a parser process sends are pages of lines. A picture travels as the text of its page's only line: a PNG
in base64.
"""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from stages.parse.adaptor import Line, Page
from stages.parse.pdfium import Pdfium, PdfiumDocument
from stages.parse.rungs.drawing import draw

_LEVEL = 6  # of compression


class PageImage:
    """An adaptor whose pages hold their picture."""

    name = "page_image"

    def __init__(self, dpi: float = 100.0) -> None:
        self._dpi = dpi
        self._pdfium = Pdfium()

    def open(self, data: bytes, passwords: Sequence[str]) -> PageImageDocument:
        return PageImageDocument(self._pdfium.open(data, passwords), self._dpi)


class PageImageDocument:
    """An open document."""

    def __init__(self, document: PdfiumDocument, dpi: float) -> None:
        self._document = document
        self._dpi = dpi
        self.page_count = document.page_count
        self.cut_off = document.cut_off

    def page(self, index: int) -> Page:
        picture = draw(self._document.opened, index, self._dpi)
        text = base64.b64encode(png(picture.pixels[:, :, ::-1])).decode("ascii")
        line = Line(text, 0.0, 0.0, picture.width, picture.height, 0.0, bold=False, italic=False)
        return Page(picture.width, picture.height, picture.rotation, [line])

    def close(self) -> None:
        self._document.close()


def png(pixels: NDArray[np.uint8]) -> bytes:
    """Return a picture as a PNG file. ``pixels``: height by width by 3 (red, green, blue)."""
    height, width, _ = pixels.shape
    rows = np.zeros((height, 1 + 3 * width), np.uint8)  # each row begins with its filter
    flat = pixels.reshape(height, 3 * width)
    rows[:, 1:] = flat
    rows[1:, 0] = 2  # less the row above: paper is mostly white
    rows[1:, 1:] = flat[1:] - flat[:-1]
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows.tobytes(), _LEVEL)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )
