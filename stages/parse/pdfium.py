"""The pdfium rung: text fragments of a page with their boxes and fonts, through pypdfium2.

One ctypes call costs a third of a microsecond or more and a page has thousands of characters, so nothing
is asked per character: the text comes in one call, boxes come per text object, fonts per sample.
The reference for the calls is pdfium's public/fpdf_text.h.
"""

from __future__ import annotations

import ctypes
import math
import operator
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from ctypes import c_double, c_float, c_int, c_size_t, c_uint, c_void_p
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from stages.parse.adaptor import Page, RefusedError
from stages.parse.characters import clean
from stages.parse.reading import Fragment, read

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_BREAK = re.compile("\r\n|[\r\n\ufffe]")
_HYPHEN = 2  # what FPDFText_GetUnicode gives for a hyphen that divides a word at the end of a line
_WIDE_GAP = 1.2  # in font sizes: a longer hole within a line may be a gutter between columns
_FORCE_BOLD, _ITALIC = 1 << 18, 1 << 6  # PDF 32000-1, table 123: font flags
_BOLD_WEIGHT = 700
_FILL_STROKE = pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE  # how a bold face is feigned
_BOLD_NAME = re.compile(r"bold|black|heavy|demi|CMB|SFB|[-,.]B(?:I|It)?$", re.IGNORECASE)
_LIGHT_NAME = re.compile(r"roman|regular|light|book|medium|[-,.](?:R|I|It)$", re.IGNORECASE)
_ITALIC_NAME = re.compile(r"ital|obliq|slant|CMTI|CMSL|SFTI|CMMI|[-,.]B?(?:I|It)$", re.IGNORECASE)


class Pdfium:
    """Opens documents with pdfium. Holds one document at a time."""

    name = "pdfium"

    def versions(self) -> Mapping[str, str]:
        return versions()

    def open(self, data: bytes, passwords: Sequence[str]) -> PdfiumDocument:
        for password in (None, *passwords):
            try:
                return PdfiumDocument(pypdfium2.PdfDocument(data, password=password))
            except pypdfium2.PdfiumError as error:
                if error.err_code != pdfium.FPDF_ERR_PASSWORD:
                    raise RefusedError("corrupt") from None
        raise RefusedError("encrypted")


def versions() -> dict[str, str]:
    """Versions of the binding and of the library."""
    return {"pypdfium2": str(pypdfium2.PYPDFIUM_INFO), "pdfium": str(pypdfium2.PDFIUM_INFO)}


class PdfiumDocument:
    """A document that pdfium has opened."""

    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        self._document = document
        self.page_count = len(document)
        self.damaged = not pdfium.FPDF_DocumentHasValidCrossReferenceTable(document.raw)

    def page(self, index: int) -> Page:
        try:
            page = self._document[index]
            text_page = page.get_textpage()
        except pypdfium2.PdfiumError:
            raise RefusedError("corrupt") from None
        try:
            view = _View.of(page)
            fragments = _fragments(text_page.raw, view)
            return Page(view.width, view.height, view.rotation, read(fragments))
        finally:
            text_page.close()
            page.close()

    def close(self) -> None:
        self._document.close()


