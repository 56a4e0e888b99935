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
from itertools import chain, repeat
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


_Box = tuple[float, float, float, float]
_Type = tuple[float, int, float]  # font size, direction (see _View.turn), place of the base line across it
_Style = tuple[bool, bool]  # bold, italic


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

    def box(self, left: float, top: float, right: float, bottom: float) -> _Box:
        """The box as displayed: x0, y0, x1, y1."""
        if self.rotation == 0:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        xa, ya = self.point(left, top)
        xb, yb = self.point(right, bottom)
        return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)

    def nowhere(self, kind: _Type) -> _Box:
        """The empty box of text that leaves no mark, on its base line."""
        _, turn, base = kind
        x, y = ((0.0, base), (-base, 0.0), (0.0, -base), (base, 0.0))[turn]
        return x, y, x, y

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

    def __init__(self, handle: int, text: str, units: int, chars: int) -> None:
        self.handle = handle
        self.text = text  # may hold lone surrogates
        self._shifted = shifted = units != chars
        self._astral = [found.start() for found in _ASTRAL.finditer(text)] if units > len(text) else []
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
    return _Text(handle, text, wrote, count)


# One of pdfium's lines: where it begins (with no space) and ends in the text, its first and last character,
# and whether a hyphen follows which divides a word.
_Run = tuple[int, int, int, int, bool]


def _runs(content: _Text) -> list[_Run]:
    text, same = content.text, content.same
    runs: list[_Run] = []
    start = 0
    for found in chain(_BREAK.finditer(text), (None,)):
        end, after = found.span() if found else (len(text), len(text))
        divided = False
        if found and text[end] == "\ufffe":
            divided = _unicode(content.handle, content.char(end)) == _HYPHEN
            if not divided:
                continue  # a character without meaning: the line goes on
        visible = text[start:end].lstrip()
        if visible:
            begin = end - len(visible)
            if same:
                runs.append((begin, end, begin, end - 1, divided))
            else:
                runs.append((begin, end, content.char(begin), content.char(end - 1), divided))
        start = after
    return runs


_ROOM = 1 << 16  # boxes of one line
_RECTS = (c_double * (4 * _ROOM))()  # left, top, right, bottom, one after the other
_RECTS_AT = ctypes.addressof(_RECTS)


# What lies between two wide gaps of a run: text, box as displayed, type, number of the run, first and last
# character, and whether it consists of several text objects.
_Piece = tuple[str, _Box, _Type, int, int, int, bool]


def _fragments(raw: Any, view: _View) -> list[Fragment]:
    """The runs of text that pdfium takes for lines, cut at wide gaps, in the file's order."""
    handle = ctypes.cast(raw, c_void_p).value
    content = _text_of(handle) if handle else None
    if content is None:
        return []
    pieces = _pieces(content, view)
    return [
        Fragment(text, *box, base, size, *style, turn, row)
        for (text, box, (size, turn, base), row, *_), style in zip(
            pieces, _styles(content.handle, pieces), strict=True
        )
        if text and not text.isspace()
    ]


