"""The messages between the parse stage and its child: framing and the form of each message.

A frame is a kind (one byte), the length of its body (eight bytes, little endian) and the body. Bodies are
JSON or packed numbers and UTF-8, never pickles: the child reads hostile files, so what it says is data.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from stages.parse.adaptor import Line, Page

HEADER = struct.Struct("<cQ")

READY = b"r"  # child: started
BROKEN = b"b"  # child: cannot start; UTF-8 reason
REQUEST = b"q"  # parent: u32 length of JSON, JSON of the request, the document
OPENED = b"o"  # child: u32 number of pages, u8 whether the file is cut off
REFUSED = b"x"  # child: the document cannot be read; "code" or "code\nplace"
PAGE = b"p"  # child: one page, see pack_page
PAGE_FAILED = b"f"  # child: u32 index, f64 CPU seconds, "code" or "code\nplace"
DONE = b"d"  # child: finished, or stopped at the deadline

_PAGE = struct.Struct("<IffHfIQ")
COUNT = struct.Struct("<I")
CONTENTS = struct.Struct("<I?")
FAILURE = struct.Struct("<Id")
_NUMBERS = 5  # per line: x0, y0, x1, y1, font size
BOLD, ITALIC, BLOCK = 1, 2, 4


class PackedPage(NamedTuple):
    """A page as it arrives. ``numbers`` holds float32: x0 of all lines, then y0, x1, y1 and font size;
    ``flags`` one byte per line (BOLD, ITALIC, BLOCK); ``text`` the lines, one each."""

    number: int  # from 0
    width: float
    height: float
    rotation: int
    cpu_seconds: float
    text: str
    numbers: bytes
    flags: bytes


def pack_page(index: int, page: Page, cpu_seconds: float) -> bytes:
    """Return the body of a PAGE message."""
    lines = page.lines
    texts, *numbers, bold, italic, before = zip(*lines, strict=True) if lines else [()] * len(Line._fields)
    flags = bytes([BOLD * b | ITALIC * i | BLOCK * n for b, i, n in zip(bold, italic, before, strict=True)])
    text = "\n".join(texts).encode("utf-8", "replace")
    head = _PAGE.pack(index, page.width, page.height, page.rotation, cpu_seconds, len(lines), len(text))
    return b"".join((head, array("f", chain.from_iterable(numbers)).tobytes(), flags, text))


def unpack_page(body: memoryview) -> PackedPage:
    """Read the body of a PAGE message. Raises ValueError or struct.error when it is malformed."""
    index, width, height, rotation, cpu_seconds, count, length = _PAGE.unpack_from(body)
    flags_at = _PAGE.size + count * _NUMBERS * 4
    text_at = flags_at + count
    if len(body) != text_at + length:
        raise ValueError("a page message has the wrong length")
    return PackedPage(
        index,
        width,
        height,
        rotation,
        cpu_seconds,
        str(body[text_at:], "utf-8"),
        bytes(body[_PAGE.size : flags_at]),
        bytes(body[flags_at:text_at]),
    )


def frame(kind: bytes, *parts: bytes | memoryview) -> Sequence[bytes | memoryview]:
    """Return the pieces of a frame, ready to be sent one after the other."""
    return (HEADER.pack(kind, sum(map(len, parts))), *parts)