class _View(NamedTuple):
    """The page as displayed: from pdfium's coordinates (user space) to points from the top left."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    @classmethod
    def of(cls, page: pypdfium2.PdfPage) -> _View:
        left, bottom, right, top = page.get_bbox()
        return cls(left, bottom, right, top, page.get_rotation())

    @property
    def width(self) -> float:
        return self.top - self.bottom if self.rotation in (90, 270) else self.right - self.left

    @property
    def height(self) -> float:
        return self.right - self.left if self.rotation in (90, 270) else self.top - self.bottom

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.rotation == 0:
            return x - self.left, self.top - y
        if self.rotation == 90:
            return y - self.bottom, x - self.left
        if self.rotation == 180:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(self, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        """The box as displayed: x0, y0, x1, y1."""
        if self.rotation == 0:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        xa, ya = self.point(left, top)
        xb, yb = self.point(right, bottom)
        return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)

    def turn(self, a: float, b: float) -> int:
        """Clockwise quarter turns, as displayed, of text that runs along (a, b) in user space."""
        quarter = (0 if a >= 0 else 2) if abs(b) <= abs(a) else 3 if b > 0 else 1
        return (quarter + self.rotation // 90) % 4


def _getter(function: Any, result: Any, *arguments: Any) -> Any:
    """The same C function under a prototype of plain numbers, called without releasing the GIL, which
    halves its cost. Only for getters that return at once."""
    address = ctypes.cast(function, c_void_p).value or 0
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


_count_chars = _getter(pdfium.FPDFText_CountChars, c_int, c_void_p)
_text_index = _getter(pdfium.FPDFText_GetTextIndexFromCharIndex, c_int, c_void_p, c_int)
_char_index = _getter(pdfium.FPDFText_GetCharIndexFromTextIndex, c_int, c_void_p, c_int)
_get_text = _getter(pdfium.FPDFText_GetText, c_int, c_void_p, c_int, c_int, c_void_p)
_unicode = _getter(pdfium.FPDFText_GetUnicode, c_uint, c_void_p, c_int)
_count_rects = _getter(pdfium.FPDFText_CountRects, c_int, c_void_p, c_int, c_int)
_get_rect = _getter(pdfium.FPDFText_GetRect, c_int, c_void_p, c_int, c_void_p, c_void_p, c_void_p, c_void_p)
_font_size = _getter(pdfium.FPDFText_GetFontSize, c_double, c_void_p, c_int)
_matrix = _getter(pdfium.FPDFText_GetMatrix, c_int, c_void_p, c_int, c_void_p)
_text_object = _getter(pdfium.FPDFText_GetTextObject, c_void_p, c_void_p, c_int)
_render_mode = _getter(pdfium.FPDFTextObj_GetTextRenderMode, c_int, c_void_p)
_object_font = _getter(pdfium.FPDFTextObj_GetFont, c_void_p, c_void_p)
_font_flags = _getter(pdfium.FPDFFont_GetFlags, c_int, c_void_p)
_font_weight = _getter(pdfium.FPDFFont_GetWeight, c_int, c_void_p)
_font_angle = _getter(pdfium.FPDFFont_GetItalicAngle, c_int, c_void_p, c_void_p)
_font_name = _getter(pdfium.FPDFFont_GetBaseFontName, c_size_t, c_void_p, c_void_p, c_size_t)


class _Text:
    """The text of a page and where its characters are in pdfium's list of them.

    The list counts in UTF-16, so every character beyond the basic plane takes two places; and in rare
    files it holds characters that the text leaves out.
    """

    __slots__ = ("_astral", "_shifted", "handle", "same", "text")

    def __init__(self, handle: int, text: str, shifted: bool) -> None:
        self.handle = handle
        self.text = text  # may hold lone surrogates
        self._shifted = shifted
        self._astral = [found.start() for found in _ASTRAL.finditer(text)] if max(text) > "\uffff" else []
        self.same = not self._astral and not shifted  # text[i] is character i

    def char(self, at: int) -> int:
        """The number of the character behind text[at]."""
        unit = at + bisect_left(self._astral, at)
        return int(_char_index(self.handle, unit)) if self._shifted else unit


def _text_of(handle: int) -> _Text | None:
    count = _count_chars(handle)
    # Characters without Unicode are not part of the text; the call below must start and end at others.
    first, last = 0, count - 1
    while first <= last and _text_index(handle, first) < 0:
        first += 1
    while first <= last and _text_index(handle, last) < 0:
        last -= 1
    if first > last:
        return None
    length = _text_index(handle, last) + 1
    room = max(length, last - first + 1) + 2
    buffer = (ctypes.c_uint16 * room)()
    wrote = _get_text(handle, first, last - first + 1, ctypes.addressof(buffer)) - 1
    if wrote <= 0:
        return None
    text = bytes(memoryview(buffer).cast("B")[: 2 * wrote]).decode("utf-16-le", "surrogatepass")
    return _Text(handle, text, wrote != count)


def _fragments(raw: Any, view: _View) -> list[Fragment]:
    """The runs of text that pdfium takes for lines, cut at wide gaps, in the file's order."""
    handle = ctypes.cast(raw, c_void_p).value
    content = _text_of(handle) if handle else None
    if content is None:
        return []
    fragments: list[Fragment] = []
    fonts: dict[int, tuple[bool, bool]] = {}
    text = content.text
    start = 0
    for row, found in enumerate(chain(_BREAK.finditer(text), (None,))):
        end, after = found.span() if found else (len(text), len(text))
        divided = False
        if found and text[end] == "\ufffe":
            divided = _unicode(handle, content.char(end)) == _HYPHEN
            if not divided:
                continue  # a character without meaning: the line goes on
        visible = text[start:end].lstrip()
        if visible:
            _add_row(fragments, content, view, fonts, end - len(visible), end, row, divided)
        start = after
    return fragments


