"""The pdfium rung: text fragments of a page with their boxes and fonts, through pypdfium2.

One ctypes call costs a third of a microsecond or more and a page has thousands of characters, so nothing
is asked per character: the text comes in one call, boxes come per text object, fonts per sample.
The reference for the calls is pdfium's public/fpdf_text.h.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from ctypes import c_double, c_float, c_int, c_size_t, c_uint, c_void_p
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from stages.parse.adaptor import Page, RefusedError
from stages.parse.characters import clean
from stages.parse.reading import Fragment, read

_BREAK = re.compile("\r\n|[\r\n\ufffe]")
_WORD = re.compile(r"\S")
_HYPHEN = 2  # what FPDFText_GetUnicode gives for a hyphen that divides a word at the end of a line
_WIDE_GAP = 1.2  # in font sizes: a longer hole within a line may be a gutter between columns
_FORCE_BOLD, _ITALIC = 1 << 18, 1 << 6  # PDF 32000-1, table 123: font flags
_BOLD_WEIGHT = 700
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
            fragments = list(_fragments(text_page.raw, view))
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
_origin = _getter(pdfium.FPDFText_GetCharOrigin, c_int, c_void_p, c_int, c_void_p, c_void_p)
_text_object = _getter(pdfium.FPDFText_GetTextObject, c_void_p, c_void_p, c_int)
_render_mode = _getter(pdfium.FPDFTextObj_GetTextRenderMode, c_int, c_void_p)
_object_font = _getter(pdfium.FPDFTextObj_GetFont, c_void_p, c_void_p)
_font_flags = _getter(pdfium.FPDFFont_GetFlags, c_int, c_void_p)
_font_weight = _getter(pdfium.FPDFFont_GetWeight, c_int, c_void_p)
_font_angle = _getter(pdfium.FPDFFont_GetItalicAngle, c_int, c_void_p, c_void_p)
_font_name = _getter(pdfium.FPDFFont_GetBaseFontName, c_size_t, c_void_p, c_void_p, c_size_t)


class _Text(NamedTuple):
    """The text of a page and where its characters are in pdfium's list of them."""

    text: str  # may hold lone surrogates
    handle: int
    units: list[int] | None  # UTF-16 offset of each code point; None when they are the same
    shifted: bool  # whether the list of characters and the text differ in places

    def char(self, at: int) -> int:
        """The number of the character behind text[at]."""
        unit = self.units[at] if self.units else at
        return _char_index(self.handle, unit) if self.shifted else unit


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
    units: list[int] | None = None
    if len(text) != wrote:
        units, at = [], 0
        for character in text:
            units.append(at)
            at += 2 if character > "\uffff" else 1
        units.append(at)
    return _Text(text, handle, units, wrote != count)


def _fragments(raw: Any, view: _View) -> Iterator[Fragment]:
    """Yield the runs of text that pdfium takes for lines, cut at wide gaps, in the file's order."""
    handle = ctypes.cast(raw, c_void_p).value
    assert handle is not None  # noqa: S101 - a text page that loaded has an address
    content = _text_of(handle)
    if content is None:
        return
    text = content.text
    fonts: dict[int, tuple[bool, bool]] = {}
    row = start = 0
    while start < len(text):
        found = _BREAK.search(text, start)
        end, after = (found.start(), found.end()) if found else (len(text), len(text))
        divided = False
        while found and found[0] == "\ufffe":
            if _unicode(handle, content.char(end)) == _HYPHEN:
                divided = True
                break
            found = _BREAK.search(text, after)  # a character without meaning: the line goes on
            end, after = (found.start(), found.end()) if found else (len(text), len(text))
        yield from _row(content, view, fonts, start, end, row, divided)
        start = after
        row += 1


def _row(
    content: _Text,
    view: _View,
    fonts: dict[int, tuple[bool, bool]],
    start: int,
    end: int,
    row: int,
    divided: bool,
) -> Iterator[Fragment]:
    """Yield the fragments of one of pdfium's lines, ``text[start:end]``."""
    text, handle = content.text, content.handle
    visible = _WORD.search(text, start, end)
    if visible is None:
        return
    first = content.char(visible.start())
    last = content.char(end - 1)
    rects = _rects(handle, first, last - first + 1 + divided)
    size, turn, base = _type_of(handle, first, view)
    cuts = _wide_gaps(rects, size, turn, view)
    begin, char_begin, rect_begin = visible.start(), first, 0
    for rect_end in [*cuts, len(rects)]:
        whole = rect_end == len(rects)
        char_end = last + 1 if whole else _char_of_rect(handle, first, last, rect_end)
        stop = end if whole else _text_at(content, char_end, begin, end)
        piece = clean(text[begin:stop])
        if piece.strip():
            if whole and divided:
                piece = piece.rstrip() + "-"
            if rect_begin:
                size, turn, base = _type_of(handle, char_begin, view)
            samples = (char_begin,) if rect_end - rect_begin < 2 else _spread(char_begin, char_end)
            bold, italic = _style(handle, samples, fonts)
            x0, y0, x1, y1 = _union(rects[rect_begin:rect_end], view, base)
            yield Fragment(piece, x0, y0, x1, y1, base[0], base[1], size, bold, italic, turn, row)
        begin, char_begin, rect_begin = stop, char_end, rect_end


