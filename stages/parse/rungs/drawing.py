"""Pages as pictures, drawn by pdfium."""

from __future__ import annotations

import ctypes
from typing import NamedTuple

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from stages.parse.adaptor import RefusedError

_MOST = 40_000_000  # pixels: a poster is drawn more coarsely


class Picture(NamedTuple):
    """A page as displayed. ``pixels`` is height by width by 3 (blue, green, red) in bytes; ``scale`` is how
    many pixels a point has; width, height and rotation are those of ``adaptor.Page``."""

    pixels: NDArray[np.uint8]
    scale: float
    width: float
    height: float
    rotation: int


def draw(document: pypdfium2.PdfDocument, index: int, dpi: float) -> Picture:
    """Draw a page on white, with its annotations. Raises RefusedError."""
    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        raise RefusedError("corrupt") from None
    try:
        width, height = page.get_size()
        scale = min(dpi / 72.0, (_MOST / max(width * height, 1.0)) ** 0.5)
        columns, rows = max(1, round(width * scale)), max(1, round(height * scale))
        pixels = np.empty((rows, columns, 3), np.uint8)
        bitmap = pdfium.FPDFBitmap_CreateEx(
            columns, rows, pdfium.FPDFBitmap_BGR, pixels.ctypes.data_as(ctypes.c_void_p), pixels.strides[0]
        )
        if not bitmap:
            raise RefusedError("corrupt")
        try:
            pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, columns, rows, 0xFFFFFFFF)
            flags = pdfium.FPDF_ANNOT
            pdfium.FPDF_RenderPageBitmap(bitmap, page.raw, 0, 0, columns, rows, 0, flags)
            if document.formenv is not None:
                pdfium.FPDF_FFLDraw(document.formenv.raw, bitmap, page.raw, 0, 0, columns, rows, 0, flags)
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)
        return Picture(pixels, scale, width, height, page.get_rotation())
    finally:
        page.close()
