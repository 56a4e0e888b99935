"""From the lines of pages to the text of a document and the spans of its lines.

The convention: pages that have lines are separated by a blank line; so are blocks of lines within a page;
other lines by a line feed. Between the two parts of a divided word stands nothing, and the hyphen is taken
out unless it belongs to the word. ``text[start:end] + hyphen`` is the line as printed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from pipeline.document import normalise
from stages.divided_words import HYPHENS, Vocabulary
from stages.parse import wire

_SEPARATORS = ("", "\n", "\n\n")  # by length


@dataclass(frozen=True, slots=True)
class Assembled:
    """The text of a document, and the places of its pages and lines in it."""

    text: str
    page_spans: list[tuple[int, int]]
    line_starts: NDArray[np.int32]
    line_ends: NDArray[np.int32]
    hyphens: list[str]  # per line


def assemble(pages: Sequence[wire.PackedPage | None]) -> Assembled:
    """Join the pages of a document; None is a page of which there is nothing."""
    printed = [_printed_lines(page) for page in pages]
    counts = [len(lines) for lines in printed]
    lines = list(chain.from_iterable(printed))
    page_ends = np.cumsum(counts, dtype=np.int64)  # in lines
    gaps = _gaps(pages, page_ends)
    hyphens = [""] * len(lines)
    words = Vocabulary("\n".join(lines))
    for number, line in enumerate(lines):
        if line.endswith(HYPHENS) and gaps[number] == 1:
            drop = words.is_divided(line, lines[number + 1])
            if drop is not None:
                gaps[number] = 0
            if drop:
                hyphens[number] = line[-1]
                lines[number] = line[:-1]
    lengths = np.fromiter(map(len, lines), np.int64, len(lines))
    after = np.cumsum(lengths + gaps)  # each line's end, with what separates it from the next
    ends = after - gaps
    starts = ends - lengths
    parts = [""] * (2 * len(lines))
    parts[0::2] = lines
    parts[1::2] = [_SEPARATORS[gap] for gap in gaps.tolist()]
    spans = []
    at = 0
    for last, count in zip(page_ends.tolist(), counts, strict=True):
        first, at = (int(starts[last - count]), int(ends[last - 1])) if count else (at, at)
        spans.append((first, at))
    return Assembled("".join(parts), spans, starts.astype(np.int32), ends.astype(np.int32), hyphens)


def _gaps(pages: Sequence[wire.PackedPage | None], page_ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many line feeds stand after each line, before divided words are joined."""
    flags = np.frombuffer(b"".join(page.flags for page in pages if page), np.uint8)
    gaps = np.ones(len(flags), np.int64)
    gaps[:-1] += (flags[1:] & wire.BLOCK) != 0
    gaps[page_ends[page_ends > 0] - 1] = 2
    gaps[-1:] = 0
    return gaps


def _printed_lines(page: wire.PackedPage | None) -> list[str]:
    if page is None or not page.flags:
        return []
    text = page.text
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        return [normalise(line) for line in text.split("\n")]
    return text.split("\n")
