"""Which characters are bold and italic, by the fonts of their text objects."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Sequence
from ctypes import c_int, c_void_p
from functools import lru_cache
from itertools import repeat

import pypdfium2.raw as pdfium

from stages.parse import pdfium_calls as calls

Style = tuple[bool, bool]  # bold, italic

_FORCE_BOLD, _ITALIC = 1 << 18, 1 << 6  # PDF 32000-1, table 123: font flags
_BOLD_WEIGHT = 700
_FILL_STROKE = pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE  # how a bold face is feigned
_BOLD_NAME = re.compile(r"bold|black|heavy|demi|CMB|SFB|[-,.]B(?:I|It)?$", re.IGNORECASE)
_LIGHT_NAME = re.compile(r"roman|regular|light|book|medium|[-,.](?:R|I|It)$", re.IGNORECASE)
_ITALIC_NAME = re.compile(r"ital|obliq|slant|CMTI|CMSL|SFTI|CMMI|[-,.]B?(?:I|It)$", re.IGNORECASE)


def styles_at(handle: c_void_p, chars: Sequence[int], known: dict[int | None, Style]) -> list[Style]:
    """Whether each character is bold, and italic; neither for a space that pdfium put in."""
    objects = list(map(calls.text_object, repeat(handle), chars))
    fonts = list(map(calls.object_font, objects))
    for font in fonts:
        if font not in known and font:
            known[font] = _font_style(font)
    return [
        (True, known[font][1]) if mode == _FILL_STROKE else known[font]
        for font, mode in zip(fonts, map(calls.render_mode, objects), strict=True)
    ]


def style_of_name(name: str) -> Style:
    """Whether a font of this name is bold, and italic, where nothing else is known of it."""
    return _style_of(name.encode("utf-8", "replace"), 0, 0, 0)


def _font_style(font: int) -> tuple[bool, bool]:
    size = calls.font_name(font, _NAME_AT, len(_NAME))
    name = _NAME.value if 0 < size <= len(_NAME) else b""
    angle = _ANGLE.value if calls.font_angle(font, _ANGLE_AT) else 0
    return _style_of(name, max(calls.font_flags(font), 0), angle, calls.font_weight(font))


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
