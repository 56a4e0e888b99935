"""The messages between the parse stage and its child: framing and the form of each message.

A frame is a kind (one byte), the length of its body (eight bytes, little endian) and the body. Bodies are
JSON or packed numbers and UTF-8, never pickles: the child reads hostile files, so what it says is data.
"""

from __future__ import annotations

import json
import struct
from array import array
from collections.abc import Sequence
from itertools import chain
from typing import Any, NamedTuple

from models.page_router.evidence import Evidence
from stages.parse.adaptor import Cell, Line, Page, Table

HEADER = struct.Struct("<cQ")

READY = b"r"  # child: started
BROKEN = b"b"  # child: cannot start; UTF-8 reason
REQUEST = b"q"  # parent: u32 length of JSON, JSON of the request, the document
OPENED = b"o"  # child: u32 number of pages, u8 whether the file is cut off
REFUSED = b"x"  # child: the document cannot be read; "code" or "code\nplace"
PAGE = b"p"  # child: one page, see pack_page
PAGE_FAILED = b"f"  # child: u32 index, f64 CPU seconds, "code" or "code\nplace"
DONE = b"d"  # child: finished, or stopped at the deadline

_PAGE = struct.Struct("<IffHfIQ?I")
_EVIDENCE = struct.Struct(f"<{len(Evidence._fields)}f")
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
    tables: tuple[Table, ...] = ()
    evidence: Evidence | None = None


def pack_page(index: int, page: Page, cpu_seconds: float) -> bytes:
    """Return the body of a PAGE message."""
    lines = page.lines
    texts, *numbers, bold, italic, before = zip(*lines, strict=True) if lines else [()] * len(Line._fields)
    flags = bytes([BOLD * b | ITALIC * i | BLOCK * n for b, i, n in zip(bold, italic, before, strict=True)])
    text = "\n".join(texts).encode("utf-8", "replace")
    evidence = _EVIDENCE.pack(*page.evidence) if page.evidence else b""
    tables = json.dumps(page.tables).encode() if page.tables else b""
    head = _PAGE.pack(
        index,
        page.width,
        page.height,
        page.rotation,
        cpu_seconds,
        len(lines),
        len(text),
        bool(evidence),
        len(tables),
    )
    return b"".join((head, array("f", chain.from_iterable(numbers)).tobytes(), flags, text, evidence, tables))


def unpack_page(body: memoryview) -> PackedPage:
    """Read the body of a PAGE message. Raises ValueError, TypeError or struct.error when it is malformed."""
    index, width, height, rotation, cpu_seconds, count, length, told, tabled = _PAGE.unpack_from(body)
    flags_at = _PAGE.size + count * _NUMBERS * 4
    text_at = flags_at + count
    evidence_at = text_at + length
    tables_at = evidence_at + told * _EVIDENCE.size
    if len(body) != tables_at + tabled:
        raise ValueError("a page message has the wrong length")
    return PackedPage(
        index,
        width,
        height,
        rotation,
        cpu_seconds,
        str(body[text_at:evidence_at], "utf-8"),
        bytes(body[_PAGE.size : flags_at]),
        bytes(body[flags_at:text_at]),
        _tables(json.loads(str(body[tables_at:], "utf-8")), count) if tabled else (),
        Evidence(*_EVIDENCE.unpack_from(body, evidence_at)) if told else None,
    )


def _tables(raw: list[list[Any]], lines: int) -> tuple[Table, ...]:
    tables = []
    for x0, y0, x1, y1, rows, columns, cells, first, count in raw:
        if not 0 <= first < first + count <= lines:
            raise ValueError("a table lies outside of its page's lines")
        kept = tuple(Cell(*cell) for cell in cells)
        tables.append(Table(x0, y0, x1, y1, rows, columns, kept, first, count))
    return tuple(tables)


def frame(kind: bytes, *parts: bytes | memoryview) -> Sequence[bytes | memoryview]:
    """Return the pieces of a frame, ready to be sent one after the other."""
    return (HEADER.pack(kind, sum(map(len, parts))), *parts)