_ROOM = 1 << 16
_RECTS = (c_double * (4 * _ROOM))()  # left, top, right, bottom of the boxes of one line, one after the other
_RECTS_AT = ctypes.addressof(_RECTS)
_MATRIX = (c_float * 6)()
_MATRIX_AT = ctypes.addressof(_MATRIX)


def _add_row(
    fragments: list[Fragment],
    content: _Text,
    view: _View,
    fonts: dict[int, tuple[bool, bool]],
    begin: int,
    end: int,
    row: int,
    divided: bool,
) -> None:
    """Add the fragments of one of pdfium's lines, ``text[begin:end]``, which begins with no space."""
    handle = content.handle
    if content.same:
        first, last = begin, end - 1
    else:
        first, last = content.char(begin), content.char(end - 1)
    count = min(_count_rects(handle, first, last - first + 1 + divided), _ROOM)
    at = _RECTS_AT
    for index in range(count):
        _get_rect(handle, index, at, at + 8, at + 16, at + 24)
        at += 32
    size, turn, base = _type_of(handle, first, view)
    if count == 1:
        piece = clean(content.text[begin:end])
        if divided:
            piece = piece.rstrip() + "-"
        bold, italic = _style(handle, first, first, fonts)
        left, top, right, bottom = _RECTS[:4]
        box = view.box(left, top, right, bottom)
        fragments.append(Fragment(piece, *box, base, size, bold, italic, turn, row))
        return
    values = _RECTS[: 4 * count]
    lefts, tops, rights, bottoms = values[0::4], values[1::4], values[2::4], values[3::4]
    quarter = (turn - view.rotation // 90) % 4
    ahead, behind = _along(lefts, tops, rights, bottoms, quarter) if quarter else (lefts, rights)
    widest = _WIDE_GAP * size
    cuts: list[int] = []
    if count and max(map(operator.sub, ahead[1:], behind)) > widest:
        cuts = [i for i in range(1, count) if ahead[i] - behind[i - 1] > widest]
    char, rect = first, 0
    for rect_end in [*cuts, count]:
        if rect_end < count:
            char_end = _char_of_rect(handle, first, last, rect_end)
            stop = _text_at(content, char_end, begin, end)
        else:
            char_end, stop = last + 1, end
        piece = clean(content.text[begin:stop])
        if divided and rect_end == count:
            piece = piece.rstrip() + "-"
        if piece.strip():
            if rect:
                size, turn, base = _type_of(handle, char, view)
            bold, italic = _style(
                handle, char + (char_end - char) // 6, char_end - (char_end - char) // 6 - 1, fonts
            )
            if count:
                part = slice(rect, rect_end)
                box = view.box(min(lefts[part]), max(tops[part]), max(rights[part]), min(bottoms[part]))
            else:  # nothing is drawn
                x, y = view.point(_MATRIX[4], _MATRIX[5])
                box = x, y, x, y
            fragments.append(Fragment(piece, *box, base, size, bold, italic, turn, row))
        begin, char, rect = stop, char_end, rect_end


def _along(
    lefts: list[float], tops: list[float], rights: list[float], bottoms: list[float], quarter: int
) -> tuple[list[float], list[float]]:
    """Where boxes begin and end along text that runs in ``quarter`` clockwise turns in user space."""
    if quarter == 1:
        return [-top for top in tops], [-bottom for bottom in bottoms]
    if quarter == 2:
        return [-right for right in rights], [-left for left in lefts]
    return bottoms, tops


def _char_of_rect(handle: int, first: int, last: int, rect: int) -> int:
    """The first character of box number ``rect`` of the run."""
    low, high = first, last
    while low < high:  # the least end so that the run up to it has more than ``rect`` boxes
        middle = (low + high) // 2
        if _count_rects(handle, first, middle - first + 1) > rect:
            high = middle
        else:
            low = middle + 1
    return low


def _text_at(content: _Text, char: int, begin: int, end: int) -> int:
    """Where the character is in the text: between ``begin`` and ``end``, which are."""
    while begin < end:
        middle = (begin + end) // 2
        if content.char(middle) >= char:
            end = middle
        else:
            begin = middle + 1
    return begin


def _type_of(handle: int, char: int, view: _View) -> tuple[float, int, float]:
    """Font size, direction (see _View.turn) and place of the base line across the text."""
    size: float = _font_size(handle, char)
    if not _matrix(handle, char, _MATRIX_AT):
        return size, view.rotation // 90, 0.0
    a, b, c, d, x, y = _MATRIX
    if b == 0.0 == c and a > 0.0 and view.rotation == 0:
        return size * abs(d), 0, view.top - y
    turn = view.turn(a, b)
    x, y = view.point(x, y)
    return size * math.hypot(c, d), turn, (y, -x, -y, x)[turn]


def _style(handle: int, first: int, last: int, fonts: dict[int, tuple[bool, bool]]) -> tuple[bool, bool]:
    """Whether most of a run of characters is bold, and italic, as far as three of them tell."""
    text_object = _text_object(handle, first)
    one = _looks(text_object, fonts)
    if first == last:
        return one
    other_object = _text_object(handle, last)
    if other_object == text_object or (other := _looks(other_object, fonts)) == one:
        return one
    third = _looks(_text_object(handle, (first + last) // 2), fonts)
    bold, italic = one[0] + other[0] + third[0], one[1] + other[1] + third[1]
    return bold > 1, italic > 1


def _looks(text_object: int | None, fonts: dict[int, tuple[bool, bool]]) -> tuple[bool, bool]:
    if not text_object:
        return False, False  # a space that pdfium put in
    font = _object_font(text_object)
    style = fonts.get(font)
    if style is None:
        style = fonts[font] = _font_style(font)
    if not style[0] and _render_mode(text_object) == _FILL_STROKE:
        return True, style[1]
    return style


def _font_style(font: int | None) -> tuple[bool, bool]:
    if not font:
        return False, False
    size = _font_name(font, _NAME_AT, len(_NAME))
    name = _NAME.value if 0 < size <= len(_NAME) else b""
    angle = _ANGLE.value if _font_angle(font, _ANGLE_AT) else 0
    return _style_of(name, max(_font_flags(font), 0), angle, _font_weight(font))


_NAME = ctypes.create_string_buffer(256)
_NAME_AT = ctypes.addressof(_NAME)
_ANGLE = c_int()
_ANGLE_AT = ctypes.addressof(_ANGLE)


@lru_cache(maxsize=4096)
def _style_of(base_name: bytes, flags: int, angle: int, weight: int) -> tuple[bool, bool]:
    """Whether a font of these properties is bold, and italic. Names say it more reliably than the weight,
    which pdfium derives from the thickness of stems."""
    name = base_name.decode("utf-8", "replace").rpartition("+")[2]
    bold = bool(flags & _FORCE_BOLD or _BOLD_NAME.search(name))
    if not bold and not _LIGHT_NAME.search(name):
        bold = weight >= _BOLD_WEIGHT
    return bold, bool(flags & _ITALIC or angle or _ITALIC_NAME.search(name))