def _pieces(content: _Text, view: _View) -> list[_Piece]:
    handle, text = content.handle, content.text
    runs = _runs(content)
    types = _types(handle, [run[2] for run in runs], view)
    one_box = (_RECTS_AT, _RECTS_AT + 8, _RECTS_AT + 16, _RECTS_AT + 24)
    pieces: list[_Piece] = []
    for row, ((begin, end, first, last, divided), kind) in enumerate(zip(runs, types, strict=True)):
        count = _count_rects(handle, first, last - first + 1 + divided)
        if count == 1:
            _get_rect(handle, 0, *one_box)
            box = view.box(*_RECTS[:4])
        elif not count:
            box = view.nowhere(kind)  # nothing is drawn
        else:
            count = min(count, _ROOM)
            at = _RECTS_AT
            for index in range(count):
                _get_rect(handle, index, at, at + 8, at + 16, at + 24)
                at += 32
            values = _RECTS[: 4 * count]
            lefts, tops, rights, bottoms = rects = values[0::4], values[1::4], values[2::4], values[3::4]
            quarter = (kind[1] - view.rotation // 90) % 4
            ahead, behind = _along(lefts, tops, rights, bottoms, quarter) if quarter else (lefts, rights)
            widest = _WIDE_GAP * kind[0]
            if max(map(operator.sub, ahead[1:], behind)) > widest:
                cuts = [i for i in range(1, count) if ahead[i] - behind[i - 1] > widest]
                pieces += _cut(content, view, rects, cuts, runs[row], row)
                continue
            box = view.box(min(lefts), max(tops), max(rights), min(bottoms))
        words = clean(text[begin:end])
        if divided:
            words = f"{words.rstrip()}-"
        pieces.append((words, box, kind, row, first, last, count > 1))
    return pieces


def _cut(
    content: _Text,
    view: _View,
    rects: tuple[list[float], list[float], list[float], list[float]],
    cuts: list[int],
    run: _Run,
    row: int,
) -> list[_Piece]:
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
        pieces.append((words, box, kind, row, chars[i], chars[i + 1] - 1, bounds[i + 1] - bounds[i] > 1))
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


def _char_of_rect(handle: int, first: int, last: int, rect: int, low: int) -> int:
    """The first character of box number ``rect`` of the run; it is not before ``low``."""
    high = last
    while low < high:  # the least end so that the run up to it has more than ``rect`` boxes
        middle = (low + high) // 2
        if _count_rects(handle, first, middle - first + 1) > rect:
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


def _types(handle: int, chars: Sequence[int], view: _View) -> list[_Type]:
    """For each character: font size, direction (see _View.turn), place of its base line across the text."""
    sizes = map(_font_size, repeat(handle), chars)
    matrices = (c_float * (6 * len(chars)))()
    at = ctypes.addressof(matrices)
    known = list(map(_matrix, repeat(handle), chars, range(at, at + 24 * len(chars), 24)))
    values = matrices[:]
    types: list[_Type] = []
    for i, (size, has_matrix) in enumerate(zip(sizes, known, strict=True)):
        a, b, c, d, x, y = values[6 * i : 6 * i + 6]
        if not has_matrix:
            types.append((size, view.rotation // 90, 0.0))
        elif b == 0.0 == c and a > 0.0 and view.rotation == 0:
            types.append((size * abs(d), 0, view.top - y))
        else:
            turn = view.turn(a, b)
            x, y = view.point(x, y)
            types.append((size * math.hypot(c, d), turn, (y, -x, -y, x)[turn]))
    return types


def _styles(handle: int, pieces: Sequence[_Piece]) -> list[_Style]:
    """Whether most of each piece is bold, and italic. One text object has one font; for pieces of several,
    three characters speak."""
    fonts: dict[int | None, _Style] = {None: (False, False)}
    styles = _styles_at(handle, [piece[4] for piece in pieces], fonts)
    several = [i for i, piece in enumerate(pieces) if piece[6]]
    spans = [pieces[i][4:6] for i in several]
    middle = [(first + last) // 2 for first, last in spans]
    end = [last - (last - first) // 6 for first, last in spans]
    samples = zip(_styles_at(handle, middle, fonts), _styles_at(handle, end, fonts), strict=True)
    for i, (one, other) in zip(several, samples, strict=True):
        here = styles[i]
        if one == other:
            styles[i] = one
        elif here != one and here != other:
            styles[i] = here[0] + one[0] + other[0] > 1, here[1] + one[1] + other[1] > 1
    return styles


def _styles_at(handle: int, chars: Sequence[int], known: dict[int | None, _Style]) -> list[_Style]:
    """Whether each character is bold, and italic; neither for a space that pdfium put in."""
    objects = list(map(_text_object, repeat(handle), chars))
    fonts = list(map(_object_font, objects))
    for font in fonts:
        if font not in known and font:
            known[font] = _font_style(font)
    return [
        (True, known[font][1]) if mode == _FILL_STROKE else known[font]
        for font, mode in zip(fonts, map(_render_mode, objects), strict=True)
    ]


def _font_style(font: int) -> tuple[bool, bool]:
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
