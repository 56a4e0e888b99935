"""The calls of pdfium that are made for every line, under prototypes that make them cheap.

The reference for them is pdfium's public/fpdf_text.h and public/fpdf_edit.h.
"""

from __future__ import annotations

import ctypes
from ctypes import c_double, c_int, c_size_t, c_uint, c_void_p
from typing import Any

import pypdfium2.raw as pdfium


class Handle(c_void_p):
    """A pointer that calls return as it is: of a plain ``c_void_p`` they make an int."""


def _getter(function: Any, result: Any, *arguments: Any) -> Any:
    """The same C function under another prototype, called without releasing the GIL, which halves its cost.
    Only for getters that return at once.

    Without ``arguments`` the call takes pointers as ctypes objects (``c_void_p``, ``byref``, arrays) and
    numbers as int, which must fit a C int: nothing is converted then, which halves the cost again.
    """
    address = ctypes.cast(function, c_void_p).value or 0
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


count_chars = _getter(pdfium.FPDFText_CountChars, c_int)
text_index = _getter(pdfium.FPDFText_GetTextIndexFromCharIndex, c_int)
char_index = _getter(pdfium.FPDFText_GetCharIndexFromTextIndex, c_int)
get_text = _getter(pdfium.FPDFText_GetText, c_int)
unicode = _getter(pdfium.FPDFText_GetUnicode, c_uint)
count_rects = _getter(pdfium.FPDFText_CountRects, c_int)
get_rect = _getter(pdfium.FPDFText_GetRect, c_int)
font_size = _getter(pdfium.FPDFText_GetFontSize, c_double)
matrix = _getter(pdfium.FPDFText_GetMatrix, c_int)
text_object = _getter(pdfium.FPDFText_GetTextObject, c_void_p)
# These take a pointer that another one returned, which ctypes made a Python int of.
render_mode = _getter(pdfium.FPDFTextObj_GetTextRenderMode, c_int, c_void_p)
object_font = _getter(pdfium.FPDFTextObj_GetFont, c_void_p, c_void_p)
font_flags = _getter(pdfium.FPDFFont_GetFlags, c_int, c_void_p)
font_weight = _getter(pdfium.FPDFFont_GetWeight, c_int, c_void_p)
font_angle = _getter(pdfium.FPDFFont_GetItalicAngle, c_int, c_void_p, c_void_p)
font_name = _getter(pdfium.FPDFFont_GetBaseFontName, c_size_t, c_void_p, c_void_p, c_size_t)

# For ``objects``: what the page paints. Pointers stay ctypes objects from one call to the next.
has_map_error = _getter(pdfium.FPDFText_HasUnicodeMapError, c_int)
object_of_char = _getter(pdfium.FPDFText_GetTextObject, Handle)
mode_of_object = _getter(pdfium.FPDFTextObj_GetTextRenderMode, c_int)
count_objects = _getter(pdfium.FPDFPage_CountObjects, c_int)
get_object = _getter(pdfium.FPDFPage_GetObject, Handle)
object_type = _getter(pdfium.FPDFPageObj_GetType, c_int)
object_bounds = _getter(pdfium.FPDFPageObj_GetBounds, c_int)
object_matrix = _getter(pdfium.FPDFPageObj_GetMatrix, c_int)
count_form_objects = _getter(pdfium.FPDFFormObj_CountObjects, c_int)
get_form_object = _getter(pdfium.FPDFFormObj_GetObject, Handle, c_void_p, c_size_t)
image_size = _getter(pdfium.FPDFImageObj_GetImagePixelSize, c_int)

# For the rung ``geometric``: where each character is.
is_generated = _getter(pdfium.FPDFText_IsGenerated, c_int, c_void_p, c_int)
loose_box = _getter(pdfium.FPDFText_GetLooseCharBox, c_int, c_void_p, c_int, c_void_p)
origin = _getter(pdfium.FPDFText_GetCharOrigin, c_int, c_void_p, c_int, c_void_p, c_void_p)