_CORNERS = (c_double * 4)()
_LEFT = ctypes.addressof(_CORNERS)
_TOP, _RIGHT, _BOTTOM = _LEFT + 8, _LEFT + 16, _LEFT + 24
_Rect = tuple[float, float, float, float]


def _rects(handle: int, start: int, count: int) -> list[_Rect]:
    """Boxes (left, top, right, bottom in user space) of the text objects of a run of characters."""
    rects = []
    for index in range(_count_rects(handle, start, count)):
        _get_rect(handle, index, _LEFT, _TOP, _RIGHT, _BOTTOM)
        left, top, right, bottom = _CORNERS
        rects.append((left, top, right, bottom))
    return rects


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


def _wide_gaps(rects: list[_Rect], size: float, turn: int, view: _View) -> list[int]:
    """Numbers of the boxes that lie far behind the one before, along the text."""
    if len(rects) < 2:
        return []
    widest = _WIDE_GAP * size
    quarter = (turn - view.rotation // 90) % 4  # of the text in user space
    if quarter == 0:
        return [i for i in range(1, len(rects)) if rects[i][0] - rects[i - 1][2] > widest]
    if quarter == 1:
        return [i for i in range(1, len(rects)) if rects[i - 1][3] - rects[i][1] > widest]
    if quarter == 2:
        return [i for i in range(1, len(rects)) if rects[i - 1][0] - rects[i][2] > widest]
    return [i for i in range(1, len(rects)) if rects[i][3] - rects[i - 1][1] > widest]


def _union(rects: list[_Rect], view: _View, base: tuple[float, float]) -> _Rect:
    """The box around the boxes, as displayed; the point ``base`` when nothing is drawn."""
    if not rects:
        return *base, *base
    if len(rects) == 1:
        left, top, right, bottom = rects[0]
    else:
        lefts, tops, rights, bottoms = zip(*rects, strict=True)
        left, top, right, bottom = min(lefts), max(tops), max(rights), min(bottoms)
    xa, ya = view.point(left, top)
    xb, yb = view.point(right, bottom)
    return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)


_NUMBERS = (c_float * 6)()
_NUMBERS_AT = ctypes.addressof(_NUMBERS)


def _type_of(handle: int, char: int, view: _View) -> tuple[float, int, tuple[float, float]]:
    """Font size, direction (see _View.turn) and the point on the base line at which a character stands."""
    size = _font_size(handle, char)
    turn = view.rotation // 90 % 4
    if _matrix(handle, char, _NUMBERS_AT):
        a, b, c, d, _, _ = _NUMBERS
        size *= math.hypot(c, d)
        turn = view.turn(a, b)
    if not _origin(handle, char, _LEFT, _TOP):
        return size, turn, (0.0, 0.0)
    return size, turn, view.point(_CORNERS[0], _CORNERS[1])


def _spread(begin: int, end: int) -> tuple[int, ...]:
    """Five characters of a run that stand for it."""
    length = end - begin
    return tuple(begin + (2 * i + 1) * length // 10 for i in range(5))


def _style(handle: int, samples: Sequence[int], fonts: dict[int, tuple[bool, bool]]) -> tuple[bool, bool]:
    """Whether most of the sampled characters are bold, and italic."""
    seen = bold = italic = 0
    for char in samples:
        text_object = _text_object(handle, char)
        if not text_object:
            continue  # a space that pdfium put in
        font = _object_font(text_object)
        style = fonts.get(font)
        if style is None:
            style = fonts[font] = _font_style(font)
        seen += 1
        bold += style[0] or _render_mode(text_object) == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE
        italic += style[1]
    return 2 * bold > seen, 2 * italic > seen


def _font_style(font: int | None) -> tuple[bool, bool]:
    if not font:
        return False, False
    flags = max(_font_flags(font), 0)
    room = 128
    buffer = (ctypes.c_char * room)()
    _font_name(font, ctypes.addressof(buffer), room)
    name = buffer.value.decode("utf-8", "replace").rpartition("+")[2]
    angle = c_int()
    _font_angle(font, ctypes.addressof(angle))
    bold = bool(flags & _FORCE_BOLD or _BOLD_NAME.search(name))
    if not bold and not _LIGHT_NAME.search(name):
        bold = _font_weight(font) >= _BOLD_WEIGHT
    return bold, bool(flags & _ITALIC or angle.value or _ITALIC_NAME.search(name))
